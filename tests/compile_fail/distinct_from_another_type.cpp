// SPDX-License-Identifier: MIT
// IS DISTINCT FROM compares values of one type.
// expect: azoth: is_() and is_distinct_from() need a value of the expression's type; cast() one side, or give another value
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::age).is_distinct_from(3);
#ifdef AZOTH_REFUSED
auto refused = col(&User::age).is_distinct_from("three");
#endif
