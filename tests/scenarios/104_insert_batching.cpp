// SPDX-License-Identifier: MIT
// Which new objects share a statement.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"x", std::optional<std::int64_t>> x;
  Column<"y", std::optional<std::string>, ServerDefault<"dflt">> y;
};
}  // namespace

AZOTH_SCENARIO("104", "INSERT batching in the flush") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A>(made);
    return made;
  });
  Session s(engine);
  rec::step("three alike, keys generated");
  std::vector<ptr<A>> objs;
  for (int i = 0; i < 3; ++i) {
    objs.push_back(make<A>({.x = i, .y = "y" + std::to_string(i)}));
  }
  s.add_all(objs);
  s.flush();
  std::vector<std::int64_t> ids;
  for (const auto& o : objs) {
    ids.push_back(*o->id);
  }
  rec::show("ids", ids);

  rec::step("keys given");
  for (int i = 0; i < 3; ++i) {
    s.add(make<A>({.id = 100 + i, .x = i, .y = "g"}));
  }
  s.flush();

  rec::step("given keys are sorted by insert order, not by key");
  s.add_all({make<A>({.id = 203, .x = 1, .y = "k"}),
             make<A>({.id = 201, .x = 2, .y = "k"}),
             make<A>({.id = 202, .x = 3, .y = "k"})});
  s.flush();

  rec::step("column sets differ");
  s.add_all({make<A>({.x = 1, .y = "a"}),
             make<A>({.x = 2, .y = "b"}),
             make<A>({.x = 3}),
             make<A>({.x = 4}),
             make<A>({.x = 5, .y = "c"})});
  s.flush();

  rec::step("one with a SQL expression");
  s.add_all({make<A>({.x = 1, .y = "p"}),
             make<A>({.x = func::abs(-5), .y = "q"}),
             make<A>({.x = 2, .y = "r"})});
  s.flush();

  rec::step("with and without a key");
  s.add_all({make<A>({.x = 1, .y = "m"}),
             make<A>({.id = 300, .x = 2, .y = "m"}),
             make<A>({.x = 3, .y = "m"})});
  s.flush();

  rec::step("a single one");
  s.add(make<A>({.x = 9, .y = "z"}));
  s.flush();
  s.rollback();
}
