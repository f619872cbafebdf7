// SPDX-License-Identifier: MIT
// An expression is not evaluated in the program.
// expect: azoth: a SQL expression is neither true nor false in C++; use it in where() or case_(), or compare values
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::id) == col(&User::age);
#ifdef AZOTH_REFUSED
int refused() {
  if (col(&User::id) == col(&User::age)) {
    return 1;
  }
  return 0;
}
#endif
