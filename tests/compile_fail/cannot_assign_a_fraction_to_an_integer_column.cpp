// SPDX-License-Identifier: MIT
// What would be cut off is refused.
// expect: azoth: the value has another type than the column (or would lose digits in it)
#include <azoth/orm/declare.hpp>
#include <azoth/orm/make.hpp>

using namespace azoth;

struct Paint : Entity<Paint, "paint"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"litres", std::optional<std::int32_t>> litres;
  Column<"price", double> price;
};

void use(const ptr<Paint>& p) {
  p->price = 3;
  p->litres = 3L;
#ifdef AZOTH_REFUSED
  p->litres = 3.5;
#endif
}
