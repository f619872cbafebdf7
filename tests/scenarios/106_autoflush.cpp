// SPDX-License-Identifier: MIT
// What writes pending changes by itself, and what does not.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Relationship<"addresses", List<Address>> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
};
}  // namespace

AZOTH_SCENARIO("106", "Autoflush: pending changes are written before a query") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    Session s0(made);
    s0.add(make<User>({.id = 1, .name = "one"}));
    s0.commit();
    return made;
  });
  const auto names = select(&User::name);
  const auto ordered = select(&User::name).order_by(&User::id);
  {
    Session s(engine);
    rec::step("select");
    s.add(make<User>({.name = "two"}));
    rec::show("names", s.scalars(ordered).all());

    rec::step("changed attribute");
    auto u = s.get<User>(1);
    u->name = "uno";
    rec::show("found", s.scalar(select(&User::id).where(col(&User::name) == "uno")));

    rec::step("lazy load");
    u->name = "eins";
    rec::note("addresses = [" + std::string(u->addresses.empty() ? "" : "...") + "]");

    rec::step("get of an object in the identity map, then of another");
    u->name = "ein";
    static_cast<void>(s.get<User>(1));
    static_cast<void>(s.get<User>(77));

    rec::step("text()");
    u->name = "one";
    s.execute(text("select 1"));

    rec::step("connection() does not flush");
    u->name = "x1";
    s.connection();

    rec::step("no_autoflush");
    s.no_autoflush([&] { rec::show("names", s.scalars(ordered).all()); });

    rec::step("execution option");
    static_cast<void>(s.scalars(names, {.autoflush = false}).all());

    rec::step("query after the block");
    static_cast<void>(s.scalars(names).all());

    rec::step("refresh does not flush the change of the object it refreshes");
    u->name = "x2";
    s.refresh(u);
    rec::show("name", *u->name);

    rec::step("failing autoflush");
    s.add(make<User>({}));
    rec::attempt("query", [&] { static_cast<void>(s.scalars(select<User>()).all()); });
    s.rollback();
  }
  rec::step("autoflush=False");
  Session s(engine, {.autoflush = false});
  s.add(make<User>({.name = "nope"}));
  rec::show("names", s.scalars(names).all());
  s.flush();
  rec::show("names", s.scalars(names).all());
}
