// SPDX-License-Identifier: MIT
// Rows that statements which write give back.
#include "scenarios/erased.hpp"

#include <algorithm>

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("213", "RETURNING") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("name", types::String(10)),
           Column("n", types::Integer(), {.server_default = "7"})});
  const Any id = t.c("id"), name = t.c("name"), n = t.c("n");
  for (const char* d : {"sqlite", "postgresql", "mssql", "oracle", "mariadb"}) {
    rec::step(d);
    str("insert", insert(t).values({{"name", "a"}}).returning(id, n), {.on = d});
    str("update",
        update(t).values({{"name", "b"}}).where(id == 1).returning(id, (n + 1).label("m")),
        {.on = d});
    str("delete", delete_(t).where(id == 1).returning(name), {.on = d});
    str("all columns", insert(t).values({{"name", "a"}}).returning(id, name, n), {.on = d});
  }
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    return made;
  });
  Connection conn = engine.connect();
  const auto run = [&](const auto& statement) { return Result<>(conn.run(statement.node())); };
  rec::step("executed");
  rec::show("insert", run(insert(t).values({{"name", "a"}}).returning(id, n)).one());
  rec::show(
      "several VALUES",
      run(insert(t).values({{{"name", "b"}}, {{"name", "c"}}}).returning(id)).scalars().all());
  rec::show("executemany",
            conn.execute(insert(t).returning(id, func::upper(name).label("up")),
                         ParamsList{{{"name", "d"}}, {{"name", "e"}}})
                .all());
  rec::show("from select",
            run(erased::from_select(insert(t), {"name"}, select(name).where(id == 1)).returning(id))
                .scalars()
                .all());
  std::vector<Row> updated =
      run(update(t).where(id <= 2).values({{"n", n + 1}}).returning(id, n)).all();
  std::sort(updated.begin(), updated.end());
  rec::show("update", updated);
  rec::show("delete", run(delete_(t).where(id == 3).returning(id, name, n)).all());
  rec::show("no match", run(delete_(t).where(id == 99).returning(id)).first());
  rec::show("returns_rows", run(update(t).values({{"n", 1}}).returning(id)).returns_rows());
  rec::show("inserted_primary_key with returning",
            run(insert(t).values({{"name", "z"}}).returning(name)).scalar());
}
