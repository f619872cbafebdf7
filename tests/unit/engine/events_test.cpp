// SPDX-License-Identifier: MIT
// The events of engines: their order, what they show, and what listeners may do.
#include "unit/engine/fixture.hpp"
#include <azoth/engine/events.hpp>

namespace azoth {
namespace {

class EventsTest : public EngineTest {
 protected:
  // Writes down transactions, and statements with their parameters.
  void watch() {
    using C = Connection&;
    event::listen(engine, event::begin, [&](C) { told.push_back("begin"); });
    event::listen(engine, event::commit, [&](C) { told.push_back("commit"); });
    event::listen(engine, event::rollback, [&](C) { told.push_back("rollback"); });
    event::listen(engine, event::savepoint, [&](C, std::string_view name) {
      told.push_back("savepoint " + std::string(name));
    });
    event::listen(engine, event::rollback_savepoint, [&](C, std::string_view name) {
      told.push_back("back to " + std::string(name));
    });
    event::listen(engine, event::release_savepoint, [&](C, std::string_view name) {
      told.push_back("release " + std::string(name));
    });
    event::listen(engine, event::before_cursor_execute, [&](C, const CursorExecution& e) {
      std::string line(e.statement);
      for (const std::vector<Value>& set : e.parameters) {
        line += e.executemany ? " many" : " one";
        for (const Value& value : set) {
          line += " " + repr(Literal(value));
        }
      }
      told.push_back(line);
    });
  }

  Lines take() { return std::exchange(told, {}); }

  Engine engine = make_engine();
  Lines told;
};

TEST_F(EventsTest, TransactionsAndStatementsAreToldInTheirOrder) {
  watch();
  Connection c = engine.connect();
  c.exec_driver_sql("SELECT ?", {5});
  c.commit();
  c.exec_driver_sql("SELECT 1");
  c.close();
  EXPECT_EQ(take(),
            (Lines{"begin", "SELECT ? one 5", "commit", "begin", "SELECT 1 one", "rollback"}));
}

TEST_F(EventsTest, AListenerMayBeginTheTransactionInItsOwnWay) {
  event::listen(engine, event::begin, [](Connection& c) { c.exec_driver_sql("BEGIN IMMEDIATE"); });
  watch();
  Connection c = engine.connect();
  c.exec_driver_sql("SELECT 1");
  c.commit();
  EXPECT_EQ(take(), (Lines{"BEGIN IMMEDIATE one", "begin", "SELECT 1 one", "commit"}));
}

TEST_F(EventsTest, WhatAListenerExecutesStandsInTheTransactionThatBegins) {
  event::listen(
      engine, event::begin, [](Connection& c) { c.exec_driver_sql("CREATE TABLE made (a)"); });
  Connection c = engine.connect();
  c.exec_driver_sql("SELECT * FROM made");
  c.rollback();
  c.exec_driver_sql("SELECT * FROM made");  // made again: the first was rolled back
}

TEST_F(EventsTest, AListenerCannotBeginASecondTransaction) {
  event::listen(engine, event::begin, [](Connection& c) { (void)c.begin(); });
  Connection c = engine.connect();
  EXPECT_THROW(c.exec_driver_sql("SELECT 1"), InvalidRequestError);
}

TEST_F(EventsTest, ParametersAreShownAsTheDriverSendsThem) {
  watch();
  Connection c = engine.connect();
  c.execute(text("SELECT :a, :b"), {{"a", true}, {"b", Date{2020, 1, 2}}});
  EXPECT_EQ(take(), (Lines{"begin", "SELECT ?, ? one 1 '2020-01-02'"}));
}

TEST_F(EventsTest, StatementsAreToldBeforeTheyAreCompiledAndWithTheirResult) {
  event::listen(
      engine,
      event::before_execute,
      [&](Connection&, const sql::Ref& statement, std::span<const Params> sets) {
        told.push_back("before " + to_string(statement) + " " + std::to_string(sets.size()));
      });
  event::listen(
      engine,
      event::after_execute,
      [&](Connection&, const sql::Ref&, std::span<const Params> sets, CursorResult& result) {
        told.push_back("after " + std::to_string(sets.size()) + " " +
                       std::to_string(result.rowcount()));
      });
  watch();
  Connection c = engine.connect();
  c.execute(text("UPDATE t SET id = id WHERE id = :x"), {{"x", 1}});
  c.execute(text("DELETE FROM t WHERE id = :x"), ParamsList{{{"x", 1}}, {{"x", 2}}});
  EXPECT_EQ(take(),
            (Lines{"before UPDATE t SET id = id WHERE id = :x 1",
                   "begin",
                   "UPDATE t SET id = id WHERE id = ? one 1",
                   "after 1 0",
                   "before DELETE FROM t WHERE id = :x 2",
                   "DELETE FROM t WHERE id = ? many 1 many 2",
                   "after 2 0"}));
}

TEST_F(EventsTest, ManySetsAreOneExecution) {
  watch();
  Connection c = engine.connect();
  c.exec_driver_sql("CREATE TABLE n (x)");
  c.execute(text("INSERT INTO n VALUES (:x)"), ParamsList{{{"x", 1}}, {{"x", 2}}});
  c.exec_driver_sql("INSERT INTO n VALUES (?)", std::vector<std::vector<Value>>{{3}, {4}});
  EXPECT_EQ(take(),
            (Lines{"begin",
                   "CREATE TABLE n (x) one",
                   "INSERT INTO n VALUES (?) many 1 many 2",
                   "INSERT INTO n VALUES (?) many 3 many 4"}));
  EXPECT_EQ(c.scalar(text("SELECT count(*) FROM n")), Value(4));
}

TEST_F(EventsTest, SavepointsAreStatementsToo) {
  watch();
  Connection c = engine.connect();
  Transaction a = c.begin_nested();
  a.rollback();
  Transaction b = c.begin_nested();
  b.commit();
  EXPECT_EQ(take(),
            (Lines{"begin",
                   "savepoint sa_savepoint_1",
                   "SAVEPOINT sa_savepoint_1 one",
                   "back to sa_savepoint_1",
                   "ROLLBACK TO SAVEPOINT sa_savepoint_1 one",
                   "savepoint sa_savepoint_2",
                   "SAVEPOINT sa_savepoint_2 one",
                   "release sa_savepoint_2",
                   "RELEASE SAVEPOINT sa_savepoint_2 one"}));
}

TEST_F(EventsTest, ListenerMayUseTheConnection) {
  int level = 0;
  event::listen(engine, event::before_cursor_execute, [&](Connection& c, const CursorExecution&) {
    if (level++ == 0) {
      EXPECT_EQ(c.scalar(text("SELECT 7")), Value(7));
    }
  });
  Connection c = engine.connect();
  EXPECT_EQ(c.scalar(text("SELECT 1")), Value(1));
  EXPECT_EQ(level, 2);
}

TEST_F(EventsTest, AfterCursorExecuteIsNotToldOfFailures) {
  int done = 0;
  event::listen(
      engine, event::after_cursor_execute, [&](Connection&, const CursorExecution&) { ++done; });
  Connection c = engine.connect();
  EXPECT_THROW(c.exec_driver_sql("SELECT * FROM nothere"), OperationalError);
  EXPECT_EQ(done, 0);
  c.exec_driver_sql("SELECT 1");
  EXPECT_EQ(done, 1);
}

TEST_F(EventsTest, HandleErrorMayThrowAnotherError) {
  std::string seen;
  event::listen(engine, event::handle_error, [&](ExceptionContext& context) {
    seen = std::string(context.statement) + ": " + context.original->info().message;
    throw InvalidRequestError("translated");
  });
  Connection c = engine.connect();
  EXPECT_EQ(message_of<InvalidRequestError>([&] { c.exec_driver_sql("SELECT * FROM nothere"); }),
            "translated");
  EXPECT_EQ(seen, "SELECT * FROM nothere: no such table: nothere");
}

TEST_F(EventsTest, ErrorThatIsDeclaredADisconnectInvalidatesTheConnection) {
  event::listen(
      engine, event::handle_error, [](ExceptionContext& context) { context.is_disconnect = true; });
  Connection c = engine.connect();
  try {
    c.exec_driver_sql("SELECT * FROM nothere");
    FAIL();
  } catch (const DBAPIError& error) {
    EXPECT_TRUE(error.invalidates_connection());
  }
  EXPECT_TRUE(c.invalidated());
  EXPECT_EQ(message_of<PendingRollbackError>([&] { c.exec_driver_sql("SELECT 1"); }),
            "Can't reconnect until invalid transaction is rolled back.  Please rollback() fully "
            "before proceeding");
  c.rollback();
  EXPECT_EQ(c.scalar(text("SELECT 1")), Value(1));
  EXPECT_FALSE(c.invalidated());
}

}  // namespace
}  // namespace azoth
