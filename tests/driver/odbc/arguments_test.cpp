// SPDX-License-Identifier: MIT
// What URLs become. The connection strings for SQL Server are those that SQLAlchemy 1.4.46 makes of
// the same URLs for pyodbc.
#include "drivers/odbc/arguments.hpp"

#include <azoth/base/warning.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/url.hpp>

#include <gtest/gtest.h>

namespace azoth {
namespace {

std::string string_of(const std::string& url, const EngineOptions& options = {}) {
  return drivers::odbc::connect_request(URL(url), options).connection_string;
}

std::string refusal_of(const std::string& url, const EngineOptions& options = {}) {
  try {
    return "accepted: " + string_of(url, options);
  } catch (const ArgumentError& error) {
    return error.message();
  }
}

TEST(OdbcUrl, DataSourceIsNamedByTheHost) {
  EXPECT_EQ(string_of("mssql+odbc://scott:tiger@mydsn"), "dsn=mydsn;UID=scott;PWD=tiger");
  EXPECT_EQ(string_of("mssql+odbc://@mydsn"), "dsn=mydsn;Trusted_Connection=Yes");
  EXPECT_EQ(string_of("mssql+odbc:///?dsn=foo"), "dsn=foo;Trusted_Connection=Yes");
  EXPECT_EQ(string_of("mssql+odbc://u:p@mydsn?port=5"), "dsn=mydsn;UID=u;PWD=p;port=5");
  EXPECT_EQ(string_of("mssql+odbc://mydsn/?LANGUAGE=us_english"),
            "dsn=mydsn;Trusted_Connection=Yes;LANGUAGE=us_english");
}

TEST(OdbcUrl, ServerAndDatabaseNeedADriver) {
  EXPECT_EQ(
      string_of("mssql+odbc://scott:tiger@myhost:49242/databasename?driver=ODBC+Driver+17+for+"
                "SQL+Server&authentication=ActiveDirectoryIntegrated"),
      "DRIVER={ODBC Driver 17 for SQL Server};Server=myhost,49242;Database=databasename;"
      "UID=scott;PWD=tiger;authentication=ActiveDirectoryIntegrated");
  EXPECT_EQ(string_of("mssql+odbc:///?driver=X"),
            "DRIVER={X};Server=;Database=;Trusted_Connection=Yes");
  EXPECT_EQ(string_of("mssql+odbc://u@h/d?driver=X"), "DRIVER={X};Server=h;Database=d;UID=u");
  EXPECT_EQ(string_of("mssql+odbc://h/d?driver=X&authentication=AD"),
            "DRIVER={X};Server=h;Database=d;Authentication=AD");
  EXPECT_EQ(string_of("mssql+odbc://h/d?driver=X&odbc_autotranslate=Yes"),
            "DRIVER={X};Server=h;Database=d;Trusted_Connection=Yes;AutoTranslate=Yes");
}

TEST(OdbcUrl, WithoutADriverOneIsWarned) {
  const CaptureWarnings warnings;
  EXPECT_EQ(string_of("mssql+odbc://user:pass@server/db"),
            "Server=server;Database=db;UID=user;PWD=pass");
  ASSERT_EQ(warnings.records().size(), 1U);
  EXPECT_EQ(warnings.records()[0].message,
            "No driver name specified; this is expected by ODBC when using DSN-less connections");
}

TEST(OdbcUrl, ValuesAreQuotedWhereTheyWouldEndEarly) {
  EXPECT_EQ(string_of("mssql+odbc://u:p%3Bw%7D%7B@server/db?driver=X"),
            "DRIVER={X};Server=server;Database=db;UID=u;PWD={p;w}}{}");
  EXPECT_EQ(string_of("mssql+odbc://server/db?driver=X&foo=bar%3Bbaz"),
            "DRIVER={X};Server=server;Database=db;Trusted_Connection=Yes;foo={bar;baz}");
  EXPECT_EQ(string_of("mssql+odbc://u:p@h/d?driver=%7BX%7D"),
            "DRIVER={{X}}};Server=h;Database=d;UID=u;PWD=p");
}

TEST(OdbcUrl, ConnectionStringMayBeGivenAsAWhole) {
  EXPECT_EQ(
      string_of("mssql+odbc:///?odbc_connect=DRIVER%3D%7BSQL+Server%7D%3BServer%3Dx%3BUID%3Du"),
      "DRIVER={SQL Server};Server=x;UID=u");
  EXPECT_EQ(string_of("postgresql+odbc://u:p@h/d?odbc_connect=DSN%3Dpg"), "DSN=pg");
}

TEST(OdbcUrl, OtherDatabasesHaveTheirOwnKeywords) {
  EXPECT_EQ(string_of("postgresql+odbc://u:p@h:5433/d?driver=PostgreSQL+Unicode"),
            "DRIVER={PostgreSQL Unicode};Server=h;Port=5433;Database=d;UID=u;PWD=p;BoolsAsChar=0;"
            "ByteaAsLongVarBinary=1");
  EXPECT_EQ(string_of("postgresql+odbc://u:p@h/d?driver=X&BOOLSASCHAR=1"),
            "DRIVER={X};Server=h;Database=d;UID=u;PWD=p;BOOLSASCHAR=1;ByteaAsLongVarBinary=1");
  EXPECT_EQ(string_of("mysql+odbc://u:p@h:3307/d?driver=X&charset=utf8mb4"),
            "DRIVER={X};Server=h;Port=3307;Database=d;UID=u;PWD=p;charset=utf8mb4;Option=2");
  EXPECT_EQ(string_of("sqlite+odbc:////tmp/x.db?driver=SQLite3"),
            "DRIVER={SQLite3};Database=/tmp/x.db");
  EXPECT_EQ(string_of("sqlite+odbc://?driver=SQLite3"), "DRIVER={SQLite3};Database=:memory:");
  EXPECT_EQ(string_of("oracle+odbc://scott:tiger@h:1521/service?driver=Oracle"),
            "DRIVER={Oracle};DBQ=h:1521/service;UID=scott;PWD=tiger");
}

TEST(OdbcUrl, WhatNoConnectionStringCanHoldIsRefused) {
  EXPECT_EQ(refusal_of("mssql+odbc://u:p%00w@h/d?driver=X"),
            "odbc: the value of 'PWD' has a NUL in it, which no connection string can hold");
  EXPECT_EQ(refusal_of("mssql+odbc://u:p@h/d?driver=X&a%3Bb=1"),
            "odbc: the keyword 'a;b' cannot be written into a connection string; none of "
            "[]{}(),;?*=!@ may stand in it");
  EXPECT_EQ(refusal_of("mssql+odbc://u:p@h/d?driver=X%00"),
            "odbc: the value of 'driver' has a NUL in it, which no connection string can hold");
}

TEST(OdbcUrl, ArgumentsOfTheDriverItselfAreTakenOut) {
  const auto request = drivers::odbc::connect_request(
      URL("mssql+odbc://mydsn/?autocommit=true&timeout=9"), {.connect_args = {{"timeout", "7"}}});
  EXPECT_TRUE(request.is_autocommit);
  EXPECT_EQ(request.login_timeout, 7U);
  EXPECT_EQ(request.connection_string, "dsn=mydsn;Trusted_Connection=Yes;timeout=9");
  EXPECT_EQ(refusal_of("mssql+odbc://mydsn/?autocommit=maybe"),
            "odbc: argument 'autocommit' is 'maybe'; expected true or false");
  EXPECT_EQ(
      refusal_of("mssql+odbc://mydsn", {.connect_args = {{"colour", "red"}}}),
      "odbc: unknown connect argument 'colour'; known are autocommit, timeout, "
      "prepared_statement_cache_size; the ODBC driver's own keywords stand in the URL's query");
}

}  // namespace
}  // namespace azoth
