// SPDX-License-Identifier: MIT
// Values given at execution: by name, missing, many, and in IN lists.
#include "unit/engine/fixture.hpp"

namespace azoth {
namespace {

class Parameters : public EngineTest {
 protected:
  Parameters() { c.execute(insert(t), {{{"id", 1}, {"name", "a"}}, {{"id", 2}, {"name", "b"}}}); }

  Engine engine = make_engine({.echo = true});
  Connection c = engine.connect();
};

TEST_F(Parameters, NamedParameterTakesItsValue) {
  const auto statement =
      select(name).where(id == Expr<std::int64_t>(sql::bindparam("key", types::Integer())));
  EXPECT_EQ(c.execute(statement, {{"key", 2}}).scalar_one(), "b");
  EXPECT_EQ(c.execute(statement, {{"key", 1}}).scalar_one(), "a");
}

TEST_F(Parameters, MissingParameterIsNamed) {
  EXPECT_EQ(what_of<StatementError>([&] {
              c.execute(select(id).where(name ==
                                         Expr<std::string>(sql::bindparam("zz", types::String()))));
            }),
            "(azoth.InvalidRequestError) A value is required for bind parameter 'zz'\n[SQL: SELECT "
            "t.id \nFROM t \nWHERE t.name = ?]\n"
            "(Background on this error at: https://sqlalche.me/e/20/cd3x)");
}

TEST_F(Parameters, MissingParameterOfALaterSetIsNamedWithItsGroup) {
  EXPECT_EQ(
      message_of<StatementError>([&] { c.execute(insert(t), {{{"name", "x"}}, {{"id", 7}}}); }),
      "(azoth.InvalidRequestError) A value is required for bind parameter 'name', in parameter "
      "group 1");
}

TEST_F(Parameters, ManySetsUpdateByName) {
  const auto statement =
      update(t)
          .where(id == Expr<std::int64_t>(sql::bindparam("key", types::Integer())))
          .values({{"name", Expr<std::string>(sql::bindparam("n", types::String()))}});
  log();
  EXPECT_EQ(
      c.execute(statement,
                {{{"key", 1}, {"n", "x"}}, {{"key", 2}, {"n", "y"}}, {{"key", 3}, {"n", "z"}}})
          .rowcount(),
      2);
  EXPECT_EQ(log(),
            (Lines{"UPDATE t SET name=? WHERE t.id = ?",
                   "[generated in ...s] [('x', 1), ('y', 2), ('z', 3)]"}));
  EXPECT_EQ(c.scalars(select(name).order_by(id)).all(), (Lines{"x", "y"}));
}

TEST_F(Parameters, FailedSetShowsAllParameters) {
  EXPECT_EQ(
      what_of<IntegrityError>([&] {
        c.execute(text("insert into t (id) values (:id)"), {{{"id", 70}}, {{"id", 70}}});
      }),
      "(sqlite3.IntegrityError) UNIQUE constraint failed: t.id\n[SQL: insert into t (id) values "
      "(?)]\n"
      "[parameters: [(70,), (70,)]]\n(Background on this error at: https://sqlalche.me/e/20/gkpj)");
}

TEST_F(Parameters, SelectCannotBeExecutedForManySets) {
  EXPECT_EQ(message_of<ProgrammingError>([&] { c.execute(select(id), {{{"x", 1}}, {{"x", 2}}}); }),
            "(sqlite3.ProgrammingError) executemany() can only execute DML statements.");
}

TEST_F(Parameters, InsertManyResultHasNoSinglePrimaryKey) {
  auto result = c.execute(insert(t), {{{"name", "x"}}, {{"name", "y"}}});
  EXPECT_EQ(result.rowcount(), 2);
  EXPECT_EQ(message_of<InvalidRequestError>([&] { result.inserted_primary_key(); }),
            "This statement was an executemany call; if primary key returning is supported, please "
            "use .inserted_primary_key_rows.");
}

TEST_F(Parameters, InListsOfAnyLengthShareOneCompiledForm) {
  log();
  EXPECT_EQ(c.scalars(select(name).where(id.in({1, 2}))).all(), (Lines{"a", "b"}));
  EXPECT_EQ(c.scalars(select(name).where(id.in({2}))).all(), Lines{"b"});
  EXPECT_EQ(c.scalars(select(name).where(id.in(std::vector<std::int64_t>{}))).all(), Lines{});
  EXPECT_EQ(log(),
            (Lines{"SELECT t.name \nFROM t \nWHERE t.id IN (?, ?)",
                   "[generated in ...s] (1, 2)",
                   "SELECT t.name \nFROM t \nWHERE t.id IN (?)",
                   "[cached since ...s ago] (2,)",
                   "SELECT t.name \nFROM t \nWHERE t.id IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)",
                   "[cached since ...s ago] ()"}));
}

TEST_F(Parameters, DriverTextWithWrongCountIsRefused) {
  EXPECT_EQ(what_of<ProgrammingError>([&] { c.exec_driver_sql("select ?"); }),
            "(sqlite3.ProgrammingError) Incorrect number of bindings supplied. The current "
            "statement uses 1, and there are 0 supplied.\n"
            "[SQL: select ?]\n(Background on this error at: https://sqlalche.me/e/20/f405)");
}

TEST_F(Parameters, ExplicitListOfOneIsOneExecution) {
  log();
  c.execute(insert(t), ParamsList{{{"name", "x"}}});
  EXPECT_EQ(log(), (Lines{"INSERT INTO t (name) VALUES (?)", "[generated in ...s] ('x',)"}));
}

TEST_F(Parameters, SetReplacesAValue) {
  Params params{{"a", 1}};
  params.set("a", 2).set("b", "x");
  EXPECT_EQ(params.size(), 2U);
  EXPECT_EQ(*params.find("a"), Value(2));
  EXPECT_EQ(params.find("c"), nullptr);
}

}  // namespace
}  // namespace azoth
