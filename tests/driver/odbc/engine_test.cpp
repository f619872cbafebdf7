// SPDX-License-Identifier: MIT
// Engines over ODBC: the schemes, the dialects of their servers, and SQL Server's and Oracle's
// texts on their way down to a database that understands the simple ones of them.
#include "driver/odbc/fixture.hpp"
#include "drivers/odbc/backend.hpp"
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/engine/inspector.hpp>
#include <azoth/engine/schema.hpp>
#include <azoth/sql/ddl.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/func.hpp>
#include <azoth/sql/savepoint.hpp>
#include <azoth/sql/select.hpp>

#include <fstream>
#include <functional>

namespace azoth {
namespace {

using drivers::odbc::dialect_for;
using drivers::odbc::scheme_dialect;

class OdbcEngine : public Odbc {};

AZOTH_OVER_ODBC(OdbcEngine);

TEST_P(OdbcEngine, DialectKnowsItsServer) {
  const Engine engine = create_engine(url);
  static_cast<void>(engine.connect());
  EXPECT_EQ(engine.dialect().name(), GetParam());
  const ServerVersion version = engine.dialect().capabilities().server_version;
  EXPECT_GE(version,
            is("sqlite")       ? (ServerVersion{3, 8})
            : is("postgresql") ? (ServerVersion{14})
                               : (ServerVersion{10, 3}));
  EXPECT_EQ(engine.dialect().capabilities().is_mariadb, is("mariadb"));
}

TEST_P(OdbcEngine, StatementsGoAroundWithTheirValues) {
  const Engine engine = create_engine(url);
  MetaData metadata;
  const Table t("odbc_engine_" + std::to_string(::getpid()),
                metadata,
                {Column("id", types::Integer(), {.primary_key = true}),
                 Column("name", types::String(30)),
                 Column("born", types::DateTime())});
  create_all(metadata, engine);
  {
    Connection c = engine.connect();
    const auto key = c.execute(insert(t), Params{{"name", "j\xc3\xbcrg"}}).inserted_primary_key();
    const DateTime born{{1999, 12, 31}, {12, 30, 1}};
    c.execute(insert(t),
              ParamsList{{{"name", "a"}, {"born", born}}, {{"name", "b"}, {"born", born}}});
    c.commit();
    const auto name = t.c<std::string>("name");
    EXPECT_EQ(c.scalar(select(name).where(t.c<std::int64_t>("id") == key[0].get<std::int64_t>())),
              "j\xc3\xbcrg");
    EXPECT_EQ(c.scalar(select(func::count(name)).where(t.c<DateTime>("born") == born)), 2);
    EXPECT_TRUE(inspect(c).has_table(std::string(t.name())));
    const auto columns = inspect(c).get_columns(std::string(t.name()));
    ASSERT_EQ(columns.size(), 3U);
    EXPECT_EQ(columns[1].name, "name");
  }
  drop_all(metadata, engine);
}

// --- SQL Server and Oracle, of which there is no server here ---

class OdbcOther : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!azoth_test::has_odbc_driver("SQLite3")) {
      GTEST_SKIP() << "the ODBC driver 'SQLite3' is not installed";
    }
    std::remove(file.c_str());
  }

  void TearDown() override { std::remove(file.c_str()); }

  std::string url(const std::string& backend) const {
    return backend + "+odbc:///?odbc_connect=DRIVER%3DSQLite3%3BDatabase%3D" + file;
  }

  std::string file = "azoth_odbc_other_" + std::to_string(::getpid()) + ".sqlite";
};

TEST_F(OdbcOther, TextsOfSqlServerReachTheDatabase) {
  const Engine engine = create_engine(url("mssql"));
  Connection c = engine.connect();
  EXPECT_EQ(engine.dialect().name(), "mssql");
  MetaData metadata;
  const Table t("order",
                metadata,
                {Column("id", types::Integer()),
                 Column("name", types::Unicode(20)),
                 Column("done", types::Boolean())});
  c.exec_driver_sql("CREATE TABLE [order] (id INTEGER, name NVARCHAR(20), done BIT)");
  const auto statement = insert(t);
  EXPECT_EQ(to_string(statement.node(), engine.dialect(), {.column_keys = {{"id", "name"}}}),
            "INSERT INTO [order] (id, name) VALUES (?, ?)");
  c.execute(statement,
            ParamsList{{{"id", 1}, {"name", "\xe2\x82\xac"}, {"done", true}},
                       {{"id", 2}, {"name", "x"}, {"done", false}}});
  c.commit();
  const auto name = t.c<std::string>("name");
  EXPECT_EQ(c.scalar(select(name).where(t.c<std::int64_t>("id") == 1)), "\xe2\x82\xac");
  EXPECT_EQ(c.scalar(select(t.c<bool>("done")).where(name == "x")), false);
  EXPECT_EQ(c.execute(update(t).values({{"name", "y"}}).where(name == "x")).rowcount(), 1);
  c.rollback();
  EXPECT_EQ(c.scalar(select(func::count(name)).where(name == "x")), 1);
}

TEST_F(OdbcOther, DataSourcesAreFoundByTheirNames) {
  const std::string ini = file + ".ini";
  std::ofstream(ini) << "[azoth_source]\nDriver=SQLite3\nDatabase=" << file << "\n";
  ::setenv("ODBCINI", ini.c_str(), 1);
  for (const char* source : {"mssql+odbc://azoth_source", "sqlite+odbc:///?dsn=azoth_source"}) {
    const Engine engine = create_engine(source);
    Connection c = engine.connect();
    c.exec_driver_sql("CREATE TABLE IF NOT EXISTS found (x INTEGER)");
    c.exec_driver_sql("INSERT INTO found VALUES (1)");
    c.commit();
  }
  Connection c = create_engine(url("sqlite")).connect();
  EXPECT_EQ(c.exec_driver_sql("SELECT count(*) FROM found").scalar(), Value(2));
  ::unsetenv("ODBCINI");
  std::remove(ini.c_str());
}

// SQLite does not understand them, but tells what it was given.
TEST_F(OdbcOther, SavepointsAndKeysOfSqlServerAreAskedForInItsWords) {
  const Engine engine = create_engine(url("mssql"));
  Connection c = engine.connect();
  MetaData metadata;
  const Table t(
      "t",
      metadata,
      {Column("id", types::Integer(), {.primary_key = true}), Column("a", types::Integer())});
  c.exec_driver_sql("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)");
  c.commit();

  struct Numbers final : ParameterSets {
    std::size_t size() const override { return 3; }

    Literal value(std::size_t set, std::size_t) const override {
      return Literal(static_cast<std::int64_t>(set));
    }
  };

  const auto refused = [&](const std::function<void()>& body) {
    try {
      body();
    } catch (const DBAPIError& error) {
      c.rollback();
      return error.statement();
    }
    return std::string("accepted");
  };
  EXPECT_EQ(refused([&] { static_cast<void>(c.begin_nested()); }),
            "SAVE TRANSACTION sa_savepoint_1");
  EXPECT_EQ(refused([&] { c.execute(insert(t), Params{{"a", 1}}); }),
            "INSERT INTO t (a) OUTPUT inserted.id VALUES (?)");
  EXPECT_EQ(refused([&] {
              c.insert_many_values(
                  insert(t).node(), {"a"}, Numbers(), "id", [](std::size_t, std::int64_t) {});
            }),
            "INSERT INTO t (a) OUTPUT inserted.id VALUES (?)");
}

TEST_F(OdbcOther, TextsOfOracleReachTheDatabase) {
  const Engine engine = create_engine(url("oracle"));
  Connection c = engine.connect();
  MetaData metadata;
  const Table t("t", metadata, {Column("id", types::Integer()), Column("name", types::String(20))});
  c.exec_driver_sql("CREATE TABLE t (id INTEGER, name VARCHAR2(20))");
  c.execute(insert(t), Params{{"id", 1}, {"name", "a"}});
  EXPECT_EQ(c.scalar(select(t.c<std::string>("name")).where(t.c<std::int64_t>("id") == 1)), "a");
}

TEST(OdbcDialect, SqlServerPagesByItsVersion) {
  MetaData metadata;
  const Table t("t", metadata, {Column("a", types::Integer(), {.primary_key = true})});
  const auto a = t.c<std::int64_t>("a");
  const auto page = select(a).order_by(a).limit(5).offset(10);
  const auto text = [&](const char* version) {
    return to_string(page.node(), dialect_for({version, false, false}, scheme_dialect("mssql")));
  };
  // As SQLAlchemy's mssql+pyodbc compiles it for these versions.
  EXPECT_EQ(text("15.00.2000"),
            "SELECT t.a \nFROM t ORDER BY t.a\n OFFSET ? ROWS\n FETCH FIRST ? ROWS ONLY");
  EXPECT_EQ(text("10.50.1600"),
            "SELECT anon_1.a \nFROM (SELECT t.a AS a, ROW_NUMBER() OVER (ORDER BY t.a) AS mssql_rn "
            "\nFROM t) AS anon_1 \nWHERE mssql_rn > ? AND mssql_rn <= ? + ?");
  const Capabilities& can =
      dialect_for({"15.00.2000", false, false}, scheme_dialect("mssql")).capabilities();
  EXPECT_TRUE(can.multivalues_insert && can.deprecate_large_types);
  EXPECT_FALSE(dialect_for({"9.00", false, false}, scheme_dialect("mssql"))
                   .capabilities()
                   .multivalues_insert);
}

TEST(OdbcDialect, GeneratedKeysOfSqlServerComeByOutput) {
  MetaData metadata;
  const Table t(
      "t",
      metadata,
      {Column("id", types::Integer(), {.primary_key = true}), Column("a", types::Integer())});
  EXPECT_EQ(to_string(insert(t).node(), scheme_dialect("mssql"), {.column_keys = {{"a"}}}),
            "INSERT INTO t (a) OUTPUT inserted.id VALUES (?)");
}

TEST(OdbcDialect, SavepointsAreInTheWordsOfTheDatabase) {
  const auto text = [](sql::Kind kind, const char* name) {
    return to_string(sql::make_node<sql::Savepoint>(kind, "sa_savepoint_1"), scheme_dialect(name));
  };
  // As SQLAlchemy's dialects write them.
  EXPECT_EQ(text(sql::Kind::savepoint, "mssql"), "SAVE TRANSACTION sa_savepoint_1");
  EXPECT_EQ(text(sql::Kind::rollback_to_savepoint, "mssql"), "ROLLBACK TRANSACTION sa_savepoint_1");
  EXPECT_EQ(text(sql::Kind::release_savepoint, "mssql"), "RELEASE SAVEPOINT sa_savepoint_1");
  EXPECT_EQ(text(sql::Kind::savepoint, "oracle"), "SAVEPOINT sa_savepoint_1");
}

TEST(OdbcDialect, OracleIsWhatItsVersionCan) {
  const auto can = [](const char* version) {
    return dialect_for({version, false, false}, scheme_dialect("oracle")).capabilities();
  };
  EXPECT_EQ(can("19.03.0000").max_identifier_length, 128);
  EXPECT_EQ(can("12.01.0002").max_identifier_length, 30);
  EXPECT_FALSE(can("08.01.0007").use_ansi);
  EXPECT_TRUE(can("12.01.0002").identity_columns);
  EXPECT_FALSE(can("11.02.0000").identity_columns);
}

TEST(OdbcDialect, MysqlIsRefusedAsMariadb) {
  EXPECT_THROW(dialect_for({"8.0.35", false, true}, scheme_dialect("mariadb")),
               InvalidRequestError);
  EXPECT_EQ(dialect_for({"10.11.6-MariaDB", true, true}, scheme_dialect("mysql")).name(), "mysql");
}

}  // namespace
}  // namespace azoth
