// SPDX-License-Identifier: MIT
// A number in order_by() is neither an expression nor a label's name; 0 would be a null pointer.
// expect: azoth: order_by() and group_by() take expressions, columns, or strings that name a label of the columns clause; a number is none of these
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = select(&User::id).order_by("id", &User::name, desc(&User::age));
#ifdef AZOTH_REFUSED
auto refused = select(&User::id).order_by(0);
#endif
