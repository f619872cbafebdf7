// SPDX-License-Identifier: MIT
// An object lives once, in the heap of its session; detached_copy() copies.
// expect-gcc: use of deleted function
// expect-clang: call to implicitly-deleted copy constructor
#include "mapped_classes.hpp"

using namespace azoth;

void allowed(ptr<User> user) {
  ptr<User> same = user;
}
#ifdef AZOTH_REFUSED
void refused(const User& user) {
  User copy(user);
}
#endif
