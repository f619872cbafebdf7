// SPDX-License-Identifier: MIT
// Mathematics' 1 < c < 5 compares a condition with a number; write between().
// expect: azoth: the two sides of '<' have different types; cast() one, or bind another value
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::age).between(1, 5);
#ifdef AZOTH_REFUSED
auto refused = 1 < col(&User::age) < 5;
#endif
