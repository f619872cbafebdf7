// SPDX-License-Identifier: MIT
// A select is no FROM element until it is a subquery.
// expect: azoth: a select is not a FROM element; call .subquery() on it first
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = select(&User::id).select_from(select(&User::id).subquery("s"));
#ifdef AZOTH_REFUSED
auto refused = select(&User::id).select_from(select(&User::id));
#endif
