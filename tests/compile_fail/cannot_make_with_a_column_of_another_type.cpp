// SPDX-License-Identifier: MIT
// A column of one class does not give its value to a column of another type.
// expect: azoth: the value has another type than the column
#include <azoth/orm/declare.hpp>
#include <azoth/orm/make.hpp>

using namespace azoth;

struct Painter : Entity<Painter, "painter"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
};

struct Paint : Entity<Paint, "paint"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"painter_id", std::int64_t, ForeignKey<"painter.id">> painter_id;
};

void use(const ptr<Painter>& p) {
  make<Paint>({.painter_id = p->id});
#ifdef AZOTH_REFUSED
  make<Paint>({.painter_id = p->name});
#endif
}
