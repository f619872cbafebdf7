// SPDX-License-Identifier: MIT
// Raw SQL with parameters, as a statement and within one.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("212", "text() with bound parameters, result types and columns()") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("name", types::String()),
           Column("d", types::Date())});
  const Any id = t.c("id");
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    made.begin([&](Connection& conn) {
      conn.execute(insert(t),
                   ParamsList{{{"id", 1}, {"name", "a:b"}, {"d", Date{2020, 1, 2}}},
                              {{"id", 2}, {"name", "c"}, {"d", null}}});
    });
    return made;
  });
  Connection conn = engine.connect();
  rec::step("parameters");
  rec::show("named", conn.execute(text("select name from t where id = :i"), {{"i", 1}}).all());
  rec::show(
      "twice",
      conn.execute(text("select name from t where id = :i or id = :i + 1"), {{"i", 1}}).all());
  rec::show("bindparams",
            conn.execute(erased::bindparams(text("select id from t where name = :n"),
                                            {erased::bindparam("n", {.value = "c"})}))
                .all());
  rec::show("typed",
            conn.execute(erased::bindparams(text("select id from t where d = :d"),
                                            {erased::bindparam("d", {.type = types::Date()})}),
                         {{"d", Date{2020, 1, 2}}})
                .all());
  rec::show("expanding",
            conn.execute(erased::bindparams(text("select id from t where id in :ids order by id"),
                                            {erased::bindparam("ids", {.expanding = true})}),
                         Params().set("ids", std::vector<Value>{1, 2, 3}))
                .all());
  rec::show("escaped colon", conn.execute(text(R"(select id from t where name = 'a\:b')")).all());
  rec::show("colon in a literal", conn.execute(text("select id from t where name = 'a::b'")).all());
  rec::attempt("missing", [&] { conn.execute(text("select :x")); });
  rec::step("executemany");
  conn.execute(text("insert into t (id, name) values (:i, :n)"),
               ParamsList{{{"i", 5}, {"n", "x"}}, {{"i", 6}, {"n", "y"}}});
  rec::step("columns()");
  const auto s = erased::columns(text("select id, d from t order by id"),
                                 {{"id", types::Integer()}, {"d", types::Date()}});
  rec::show("typed result", conn.execute(s).first());
  const auto plain = erased::columns(text("select id, d from t"),
                                     {{"id", types::Integer()}, {"d", types::Date()}});
  From sub = plain.subquery("q");
  rec::show("subquery",
            conn.execute(Select<>(select(sub.c("d")).where(sub.c("id") == 1))).scalar());
  From c = plain.cte("w");
  rec::show("cte", conn.execute(select(c.c("id")).order_by(c.c("id"))).scalars().all());
  rec::step("fragments");
  rec::show("where, order",
            conn.execute(Select<>(select(id).where(text("name = :n")).order_by(text("id desc"))),
                         {{"n", "c"}})
                .all());
  rec::show("columns and from",
            conn.execute(Select<>(erased::with(select(Any(text("count(*) as n"))),
                                               azoth::sql::Clause::from,
                                               text("t").node())))
                .one()["n"]);
  rec::show("literal_column",
            conn.execute(Select<>(select(literal_column("1 + 1").label("two")))).one()["two"]);
  rec::attempt("string in order_by", [&] { str("order", select(id).order_by("id")); });
  rec::step("exec_driver_sql");
  rec::show("positional", conn.exec_driver_sql("select name from t where id = ?", {2}).all());
}
