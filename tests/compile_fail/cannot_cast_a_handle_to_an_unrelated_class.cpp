// SPDX-License-Identifier: MIT
// ptr_cast stays within a hierarchy.
// expect: azoth: ptr_cast goes from a mapped class to one that inherits from it
#include <azoth/orm/declare.hpp>
#include <azoth/orm/make.hpp>

using namespace azoth;

struct Paint : Entity<Paint, "paint"> {
  Column<"id", int, PrimaryKey> id;
};

struct Gloss : Entity<Gloss, "gloss", Inherits<Paint>, Concrete> {
  Column<"shine", int> shine;
};

struct Brush : Entity<Brush, "brush"> {
  Column<"id", int, PrimaryKey> id;
};

void use(const ptr<Paint>& p) {
  ptr_cast<Gloss>(p);
#ifdef AZOTH_REFUSED
  ptr_cast<Brush>(p);
#endif
}
