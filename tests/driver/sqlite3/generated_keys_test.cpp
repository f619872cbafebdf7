// SPDX-License-Identifier: MIT
// When the keys of a multi-row INSERT can be counted back from the last one, and when not.
#include "driver/sqlite3/fixture.hpp"

namespace azoth {
namespace {

class Sqlite3Keys : public Sqlite3 {
 protected:
  void SetUp() override { db->begin(); }

  bool contiguous(const char* table, const char* key = "id", std::size_t rows = 10) {
    return db->has_contiguous_keys("", table, key, rows);
  }
};

TEST_F(Sqlite3Keys, RowIdKeysAreContiguous) {
  run("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
  ASSERT_TRUE(contiguous("t"));
  run("INSERT INTO t VALUES (7, 0)");
  run("INSERT INTO t (x) VALUES (1), (2), (3)");
  EXPECT_EQ(db->last_insert_id(), 10);
  EXPECT_EQ(ask("SELECT group_concat(id || ':' || x) FROM t"), Value("7:0,8:1,9:2,10:3"));
}

TEST_F(Sqlite3Keys, AutoincrementKeysAreContiguous) {
  run("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x)");
  run("INSERT INTO t VALUES (50, 0)");
  run("DELETE FROM t");
  ASSERT_TRUE(contiguous("t"));
  run("INSERT INTO t (x) VALUES (1), (2)");
  EXPECT_EQ(ask("SELECT group_concat(id) FROM t"), Value("51,52"));
}

TEST_F(Sqlite3Keys, KeysThatAreNotTheRowIdAreNot) {
  run("CREATE TABLE a (id INTEGER PRIMARY KEY, x) WITHOUT ROWID");
  run("CREATE TABLE b (id INTEGER PRIMARY KEY DESC, x)");
  run("CREATE TABLE c (id INT PRIMARY KEY, x)");
  run("CREATE TABLE d (id INTEGER, x, PRIMARY KEY (id, x))");
  run("CREATE TABLE e (id INTEGER, x INTEGER PRIMARY KEY)");
  for (const char* table : {"a", "b", "c", "d", "e", "missing"}) {
    EXPECT_FALSE(contiguous(table)) << table;
  }
  EXPECT_TRUE(contiguous("e", "x"));
}

TEST_F(Sqlite3Keys, TriggersMakeThemUncertain) {
  run("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
  EXPECT_TRUE(contiguous("t"));
  run("CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t WHERE x = 0; END");
  EXPECT_FALSE(contiguous("t"));
  run("DROP TRIGGER r");
  EXPECT_TRUE(contiguous("t"));
  run("CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t WHERE x = 0; END");
  EXPECT_FALSE(contiguous("t"));
}

TEST_F(Sqlite3Keys, NearTheLargestRowIdTheyAreRandom) {
  run("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
  run("INSERT INTO t VALUES (9223372036854775800, 0)");
  EXPECT_TRUE(contiguous("t", "id", 6));
  EXPECT_FALSE(contiguous("t", "id", 7));
}

TEST_F(Sqlite3Keys, OutsideATransactionOthersMayInsert) {
  run("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
  db->commit();
  EXPECT_FALSE(contiguous("t"));
}

TEST_F(Sqlite3Keys, NamesAreQuoted) {
  run("CREATE TABLE \"it's a \"\"table\"\"\" (\"the id\" INTEGER PRIMARY KEY, x)");
  EXPECT_TRUE(contiguous("it's a \"table\"", "the id"));
}

}  // namespace
}  // namespace azoth
