// SPDX-License-Identifier: MIT
// IN and NOT IN of an empty list, by dialect and at work on SQLite.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("008", "Empty IN and NOT IN: the empty-set expression per dialect") {
  MetaData m;
  Table a("a",
          m,
          {Column("id", types::Integer(), {.primary_key = true}), Column("data", types::String())});
  const Any id = a.c("id"), data = a.c("data");
  const std::vector<int> none;

  for (const char* d : {"", "sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql"}) {
    rec::step(*d ? d : "default");
    str("integer IN", select(id).where(id.in(none)), {.on = d, .render_postcompile = true});
    str("string IN", select(id).where(data.in(none)), {.on = d, .render_postcompile = true});
    str("NOT IN", select(id).where(id.not_in(none)), {.on = d, .render_postcompile = true});
    str("literal_binds", select(id).where(id.in(none)), {.on = d, .literal_binds = true});
  }

  rec::step("not expanded: the same token as for any list");
  str("default", select(id).where(id.in(none)));
  str("default NOT IN", select(id).where(id.not_in(none)));

  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    made.begin([&](Connection& conn) {
      conn.execute(insert(a), ParamsList{{{"id", 1}, {"data", "x"}}, {{"id", 2}, {"data", null}}});
    });
    return made;
  });

  rec::step("executed on SQLite");
  Connection conn = engine.connect();
  rec::show("IN ()", conn.execute(select(id).where(data.in(none))).scalars().all());
  rec::show("NOT IN ()", conn.execute(select(id).where(data.not_in(none))).scalars().all());
  auto p = select(id).where(erased::in(data, erased::bindparam("d", {.expanding = true})));
  rec::show("bound to []",
            conn.execute(p, Params().set("d", std::vector<Value>())).scalars().all());
  rec::show("bound to ['x']",
            conn.execute(p, Params().set("d", std::vector<Value>{"x"})).scalars().all());
}
