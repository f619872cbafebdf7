// SPDX-License-Identifier: MIT
// A select as a value has one column.
// expect: azoth: scalar_subquery() needs a select of exactly one column
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = select(&User::id).scalar_subquery();
#ifdef AZOTH_REFUSED
auto refused = select(&User::id, &User::name).scalar_subquery();
#endif
