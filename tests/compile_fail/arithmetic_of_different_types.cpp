// SPDX-License-Identifier: MIT
// Text is not added to numbers.
// expect: azoth: the two sides of '+' have different types; cast() one, or bind another value
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::name) + "x";
#ifdef AZOTH_REFUSED
auto refused = col(&User::age) + "x";
#endif
