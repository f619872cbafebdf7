// SPDX-License-Identifier: MIT
// Columns and labels that stand more than once in a columns clause.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("031", "SELECT keeps duplicate columns and labels in the given order") {
  const Any c1 = column("c1"), c2 = column("c2"), c3 = column("c3"), c4 = column("c4");
  auto stmt = select(c1, c2, c3.label("c2"), c2, c4);

  rec::step("string");
  str("stmt", stmt);

  rec::step("selected_columns");
  const ColumnCollection selected = stmt.selected_columns();
  rec::show("keys", selected.keys());
  rec::show("len", selected.size());
  std::vector<rec::Notation> classes;
  for (const auto& [key, node] : selected) {
    classes.push_back(rec::class_of(node));
  }
  rec::show("classes", classes);
  rec::show("[1] is c2", selected[1].node() == c2.node());
  rec::show("[3] is c2", selected[3].node() == c2.node());
  rec::show("[2] class", rec::class_of(selected[2].node()));
  rec::show("by name c2 is the first", selected["c2"].node() == c2.node());
  rec::attempt("[9]", [&] { static_cast<void>(selected[9]); });

  rec::step("subquery");
  From sub = stmt.subquery();
  rec::show("keys", sub.columns().keys());
  str("subquery().select()", select(sub));
  str("columns by index", select(sub.columns()[0], sub.columns()[2]));

  rec::step("executed");
  From t = erased::table("t", {"c1", "c2", "c3", "c4"});
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    made.begin([](Connection& conn) {
      conn.execute(text("CREATE TABLE t (c1, c2, c3, c4)"));
      conn.execute(text("INSERT INTO t VALUES (1, 2, 3, 4)"));
    });
    return made;
  });
  Connection conn = engine.connect();
  Result<> res = conn.execute(
      Select<>(select(t.c("c1"), t.c("c2"), t.c("c3").label("c2"), t.c("c2"), t.c("c4"))));
  rec::show("keys", res.keys());
  Row row = res.one();
  rec::show("row", row);
  rec::attempt("row.c2", [&] { row["c2"]; });
  rec::show("by column object", row[t.c("c2")]);
  rec::show("row[2]", row[2]);
  From twice = select(t.c("c1"), t.c("c2"), t.c("c2")).subquery();
  rec::show("through a subquery", conn.execute(select(twice)).one());
  rec::attempt("explicit label colliding with a table column, in a subquery", [&] {
    static_cast<void>(select(select(t.c("c1"), t.c("c2"), t.c("c3").label("c2")).subquery()));
  });
  rec::show("same column twice", conn.execute(Select<>(select(t.c("c1"), t.c("c1")))).one());
}
