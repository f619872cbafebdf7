// SPDX-License-Identifier: MIT
// Prepared statements, their rows and counts.
#include "driver/odbc/fixture.hpp"
#include "drivers/odbc/cursor.hpp"

namespace azoth {
namespace {

class OdbcStatements : public Odbc {
 protected:
  DriverCursor* address_of(const char* sql) {
    const auto cursor = db->prepare(sql);
    return cursor.get();
  }

  /// A table with n = 1, 2 ... `rows`, and a text of n letters (NULL in every third row).
  void fill(int rows) {
    run("CREATE TEMPORARY TABLE filled (n INTEGER, s VARCHAR(3000))");
    auto cursor = db->prepare(is("postgresql") ? "INSERT INTO filled VALUES ($1, $2)"
                                               : "INSERT INTO filled VALUES (?, ?)");
    for (int n = 1; n <= rows; ++n) {
      const std::string text(static_cast<std::size_t>(n), 'x');
      cursor->bind(0, n, types::Integer());
      cursor->bind(1, n % 3 == 0 ? Literal(std::nullopt) : Literal(text), types::String());
      cursor->step();
      EXPECT_EQ(cursor->affected_rows(), 1);
      cursor->reset();
    }
  }

  static Value text_of(int n) {
    return n % 3 == 0 ? Value() : Value(std::string(static_cast<std::size_t>(n), 'x'));
  }
};

AZOTH_OVER_ODBC(OdbcStatements);

TEST_P(OdbcStatements, SameTextIsPreparedOnceAndABusyOneIsNotShared) {
  DriverCursor* first = address_of("SELECT 1");
  address_of("SELECT 2");
  EXPECT_EQ(address_of("SELECT 1"), first);
  auto one = db->prepare("SELECT 1 AS x UNION ALL SELECT 2");
  ASSERT_TRUE(one->step());
  auto other = db->prepare("SELECT 1 AS x UNION ALL SELECT 2");
  EXPECT_NE(one.get(), other.get());
  ASSERT_TRUE(other->step());
  EXPECT_EQ(other->value(0, types::Integer()), Value(1));
  ASSERT_TRUE(one->step());
  EXPECT_EQ(one->value(0, types::Integer()), Value(2));
  EXPECT_FALSE(one->step());
  EXPECT_FALSE(one->step());
}

TEST_P(OdbcStatements, OldestIdleStatementGoesWhenTheCacheIsFull) {
  db = open({.connect_args = {{"prepared_statement_cache_size", "2"}}});
  auto busy = db->prepare("SELECT 1");
  ASSERT_TRUE(busy->step());
  for (const char* sql : {"SELECT 2", "SELECT 3", "SELECT 4"}) {
    address_of(sql);
  }
  EXPECT_EQ(busy->value(0, types::Integer()), Value(1));
  EXPECT_EQ(ask("SELECT 2"), Value(2));
}

TEST_P(OdbcStatements, GivingBackForgetsValues) {
  run("CREATE TEMPORARY TABLE forgets (a VARCHAR(5))");
  for (const bool gives : {true, false}) {
    auto cursor = db->prepare("INSERT INTO forgets VALUES (" + mark() + ")");
    if (gives) {
      cursor->bind(0, Literal("x"), types::String());
    }
    cursor->step();
  }
  EXPECT_EQ(number("SELECT count(*) FROM forgets WHERE a IS NULL"), 1);
}

TEST_P(OdbcStatements, BlocksOfNumbersAreReadToTheEnd) {
  fill(1000);
  auto cursor = db->prepare("SELECT n FROM filled ORDER BY n");
  for (int n = 1; n <= 1000; ++n) {
    ASSERT_TRUE(cursor->step());
    ASSERT_EQ(cursor->value(0, types::Integer()), Value(n));
  }
  EXPECT_FALSE(cursor->step());
  cursor->reset();
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(cursor->value(0, types::Integer()), Value(1)) << "from the start again";
}

TEST_P(OdbcStatements, ShortAndLongTextsInTurn) {
  fill(1500);
  auto cursor = db->prepare("SELECT n, s, n + 1 FROM filled ORDER BY n");
  for (int n = 1; n <= 1500; ++n) {
    ASSERT_TRUE(cursor->step());
    ASSERT_EQ(cursor->value(1, types::String()), text_of(n)) << n;
    ASSERT_EQ(cursor->value(0, types::Integer()), Value(n));
    ASSERT_EQ(cursor->value(2, types::Integer()), Value(n + 1));
  }
  EXPECT_FALSE(cursor->step());
}

TEST_P(OdbcStatements, RowsThatAreKeptAreTheSame) {
  fill(700);
  for (const char* sql :
       {"SELECT n, s FROM filled ORDER BY n", "SELECT n, n FROM filled ORDER BY n"}) {
    auto cursor = db->prepare(sql);
    ASSERT_TRUE(cursor->step());
    ASSERT_TRUE(cursor->step());
    static_cast<drivers::odbc::OdbcCursor&>(*cursor).buffer_rest();
    run("DELETE FROM filled WHERE n < 0");
    EXPECT_EQ(cursor->value(0, types::Integer()), Value(2)) << "the current row stays";
    for (int n = 3; n <= 700; ++n) {
      ASSERT_TRUE(cursor->step());
      ASSERT_EQ(cursor->value(0, types::Integer()), Value(n));
      if (std::string_view(sql).find('s', 7) < 12) {
        ASSERT_EQ(cursor->value(1, types::String()), text_of(n)) << n;
      }
    }
    EXPECT_FALSE(cursor->step());
  }
}

TEST_P(OdbcStatements, RowsAreCounted) {
  run("CREATE TEMPORARY TABLE counted (x INTEGER)");
  EXPECT_EQ(affected("INSERT INTO counted VALUES (1), (2), (3)"), 3);
  EXPECT_EQ(affected("SELECT * FROM counted"), -1);
  EXPECT_EQ(affected("UPDATE counted SET x = 1"), 3);
  EXPECT_EQ(affected("UPDATE counted SET x = 1"), 3) << "rows found, though none is changed";
  EXPECT_EQ(affected("UPDATE counted SET x = 0 WHERE x = 9"), 0);
  EXPECT_EQ(affected("DELETE FROM counted WHERE x = 9"), 0);
  EXPECT_EQ(affected("DELETE FROM counted"), 3);
}

TEST_P(OdbcStatements, LastInsertIdIsTold) {
  if (is("postgresql")) {
    GTEST_SKIP() << "PostgreSQL has RETURNING instead";
  }
  run(is("sqlite")
          ? "CREATE TABLE keyed (id INTEGER PRIMARY KEY, x INTEGER)"
          : "CREATE TEMPORARY TABLE keyed (id INTEGER PRIMARY KEY AUTO_INCREMENT, x INTEGER)");
  run("INSERT INTO keyed VALUES (6, 0)");
  db->prepare("INSERT INTO keyed (x) VALUES (1)")->step();
  EXPECT_EQ(db->last_insert_id(), 7);
  EXPECT_EQ(ask("SELECT 5"), Value(5));
  EXPECT_EQ(db->last_insert_id(), 7);
  db->prepare("INSERT INTO keyed (x) VALUES (2)")->step();
  EXPECT_EQ(db->last_insert_id(), 8);
}

TEST_P(OdbcStatements, ReturningGivesRows) {
  if (is("sqlite")) {
    GTEST_SKIP() << "sqliteodbc shows no rows of INSERT; the dialect over ODBC has no RETURNING";
  }
  run(is("postgresql")
          ? "CREATE TEMPORARY TABLE gives (id SERIAL, x INTEGER)"
          : "CREATE TEMPORARY TABLE gives (id INTEGER PRIMARY KEY AUTO_INCREMENT, x INTEGER)");
  auto cursor = db->prepare("INSERT INTO gives (x) VALUES (5), (6) RETURNING id, x");
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(cursor->value(0, types::Integer()), Value(1));
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(cursor->value(1, types::Integer()), Value(6));
  EXPECT_FALSE(cursor->step());
}

TEST_P(OdbcStatements, ParametersAreCountedOutsideOfTexts) {
  auto cursor =
      db->prepare("SELECT '?', '$1' WHERE 1 = " + mark() + (is("sqlite") ? "" : " -- ? $7"));
  EXPECT_EQ(cursor->parameter_count(), 1);
  EXPECT_THROW(cursor->bind(1, Literal(1), types::Integer()), ProgrammingError);
}

TEST_P(OdbcStatements, NumberedParametersMayBeRepeated) {
  if (!is("postgresql")) {
    GTEST_SKIP() << "$1 is PostgreSQL's";
  }
  auto cursor = db->prepare("SELECT $2::text || $1::text || $2::text, '$1'");
  ASSERT_EQ(cursor->parameter_count(), 2);
  cursor->bind(0, Literal("b"), types::String());
  cursor->bind(1, Literal("a"), types::String());
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(cursor->value(0, types::String()), Value("aba"));
  EXPECT_EQ(cursor->value(1, types::String()), Value("$1"));
}

TEST_P(OdbcStatements, ColumnsHaveNames) {
  auto cursor = db->prepare(is("mariadb") ? "SELECT 1 AS a, 2 AS `b \xc3\xa4`"
                                          : "SELECT 1 AS a, 2 AS \"b \xc3\xa4\"");
  ASSERT_TRUE(cursor->step());
  ASSERT_EQ(cursor->column_count(), 2);
  EXPECT_EQ(cursor->column_name(0), "a");
  EXPECT_EQ(cursor->column_name(1), "b \xc3\xa4");
}

}  // namespace
}  // namespace azoth
