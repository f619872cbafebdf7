// SPDX-License-Identifier: MIT
// The same statements for every database.
using namespace azoth;
using rec::str;

AZOTH_SCENARIO("233", "One set of statements on all dialects") {
  MetaData m;
  Table t("order",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("Name", types::String(20)),
           Column("flag", types::Boolean()),
           Column("at", types::DateTime())});
  const Any id = t.c("id"), name = t.c("Name"), flag = t.c("flag");
  using azoth::sql::Op, azoth::sql::Ref;
  const Ref other = azoth::sql::alias(t.node(), "o2"), third = azoth::sql::alias(t.node(), "o2");
  const Ref other_id = From(third).c("id").node();
  const Expr<bool> distinct(azoth::sql::is(
      Op::is_distinct_from, Ref(id.node()), azoth::sql::bind(5, "id", id.node()->type())));
  const std::vector<std::pair<const char*, Ref>> statements{
      {"select", select(id, name).where(flag == true).where(name == "x").node()},
      {"flag alone", select(id).where(flag).where(true_()).node()},
      {"concat", select(name + "y").node()},
      {"limit", select(id).order_by(id).limit(3).node()},
      {"limit offset", select(id).order_by(id).limit(3).offset(6).node()},
      {"cast",
       select(cast<std::int64_t>(name), cast<std::string>(literal(1), types::String(5))).node()},
      {"nulls", select(id).order_by(nulls_last(name)).node()},
      {"insert", insert(t).values({{"Name", "n"}}).node()},
      {"ilike", select(id).where(name.ilike("%x%")).node()},
      {"now", select(func::now()).node()},
      {"mod", select(id % 2).node()},
      {"alias", select(alias(t).c("id")).node()},
      {"subquery", select(select(id).subquery().c("id")).node()},
      {"in", select(id).where(id.in({1, 2})).node()},
      {"is distinct", select(id).where(distinct).node()},
      {"no from", select(literal(1)).node()},
      {"full join",
       select(id)
           .select_from(
               From(azoth::sql::join(t.node(), other, (id == Any(other_id)).node(), false, true)))
           .node()}};
  for (const char* d : {"sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql"}) {
    rec::step(d);
    for (const auto& [label, statement] : statements) {
      str(label, statement, {.on = d});
    }
  }
}
