// SPDX-License-Identifier: MIT
// Transactions, savepoints, isolation levels and autocommit.
#include "driver/odbc/fixture.hpp"

namespace azoth {
namespace {

class OdbcTransactions : public Odbc {
 protected:
  void SetUp() override {
    Odbc::SetUp();
    if (IsSkipped()) {
      return;
    }
    t = "odbc_tx_" + std::to_string(::getpid());
    run("CREATE TABLE " + t + " (x INTEGER)");
    db->commit();
  }

  void TearDown() override {
    if (db && db->is_usable()) {
      db->rollback();
      run("DROP TABLE " + t);
      db->commit();
    }
    Odbc::TearDown();
  }

  void add(int x) { run("INSERT INTO " + t + " VALUES (" + std::to_string(x) + ")"); }

  std::int64_t sum() { return sum(*db); }

  std::int64_t sum(DriverConnection& connection) const {
    return ask(connection, "SELECT COALESCE(SUM(x), 0) FROM " + t, types::Numeric(10, 0))
        .get<Decimal>()
        .coefficient();
  }

  std::string t;
};

AZOTH_OVER_ODBC(OdbcTransactions);

TEST_P(OdbcTransactions, RollbackUndoesAndCommitKeeps) {
  EXPECT_FALSE(db->in_transaction());
  db->begin();
  add(1);
  EXPECT_TRUE(db->in_transaction());
  db->rollback();
  EXPECT_FALSE(db->in_transaction());
  EXPECT_EQ(sum(), 0);
  add(2);
  db->commit();
  EXPECT_EQ(sum(*open()), 2);
}

TEST_P(OdbcTransactions, ClosingRollsBack) {
  db->commit();
  {
    const auto other = open();
    other->execute_plain("INSERT INTO " + t + " VALUES (1)");
  }
  EXPECT_EQ(sum(), 0);
}

TEST_P(OdbcTransactions, SavepointsUndoTheirPart) {
  db->begin();
  add(1);
  run("SAVEPOINT a");
  add(10);
  run("ROLLBACK TO SAVEPOINT a");
  run("SAVEPOINT b");
  add(100);
  run("RELEASE SAVEPOINT b");
  db->commit();
  EXPECT_EQ(sum(), 101);
}

TEST_P(OdbcTransactions, StatementsGoOnAfterASavepointThatFailed) {
  db->begin();
  add(1);
  run("SAVEPOINT a");
  EXPECT_THROW(run("INSERT INTO " + t + " VALUES (nonsense)"), DatabaseError);
  run("ROLLBACK TO SAVEPOINT a");
  add(2);
  db->commit();
  EXPECT_EQ(sum(), 3);
}

TEST_P(OdbcTransactions, AutocommitKeepsAtOnce) {
  db->set_isolation_level("AUTOCOMMIT");
  EXPECT_TRUE(db->is_autocommit());
  EXPECT_EQ(db->isolation_level(), "AUTOCOMMIT");
  add(1);
  EXPECT_FALSE(db->in_transaction());
  db->rollback();
  EXPECT_EQ(sum(), 1);
  db->set_isolation_level("SERIALIZABLE");
  EXPECT_FALSE(db->is_autocommit());
  add(2);
  db->rollback();
  EXPECT_EQ(sum(), 1);
}

TEST_P(OdbcTransactions, IsolationLevelsAreThoseOfTheDatabase) {
  EXPECT_NE(db->isolation_level(), "");
  db->set_isolation_level("SERIALIZABLE");
  EXPECT_EQ(db->isolation_level(), "SERIALIZABLE");
  if (is("postgresql")) {
    EXPECT_EQ(ask("SELECT current_setting('transaction_isolation')"), Value("serializable"));
  } else if (is("mariadb")) {
    EXPECT_EQ(ask("SELECT @@tx_isolation"), Value("SERIALIZABLE"));
  }
  db->rollback();
  try {
    db->set_isolation_level("CHAOS");
    FAIL() << "there is no such level";
  } catch (const ArgumentError& error) {
    EXPECT_EQ(error.message(),
              "Invalid value 'CHAOS' for isolation_level. Valid isolation levels for '" +
                  GetParam() + "' are " +
                  (is("sqlite") ? "" : "READ UNCOMMITTED, READ COMMITTED, REPEATABLE READ, ") +
                  "SERIALIZABLE, AUTOCOMMIT");
  }
}

TEST_P(OdbcTransactions, ResultsStayOpenOverACommit) {
  for (int x = 1; x <= 600; ++x) {
    add(x);
  }
  auto rows = db->prepare("SELECT x FROM " + t + " ORDER BY x");
  ASSERT_TRUE(rows->step());
  db->commit();
  for (int x = 2; x <= 600; ++x) {
    ASSERT_TRUE(rows->step());
    ASSERT_EQ(rows->value(0, types::Integer()), Value(x));
  }
  EXPECT_FALSE(rows->step());
}

}  // namespace
}  // namespace azoth
