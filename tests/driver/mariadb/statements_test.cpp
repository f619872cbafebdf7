// SPDX-License-Identifier: MIT
// The cache of prepared statements, row counts and what is no ordinary statement.
#include "driver/mariadb/fixture.hpp"

namespace azoth {
namespace {

class MariadbStatements : public Mariadb {
 protected:
  DriverCursor* address_of(const char* sql) {
    const auto cursor = db->prepare(sql);
    return cursor.get();
  }

  std::int64_t prepared() {
    auto cursor = db->prepare("SHOW SESSION STATUS LIKE 'Com_stmt_prepare'");
    EXPECT_TRUE(cursor->step());
    return std::stoll(cursor->value(1, types::null_type()).get<std::string>());
  }
};

TEST_F(MariadbStatements, SameTextIsPreparedOnce) {
  DriverCursor* first = address_of("SELECT 1");
  address_of("SELECT 2");
  const std::int64_t before = prepared();
  EXPECT_EQ(address_of("SELECT 1"), first);
  EXPECT_EQ(prepared(), before);
}

TEST_F(MariadbStatements, BusyStatementIsNotShared) {
  auto first = db->prepare("SELECT 1 AS x UNION ALL SELECT 2");
  ASSERT_TRUE(first->step());
  auto second = db->prepare("SELECT 1 AS x UNION ALL SELECT 2");
  EXPECT_NE(first.get(), second.get());
  ASSERT_TRUE(second->step());
  EXPECT_EQ(second->value(0, types::Integer()), Value(1));
  ASSERT_TRUE(first->step());
  EXPECT_EQ(first->value(0, types::Integer()), Value(2));
  EXPECT_FALSE(first->step());
}

TEST_F(MariadbStatements, OldestIdleStatementIsClosedWhenTheCacheIsFull) {
  db = open("?prepared_statement_cache_size=2");
  auto busy = db->prepare("SELECT 1");
  address_of("SELECT 2");
  address_of("SELECT 3");
  address_of("SELECT 4");
  ASSERT_TRUE(busy->step());
  EXPECT_EQ(busy->value(0, types::Integer()), Value(1));
  EXPECT_EQ(ask("SELECT 2"), Value(2));
  EXPECT_EQ(ask("SELECT VARIABLE_VALUE + 0 FROM information_schema.session_status WHERE "
                "VARIABLE_NAME = 'COM_STMT_CLOSE'",
                types::Float()),
            Value(4.0));
}

TEST_F(MariadbStatements, GivingBackForgetsValuesAndRows) {
  {
    auto cursor = db->prepare("SELECT ?");
    cursor->bind(0, Literal("x"), types::String());
    ASSERT_TRUE(cursor->step());
  }
  EXPECT_EQ(ask("SELECT ?"), Value());
}

TEST_F(MariadbStatements, StatementSurvivesAChangeOfTheSchema) {
  run("CREATE TEMPORARY TABLE t (a INT)");
  run("INSERT INTO t VALUES (1)");
  EXPECT_EQ(db->prepare("SELECT * FROM t")->column_count(), 1);
  run("ALTER TABLE t ADD COLUMN b VARCHAR(9) DEFAULT 'two'");
  auto cursor = db->prepare("SELECT * FROM t");
  ASSERT_TRUE(cursor->step());
  ASSERT_EQ(cursor->column_count(), 2);
  EXPECT_EQ(cursor->value(1, types::null_type()), Value("two"));
  EXPECT_EQ(cursor->column_name(1), "b");
}

TEST_F(MariadbStatements, AffectedRowsAreThoseThatWereFound) {
  run("CREATE TEMPORARY TABLE t (x INT)");
  const auto affected = [&](const char* sql) {
    auto cursor = db->prepare(sql);
    while (cursor->step()) {
    }
    return cursor->affected_rows();
  };
  EXPECT_EQ(affected("INSERT INTO t VALUES (1), (2), (3)"), 3);
  EXPECT_EQ(affected("SELECT * FROM t"), -1);
  EXPECT_EQ(affected("UPDATE t SET x = 1"), 3);
  EXPECT_EQ(affected("UPDATE t SET x = 1"), 3) << "rows found, though none is changed";
  EXPECT_EQ(affected("UPDATE t SET x = 0 WHERE x = 9"), 0);
  EXPECT_EQ(affected("DELETE FROM t"), 3);
}

TEST_F(MariadbStatements, LastInsertIdIsTheFirstKeyOfAStatement) {
  run("CREATE TEMPORARY TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, x INT) AUTO_INCREMENT = 7");
  db->prepare("INSERT INTO t (x) VALUES (1)")->step();
  EXPECT_EQ(db->last_insert_id(), 7);
  db->prepare("INSERT INTO t (x) VALUES (1), (2), (3)")->step();
  EXPECT_EQ(db->last_insert_id(), 8);
  EXPECT_EQ(db->last_of_contiguous_keys(3), 10);
}

TEST_F(MariadbStatements, ReturningGivesRows) {
  run("CREATE TEMPORARY TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, x INT)");
  auto cursor = db->prepare("INSERT INTO t (x) VALUES (5), (6) RETURNING id, x");
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(cursor->value(0, types::Integer()), Value(1));
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(cursor->value(1, types::Integer()), Value(6));
  EXPECT_FALSE(cursor->step());
}

TEST_F(MariadbStatements, ProcedureGivesItsFirstResultAndLeavesTheConnectionReady) {
  const std::string p = own("two_results");
  run("CREATE PROCEDURE " + p + "() BEGIN SELECT 1; SELECT 2, 3; END");
  {
    auto cursor = db->prepare("CALL " + p + "()");
    ASSERT_TRUE(cursor->step());
    EXPECT_EQ(cursor->value(0, types::Integer()), Value(1));
  }
  EXPECT_EQ(ask("SELECT 4"), Value(4));
  auto cursor = db->prepare("CALL " + p + "()");
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(ask("SELECT 5"), Value(5)) << "in between";
  EXPECT_EQ(cursor->value(0, types::Integer()), Value(1));
  EXPECT_EQ(cursor->column_name(0), "1");
  EXPECT_FALSE(cursor->step());
  cursor.reset();
  run("DROP PROCEDURE " + p);
}

TEST_F(MariadbStatements, QuestionMarksInTextsAreNoParameters) {
  auto cursor = db->prepare("SELECT '?', `c?` FROM (SELECT 1 AS `c?`) t WHERE 1 = ? -- ?");
  EXPECT_EQ(cursor->parameter_count(), 1);
}

TEST_F(MariadbStatements, ColumnsHaveNames) {
  auto cursor = db->prepare("SELECT 1 AS a, 2 AS `b c`");
  ASSERT_EQ(cursor->column_count(), 2);
  EXPECT_EQ(cursor->column_name(1), "b c");
}

}  // namespace
}  // namespace azoth
