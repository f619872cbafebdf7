// SPDX-License-Identifier: MIT
// The target of a relationship is a mapped class whose definition is included.
// expect: azoth: the target of this relationship is not a mapped class (declared only
#include <azoth/orm/declare.hpp>
#include <azoth/orm/make.hpp>

using namespace azoth;

struct Declared;

struct Other : Entity<Other, "other"> {
  Column<"id", int, PrimaryKey> id;
};

#ifdef AZOTH_REFUSED
using Target = Declared;
#else
using Target = Other;
#endif

struct Holder : Entity<Holder, "holder"> {
  Column<"id", int, PrimaryKey> id;
  Relationship<"targets", List<Target>> targets;
};

void use() {
  make<Holder>({.id = 1});
}
