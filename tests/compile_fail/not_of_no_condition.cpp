// SPDX-License-Identifier: MIT
// ! negates conditions; a number is none.
// expect: azoth: '!' joins conditions (bool); compare this expression with something
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = !col(&User::active);
#ifdef AZOTH_REFUSED
auto refused = !col(&User::age);
#endif
