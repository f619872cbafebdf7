// SPDX-License-Identifier: MIT
// Transactions of a connection: they begin by themselves and end when told. The expected logs are
// SQLAlchemy's for the same calls.
#include "unit/engine/fixture.hpp"
#include <azoth/base/warning.hpp>

namespace azoth {
namespace {

class ConnectionTest : public EngineTest {
 protected:
  std::int64_t count(Connection& c) { return c.scalar(select(func::count(id))).value(); }

  std::int64_t count() {
    Connection c = engine.connect();
    return count(c);
  }

  Engine engine = make_engine();
};

TEST_F(ConnectionTest, FirstStatementBegins) {
  Connection c = engine.connect();
  EXPECT_FALSE(c.in_transaction());
  c.execute(insert(t), {{"name", "a"}});
  EXPECT_TRUE(c.in_transaction());
  c.commit();
  EXPECT_FALSE(c.in_transaction());
  EXPECT_EQ(count(c), 1);
}

TEST_F(ConnectionTest, ClosingRollsBack) {
  {
    Connection c = engine.connect();
    c.execute(insert(t), {{"name", "a"}});
  }
  EXPECT_EQ(count(), 0);
}

TEST_F(ConnectionTest, CommitAndRollbackWithoutTransactionDoNothing) {
  engine = make_engine({.echo = true});
  Connection c = engine.connect();
  c.commit();
  c.rollback();
  EXPECT_EQ(log(), Lines{});
}

TEST_F(ConnectionTest, LogOfBeginCommitAndRollback) {
  engine = make_engine({.echo = true});
  {
    Connection c = engine.connect();
    c.exec_driver_sql("select 1").all();
    c.commit();
    c.exec_driver_sql("select 1").all();
  }
  EXPECT_EQ(log(),
            (Lines{"BEGIN (implicit)",
                   "select 1",
                   "[raw sql] ()",
                   "COMMIT",
                   "BEGIN (implicit)",
                   "select 1",
                   "[raw sql] ()",
                   "ROLLBACK"}));
}

TEST_F(ConnectionTest, AutocommitLogsAsSqlalchemyDoes) {
  engine = make_engine({.echo = true, .isolation_level = "AUTOCOMMIT"});
  Connection c = engine.connect();
  c.execute(insert(t), {{"name", "a"}});
  c.rollback();
  const Lines lines = log();
  EXPECT_EQ(lines.front(), "BEGIN (implicit; DBAPI should not BEGIN due to autocommit mode)");
  EXPECT_EQ(
      lines.back(),
      "ROLLBACK using DBAPI connection.rollback(), DBAPI should ignore due to autocommit mode");
  EXPECT_EQ(count(c), 1);
}

TEST_F(ConnectionTest, BeginAfterAutobeginIsRefused) {
  Connection c = engine.connect();
  c.exec_driver_sql("select 1").all();
  EXPECT_EQ(message_of<InvalidRequestError>([&] { (void)c.begin(); }),
            "This connection has already initialized a SQLAlchemy Transaction() object via begin() "
            "or autobegin; can't call begin() "
            "here unless rollback() or commit() is called first.");
}

TEST_F(ConnectionTest, GuardRollsBackUnlessCommitted) {
  Connection c = engine.connect();
  {
    const Transaction guard = c.begin();
    c.execute(insert(t), {{"name", "a"}});
  }
  EXPECT_EQ(count(c), 0);
  c.rollback();
  {
    Transaction guard = c.begin();
    c.execute(insert(t), {{"name", "a"}});
    guard.commit();
    EXPECT_FALSE(guard.is_active());
    EXPECT_EQ(message_of<InvalidRequestError>([&] { guard.commit(); }),
              "This transaction is inactive");
    const CaptureWarnings warnings;
    guard.rollback();
    ASSERT_EQ(warnings.records().size(), 1U);
    EXPECT_EQ(warnings.records()[0].message, "transaction already deassociated from connection");
  }
  EXPECT_EQ(count(c), 1);
}

TEST_F(ConnectionTest, BlockCommitsWhenItsBodyReturns) {
  Connection c = engine.connect();
  c.begin([&] { c.execute(insert(t), {{"name", "a"}}); });
  EXPECT_FALSE(c.in_transaction());
  EXPECT_EQ(count(c), 1);
}

TEST_F(ConnectionTest, BlockRollsBackWhenItsBodyThrows) {
  EXPECT_THROW(engine.begin([&](Connection& c) {
    c.execute(insert(t), {{"name", "a"}});
    throw std::runtime_error("boom");
  }),
               std::runtime_error);
  EXPECT_EQ(count(), 0);
}

TEST_F(ConnectionTest, NothingRunsInABlockAfterItsTransactionEnded) {
  const std::string refusal =
      "Can't operate on closed transaction inside context manager.  Please complete the context "
      "manager before emitting further commands.";
  Connection c = engine.connect();
  c.begin([&] {
    c.execute(insert(t), {{"name", "a"}});
    c.rollback();
    EXPECT_EQ(message_of<InvalidRequestError>([&] { c.exec_driver_sql("select 1"); }), refusal);
  });
  EXPECT_EQ(count(c), 0);
  EXPECT_EQ(message_of<InvalidRequestError>([&] {
              engine.begin([&](Connection& inner) {
                inner.execute(insert(t), {{"name", "a"}});
                inner.commit();
                inner.execute(insert(t), {{"name", "b"}});
              });
            }),
            refusal);
  EXPECT_EQ(count(), 1);
}

TEST_F(ConnectionTest, ClosedConnectionRefusesEverything) {
  Connection c = engine.connect();
  c.close();
  EXPECT_TRUE(c.closed());
  const std::string refusal = "This Connection is closed";
  EXPECT_EQ(message_of<ResourceClosedError>([&] { c.execute(text("select 1")); }), refusal);
  EXPECT_EQ(message_of<ResourceClosedError>([&] { (void)c.begin(); }), refusal);
  EXPECT_EQ(message_of<ResourceClosedError>([&] { (void)c.begin_nested(); }), refusal);
  EXPECT_EQ(message_of<ResourceClosedError>([&] { c.commit(); }), refusal);
  c.close();
}

TEST_F(ConnectionTest, GuardOutlivesItsConnection) {
  auto c = std::make_unique<Connection>(engine.connect());
  Transaction guard = c->begin();
  Transaction savepoint = c->begin_nested();
  c.reset();
  EXPECT_FALSE(guard.is_active());
  EXPECT_FALSE(savepoint.is_active());
  guard.rollback();
  EXPECT_THROW(guard.commit(), ResourceClosedError);
}

TEST_F(ConnectionTest, MovedConnectionKeepsItsTransaction) {
  Connection c = engine.connect();
  c.execute(insert(t), {{"name", "a"}});
  Connection moved = std::move(c);
  EXPECT_TRUE(c.closed());  // NOLINT(bugprone-use-after-move): what is left is a closed connection
  EXPECT_TRUE(moved.in_transaction());
  moved.commit();
  EXPECT_EQ(count(moved), 1);
}

TEST_F(ConnectionTest, FailedStatementLeavesTheTransactionUsable) {
  Connection c = engine.connect();
  c.execute(insert(t), {{"id", 1}, {"name", "a"}});
  EXPECT_EQ(what_of<OperationalError>([&] { c.execute(text("select * from nothere")); }),
            "(sqlite3.OperationalError) no such table: nothere\n[SQL: select * from nothere]\n"
            "(Background on this error at: https://sqlalche.me/e/20/e3q8)");
  EXPECT_EQ(what_of<IntegrityError>([&] { c.execute(insert(t), {{"id", 1}, {"name", "b"}}); }),
            "(sqlite3.IntegrityError) UNIQUE constraint failed: t.id\n[SQL: INSERT INTO t (id, "
            "name) VALUES (?, ?)]\n"
            "[parameters: (1, 'b')]\n(Background on this error at: https://sqlalche.me/e/20/gkpj)");
  EXPECT_TRUE(c.in_transaction());
  c.commit();
  EXPECT_EQ(count(c), 1);
}

TEST_F(ConnectionTest, TransactionThatTheDatabaseEndedMustBeRolledBack) {
  Connection c = engine.connect();
  c.execute(insert(t), {{"id", 1}});
  EXPECT_THROW(c.exec_driver_sql("INSERT OR ROLLBACK INTO t (id) VALUES (1)"), IntegrityError);
  EXPECT_FALSE(c.in_transaction());
  EXPECT_EQ(
      message_of<PendingRollbackError>([&] { c.exec_driver_sql("select 1"); }),
      "This connection is on an inactive transaction.  Please rollback() fully before proceeding");
  c.rollback();
  EXPECT_EQ(count(c), 0);
}

TEST_F(ConnectionTest, FailedCommitEndsTheTransaction) {
  engine = create_engine("sqlite://?foreign_keys=on");
  Connection c = engine.connect();
  c.exec_driver_sql("CREATE TABLE p (id INTEGER PRIMARY KEY)");
  c.exec_driver_sql("CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
  c.commit();
  c.exec_driver_sql("INSERT INTO c VALUES (1)");
  EXPECT_EQ(message_of<IntegrityError>([&] { c.commit(); }),
            "(sqlite3.IntegrityError) FOREIGN KEY constraint failed");
  EXPECT_FALSE(c.in_transaction());
  EXPECT_EQ(c.scalar(text("SELECT count(*) FROM c")), Value(0));
}

TEST_F(ConnectionTest, InvalidatedConnectionIsNotPooledAndAnotherTakesItsPlace) {
  Connection c = engine.connect();
  c.invalidate();
  EXPECT_TRUE(c.invalidated());
  EXPECT_FALSE(c.closed());
  EXPECT_EQ(c.scalar(text("SELECT 1")), Value(1));
  EXPECT_FALSE(c.invalidated());
  c.close();
  Connection fresh = engine.connect();
  EXPECT_FALSE(has_table(fresh, "t"));  // the database in memory went with its connection
}

TEST_F(ConnectionTest, OnlyStatementsCanBeExecuted) {
  Connection c = engine.connect();
  EXPECT_THROW(c.execute(id.node()), ObjectNotExecutableError);
  EXPECT_THROW(c.execute(sql::Ref()), ObjectNotExecutableError);
}

}  // namespace
}  // namespace azoth
