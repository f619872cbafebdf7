// SPDX-License-Identifier: MIT
// A select in in() has one column of the expression's type.
// expect: azoth: in() needs a select of one column of the expression's type
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::age).in(select(&User::id));
#ifdef AZOTH_REFUSED
auto refused = col(&User::age).in(select(&User::name));
#endif
