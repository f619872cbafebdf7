// SPDX-License-Identifier: MIT
// Which dialect a server is spoken to in. Needs no server.
#include "drivers/mariadb/dialect.hpp"

#include <azoth/base/error.hpp>

#include <gtest/gtest.h>

namespace azoth::drivers::mariadb {
namespace {

TEST(MariadbDialect, PlaceholdersAreQuestionMarksAndPercentsStaySingle) {
  for (const Dialect* dialect : {&mysql_scheme_dialect(), &mariadb_scheme_dialect()}) {
    EXPECT_EQ(dialect->capabilities().paramstyle, ParamStyle::qmark);
    EXPECT_FALSE(dialect->capabilities().double_percents);
  }
}

TEST(MariadbDialect, VersionIsTheServers) {
  const auto version = [](const char* text) {
    return dialect_for({text, true}, mysql_scheme_dialect()).capabilities().server_version;
  };
  EXPECT_EQ(version("10.11.6-MariaDB-log"), (ServerVersion{10, 11, 6}));
  EXPECT_EQ(version("5.5.5-10.3.39-MariaDB"), (ServerVersion{10, 3, 39}));
  EXPECT_EQ(version("8.0.36"), (ServerVersion{8, 0, 36}));
}

TEST(MariadbDialect, MysqlSchemeTakesBothKindsUnderItsOwnName) {
  const Dialect& maria = dialect_for({"10.11.6-MariaDB", true}, mysql_scheme_dialect());
  EXPECT_EQ(maria.name(), "mysql");
  EXPECT_TRUE(maria.capabilities().is_mariadb);
  EXPECT_TRUE(maria.capabilities().sequences);
  EXPECT_FALSE(maria.capabilities().for_update_of);
  const Dialect& mysql = dialect_for({"8.0.36", true}, mysql_scheme_dialect());
  EXPECT_FALSE(mysql.capabilities().is_mariadb);
  EXPECT_FALSE(mysql.capabilities().sequences);
  EXPECT_TRUE(mysql.capabilities().for_update_of);
}

TEST(MariadbDialect, MariadbSchemeRefusesMysql) {
  try {
    dialect_for({"8.0.36", true}, mariadb_scheme_dialect());
    FAIL() << "accepted";
  } catch (const InvalidRequestError& error) {
    EXPECT_EQ(error.message(), "MySQL version 8.0.36 is not a MariaDB variant.");
  }
}

TEST(MariadbDialect, BackslashesAreEscapedUnlessTheServerTakesThemAsTheyAre) {
  const auto literal = [](bool escapes) {
    return dialect_for({"10.11.6-MariaDB", escapes}, mariadb_scheme_dialect())
        .literal("a\\b", types::String());
  };
  EXPECT_EQ(literal(true), "'a\\\\b'");
  EXPECT_EQ(literal(false), "'a\\b'");
}

TEST(MariadbDialect, IsTheSameForServersThatAreTheSame) {
  EXPECT_EQ(&dialect_for({"10.6.1-MariaDB", true}, mariadb_scheme_dialect()),
            &dialect_for({"10.6.1-MariaDB", true}, mariadb_scheme_dialect()));
}

}  // namespace
}  // namespace azoth::drivers::mariadb
