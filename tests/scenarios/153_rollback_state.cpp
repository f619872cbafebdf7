// SPDX-License-Identifier: MIT
// What objects are after a rollback.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};
}  // namespace

AZOTH_SCENARIO("153", "Rollback and the state of objects") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    Session s0(made);
    s0.add(make<User>({.id = 1, .name = "one", .addresses = {make<Address>({.id = 1})}}));
    s0.add(make<User>({.id = 2, .name = "two"}));
    s0.commit();
    return made;
  });
  Session s(engine);
  ptr<User> u1, u2;
  {
    const rec::Quiet silence;
    u1 = s.get<User>(1);
    u2 = s.get<User>(2);
    static_cast<void>(u1->addresses.size());
  }
  rec::step("pending never flushed, changed unflushed");
  auto p = make<User>({.name = "pending"});
  s.add(p);
  u1->name = "changed";
  s.rollback();
  rec::show("p", std::tuple(s.contains(p), inspect(p).transient(), *p->name));
  rec::show("u1 expired", inspect(u1).expired());
  rec::show("u1.name", *u1->name);

  rec::step("flushed insert, update, delete");
  p = make<User>({.name = "flushed"});
  s.add(p);
  u1->name = "changed";
  s.delete_(u2);
  auto a = make<Address>({.id = 50});
  u1->addresses.push_back(a);
  s.flush();
  rec::show("p.id", *p->id);
  s.rollback();
  rec::show("p", std::tuple(s.contains(p), inspect(p).transient(), *p->name, *p->id));
  rec::show("u2", std::pair(s.contains(u2), inspect(u2).persistent()));
  rec::show("u1.name", *u1->name);
  std::vector<std::int64_t> ids;
  for (auto x : u1->addresses) {
    ids.push_back(*x->id);
  }
  rec::show("addresses", ids);
  rec::show("a still refers to u1", a->user == u1);
  rec::show("a in session", s.contains(a));

  rec::step("add the former object again");
  {
    const rec::Quiet silence;
    s.expunge_all();
  }
  auto p2 = make<User>({.name = "again"});
  s.add(p2);
  s.flush();
  s.rollback();
  rec::show("key kept", *p2->id);
  s.add(p2);
  s.flush();

  rec::step("rollback without anything");
  s.rollback();
  s.rollback();
}
