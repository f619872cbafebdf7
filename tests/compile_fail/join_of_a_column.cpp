// SPDX-License-Identifier: MIT
// join() goes along a relationship or to a FROM element; a column is neither.
// expect: azoth: join() takes a relationship or a FROM element, not a column
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = select(&User::id).join(&User::addresses);
#ifdef AZOTH_REFUSED
auto refused = select(&User::id).join(&User::name);
#endif
