// SPDX-License-Identifier: MIT
// When the keys of a multi-row INSERT can be counted on from the first one, and when not.
#include "driver/mariadb/fixture.hpp"

namespace azoth {
namespace {

class MariadbKeys : public Mariadb {
 protected:
  void TearDown() override {
    if (db) {
      run("DROP TABLE IF EXISTS " + t);
    }
  }

  bool contiguous(const std::string& table, const char* key = "id") {
    db->rollback();  // what was found holds for one transaction
    db->begin();
    return db->has_contiguous_keys("", table, key, 10);
  }

  std::string t = own("keys");
};

TEST_F(MariadbKeys, AutoIncrementIsContiguous) {
  run("CREATE TABLE " + t + " (id INT PRIMARY KEY AUTO_INCREMENT, x INT)");
  run("INSERT INTO " + t + " VALUES (7, 0)");
  db->commit();
  ASSERT_TRUE(contiguous(t));
  db->prepare("INSERT INTO " + t + " (x) VALUES (1), (2), (3)")->step();
  EXPECT_EQ(db->last_of_contiguous_keys(3), 10);
  EXPECT_EQ(ask("SELECT GROUP_CONCAT(id, ':', x ORDER BY id) FROM " + t),
            Value("7:0,8:1,9:2,10:3"));
  EXPECT_TRUE(db->has_contiguous_keys("azoth", t, "id", 10));
}

TEST_F(MariadbKeys, OtherColumnsAreNot) {
  run("CREATE TABLE " + t + " (id INT AUTO_INCREMENT UNIQUE, x INT PRIMARY KEY)");
  EXPECT_TRUE(contiguous(t));
  EXPECT_FALSE(contiguous(t, "x"));
  EXPECT_FALSE(contiguous(t, "missing"));
  EXPECT_FALSE(contiguous("missing"));
}

TEST_F(MariadbKeys, TriggersMakeThemUncertain) {
  run("CREATE TABLE " + t + " (id INT PRIMARY KEY AUTO_INCREMENT, x INT)");
  run("CREATE TRIGGER " + t + "_r BEFORE UPDATE ON " + t + " FOR EACH ROW SET NEW.x = 0");
  EXPECT_TRUE(contiguous(t));
  run("CREATE TRIGGER " + t + "_i BEFORE INSERT ON " + t +
      " FOR EACH ROW SET NEW.id = IF(NEW.x = 2, 100, 0)");
  EXPECT_FALSE(contiguous(t));
}

TEST_F(MariadbKeys, AnotherIncrementLeavesGaps) {
  run("CREATE TABLE " + t + " (id INT PRIMARY KEY AUTO_INCREMENT, x INT)");
  run("SET auto_increment_increment = 2");
  EXPECT_FALSE(contiguous(t));
}

TEST_F(MariadbKeys, TemporaryTableHidesAnother) {
  run("CREATE TABLE " + t + " (id INT PRIMARY KEY AUTO_INCREMENT, x INT)");
  run("CREATE TEMPORARY TABLE " + t + " (id INT PRIMARY KEY, x INT)");
  EXPECT_FALSE(contiguous(t));
  run("DROP TEMPORARY TABLE " + t);
  EXPECT_TRUE(contiguous(t));
}

TEST_F(MariadbKeys, NamesAreQuoted) {
  run("CREATE TEMPORARY TABLE `it's a ``table``` (`the id` INT PRIMARY KEY AUTO_INCREMENT)");
  EXPECT_TRUE(contiguous("it's a `table`", "the id"));
}

}  // namespace
}  // namespace azoth
