// SPDX-License-Identifier: MIT
// values() checks each value against its column.
// expect: azoth: the value has another type than the column; cast() it, or give another value
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = update<User>().values({{&User::age, 5}, {&User::name, "x"}});
#ifdef AZOTH_REFUSED
auto refused = update<User>().values({{&User::age, "x"}});
#endif
