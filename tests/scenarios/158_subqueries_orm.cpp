// SPDX-License-Identifier: MIT
// Subqueries as values and criteria, and what they leave to the enclosing statement.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
  Relationship<"addresses", List<Address>> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Column<"email", std::string, Nullable> email;
};

void correlation() {
  rec::step("correlation");
  const auto ua = aliased<User>();
  const auto id = col(&User::id);
  const auto inner = select(ua[&User::id]).where(ua[&User::name] == col(&User::name));
  rec::str("auto", select(id).where(id == inner.scalar_subquery()));
  rec::str("correlate(None)",
           select(id).where(id == inner.correlate(std::nullopt).scalar_subquery()));
  rec::str("correlate(User)", select(id).where(id == inner.correlate<User>().scalar_subquery()));
  rec::str("correlate_except",
           select(id, &Address::id)
               .where(id == select(ua[&User::id])
                                .where(ua[&User::id] == id)
                                .where(col(&Address::id) == 1)
                                .correlate_except(ua)
                                .scalar_subquery()));
  rec::attempt("everything correlates", [&] {
    (void)to_string(
        select(id, &Address::id).where(select(id).where(id == col(&Address::user_id)).exists()));
  });
  rec::str("same table inside: not correlated when it is the only one",
           select(id).where(id == select(func::max(id)).scalar_subquery()));
  const auto lat =
      select(&Address::email).where(col(&Address::user_id) == id).limit(1).lateral("l");
  rec::str("lateral",
           select(col(&User::name), lat.c<std::string>("email")).join(lat, true_()),
           {.on = "postgresql"});
}

}  // namespace

AZOTH_SCENARIO("158", "Scalar subqueries, EXISTS, correlation, LATERAL") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    Session s0(made);
    s0.add_all(
        {make<User>({.name = "ed",
                     .addresses = {make<Address>({.email = "a"}), make<Address>({.email = "b"})}}),
         make<User>({.name = "jo"})});
    s0.commit();
    return made;
  });
  const auto id = col(&User::id);
  const auto name = col(&User::name);
  const auto user_id = col(&Address::user_id);
  const auto n = select(func::count(&Address::id)).where(user_id == id).scalar_subquery();
  {
    Session s(engine);
    rec::step("scalar subquery");
    rec::show("rows", s.execute(select(name, n.label("n")).order_by(id)).all());
    rec::show("in WHERE", s.scalars(select(name).where(n == 2)).all());
    rec::show("in ORDER BY", s.scalars(select(name).order_by(desc(n))).all());
    rec::show("arithmetic", s.scalars(select(n + 10).select_from<User>().order_by(id)).all());
    rec::step("exists");
    const auto e = select(literal_column("*")).where(user_id == id).exists();
    rec::show("exists", s.scalars(select(name).where(e)).all());
    rec::show("not exists", s.scalars(select(name).where(!e)).all());
    rec::show(
        "select.exists()",
        s.scalars(select(name).where(select(&Address::id).where(user_id == id).exists())).all());
    rec::show("exists as a column", s.execute(select(name, e).order_by(id)).all());
    rec::show("exists of its own", s.scalar(select(exists(select(id)))));
    rec::step("aggregate subquery joined");
    const auto sub = select(user_id, func::count().label("n")).group_by(user_id).subquery();
    rec::show("rows",
              s.execute(select(name, func::coalesce(sub.c<std::int64_t>("n"), 0))
                            .outerjoin(sub, id == sub.c<std::int64_t>("user_id"))
                            .order_by(id))
                  .all());
    rec::step("IN");
    rec::show("rows", s.scalars(select(name).where(id.in(select(user_id)))).all());
  }
  correlation();
}
