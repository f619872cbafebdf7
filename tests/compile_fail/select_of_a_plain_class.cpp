// SPDX-License-Identifier: MIT
// select<E>() loads mapped classes.
// expect: azoth: select<E>() needs mapped classes (derived from Entity)
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = select<User>();
#ifdef AZOTH_REFUSED
auto refused = select<int>();
#endif
