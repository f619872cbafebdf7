// SPDX-License-Identifier: MIT
// What URLs and connect arguments mean, and what a connection is set to.
#include "driver/mariadb/fixture.hpp"

namespace azoth {
namespace {

class MariadbOpen : public Mariadb {
 protected:
  template <class E>
  static std::string message_of(const URL& url, const EngineOptions& options = {}) {
    try {
      mariadb_driver()->connect(url, options);
    } catch (const E& error) {
      return error.message();
    }
    return "no error";
  }

  static URL changed(URLParts parts) {
    return URL(azoth_test::server_url("mariadb").value()).set(parts);
  }
};

TEST_F(MariadbOpen, TextsAreUtf8WithFourBytes) {
  EXPECT_EQ(ask("SELECT @@character_set_client"), Value("utf8mb4"));
  EXPECT_EQ(ask("SELECT @@character_set_results"), Value("utf8mb4"));
  EXPECT_EQ(message_of<ArgumentError>(changed({.query = URLQuery{{"charset", {"latin1"}}}})),
            "mariadb: argument 'charset' is 'latin1'; expected utf8mb4 (or utf8), since texts are "
            "UTF-8");
}

TEST_F(MariadbOpen, SqlModeAndTimeZoneAreTheServers) {
  EXPECT_EQ(ask("SELECT @@sql_mode = @@global.sql_mode"), Value(1));
  EXPECT_EQ(ask("SELECT @@time_zone = @@global.time_zone"), Value(1));
  db = open("?sql_mode=ANSI_QUOTES");
  EXPECT_EQ(ask("SELECT @@sql_mode"), Value("ANSI_QUOTES"));
}

TEST_F(MariadbOpen, InitCommandIsRun) {
  EngineOptions options;
  options.connect_args = {{"init_command", "SET @x = 'it''s'"}, {"connect_timeout", "5"}};
  db = open("", options);
  EXPECT_EQ(ask("SELECT @x"), Value("it's"));
}

TEST_F(MariadbOpen, WrongPasswordIsAnOperationalError) {
  try {
    mariadb_driver()->connect(changed({.password = "wrong"}), {});
    FAIL() << "connected";
  } catch (const OperationalError& error) {
    EXPECT_EQ(error.vendor_code(), 1045);
    EXPECT_EQ(error.sqlstate(), "28000");
    EXPECT_TRUE(error.message().starts_with("(mariadb.OperationalError) Access denied for user "));
  }
}

TEST_F(MariadbOpen, MissingDatabaseAndServerAreOperationalErrors) {
  EXPECT_EQ(message_of<OperationalError>(changed({.database = "nowhere"})),
            "(mariadb.OperationalError) Unknown database 'nowhere'");
  EXPECT_TRUE(message_of<OperationalError>(changed({.port = 1}))
                  .starts_with("(mariadb.OperationalError) Can't connect to server on "));
}

TEST_F(MariadbOpen, UnknownArgumentIsNamed) {
  EXPECT_TRUE(message_of<ArgumentError>(changed({.query = URLQuery{{"sslmode", {"x"}}}}))
                  .starts_with("mariadb: unknown connection argument 'sslmode'; known are "));
  EXPECT_EQ(message_of<ArgumentError>(changed({.query = URLQuery{{"connect_timeout", {"x"}}}})),
            "mariadb: argument 'connect_timeout' is 'x'; expected a number");
}

TEST_F(MariadbOpen, DriverTellsTheVersionOfTheServer) {
  EXPECT_EQ(Value(mariadb_driver()->server_version(*db)), ask("SELECT VERSION()"));
  EXPECT_FALSE(mariadb_driver()->shares_one_connection(URL("mariadb://"), {}));
}

}  // namespace
}  // namespace azoth
