// SPDX-License-Identifier: MIT
// The driver's front, and how it makes itself known.
#include "drivers/odbc/connection.hpp"
#include <azoth/dialects/mysql.hpp>
#include <azoth/dialects/postgresql.hpp>
#include <azoth/dialects/sqlite.hpp>
#include <azoth/drivers/odbc.hpp>
#include <azoth/engine/reflection.hpp>
#include <azoth/engine/registry.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/types/types.hpp>

namespace azoth {
namespace drivers::odbc {
namespace {

std::string text_at(DriverCursor& cursor, int column) {
  return cursor.value(column, types::String()).get<std::string>();
}

// Servers of MySQL and MariaDB, and proxies before them, are asked by a statement.
Server mysql_server(OdbcConnection& connection) {
  Server server;
  {
    const auto cursor = connection.DriverConnection::prepare("SELECT VERSION(), @@sql_mode");
    if (cursor->step()) {
      server.version = text_at(*cursor, 0);
      server.backslash_escapes =
          text_at(*cursor, 1).find("NO_BACKSLASH_ESCAPES") == std::string::npos;
    }
  }
  connection.rollback();
  server.is_mariadb = server.version.find("MariaDB") != std::string::npos;
  return server;
}

class OdbcDriver final : public Driver {
 public:
  std::string_view name() const override { return "odbc"; }

  std::unique_ptr<DriverConnection> connect(const URL& url, const EngineOptions& options) override {
    return std::make_unique<OdbcConnection>(connect_request(url, options));
  }

  std::string server_version(DriverConnection& connection) override {
    return server_of(connection).version;
  }

  const Dialect& dialect_of(DriverConnection& connection, const Dialect& of_scheme) override {
    return dialect_for(server_of(connection), of_scheme);
  }

  // Each connection to a database in memory would be a database of its own.
  bool shares_one_connection(const URL& url, const EngineOptions&) const override {
    return url.backend_name() == "sqlite" && !url.host() &&
           url.query_value("odbc_connect") == nullptr &&
           (!url.database() || url.database()->empty() || *url.database() == ":memory:");
  }

 private:
  static Server server_of(DriverConnection& connection) {
    auto& own = static_cast<OdbcConnection&>(connection);
    const bool is_mysql = own.backend().name == "mysql" || own.backend().name == "mariadb";
    return is_mysql ? mysql_server(own) : Server{own.info(SQL_DBMS_VER), false, false};
  }
};

const Dialect& mssql_scheme() {
  return scheme_dialect("mssql");
}

const Dialect& oracle_scheme() {
  return scheme_dialect("oracle");
}

const Dialect& postgresql_scheme() {
  return scheme_dialect("postgresql");
}

const Dialect& mysql_scheme() {
  return scheme_dialect("mysql");
}

const Dialect& mariadb_scheme() {
  return scheme_dialect("mariadb");
}

const Dialect& sqlite_scheme() {
  return scheme_dialect("sqlite");
}

}  // namespace
}  // namespace drivers::odbc

std::shared_ptr<Driver> odbc_driver() {
  static const auto* const driver =  // lives to the end, as the dialects
      new std::shared_ptr<Driver>(std::make_shared<drivers::odbc::OdbcDriver>());
  return *driver;
}

}  // namespace azoth

extern "C" int azoth_odbc_registered() {
  using namespace azoth;
  using namespace azoth::drivers::odbc;
  static const bool done = [] {
    for (const char* scheme : {"mssql", "mssql+odbc", "mssql+pyodbc"}) {
      register_driver(scheme, {&mssql_scheme, &odbc_driver});
    }
    for (const char* scheme : {"oracle", "oracle+odbc"}) {
      register_driver(scheme, {&oracle_scheme, &odbc_driver});
    }
    for (const char* scheme : {"mysql+odbc", "mysql+pyodbc"}) {
      register_driver(scheme, {&mysql_scheme, &odbc_driver});
    }
    for (const char* scheme : {"mariadb+odbc", "mariadb+pyodbc"}) {
      register_driver(scheme, {&mariadb_scheme, &odbc_driver});
    }
    register_driver("postgresql+odbc", {&postgresql_scheme, &odbc_driver});
    register_driver("sqlite+odbc", {&sqlite_scheme, &odbc_driver});
    return register_reflection("postgresql", postgresql_reflection()) &&
           register_reflection("mysql", mysql_reflection()) &&
           register_reflection("mariadb", mysql_reflection()) &&
           register_reflection("sqlite", sqlite_reflection());
  }();
  return done ? 1 : 0;
}

namespace {
[[maybe_unused]] const int registered_when_linked = azoth_odbc_registered();
}
