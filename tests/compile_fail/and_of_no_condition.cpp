// SPDX-License-Identifier: MIT
// && joins conditions; a number is none.
// expect: azoth: '&&' joins conditions (bool); compare this expression with something
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::active) && col(&User::age) > 1;
#ifdef AZOTH_REFUSED
auto refused = col(&User::age) && col(&User::active);
#endif
