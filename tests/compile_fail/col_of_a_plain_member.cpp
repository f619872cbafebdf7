// SPDX-License-Identifier: MIT
// col() takes columns of mapped classes.
// expect: azoth: this member is not a column of a mapped class
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::name);
#ifdef AZOTH_REFUSED
auto refused = col(&User::plain);
#endif
