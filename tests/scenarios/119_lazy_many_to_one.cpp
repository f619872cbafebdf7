// SPDX-License-Identifier: MIT
// Lazy loading: which relationship needs a statement, and which finds its object in the session.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"code", std::optional<std::string>, Unique> code;
  Relationship<"addresses", List<Address>, ForeignKeys<"Address.user_id">, OrderBy<"id desc">>
      addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Column<"code", std::optional<std::string>, ForeignKey<"user.code">> code;
  Relationship<"user", User, ForeignKeys<"user_id">> user;
  Relationship<"by_code", User, ForeignKeys<"code">> by_code;
};

void add_rows(Session& s) {
  s.add_all({make<User>({.id = 1, .code = "c1"}), make<User>({.id = 2})});
  s.add_all({make<Address>({.id = 1, .user_id = 1, .code = "c1"}),
             make<Address>({.id = 2, .user_id = 1}),
             make<Address>({.id = 3}),
             make<Address>({.id = 4, .user_id = 99})});
  s.commit();
}

}  // namespace

AZOTH_SCENARIO("119",
               "Lazy loading: many-to-one from the identity map, one-to-many always by SQL") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    Session s0(made);
    add_rows(s0);
    return made;
  });
  Session s(engine);
  rec::step("not in the identity map");
  auto a1 = s.get<Address>(1);
  ptr<User> u = a1->user;
  rec::show("id", u->id);
  rec::step("cached");
  rec::show("same", a1->user == u);
  rec::step("another address of the same user: identity map");
  auto a2 = s.get<Address>(2);
  rec::show("same", a2->user == u);
  rec::step("NULL key");
  rec::show("user", s.get<Address>(3)->user ? rec::Notation{"a user"} : rec::Notation{"null"});
  rec::step("dangling key");
  rec::show("user", s.get<Address>(4)->user ? rec::Notation{"a user"} : rec::Notation{"null"});
  rec::step("not by primary key: always SQL");
  rec::show("same", a1->by_code == u);
  rec::step("one-to-many");
  std::vector<std::int64_t> ids;
  for (auto a : u->addresses) {
    ids.push_back(a->id);
  }
  rec::show("ids", ids);
  rec::step("foreign key changed by hand");
  a1->user_id = 2;
  rec::show("still user", a1->user->id);
  s.flush();
  rec::show("still user after flush", a1->user->id);
  s.expire(a1, {"user"});
  rec::show("after expire", a1->user->id);
  rec::step("pending object");
  auto n = make<Address>({.id = 50, .user_id = 1});
  s.add(n);
  s.no_autoflush([&] {
    rec::show("pending does not load", n->user ? rec::Notation{"a user"} : rec::Notation{"null"});
  });
  s.flush();
  s.expire(n, {"user"});
  rec::show("persistent does", n->user == u);
}
