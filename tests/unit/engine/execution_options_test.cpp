// SPDX-License-Identifier: MIT
// Options of connections, engines and executions.
#include "unit/engine/fixture.hpp"
#include <azoth/sql/elements.hpp>

namespace azoth {
namespace {

class ExecutionOptionsTest : public EngineTest {
 protected:
  Engine engine = make_engine();
};

TEST_F(ExecutionOptionsTest, IsolationLevelOfAConnectionIsResetOnItsReturn) {
  Connection c = engine.connect();
  EXPECT_EQ(c.get_isolation_level(), "SERIALIZABLE");
  c.execution_options({.isolation_level = "READ UNCOMMITTED"});
  EXPECT_EQ(c.get_isolation_level(), "READ UNCOMMITTED");
  EXPECT_EQ(c.default_isolation_level(), "SERIALIZABLE");
  c.close();
  EXPECT_EQ(engine.connect().get_isolation_level(), "SERIALIZABLE");
}

TEST_F(ExecutionOptionsTest, IsolationLevelIsNotChangedWithinATransaction) {
  Connection c = engine.connect();
  c.exec_driver_sql("SELECT 1");
  EXPECT_EQ(message_of<InvalidRequestError>(
                [&] { c.execution_options({.isolation_level = "READ UNCOMMITTED"}); }),
            "This connection has already initialized a SQLAlchemy Transaction() object via begin() "
            "or autobegin; isolation_level may not be altered unless rollback() or commit() is "
            "called first.");
  c.rollback();
  c.execution_options({.isolation_level = "READ UNCOMMITTED"});
}

TEST_F(ExecutionOptionsTest, EngineWithOptionsSharesThePoolAndGivesThemToItsConnections) {
  const Engine automatic = engine.execution_options({.isolation_level = "AUTOCOMMIT"});
  EXPECT_EQ(&automatic.pool(), &engine.pool());
  {
    Connection c = automatic.connect();
    c.exec_driver_sql("CREATE TABLE kept (x)");
    c.rollback();
  }
  Connection c = engine.connect();
  EXPECT_TRUE(has_table(c, "kept")) << "there was no transaction to roll back";
}

TEST_F(ExecutionOptionsTest, LaterOptionsGoBeforeEarlierOnes) {
  ExecutionOptions options{.use_cache = false, .stream_results = true, .logging_token = "a"};
  options.update({.isolation_level = "SERIALIZABLE"});
  EXPECT_EQ(options.stream_results, true);
  EXPECT_EQ(options.logging_token, "a");
  options.update({.stream_results = false, .logging_token = "b"});
  EXPECT_EQ(options.stream_results, false);
  EXPECT_EQ(options.logging_token, "b");
  EXPECT_EQ(options.isolation_level, "SERIALIZABLE");
  EXPECT_FALSE(options.use_cache);
}

TEST_F(ExecutionOptionsTest, OwnCacheTakesThePlaceOfTheEngines) {
  engine.clear_compiled_cache();
  StatementCache own(10);
  Connection c = engine.connect();
  c.execute(select(id), {}, {.compiled_cache = &own});
  c.execute(select(id), {}, {.compiled_cache = &own});
  EXPECT_EQ(own.statistics().hits, 1U);
  EXPECT_EQ(engine.cache_statistics().size, 0U);
}

TEST_F(ExecutionOptionsTest, SchemasAreTranslatedAndKeptApartInTheCache) {
  Connection c = engine.connect();
  c.exec_driver_sql("ATTACH ':memory:' AS one");
  c.exec_driver_sql("ATTACH ':memory:' AS two");
  c.exec_driver_sql("CREATE TABLE one.n (x)");
  c.exec_driver_sql("CREATE TABLE two.n (x)");
  c.exec_driver_sql("INSERT INTO two.n VALUES (2)");
  MetaData placed;
  Table n("n", placed, {Column("x", types::Integer())}, {}, {}, "any");
  const auto rows = [&](const char* schema) {
    return c.execute(select(n.c("x")), {}, {.schema_translate_map = {{{"any", schema}}}})
        .scalars()
        .all();
  };
  EXPECT_EQ(rows("one"), std::vector<Value>());
  EXPECT_EQ(rows("two"), std::vector<Value>{2});
}

TEST_F(ExecutionOptionsTest, LoggingTokenStandsBeforeEachLine) {
  set_log_level("azoth.engine", LogLevel::info);
  engine = make_engine();
  Connection c = engine.connect();
  c.execution_options({.logging_token = "job 7"});
  c.exec_driver_sql("SELECT 1");
  EXPECT_EQ(log(), (Lines{"[job 7] BEGIN (implicit)", "[job 7] SELECT 1", "[job 7] [raw sql] ()"}));
  set_log_level("azoth.engine", LogLevel::warning);
}

TEST_F(ExecutionOptionsTest, UnknownResetStyleIsRefused) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              static_cast<void>(create_engine("sqlite://", {.pool_reset_on_return = "maybe"}));
            }),
            "Invalid value for 'reset_on_return': 'maybe'");
}

TEST_F(ExecutionOptionsTest, ListsAreGivenToInParametersAtExecution) {
  Connection c = engine.connect();
  auto* list = new sql::BindParameter("ids", types::Integer());
  sql::Ref parameter = sql::Ref::adopt(list);
  list->is_unique = false;
  list->is_required = true;
  list->is_expanding = true;
  list->expand_op = sql::Op::in;
  sql::seal(*list);
  const sql::Ref one = sql::bind(2);
  const Expr<bool> in(
      sql::make_node<sql::BinaryExpression>(sql::Op::in, one, parameter, types::Boolean()));
  const auto found = [&](std::vector<Value> values) {
    return c.execute(select(func::count()).where(in), Params().set("ids", std::move(values)))
        .scalar();
  };
  EXPECT_EQ(found({1, 2, 3}), 1);
  EXPECT_EQ(found({1}), 0);
  EXPECT_EQ(found({}), 0);
}

}  // namespace
}  // namespace azoth
