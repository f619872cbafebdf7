// SPDX-License-Identifier: MIT
// A reference into a temporary handle would not keep the object: hold the ptr.
// expect-gcc: use of deleted function
// expect-clang: overload resolution selected deleted operator '*'
#include <azoth/orm/declare.hpp>
#include <azoth/orm/make.hpp>

using namespace azoth;

struct Paint : Entity<Paint, "paint"> {
  Column<"id", int, PrimaryKey> id;
};

void use() {
  const ptr<Paint> held = make<Paint>({.id = 1});
  Paint& good = *held;
  static_cast<void>(good);
#ifdef AZOTH_REFUSED
  Paint& bad = *make<Paint>({.id = 1});
  static_cast<void>(bad);
#endif
}
