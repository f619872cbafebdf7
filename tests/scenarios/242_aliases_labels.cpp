// SPDX-License-Identifier: MIT
// What columns are called in statements, rows and subqueries.
using namespace azoth;

AZOTH_SCENARIO("242", "Labels, aliases and result column names") {
  MetaData m;
  const TypePtr number = types::Integer(), words = types::String();
  Table a("a", m, {Column("id", number, {.primary_key = true}), Column("name", words)});
  Table b(
      "b",
      m,
      {Column("id", number, {.primary_key = true}), Column("a_id", number), Column("name", words)});
  const Any id = a.c("id"), name = a.c("name");
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    made.begin([&](Connection& c) {
      c.execute(insert(a), ParamsList{{{"id", 1}, {"name", "x"}}, {{"id", 2}, {"name", "y"}}});
      c.execute(insert(b), ParamsList{{{"id", 10}, {"a_id", 1}, {"name", "bx"}}});
    });
    return made;
  });
  const rec::QuietTx silence;
  Connection conn = engine.connect();
  const auto run = [&](const auto& statement) { return Result<>(conn.run(statement.node())); };

  rec::step("disambiguated names");
  Result<> r = run(select(a, b).where(id == b.c("a_id")));
  rec::show("keys", r.keys());
  Row row = r.one();
  rec::show("by object", std::tuple(row[id], row[b.c("id")], row[b.c("name")]));
  rec::show("by name", std::tuple(row["id"], row["id_1"], row["name_1"]));
  rec::step("self join");
  From a1 = alias(a), a2 = alias(a, "second");
  r = run(select(a1.c("id"), a2.c("id")).where(a1.c("id") < a2.c("id")));
  rec::show("keys", r.keys());
  rec::show("row", r.one());
  rec::step("labels");
  const Any big = (id + 10).label("big");
  rec::show("order by label object", run(select(id, big).order_by(desc(big))).all());
  rec::show("where with a label", run(select(id).where(big > 11)).scalars().all());
  rec::show("group by label", run(select(big, func::count()).group_by(big).order_by(big)).all());
  rec::show("order by label not selected", run(select(id).order_by(desc(big))).scalars().all());
  rec::show("label of a label", run(select(big.label("bigger"))).keys());
  rec::show("same name as a column", run(select(name, literal("z").label("name"))).first());
  rec::step("subquery columns");
  From s = select(id, func::upper(name), (id * 2).label("dbl")).subquery("s");
  rec::show("keys", s.columns().keys());
  rec::show("select", run(select(s.c("dbl"), s.c("upper")).where(s.c("id") == 2)).one());
  rec::show("corresponding_column", s[id].node() == s.c("id").node());
  rec::step("alias of a join, nested joins");
  From j(azoth::sql::join(a.node(), b.node(), (id == b.c("a_id")).node()));
  rec::show("join columns", j.columns().keys());
  From sub = select(j).subquery();
  rec::show("subquery of a join", sub.columns().keys());
  rec::show("rows", run(select(j)).all());
}
