// SPDX-License-Identifier: MIT
// Transactions, isolation levels, savepoints.
#include "driver/mariadb/fixture.hpp"

#include <algorithm>

namespace azoth {
namespace {

class MariadbTransactions : public Mariadb {
 protected:
  void SetUp() override {
    Mariadb::SetUp();
    if (db) {
      run("CREATE TABLE " + t + " (x INT)");
      db->commit();
    }
  }

  void TearDown() override {
    if (db) {
      db->rollback();
      run("DROP TABLE " + t);
    }
  }

  void insert(int x) { run("INSERT INTO " + t + " VALUES (" + std::to_string(x) + ")"); }

  Value seen(DriverConnection& connection) {
    Value all = ask(connection, "SELECT GROUP_CONCAT(x ORDER BY x) FROM " + t);
    connection.rollback();
    return all;
  }

  std::string t = own("transactions");
};

TEST_F(MariadbTransactions, AreSeenByOthersOnceTheyCommit) {
  auto other = open();
  db->begin();
  EXPECT_TRUE(db->in_transaction());
  insert(1);
  EXPECT_EQ(seen(*other), Value());
  db->commit();
  EXPECT_FALSE(db->in_transaction());
  EXPECT_EQ(seen(*other), Value("1"));
  db->begin();
  insert(2);
  db->rollback();
  EXPECT_EQ(seen(*other), Value("1"));
  db->commit();
  db->rollback();
}

TEST_F(MariadbTransactions, OneBeginsAfterADefinitionThatHasCommitted) {
  db->begin();
  insert(1);
  run("CREATE OR REPLACE TABLE " + t + "_2 (x INT)");
  insert(2);
  db->rollback();
  EXPECT_EQ(seen(*db), Value("1"));
  run("DROP TABLE " + t + "_2");
}

TEST_F(MariadbTransactions, NothingIsSentForOneInWhichNothingHappened) {
  const auto sent = [&] {
    Value questions =
        ask("SELECT VARIABLE_VALUE FROM information_schema.session_status WHERE "
            "VARIABLE_NAME = 'QUESTIONS'");
    db->rollback();
    return std::stoll(questions.get<std::string>());
  };
  sent();
  const std::int64_t before = sent();
  db->begin();
  db->commit();
  db->begin();
  db->rollback();
  EXPECT_EQ(sent(), before + 2) << "the question itself and its rollback";
}

TEST_F(MariadbTransactions, AutocommitMakesBeginDoNothing) {
  db->set_isolation_level("AUTOCOMMIT");
  EXPECT_TRUE(db->is_autocommit());
  db->begin();
  insert(1);
  EXPECT_FALSE(db->in_transaction());
  db->rollback();
  EXPECT_EQ(seen(*db), Value("1"));
  db->set_isolation_level("REPEATABLE READ");
  db->begin();
  insert(2);
  db->rollback();
  EXPECT_EQ(seen(*db), Value("1"));
}

TEST_F(MariadbTransactions, IsolationLevelsAreOfTheSession) {
  for (const char* level :
       {"READ COMMITTED", "READ UNCOMMITTED", "REPEATABLE READ", "SERIALIZABLE"}) {
    db->set_isolation_level(level);
    std::string reported = ask("SELECT @@tx_isolation").get<std::string>();
    std::replace(reported.begin(), reported.end(), '-', ' ');
    EXPECT_EQ(reported, level);
  }
  try {
    db->set_isolation_level("CHAOS");
    FAIL() << "accepted";
  } catch (const ArgumentError& error) {
    EXPECT_EQ(error.message(),
              "Invalid value 'CHAOS' for isolation_level. Valid isolation levels for mysql are "
              "READ COMMITTED, READ UNCOMMITTED, REPEATABLE READ, SERIALIZABLE, AUTOCOMMIT");
  }
}

TEST_F(MariadbTransactions, SavepointsRollBackAPart) {
  db->begin();
  insert(1);
  run("SAVEPOINT a");
  insert(2);
  run("ROLLBACK TO SAVEPOINT a");
  insert(3);
  run("RELEASE SAVEPOINT a");
  db->commit();
  EXPECT_EQ(seen(*db), Value("1,3"));
}

}  // namespace
}  // namespace azoth
