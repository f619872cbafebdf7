// SPDX-License-Identifier: MIT
// What URLs and connect arguments mean.
#include "driver/sqlite3/fixture.hpp"
#include <azoth/base/error.hpp>

#include <unistd.h>

#include <cstdio>

namespace azoth {
namespace {

struct TemporaryFile {
  TemporaryFile()
      : path(::testing::TempDir() + "azoth_open_" + std::to_string(::getpid()) + ".db") {
    std::remove(path.c_str());
  }

  ~TemporaryFile() { std::remove(path.c_str()); }

  std::string url(const std::string& query = {}) const { return "sqlite:///" + path + query; }

  std::string path;
};

template <class E>
std::string message_of(const char* url, const EngineOptions& options = {}) {
  try {
    sqlite3_driver()->connect(URL(url), options);
  } catch (const E& error) {
    return error.what();
  }
  return "no error";
}

std::int64_t number(DriverConnection& db, const char* sql) {
  auto cursor = db.prepare(sql);
  return cursor->step() ? cursor->value(0, types::Integer()).get<std::int64_t>() : -1;
}

TEST_F(Sqlite3, UrlWithoutDatabaseOpensMemory) {
  EXPECT_EQ(ask("SELECT file FROM pragma_database_list WHERE name = 'main'"), Value(""));
}

TEST_F(Sqlite3, MissingFileWithModeRoIsAnOperationalError) {
  EXPECT_EQ(message_of<OperationalError>("sqlite:///nowhere/no.db?mode=ro"),
            "(sqlite3.OperationalError) unable to open database file\n(Background on this error "
            "at: https://sqlalche.me/e/20/e3q8)");
  EXPECT_EQ(message_of<OperationalError>("sqlite:///file:nowhere/no.db?mode=ro&uri=true"),
            "(sqlite3.OperationalError) unable to open database file\n(Background on this error "
            "at: https://sqlalche.me/e/20/e3q8)");
}

TEST_F(Sqlite3, ModeRoRefusesWriting) {
  const TemporaryFile file;
  open(file.url().c_str())->execute_plain("CREATE TABLE t (x)");
  auto reader = open(file.url("?mode=ro").c_str());
  EXPECT_EQ(number(*reader, "SELECT count(*) FROM t"), 0);
  EXPECT_THROW(reader->execute_plain("INSERT INTO t VALUES (1)"), OperationalError);
}

TEST_F(Sqlite3, UriPassesItsQueryToSqlite) {
  const TemporaryFile file;
  open(file.url().c_str())->execute_plain("CREATE TABLE t (x)");
  auto reader = open(("sqlite:///file:" + file.path + "?mode=ro&uri=true&timeout=1").c_str());
  EXPECT_EQ(number(*reader, "PRAGMA busy_timeout"), 1000);
  EXPECT_THROW(reader->execute_plain("INSERT INTO t VALUES (1)"), OperationalError);
}

TEST_F(Sqlite3, TimeoutIsFiveSecondsUnlessGiven) {
  EXPECT_EQ(ask("PRAGMA busy_timeout"), Value(5000));
  EXPECT_EQ(
      number(*open("sqlite://", {.connect_args = {{"timeout", "0.25"}}}), "PRAGMA busy_timeout"),
      250);
}

TEST_F(Sqlite3, ForeignKeysAreSwitchedOnRequest) {
  EXPECT_EQ(ask("PRAGMA foreign_keys"), Value(0));
  EXPECT_EQ(number(*open("sqlite://?foreign_keys=on"), "PRAGMA foreign_keys"), 1);
  EXPECT_EQ(
      number(*open("sqlite://", {.connect_args = {{"foreign_keys", "on"}}}), "PRAGMA foreign_keys"),
      1);
}

TEST_F(Sqlite3, UnknownArgumentsAreRefusedByName) {
  EXPECT_EQ(message_of<ArgumentError>("sqlite://?cache=shared"),
            "sqlite3: unknown query argument 'cache' in sqlite://?cache=shared; known are mode, "
            "timeout, foreign_keys, "
            "cached_statements; others need a URI: sqlite:///file:path?cache=shared&uri=true");
  EXPECT_EQ(message_of<ArgumentError>("sqlite://", {.connect_args = {{"speed", "high"}}}),
            "sqlite3: unknown connect argument 'speed'; known are timeout, foreign_keys, "
            "cached_statements");
  EXPECT_EQ(message_of<ArgumentError>("sqlite://?timeout=soon"),
            "sqlite3: argument 'timeout' is 'soon'; expected a number from 0 to 1000000");
  EXPECT_EQ(message_of<ArgumentError>("sqlite:///x.db?mode=write"),
            "sqlite3: argument 'mode' is 'write'; expected ro, rw, rwc or memory");
}

TEST_F(Sqlite3, UrlWithHostIsRefusedWithTheFormsThatAreValid) {
  EXPECT_EQ(message_of<ArgumentError>("sqlite://file.db"),
            "Invalid SQLite URL: sqlite://file.db\nValid SQLite URL forms are\n sqlite:///:memory: "
            "(or, sqlite://)\n"
            " sqlite:///relative/path/to/file.db\n sqlite:////absolute/path/to/file.db");
}

TEST_F(Sqlite3, OnlyMemoryIsSharedByAllConnectionsOfAnEngine) {
  const auto shares = [](const char* url) {
    return sqlite3_driver()->shares_one_connection(URL(url), {});
  };
  EXPECT_TRUE(shares("sqlite://"));
  EXPECT_TRUE(shares("sqlite:///:memory:"));
  EXPECT_TRUE(shares("sqlite:///file:x?mode=memory&uri=true"));
  EXPECT_FALSE(shares("sqlite:///x.db"));
}

TEST_F(Sqlite3, UnknownIsolationLevelNamesTheValidOnes) {
  try {
    db->set_isolation_level("FOO");
    FAIL() << "accepted";
  } catch (const ArgumentError& error) {
    EXPECT_EQ(
        error.message(),
        "Invalid value 'FOO' for isolation_level. Valid isolation levels for 'sqlite' are READ "
        "UNCOMMITTED, SERIALIZABLE, AUTOCOMMIT");
  }
  db->set_isolation_level("READ UNCOMMITTED");
  EXPECT_EQ(ask("PRAGMA read_uncommitted"), Value(1));
}

}  // namespace
}  // namespace azoth
