// SPDX-License-Identifier: MIT
// Entities have an identity; they are not copied.
// expect-gcc: use of deleted function
// expect-clang: call to implicitly-deleted copy constructor
#include <azoth/orm/declare.hpp>
#include <azoth/orm/make.hpp>

using namespace azoth;

struct Paint : Entity<Paint, "paint"> {
  Column<"id", int, PrimaryKey> id;
};

void use(const ptr<Paint>& p) {
  Paint& same = *p;
  static_cast<void>(same);
#ifdef AZOTH_REFUSED
  Paint copy = *p;
  static_cast<void>(copy);
#endif
}
