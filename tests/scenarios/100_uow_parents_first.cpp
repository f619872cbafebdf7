// SPDX-License-Identifier: MIT
// Rows are written in the order of their foreign keys, whatever the order of add().
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">, Cascade<"all, delete-orphan">>
      addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::int64_t, ForeignKey<"user.id">> user_id;
  Column<"email", std::optional<std::string>> email;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};
}  // namespace

AZOTH_SCENARIO("100", "Unit of work: parents are inserted before children, deleted after them") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine("sqlite://", {.connect_args = {{"foreign_keys", "on"}}});
    create_all<User, Address>(made);
    return made;
  });
  Session s(engine);
  rec::step("child added first");
  auto u = make<User>({.name = "ed"});
  auto a = make<Address>({.email = "ed@x", .user = u});
  s.add(a);
  s.flush();
  rec::show("keys", std::tuple(*u->id, *a->id, *a->user_id));

  rec::step("two parents, children mixed");
  auto u1 = make<User>({.name = "u1"}), u2 = make<User>({.name = "u2"});
  s.add(make<Address>({.email = "b", .user = u2}));
  s.add(make<Address>({.email = "a", .user = u1}));
  s.add_all({u1, u2});
  s.flush();
  rec::show("u1.id, u2.id", std::tuple(*u1->id, *u2->id));

  rec::step("insert and update and delete in one flush");
  u1->name = "changed";
  s.add(make<User>({.name = "u3", .addresses = {make<Address>({.email = "c"})}}));
  s.delete_(a);
  s.flush();

  rec::step("delete the parents");
  s.delete_(u1);
  s.delete_(u2);
  s.flush();
  s.commit();
}
