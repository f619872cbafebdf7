// SPDX-License-Identifier: MIT
// A mapped class is an aggregate.
// expect: azoth: a mapped class is an aggregate: no constructors, no virtual functions, no private members
#include <azoth/orm/declare.hpp>

using namespace azoth;

struct Paint : Entity<Paint, "paint"> {
  Column<"id", int, PrimaryKey> id;
#ifdef AZOTH_REFUSED
  Paint() = default;

  explicit Paint(int) {}
#endif
};

void use() {
  Paint::mapper();
}
