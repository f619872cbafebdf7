// SPDX-License-Identifier: MIT
// `= {}` would make an attribute without an owner.
// expect-gcc: use of deleted function
// expect-clang: overload resolution selected deleted operator '='
#include <azoth/orm/declare.hpp>
#include <azoth/orm/make.hpp>

using namespace azoth;

struct Paint : Entity<Paint, "paint"> {
  Column<"id", int, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
};

void use(const ptr<Paint>& p) {
  p->name = std::nullopt;
#ifdef AZOTH_REFUSED
  p->name = {};
#endif
}
