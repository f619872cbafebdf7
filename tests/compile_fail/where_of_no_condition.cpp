// SPDX-License-Identifier: MIT
// where() takes conditions.
// expect: azoth: where() needs a condition (bool); compare this expression with something
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = select(&User::id).where(col(&User::active));
#ifdef AZOTH_REFUSED
auto refused = select(&User::id).where(col(&User::age));
#endif
