// SPDX-License-Identifier: MIT
// Aggregates and orders of columns of mapped classes.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Order;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Relationship<"orders", List<Order>> orders;
};

struct Order : Entity<Order, "orders"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Column<"total", int> total;
};

void counts(Session& s) {
  rec::step("count per user");
  const auto n = func::count(&Order::id).label("n");
  const auto stmt = select(&User::name, n).outerjoin(&User::orders).group_by(&User::id);
  rec::show("rows", s.execute(stmt.order_by(desc(n), &User::id)).all());
  rec::show("order by string label", s.execute(stmt.order_by(desc("n"), "name")).all());
  rec::step("having");
  rec::show("rows", s.execute(stmt.having(func::count(&Order::id) > 1)).all());
  rec::show("having label", s.execute(stmt.having(n >= 1).order_by("n")).all());
}

}  // namespace

AZOTH_SCENARIO("162", "Aggregates: GROUP BY, HAVING, DISTINCT, ORDER BY forms") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Order>(made);
    Session s0(made);
    s0.add_all({make<User>({.name = "ed",
                            .orders = {make<Order>({.total = 5}), make<Order>({.total = 7})}}),
                make<User>({.name = "jo", .orders = {make<Order>({.total = 1})}}),
                make<User>({})});
    s0.commit();
    return made;
  });
  Session s(engine);
  counts(s);
  const auto name = col(&User::name);
  const auto total = col(&Order::total);
  rec::step("group by entity and expression");
  auto sums = s.execute(select(entity<User>(), func::sum(total))
                            .join(&User::orders)
                            .group_by<User>()
                            .order_by(&User::id))
                  .all();
  rec::show("rows", std::get<1>(sums[0]));
  rec::show(
      "rows",
      s.execute(select(total % 2, func::count()).group_by(total % 2).order_by(text("1"))).all());
  rec::step("order by nulls");
  rec::show("rows", s.scalars(select(name).order_by(nulls_last(desc(name)))).all());
  rec::show("rows", s.scalars(select(name).order_by(nulls_last(asc(name)))).all());
  rec::step("distinct");
  rec::show("rows", s.scalars(select(name).distinct().order_by(name)).all());
  rec::show(
      "rows",
      s.execute(select(func::count(), func::sum(total), func::min(total), func::avg(total))).all());
  rec::step("count(*)");
  rec::show("n", s.scalar(select(func::count()).select_from<User>()));
  rec::step("reset and errors");
  const auto id = select(&User::id);
  rec::str("order_by(None)", id.order_by(&User::id).order_by(std::nullopt));
  rec::str("two order_by calls add up", id.order_by(&User::id).order_by(name));
  rec::attempt("unknown label", [&] { (void)s.execute(id.order_by("nothere")); });
  rec::str("literal_column", id.order_by(literal_column("random()")));
}
