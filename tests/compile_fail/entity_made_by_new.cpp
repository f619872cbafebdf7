// SPDX-License-Identifier: MIT
// Objects are made by make<T>().
// expect-gcc: use of deleted function
// expect-clang: call to deleted function 'operator new'
#include "mapped_classes.hpp"

using namespace azoth;

ptr<User> allowed() {
  return make<User>({.name = "x"});
}
#ifdef AZOTH_REFUSED
User* refused() {
  return new User;
}
#endif
