// SPDX-License-Identifier: MIT
// What expires, and what is loaded again when.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Column<"age", std::optional<std::int64_t>> age;
  Relationship<"addresses", List<Address>> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
};
}  // namespace

AZOTH_SCENARIO("108", "Expiration and refresh") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    return made;
  });
  {
    Session s(engine);
    rec::step("commit expires");
    auto u = make<User>({.name = "ed", .age = 5, .addresses = {make<Address>({})}});
    s.add(u);
    s.commit();
    rec::show("unloaded", inspect(u).expired_attributes());
    rec::show("name", *u->name);
    rec::show("age", *u->age);
    rec::show("addresses", u->addresses.size());

    rec::step("expire some attributes");
    s.expire(u, {"age", "addresses"});
    rec::show("name", *u->name);
    rec::show("age", *u->age);

    rec::step("pending changes are discarded by expire and refresh");
    u->name = "lost";
    s.expire(u);
    rec::show("name", *u->name);
    u->name = "lost2";
    s.no_autoflush([&] { s.refresh(u, {.attribute_names = {"name"}}); });
    rec::show("name", *u->name);

    rec::step("refresh everything, a loaded lazy collection is dropped");
    rec::show("addresses", u->addresses.size());
    s.refresh(u);
    rec::show("unloaded", inspect(u).unloaded());

    rec::step("refresh a lazy relationship by name");
    rec::attempt("refresh(addresses)", [&] { s.refresh(u, {.attribute_names = {"addresses"}}); });
    rec::show("unloaded", inspect(u).unloaded());

    rec::step("expire_all");
    s.expire_all();
    rec::show("age", *u->age);

    rec::step("refresh with_for_update");
    s.refresh(u, {.with_for_update = true});

    rec::step("rollback expires");
    u->name = "rolled";
    s.flush();
    s.rollback();
    rec::show("name", *u->name);

    rec::step("row gone");
    s.execute(text("delete from user"));
    s.expire(u);
    rec::attempt("access", [&] { static_cast<void>(*u->name); });
    rec::attempt("refresh", [&] { s.refresh(u); });
    s.rollback();

    rec::step("not persistent");
    auto t = make<User>({});
    rec::attempt("refresh transient", [&] { s.refresh(t); });
    rec::attempt("expire transient", [&] { s.expire(t); });
  }
  rec::step("expire_on_commit=False");
  Session s(engine, {.expire_on_commit = false});
  auto u = make<User>({.name = "kept"});
  s.add(u);
  s.commit();
  rec::show("name", *u->name);
}
