// SPDX-License-Identifier: MIT
// A column given as an expression is set to a value of its type.
// expect: azoth: the value has another type than the column; cast() it, or give another value
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = Assign(col(&User::age), 3);
#ifdef AZOTH_REFUSED
auto refused = Assign(col(&User::age), "three");
#endif
