// SPDX-License-Identifier: MIT
// Which exception each failure of SQLite is.
#include "driver/sqlite3/fixture.hpp"
#include <azoth/base/error.hpp>

#include <unistd.h>

#include <cstdio>

namespace azoth {
namespace {

class Sqlite3Errors : public Sqlite3 {
 protected:
  template <class E>
  E error_of(const char* sql) {
    try {
      db->prepare(sql)->step();
    } catch (const E& error) {
      return error;
    }
    throw std::runtime_error(std::string("no such error for ") + sql);
  }
};

TEST_F(Sqlite3Errors, ConstraintViolationIsAnIntegrityError) {
  run("CREATE TABLE t (id INTEGER PRIMARY KEY, x NOT NULL, CHECK (x > 0))");
  run("INSERT INTO t VALUES (1, 1)");
  const auto unique = error_of<IntegrityError>("INSERT INTO t VALUES (1, 1)");
  EXPECT_EQ(unique.message(), "(sqlite3.IntegrityError) UNIQUE constraint failed: t.id");
  EXPECT_EQ(unique.vendor_code(), 1555);  // SQLITE_CONSTRAINT_PRIMARYKEY
  EXPECT_EQ(unique.code(), "gkpj");
  EXPECT_EQ(error_of<IntegrityError>("INSERT INTO t VALUES (2, NULL)").message(),
            "(sqlite3.IntegrityError) NOT NULL constraint failed: t.x");
  EXPECT_EQ(error_of<IntegrityError>("INSERT INTO t VALUES (2, 0)").message(),
            "(sqlite3.IntegrityError) CHECK constraint failed: x > 0");
}

TEST_F(Sqlite3Errors, WrongTypeForARowIdIsAnIntegrityError) {
  run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
  EXPECT_EQ(error_of<IntegrityError>("INSERT INTO t VALUES ('x')").message(),
            "(sqlite3.IntegrityError) datatype mismatch");
}

TEST_F(Sqlite3Errors, MissingTableAndBadSyntaxAreOperationalErrors) {
  EXPECT_EQ(error_of<OperationalError>("SELECT * FROM nowhere").message(),
            "(sqlite3.OperationalError) no such table: nowhere");
  EXPECT_EQ(error_of<OperationalError>("SELEC 1").message(),
            "(sqlite3.OperationalError) near \"SELEC\": syntax error");
}

TEST_F(Sqlite3Errors, SecondStatementInATextIsAProgrammingError) {
  EXPECT_EQ(error_of<ProgrammingError>("SELECT 1; SELECT 2").message(),
            "(sqlite3.ProgrammingError) You can only execute one statement at a time.");
  EXPECT_EQ(db->prepare("SELECT 1; -- and a comment\n")->column_count(), 1);
}

TEST_F(Sqlite3Errors, TextWithoutStatementDoesNothing) {
  for (const char* text : {"", "  ", "-- nothing"}) {
    const auto cursor = db->prepare(text);
    EXPECT_EQ(cursor->column_count(), 0);
    EXPECT_EQ(cursor->parameter_count(), 0);
    EXPECT_FALSE(cursor->step());
  }
}

TEST_F(Sqlite3Errors, ParameterBeyondTheLastIsAProgrammingError) {
  auto cursor = db->prepare("SELECT ?");
  EXPECT_THROW(cursor->bind(1, Literal(1), types::Integer()), ProgrammingError);
}

TEST_F(Sqlite3Errors, LockedDatabaseIsAnOperationalError) {
  const std::string path =
      ::testing::TempDir() + "azoth_lock_" + std::to_string(::getpid()) + ".db";
  const std::string url = "sqlite:///" + path + "?timeout=0";
  {
    db = open(url.c_str());
    auto other = open(url.c_str());
    run("CREATE TABLE t (x)");
    other->begin();
    other->execute_plain("INSERT INTO t VALUES (1)");
    const auto error = error_of<OperationalError>("INSERT INTO t VALUES (2)");
    EXPECT_EQ(error.message(), "(sqlite3.OperationalError) database is locked");
    EXPECT_FALSE(error.invalidates_connection());
    db.reset();
  }
  std::remove(path.c_str());
}

// The most pages that the database may have stand for a disk without room; SQLite rolls the
// transaction back then, which the engine must know.
TEST_F(Sqlite3Errors, FullDiskEndsTheTransaction) {
  run("CREATE TABLE t (x)");
  run("PRAGMA max_page_count = 8");
  db->begin();
  run("INSERT INTO t VALUES ('lost')");
  const auto error = error_of<OperationalError>("INSERT INTO t VALUES (zeroblob(100000))");
  EXPECT_EQ(error.message(), "(sqlite3.OperationalError) database or disk is full");
  EXPECT_FALSE(error.invalidates_connection());
  EXPECT_TRUE(error.invalidates_transaction());
  EXPECT_FALSE(db->in_transaction());
  run("PRAGMA max_page_count = 1000");
  run("INSERT INTO t VALUES (zeroblob(100000))");
}

TEST_F(Sqlite3Errors, ConflictClauseThatRollsBackInvalidatesTheTransaction) {
  run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
  run("INSERT INTO t VALUES (1)");
  db->begin();
  const auto error = error_of<IntegrityError>("INSERT OR ROLLBACK INTO t VALUES (1)");
  EXPECT_TRUE(error.invalidates_transaction());
  EXPECT_FALSE(db->in_transaction());
  db->begin();
  EXPECT_FALSE(error_of<IntegrityError>("INSERT INTO t VALUES (1)").invalidates_transaction());
  EXPECT_TRUE(db->in_transaction());
}

}  // namespace
}  // namespace azoth
