// SPDX-License-Identifier: MIT
// Which exception each failure of the server is, and what it ends.
#include "driver/mariadb/fixture.hpp"

#include <chrono>
#include <thread>

namespace azoth {
namespace {

class MariadbErrors : public Mariadb {
 protected:
  template <class E>
  E error_of(const std::string& sql) {
    return error_of<E>(*db, sql);
  }

  template <class E>
  static E error_of(DriverConnection& connection, const std::string& sql) {
    try {
      connection.prepare(sql)->step();
    } catch (const E& error) {
      return error;
    }
    throw std::runtime_error("no such error for " + sql);
  }
};

TEST_F(MariadbErrors, ConstraintViolationIsAnIntegrityError) {
  run("CREATE TEMPORARY TABLE t (id INT PRIMARY KEY, x INT NOT NULL, CHECK (x > 0))");
  run("INSERT INTO t VALUES (1, 1)");
  const auto unique = error_of<IntegrityError>("INSERT INTO t VALUES (1, 1)");
  EXPECT_EQ(unique.message(), "(mariadb.IntegrityError) Duplicate entry '1' for key 'PRIMARY'");
  EXPECT_EQ(unique.vendor_code(), 1062);
  EXPECT_EQ(unique.sqlstate(), "23000");
  EXPECT_FALSE(unique.invalidates_connection());
  EXPECT_FALSE(unique.invalidates_transaction());
  EXPECT_EQ(error_of<IntegrityError>("INSERT INTO t VALUES (2, NULL)").vendor_code(), 1048);
  EXPECT_EQ(error_of<IntegrityError>("INSERT INTO t VALUES (2, 0)").vendor_code(), 4025);
  EXPECT_EQ(error_of<IntegrityError>("INSERT INTO t (id) VALUES (2)").vendor_code(), 1364);
}

TEST_F(MariadbErrors, ForeignKeyViolationIsAnIntegrityError) {
  const std::string parent = own("err_parent"), child = own("err_child");
  run("CREATE TABLE " + parent + " (id INT PRIMARY KEY)");
  run("CREATE TABLE " + child + " (id INT, FOREIGN KEY (id) REFERENCES " + parent + " (id))");
  EXPECT_EQ(error_of<IntegrityError>("INSERT INTO " + child + " VALUES (1)").vendor_code(), 1452);
  run("INSERT INTO " + parent + " VALUES (1)");
  run("INSERT INTO " + child + " VALUES (1)");
  EXPECT_EQ(error_of<IntegrityError>("DELETE FROM " + parent).vendor_code(), 1451);
  run("DROP TABLE " + child + ", " + parent);
}

TEST_F(MariadbErrors, ValueThatDoesNotFitIsADataError) {
  run("CREATE TEMPORARY TABLE t (a VARCHAR(2), b TINYINT, c ENUM('x'), d DATE, e INT)");
  EXPECT_EQ(error_of<DataError>("INSERT INTO t (a) VALUES ('abc')").vendor_code(), 1406);
  EXPECT_EQ(error_of<DataError>("INSERT INTO t (b) VALUES (128)").vendor_code(), 1264);
  EXPECT_EQ(error_of<DataError>("INSERT INTO t (c) VALUES ('y')").vendor_code(), 1265);
  EXPECT_EQ(error_of<DataError>("INSERT INTO t (d) VALUES ('soon')").vendor_code(), 1292);
  EXPECT_EQ(error_of<DataError>("INSERT INTO t (e) VALUES ('x')").vendor_code(), 1366);
}

TEST_F(MariadbErrors, WrongStatementIsAProgrammingError) {
  EXPECT_TRUE(error_of<ProgrammingError>("SELECT * FROM nowhere")
                  .message()
                  .ends_with(".nowhere' doesn't exist"));
  EXPECT_EQ(error_of<ProgrammingError>("SELECT * FROM nowhere").vendor_code(), 1146);
  EXPECT_EQ(error_of<ProgrammingError>("SELEC 1").vendor_code(), 1064);
  EXPECT_EQ(error_of<ProgrammingError>("SELECT nothing").vendor_code(), 1054);
  EXPECT_EQ(error_of<ProgrammingError>("SELECT 1; SELECT 2").vendor_code(), 1064);
  EXPECT_EQ(error_of<ProgrammingError>("").message(), "(mariadb.ProgrammingError) Query was empty");
}

TEST_F(MariadbErrors, ParameterBeyondTheLastIsAProgrammingError) {
  auto cursor = db->prepare("SELECT ?");
  EXPECT_THROW(cursor->bind(1, Literal(1), types::Integer()), ProgrammingError);
}

TEST_F(MariadbErrors, KilledConnectionIsNotUsableAnyMore) {
  db->begin();
  const std::int64_t id = number("SELECT CONNECTION_ID()");
  open()->execute_plain("KILL " + std::to_string(id));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ASSERT_TRUE(db->is_usable());
  try {
    db->prepare("SELECT 1")->step();
    FAIL() << "the connection was not killed";
  } catch (const OperationalError& error) {
    EXPECT_TRUE(error.invalidates_connection()) << error.message();
  }
  EXPECT_FALSE(db->is_usable());
  db->rollback();
  EXPECT_FALSE(db->in_transaction());
  EXPECT_THROW(db->begin(), OperationalError);
}

TEST_F(MariadbErrors, CancelBreaksOffTheStatementOnly) {
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    db->cancel();
  });
  const auto error = [&] {
    try {
      return error_of<OperationalError>(
          "SELECT SUM(SLEEP(10)) FROM (SELECT 1 UNION SELECT 2) x "
          "WHERE (SELECT COUNT(*) FROM information_schema.columns a, "
          "information_schema.columns b) > 0");
    } catch (...) {
      other.join();
      throw;
    }
  }();
  other.join();
  EXPECT_EQ(error.vendor_code(), 1317);
  EXPECT_FALSE(error.invalidates_connection());
  EXPECT_EQ(ask("SELECT 1"), Value(1));
}

TEST_F(MariadbErrors, WaitingTooLongForALockLeavesTheTransaction) {
  const std::string t = own("err_lock");
  run("CREATE TABLE " + t + " (id INT PRIMARY KEY)");
  run("INSERT INTO " + t + " VALUES (1)");
  db->commit();
  db->begin();
  run("DELETE FROM " + t);
  auto other = open();
  other->begin();
  other->execute_plain("SET innodb_lock_wait_timeout = 1");
  const auto error = error_of<OperationalError>(*other, "DELETE FROM " + t);
  EXPECT_EQ(error.vendor_code(), 1205);
  EXPECT_FALSE(error.invalidates_transaction());
  EXPECT_FALSE(error.invalidates_connection());
  other->rollback();
  db->rollback();
  run("DROP TABLE " + t);
}

TEST_F(MariadbErrors, DeadlockHasRolledBackItsVictim) {
  const std::string t = own("err_dead");
  run("CREATE TABLE " + t + " (id INT PRIMARY KEY, x INT)");
  run("INSERT INTO " + t + " VALUES (1, 0), (2, 0), (3, 0)");
  db->commit();
  auto other = open();
  db->begin();
  other->begin();
  run("UPDATE " + t + " SET x = 1 WHERE id IN (1, 3)");  // the heavier one survives
  other->execute_plain("UPDATE " + t + " SET x = 2 WHERE id = 2");
  std::thread waiter([&] { run("UPDATE " + t + " SET x = 1 WHERE id = 2"); });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  bool is_victim = false;
  try {
    other->execute_plain("UPDATE " + t + " SET x = 2 WHERE id = 1");
  } catch (const OperationalError& error) {
    is_victim = error.vendor_code() == 1213;
    EXPECT_TRUE(error.invalidates_transaction());
    EXPECT_FALSE(error.invalidates_connection());
  }
  waiter.join();
  EXPECT_TRUE(is_victim);
  other->rollback();
  db->rollback();
  run("DROP TABLE " + t);
}

}  // namespace
}  // namespace azoth
