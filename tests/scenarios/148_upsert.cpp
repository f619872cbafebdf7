// SPDX-License-Identifier: MIT
// INSERT that meets a row which is there already: SQLite's ON CONFLICT, on tables and on classes.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>, Unique> name;
  Column<"age", std::optional<std::int64_t>> age;
};

void run_core(Connection& conn) {
  const auto ins = [](std::int64_t id, const char* name, std::int64_t age) {
    return insert(From(User::azoth_table_node()))
        .values({{"id", id}, {"name", name}, {"age", age}});
  };
  const From t(User::azoth_table_node());
  const auto excluded_age = excluded(t).c<std::optional<std::int64_t>>("age");
  const auto age = t.c<std::optional<std::int64_t>>("age");
  rec::step("do_nothing");
  conn.execute(ins(1, "a", 1));
  rec::show("rowcount", conn.execute(ins(1, "a", 2).on_conflict_do_nothing()).rowcount());
  conn.execute(ins(1, "b", 2).on_conflict_do_nothing({.index_elements = {"id"}}));
  rec::step("do_update");
  conn.execute(ins(9, "a", 5).on_conflict_do_update({.index_elements = {t.c("name")}},
                                                    {{"age", excluded_age}}));
  rec::show("rows", conn.execute(select(t)).all());
  rec::step("with where and expression");
  conn.execute(ins(9, "a", 3).on_conflict_do_update(
      {.index_elements = {"name"}}, {{"age", age + excluded_age}}, age < 100));
  rec::show("rows", conn.execute(select(t)).all());
  rec::step("executemany");
  conn.execute(
      insert(t).on_conflict_do_update({.index_elements = {"name"}}, {{"age", excluded_age}}),
      ParamsList{{{"name", "a"}, {"age", 1}}, {{"name", "b"}, {"age", 2}}});
  rec::show("rows", conn.execute(select(t)).all());
  rec::step("several VALUES");
  conn.execute(insert(t)
                   .values({{{"name", "a"}, {"age", 8}}, {{"name", "c"}, {"age", 9}}})
                   .on_conflict_do_update({.index_elements = {"name"}}, {{"age", excluded_age}}));
  rec::step("wrong use");
  rec::attempt("empty set_", [&] {
    static_cast<void>(insert(t).on_conflict_do_update({.index_elements = {"name"}}, {}));
  });
  rec::attempt("unknown column", [&] {
    conn.execute(insert(t)
                     .values({{"name", "a"}})
                     .on_conflict_do_update({.index_elements = {"name"}}, {{"nope", 5}}));
  });
  conn.commit();
}

}  // namespace

AZOTH_SCENARIO("148", "SQLite upsert: on_conflict_do_update / do_nothing, Core and ORM") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User>(made);
    return made;
  });
  {
    Connection conn = engine.connect();
    run_core(conn);
  }
  rec::step("ORM returning");
  Session s(engine);
  auto a = s.scalars(select<User>().where(col(&User::name) == "a")).one();
  const From t(User::azoth_table_node());
  auto stmt =
      insert<User>()
          .values(
              {{{&User::name, "a"}, {&User::age, 100}}, {{&User::name, "zz"}, {&User::age, 200}}})
          .on_conflict_do_update({.index_elements = {&User::name}},
                                 {{&User::age, excluded(t).c<std::optional<std::int64_t>>("age")}})
          .returning<User>();
  const auto objects = s.scalars(stmt, {.populate_existing = true}).all();
  std::vector<std::pair<std::string, std::int64_t>> shown;
  for (const ptr<User>& u : objects) {
    shown.emplace_back(**u->name, **u->age);
  }
  rec::show("objects", shown);
  rec::show("same object", objects[0] == a);
  s.rollback();
}
