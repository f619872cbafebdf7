// SPDX-License-Identifier: MIT
// FILTER takes a condition.
// expect: azoth: funcfilter() needs a condition (bool); compare this expression with something
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = funcfilter(func::count(&User::id), col(&User::age) > 3);
#ifdef AZOTH_REFUSED
auto refused = funcfilter(func::count(&User::id), col(&User::age));
#endif
