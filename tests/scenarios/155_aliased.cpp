// SPDX-License-Identifier: MIT
// aliased(): mapped classes under other names, and over subqueries.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
  Column<"boss_id", std::optional<std::int64_t>, ForeignKey<"user.id">> boss_id;
  Relationship<"boss", User, RemoteSide<"id">, BackPopulates<"staff">> boss;
  Relationship<"staff", List<User>, BackPopulates<"boss">> staff;
  Relationship<"addresses", List<Address>> addresses;

  std::string repr() const { return "User(" + *name + ")"; }
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Column<"email", std::string, Nullable> email;
};

void add_rows(Engine& engine) {
  Session s0(engine);
  auto boss =
      make<User>({.name = "boss",
                  .addresses = {make<Address>({.email = "b1"}), make<Address>({.email = "b2"})}});
  s0.add_all(
      {boss,
       make<User>({.name = "w1", .boss = boss, .addresses = {make<Address>({.email = "b1"})}}),
       make<User>({.name = "w2", .boss = boss})});
  s0.commit();
}

}  // namespace

AZOTH_SCENARIO("155", "aliased()") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    add_rows(made);
    return made;
  });
  Session s(engine);
  const auto ua = aliased<User>();
  const auto b = aliased<User>("boss");
  const auto name = col(&User::name);
  rec::step("self join by relationship");
  auto rows =
      s.execute(select(entity<User>(), b).join(col(&User::boss).of_type(b)).order_by(&User::id))
          .all();
  rec::show("rows", rows);
  rec::show("row.boss", std::get<1>(rows[0]));
  rec::step("two-argument join");
  rec::show("rows", s.execute(select(name, ua[&User::name]).join(ua, &User::boss)).all());
  rec::step("with ON clause");
  rec::show("rows",
            s.execute(select(name, ua[&User::name]).join(ua, col(&User::boss_id) == ua[&User::id]))
                .all());
  rec::step("alias on both sides");
  const auto a1 = aliased<Address>(), a2 = aliased<Address>();
  rec::show("rows",
            s.execute(select(name)
                          .join(col(&User::addresses).of_type(a1))
                          .join(col(&User::addresses).of_type(a2))
                          .where(a1[&Address::email] == "b1")
                          .where(a2[&Address::email] == "b2"))
                .all());
  rec::step("from the alias");
  rec::show(
      "rows",
      s.scalars(select(ua).join(ua[&User::addresses]).where(col(&Address::email) == "b2")).all());
  rec::step("class over a subquery");
  const auto us = aliased<User>(select<User>().where(name.like("w%")).subquery());
  rec::show("rows", s.scalars(select(us).order_by(us[&User::name])).all());
  rec::show("joined",
            s.execute(select(us[&User::name], &Address::email).join(us[&User::addresses])).all());
  rec::step("subquery with other column names");
  const auto sub2 = select(col(&User::id).label("id"), func::upper(name).label("name")).subquery();
  const auto un = aliased<User>(sub2, true);
  rec::show("rows", s.execute(select(un[&User::name]).order_by(un[&User::id])).all());
  rec::step("relationship comparison to an alias");
  rec::show("rows", s.scalars(select(ua).where(ua[&User::boss] == s.get<User>(1))).all());
}
