// SPDX-License-Identifier: MIT
// Two columns compare within a family.
// expect: azoth: the two sides of '<' have different types; cast() one, or bind another value
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::id) < col(&User::age);
#ifdef AZOTH_REFUSED
auto refused = col(&User::id) < col(&User::name);
#endif
