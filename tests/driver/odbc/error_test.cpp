// SPDX-License-Identifier: MIT
// Which exception each failure is, what its text tells, and what it ends.
#include "drivers/odbc/error.hpp"

#include "driver/odbc/fixture.hpp"
#include "drivers/odbc/backend.hpp"

#include <chrono>
#include <thread>

namespace azoth {
namespace {

class OdbcErrors : public Odbc {
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

  std::string refusal(const std::string& other_url) const {
    try {
      odbc_driver()->connect(URL(other_url), {});
    } catch (const DBAPIError& error) {
      return error.what();
    }
    return "connected";
  }
};

AZOTH_OVER_ODBC(OdbcErrors);

TEST_P(OdbcErrors, ConstraintViolationIsAnIntegrityError) {
  run("CREATE TEMPORARY TABLE limited (id INTEGER PRIMARY KEY, x INTEGER NOT NULL, CHECK (x > 0))");
  run("INSERT INTO limited VALUES (1, 1)");
  db->commit();
  for (const char* values : {"(1, 1)", "(2, NULL)", "(2, 0)"}) {
    const auto error =
        error_of<IntegrityError>(std::string("INSERT INTO limited VALUES ") + values);
    EXPECT_FALSE(error.invalidates_connection()) << error.message();
    db->rollback();
  }
  const auto unique = error_of<IntegrityError>("INSERT INTO limited VALUES (1, 1)");
  const std::string start = "(odbc.IntegrityError) [" + unique.sqlstate() + "] ";
  EXPECT_TRUE(unique.message().starts_with(start)) << unique.message();
  EXPECT_NE(unique.message().find("(" + std::to_string(unique.vendor_code()) + ") (SQLExecute)"),
            std::string::npos)
      << unique.message();
  if (is("sqlite")) {
    EXPECT_EQ(
        unique.message(),
        "(odbc.IntegrityError) [HY000] [SQLite]UNIQUE constraint failed: limited.id (19) (19) "
        "(SQLExecute)");
  } else {
    EXPECT_EQ(unique.sqlstate(), is("mariadb") ? "23000" : "23505");
  }
}

TEST_P(OdbcErrors, WrongStatementIsTold) {
  for (const char* sql : {"SELECT * FROM nowhere", "SELEC 1", "SELECT nothing"}) {
    if (is("sqlite")) {
      EXPECT_EQ(error_of<OperationalError>(sql).vendor_code(), 1);
    } else {
      EXPECT_TRUE(error_of<ProgrammingError>(sql).sqlstate().starts_with("42")) << sql;
    }
    db->rollback();
  }
  EXPECT_EQ(ask("SELECT 1"), Value(1));
}

TEST_P(OdbcErrors, ValueThatDoesNotFitIsADataError) {
  if (is("sqlite")) {
    GTEST_SKIP() << "SQLite stores every value in every column";
  }
  run("CREATE TEMPORARY TABLE narrow (a VARCHAR(2), b SMALLINT)");
  db->commit();
  EXPECT_TRUE(
      error_of<DataError>("INSERT INTO narrow (a) VALUES ('abc')").sqlstate().starts_with("22"));
  db->rollback();
  EXPECT_TRUE(
      error_of<DataError>("INSERT INTO narrow (b) VALUES (70000)").sqlstate().starts_with("22"));
}

TEST_P(OdbcErrors, WrongPasswordIsRefusedAndNotShown) {
  if (is("sqlite")) {
    GTEST_SKIP() << "SQLite has no passwords";
  }
  const std::string text =
      refusal(URL(url).set({.password = "sup3rwrong"}).to_string({.hide_password = false}));
  EXPECT_NE(text.find("(SQLDriverConnect)"), std::string::npos) << text;
  EXPECT_EQ(text.find("sup3rwrong"), std::string::npos) << text;
  // As with pyodbc, SQLSTATE 28000 is an InterfaceError.
  EXPECT_TRUE(text.starts_with(is("mariadb") ? "(odbc.InterfaceError) [28000] "
                                             : "(odbc.OperationalError) [08001] "))
      << text;
}

TEST_P(OdbcErrors, BadConnectionStringsAreToldByTheDriverManager) {
  EXPECT_TRUE(refusal("mssql+odbc://no_such_source").starts_with("(odbc.InterfaceError) [IM002] "));
  const std::string text = refusal("mssql+odbc://h/d?driver=No+Such+Driver");
  EXPECT_TRUE(text.starts_with("(odbc.OperationalError) [01000] ")) << text;
  EXPECT_NE(text.find("No Such Driver"), std::string::npos) << text;
}

TEST_P(OdbcErrors, KilledConnectionIsNotUsableAnyMore) {
  if (is("sqlite")) {
    GTEST_SKIP() << "SQLite is no server";
  }
  db->begin();
  const std::int64_t id =
      number(is("mariadb") ? "SELECT CONNECTION_ID()" : "SELECT pg_backend_pid()");
  {
    const auto other = open();
    const auto killer =
        other->prepare(is("mariadb") ? "KILL " + std::to_string(id)
                                     : "SELECT pg_terminate_backend(" + std::to_string(id) + ")");
    killer->step();
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
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

TEST_P(OdbcErrors, CancelBreaksOffTheStatementOnly) {
  if (is("sqlite")) {
    GTEST_SKIP() << "sqliteodbc cancels nothing while it executes";
  }
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    db->cancel();
  });
  const auto began = std::chrono::steady_clock::now();
  try {
    const auto cursor =
        db->prepare(is("mariadb") ? "SELECT SLEEP(20) FROM (SELECT 1 UNION SELECT 2) x"
                                  : "SELECT pg_sleep(20)");
    while (cursor->step()) {
    }
  } catch (const DBAPIError& error) {
    EXPECT_FALSE(error.invalidates_connection()) << error.message();
  }
  other.join();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(15));
  db->rollback();
  EXPECT_EQ(ask("SELECT 1"), Value(1));
}

TEST_P(OdbcErrors, TextThatIsNoneIsADataError) {
  auto cursor = db->prepare("SELECT " + mark());
  EXPECT_THROW(cursor->bind(0, Literal("a\xff"), types::String()), DataError);
  EXPECT_THROW(run("SELECT '\xff'"), DataError);
}

TEST(OdbcFailure, SqlstateSaysTheClass) {
  using drivers::odbc::backend_of;
  const auto kind = [](const char* state, int native, const char* backend) {
    return drivers::odbc::kind_of({state, native, ""}, backend_of(backend));
  };
  // What pyodbc raises for them.
  EXPECT_EQ(kind("23000", 2627, "mssql"), DBAPIErrorKind::integrity);
  EXPECT_EQ(kind("22001", 0, "mssql"), DBAPIErrorKind::data);
  EXPECT_EQ(kind("42S02", 208, "mssql"), DBAPIErrorKind::programming);
  EXPECT_EQ(kind("08S01", 0, "mssql"), DBAPIErrorKind::operational);
  EXPECT_EQ(kind("HYT00", 0, "mssql"), DBAPIErrorKind::operational);
  EXPECT_EQ(kind("0A000", 0, "mssql"), DBAPIErrorKind::not_supported);
  EXPECT_EQ(kind("28000", 18456, "mssql"), DBAPIErrorKind::interface);
  EXPECT_EQ(kind("40001", 1205, "mssql"), DBAPIErrorKind::dbapi);
  EXPECT_EQ(kind("HY000", 19, "mssql"), DBAPIErrorKind::dbapi);
  EXPECT_EQ(kind("HY000", 19, "sqlite"), DBAPIErrorKind::integrity);
  EXPECT_EQ(kind("HY000", 1364, "mariadb"), DBAPIErrorKind::integrity);
}

TEST(OdbcFailure, LostConnectionsAreThoseThatSqlalchemyKnows) {
  for (const char* state :
       {"08S01", "01000", "01002", "08003", "08007", "08S02", "08001", "HYT00", "HY010", "10054"}) {
    EXPECT_TRUE(drivers::odbc::is_disconnect({{{state, 0, ""}}, ""})) << state;
  }
  for (const char* state : {"IM006", "40001", "57P01", "HYT01", "08004", "42000"}) {
    EXPECT_FALSE(drivers::odbc::is_disconnect({{{state, 0, ""}}, ""})) << state;
  }
}

}  // namespace
}  // namespace azoth
