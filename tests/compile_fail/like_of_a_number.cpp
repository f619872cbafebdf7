// SPDX-License-Identifier: MIT
// Patterns match text.
// expect: azoth: like() needs a text expression; cast<std::string>() it first
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = cast<std::string>(&User::age).like("1%");
#ifdef AZOTH_REFUSED
auto refused = col(&User::age).like("1%");
#endif
