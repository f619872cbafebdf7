// SPDX-License-Identifier: MIT
// The bounds of between() are of the expression's type.
// expect: azoth: the bounds of between() have another type than the expression; cast() it, or bind other values
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::name).between("a", "b");
#ifdef AZOTH_REFUSED
auto refused = col(&User::age).between("a", "b");
#endif
