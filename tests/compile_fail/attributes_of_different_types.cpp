// SPDX-License-Identifier: MIT
// Attributes compare within a family.
// expect: azoth: the two sides of '==' have different types; cast() one, or bind another value
#include "mapped_classes.hpp"

using namespace azoth;

auto allowed() {
  return col(&User::id) == col(&Address::user_id);
}
#ifdef AZOTH_REFUSED
auto refused() {
  return col(&User::id) == col(&User::name);
}
#endif
