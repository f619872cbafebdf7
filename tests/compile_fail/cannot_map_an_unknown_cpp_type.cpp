// SPDX-License-Identifier: MIT
// A column's C++ type must have a CppType.
// expect: azoth: this C++ type cannot be a column; specialise azoth::CppType for it
#include <azoth/orm/declare.hpp>

using namespace azoth;

struct Colour {
  int red = 0;
};

struct Paint : Entity<Paint, "paint"> {
  Column<"id", int, PrimaryKey> id;
#ifdef AZOTH_REFUSED
  Column<"colour", Colour> colour;
#endif
};
