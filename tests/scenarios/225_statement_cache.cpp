// SPDX-License-Identifier: MIT
// Which statements share a compiled form, and how many are kept.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"x", std::optional<std::int64_t>> x;
  Column<"name", std::optional<std::string>> name;
};

std::vector<std::string> tags;

// `[cached since 0.1s ago] (1,)` is "cached since".
void note_tag(std::string_view message) {
  if (!message.starts_with("[")) {
    return;
  }
  std::string tag = rec::normalised(std::string(message.substr(1, message.find(']') - 1)) + " ");
  for (const std::string_view end : {" ...s ago", " ...s", " "}) {
    if (const std::size_t found = tag.find(end, tag.size() - std::min(tag.size(), end.size() + 1));
        found != std::string::npos) {
      tag.resize(found);
    }
  }
  tags.push_back(tag);
}

}  // namespace

AZOTH_SCENARIO("225", "Compiled statement cache") {
  rec::capture_logging("azoth.engine", LogLevel::info, note_tag);
  const Table t(detail::entity_from(A::azoth_entity_node()));
  const Any id = t.c("id"), x = t.c("x");
  Engine engine = create_engine("sqlite://", {.query_cache_size = 500});
  create_all<A>(engine);
  engine.clear_compiled_cache();
  {
    Connection conn = engine.connect();
    const auto run = [&](std::string_view label, auto... statements) {
      tags.clear();
      (conn.run(statements.node()), ...);
      rec::show(label, tags);
    };
    run("same, other value", select(id).where(x == 1), select(id).where(x == 2));
    run("other operator", select(id).where(x > 1));
    run("other column", select(x).where(x == 1));
    run("limit: present / other number", select(id).limit(1), select(id).limit(5), select(id));
    run("offset", select(id).limit(1).offset(2), select(id).limit(3).offset(4));
    run("IN lists", select(id).where(x.in({1})), select(id).where(x.in({1, 2, 3})));
    run("None is another statement", select(id).where(x == null), select(id).where(x == 1));
    run("labels", select(id.label("a")), select(id.label("b")), select(id.label("a")));
    run("functions", select(func::max(x)), select(func::max(x)), select(func::min(x)));
    run("alias names are anonymous", select(alias(t).c("id")), select(alias(t).c("id")));
    run("subquery",
        select(select(id).where(x == 1).subquery()),
        select(select(id).where(x == 9).subquery()));
    run("text", text("select 1"), text("select 1"));
    const Any one = literal_column("1"), two = literal_column("2");
    run("literal_column", select(one), select(two), select(one));
    run("insert: same keys, other keys",
        insert(t).values({{"x", 1}}),
        insert(t).values({{"x", 2}}),
        insert(t).values({{"name", "n"}}));
    run("insert of several VALUES",
        insert(t).values({{{"x", 1}}, {{"x", 2}}}),
        insert(t).values({{{"x", 3}}, {{"x", 4}}}));
    run("update",
        update(t).where(id == 1).values({{"x", 1}}),
        update(t).where(id == 2).values({{"x", 5}}));
    tags.clear();
    conn.execute(select(id), {}, {.use_cache = false});
    rec::show("cache disabled for the call", tags);
    StatementCache own(100);
    tags.clear();
    conn.execute(select(id), {}, {.compiled_cache = &own});
    conn.execute(select(id), {}, {.compiled_cache = &own});
    rec::show("own cache", tags);
    rec::show("entries in the own cache", own.statistics().size);
    tags.clear();
    conn.exec_driver_sql("select 1");
    rec::show("driver sql", tags);
  }
  rec::step("ORM");
  {
    Session s(engine);
    tags.clear();
    for (const int i : {1, 2}) {
      static_cast<void>(s.scalars(select<A>().where(col(&A::id) == i).order_by(&A::name)).all());
      static_cast<void>(s.get<A>(i + 50));
    }
    rec::show("tags", tags);
  }
  rec::step("size and pruning");
  Engine small = create_engine("sqlite://", {.query_cache_size = 4});
  create_all<A>(small);
  small.clear_compiled_cache();
  std::vector<std::size_t> sizes;
  {
    Connection conn = small.connect();
    for (int i = 0; i < 12; ++i) {
      conn.execute(select(id.label("l" + std::to_string(i))));
      sizes.push_back(small.cache_statistics().size);
    }
  }
  rec::show("sizes", sizes);
  rec::step("disabled");
  Engine none = create_engine("sqlite://", {.query_cache_size = 0});
  create_all<A>(none);
  Connection conn = none.connect();
  tags.clear();
  conn.execute(select(id));
  conn.execute(select(id));
  rec::show("tags", tags);
}
