// SPDX-License-Identifier: MIT
// Operators of member pointers belong to the language; col() makes the column of one.
// expect-gcc: invalid operands of types
// expect-clang: comparison of distinct pointer types
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::name) == "x";
#ifdef AZOTH_REFUSED
auto refused = &User::name == "x";
#endif
