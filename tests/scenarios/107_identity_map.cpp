// SPDX-License-Identifier: MIT
// One object a row and session; what nothing reaches leaves. sweep() is what the program's runtime
// would do by itself, at a moment of its own.
#include <azoth/orm.hpp>

#include <algorithm>

using namespace azoth;

namespace {
struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
};

std::vector<Value> keys(const Session& s) {
  std::vector<std::int64_t> sorted;
  for (const auto& object : s.identity_map()) {
    sorted.push_back(*ptr_cast<User>(object)->id);
  }
  std::sort(sorted.begin(), sorted.end());
  return {sorted.begin(), sorted.end()};
}
}  // namespace

AZOTH_SCENARIO("107", "Identity map: one object per row per session, weakly referenced") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User>(made);
    Session s0(made);
    for (int i : {1, 2, 3}) {
      s0.add(make<User>({.id = i, .name = "u" + std::to_string(i)}));
    }
    s0.commit();
    return made;
  });
  const auto first = select<User>().where(col(&User::id) == 1);
  const orm::ExecuteOptions populate{.populate_existing = true};
  Session s(engine);
  rec::step("same object");
  auto u1 = s.scalars(first).one();
  rec::show("same", s.scalars(select<User>().where(col(&User::name) == "u1")).one() == u1);
  rec::show("get without SQL", s.get<User>(1) == u1);

  rec::step("loaded attributes are not overwritten");
  s.execute(update<User>().where(col(&User::id) == 1).values({{&User::name, "changed"}}),
            {.synchronize_session = false});
  static_cast<void>(s.scalars(first).one());
  rec::show("name", *u1->name);
  static_cast<void>(s.scalars(first, populate).one());
  rec::show("name after populate_existing", *u1->name);

  rec::step("pending change survives a query, not populate_existing");
  s.no_autoflush([&] {
    u1->name = "mine";
    static_cast<void>(s.scalars(first).one());
    rec::show("name", *u1->name);
    static_cast<void>(s.scalars(first, populate).one());
    rec::show("name", *u1->name);
  });

  rec::step("weak references");
  s.sweep();
  rec::show("size", s.identity_count());
  auto users = s.scalars(select<User>()).all();
  rec::show("size", s.identity_count());
  users[1]->name = "dirty";
  users.clear();
  s.sweep();
  rec::show("keys kept", keys(s));
  s.flush();
  s.sweep();
  rec::show("keys kept after flush", keys(s));

  rec::step("membership");
  rec::show("u1 in session", s.contains(u1));
  rec::show("identity key", rec::Values{inspect(u1).identity()});
  Session other(engine);
  auto u1b = other.get<User>(1);
  rec::show("other session, other object", u1b != u1);
  rec::attempt("add to a second session", [&] { s.add(u1b); });
  rec::attempt("add own to a second session", [&] { other.add(u1); });
}
