// SPDX-License-Identifier: MIT
// The cache of prepared statements, row counts and transactions.
#include "driver/sqlite3/fixture.hpp"
#include <azoth/base/error.hpp>

namespace azoth {
namespace {

class Sqlite3Statements : public Sqlite3 {
 protected:
  DriverCursor* address_of(const char* sql) { return db->prepare(sql).get(); }
};

TEST_F(Sqlite3Statements, SameTextIsPreparedOnce) {
  DriverCursor* first = address_of("SELECT 1");
  address_of("SELECT 2");
  EXPECT_EQ(address_of("SELECT 1"), first);
}

TEST_F(Sqlite3Statements, BusyStatementIsNotShared) {
  auto first = db->prepare("SELECT value FROM (SELECT 1 AS value UNION ALL SELECT 2)");
  ASSERT_TRUE(first->step());
  auto second = db->prepare("SELECT value FROM (SELECT 1 AS value UNION ALL SELECT 2)");
  EXPECT_NE(first.get(), second.get());
  ASSERT_TRUE(second->step());
  EXPECT_EQ(second->value(0, types::Integer()), Value(1));
  ASSERT_TRUE(first->step());
  EXPECT_EQ(first->value(0, types::Integer()), Value(2));
}

TEST_F(Sqlite3Statements, OldestIdleStatementLeavesAFullCache) {
  db = open("sqlite://?cached_statements=2");
  auto busy = db->prepare("SELECT 1");
  address_of("SELECT 2");
  address_of("SELECT 3");
  ASSERT_TRUE(busy->step());
  EXPECT_EQ(busy->value(0, types::Integer()), Value(1));
  EXPECT_EQ(ask("SELECT 2"), Value(2));
}

TEST_F(Sqlite3Statements, GivingBackForgetsValuesAndRows) {
  {
    auto cursor = db->prepare("SELECT ?");
    cursor->bind(0, Literal("x"), types::String());
    ASSERT_TRUE(cursor->step());
  }
  EXPECT_EQ(ask("SELECT ?"), Value());
}

TEST_F(Sqlite3Statements, StatementSurvivesAChangeOfTheSchema) {
  run("CREATE TABLE t (a)");
  run("INSERT INTO t VALUES (1)");
  EXPECT_EQ(db->prepare("SELECT * FROM t")->column_count(), 1);
  run("ALTER TABLE t ADD COLUMN b DEFAULT 2");
  auto cursor = db->prepare("SELECT * FROM t");
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(cursor->column_count(), 2);
}

TEST_F(Sqlite3Statements, AffectedRowsAreOfThisStatementAlone) {
  run("CREATE TABLE t (x)");
  const auto affected = [&](const char* sql) {
    auto cursor = db->prepare(sql);
    while (cursor->step()) {
    }
    return cursor->affected_rows();
  };
  EXPECT_EQ(affected("INSERT INTO t VALUES (1), (2), (3)"), 3);
  EXPECT_EQ(affected("SELECT * FROM t"), -1);
  EXPECT_EQ(affected("CREATE TABLE u (x)"), -1);
  EXPECT_EQ(affected("/* all */ UPDATE t SET x = 0"), 3);
  EXPECT_EQ(affected("UPDATE t SET x = 0 WHERE x = 9"), 0);
  EXPECT_EQ(affected("WITH w AS (SELECT 1) DELETE FROM t"), 3);
}

TEST_F(Sqlite3Statements, ColumnsHaveNames) {
  auto cursor = db->prepare("SELECT 1 AS a, 2 AS \"b c\"");
  ASSERT_EQ(cursor->column_count(), 2);
  EXPECT_EQ(cursor->column_name(1), "b c");
}

TEST_F(Sqlite3Statements, TransactionsBeginAndEnd) {
  run("CREATE TABLE t (x)");
  db->begin();
  EXPECT_TRUE(db->in_transaction());
  run("INSERT INTO t VALUES (1)");
  db->rollback();
  EXPECT_FALSE(db->in_transaction());
  db->begin();
  run("INSERT INTO t VALUES (2)");
  db->commit();
  EXPECT_EQ(ask("SELECT group_concat(x) FROM t"), Value("2"));
  db->commit();
  db->rollback();
}

TEST_F(Sqlite3Statements, AutocommitMakesBeginDoNothing) {
  db->set_isolation_level("AUTOCOMMIT");
  db->begin();
  EXPECT_FALSE(db->in_transaction());
}

}  // namespace
}  // namespace azoth
