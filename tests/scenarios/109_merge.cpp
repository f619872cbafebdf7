// SPDX-License-Identifier: MIT
// Copying the state of objects from elsewhere into a session.
#include <azoth/orm.hpp>

#include <algorithm>

using namespace azoth;

namespace {
struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Column<"age", std::optional<std::int64_t>> age;
  Relationship<"addresses", List<Address>, OrderBy<"id">, BackPopulates<"user">> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Column<"email", std::optional<std::string>> email;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};
}  // namespace

AZOTH_SCENARIO("109", "Session.merge(), all cases") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    Session s0(made);
    s0.add(make<User>({.id = 1,
                       .name = "ed",
                       .age = 5,
                       .addresses = {make<Address>({.id = 10, .email = "e10"}),
                                     make<Address>({.id = 11, .email = "e11"})}}));
    s0.commit();
    return made;
  });
  rec::step("existing row, partial object");
  {
    Session s(engine);
    auto given = make<User>({.id = 1, .name = "new name"});
    auto m = s.merge(given);
    rec::show("copy", m != given);
    rec::show("given in session", s.contains(given));
    s.flush();
    rec::show("age untouched", *m->age);
    s.rollback();
  }
  rec::step("None assigned explicitly");
  {
    Session s(engine);
    s.merge(make<User>({.id = 1, .age = std::nullopt}));
    s.flush();
  }
  rec::step("already in the session: no SELECT");
  {
    Session s(engine);
    auto u = s.get<User>(1);
    auto m = s.merge(make<User>({.id = 1, .name = "x"}));
    rec::show("same", m == u);
    s.flush();
  }
  rec::step("equal values: no UPDATE");
  {
    Session s(engine);
    s.merge(make<User>({.id = 1, .name = "ed", .age = 5}));
    s.flush();
  }
  rec::step("unknown key");
  {
    Session s(engine);
    auto m = s.merge(make<User>({.id = 99, .name = "n"}));
    rec::show("pending", inspect(m).pending());
    s.flush();
  }
  rec::step("no key");
  {
    Session s(engine);
    auto m = s.merge(make<User>({.name = "nokey"}));
    rec::show("pending", inspect(m).pending());
    s.flush();
    rec::show("has id", inspect(m).is_loaded("id"));
  }
  rec::step("cascade to a collection: one changed, one new, one missing");
  {
    Session s(engine);
    auto m = s.merge(make<User>({.id = 1,
                                 .addresses = {make<Address>({.id = 10, .email = "changed"}),
                                               make<Address>({.email = "brand new"})}}));
    s.flush();
    std::vector<std::string> emails;
    for (auto a : m->addresses) {
      emails.push_back(a->email->value());
    }
    std::sort(emails.begin(), emails.end());
    rec::show("emails", emails);
    s.rollback();
  }
  rec::step("persistent object of this session");
  {
    Session s(engine);
    auto u = s.get<User>(1);
    rec::show("returns itself", s.merge(u) == u);
  }
  rec::step("detached object, load=True");
  ptr<User> det;
  {
    Session s1(engine);
    det = s1.get<User>(1);
    s1.expunge(det);
  }
  det->name = "offline";
  {
    Session s(engine);
    auto m = s.merge(det);
    s.flush();
  }
  rec::step("load=False: no SQL");
  {
    Session s1(engine);
    det = s1.get<User>(1);
  }
  {
    Session s(engine);
    auto m = s.merge(det, {.load = false});
    rec::show("persistent", inspect(m).persistent());
    rec::show("name", *m->name);
    rec::show("modified", s.is_modified(m));
  }
  Session s(engine);
  rec::attempt("load=False of a transient object",
               [&] { s.merge(make<User>({.id = 1}), {.load = false}); });
  det->name = "dirty";
  rec::attempt("load=False of a dirty object", [&] { s.merge(det, {.load = false}); });
}
