// SPDX-License-Identifier: MIT
// The dialects by name.
#include "dialects/mssql/mssql_dialect.hpp"
#include "dialects/mysql/mysql_dialect.hpp"
#include "dialects/oracle/oracle_dialect.hpp"
#include "dialects/postgresql/postgresql_dialect.hpp"
#include "dialects/sqlite/sqlite_dialect.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/dialects.hpp>
#include <azoth/dialects/mssql.hpp>
#include <azoth/dialects/mysql.hpp>
#include <azoth/dialects/oracle.hpp>
#include <azoth/dialects/postgresql.hpp>
#include <azoth/dialects/sqlite.hpp>

#include <array>

namespace azoth {

namespace {

struct Row {
  std::string_view name;
  const Dialect& (*shared)();
  std::unique_ptr<Dialect> (*make)(const Capabilities&);
};

constexpr std::array rows{
    Row{"default",
        &default_dialect,
        [](const Capabilities& c) { return make_default_dialect(c, false); }},
    Row{"printing",
        &printing_dialect,
        [](const Capabilities& c) { return make_default_dialect(c, true); }},
    Row{"oracle", &oracle_dialect, &oracle::make_dialect},
    Row{"mssql", &mssql_dialect, &mssql::make_dialect},
    Row{"mariadb", &mariadb_dialect, &mysql::make_dialect},
    Row{"mysql", &mysql_dialect, &mysql::make_dialect},
    Row{"postgresql", &postgresql_dialect, &postgresql::make_dialect},
    Row{"sqlite", &sqlite_dialect, &sqlite::make_dialect},
};

const Row& row(std::string_view name) {
  std::string known;
  for (const Row& r : rows) {
    if (r.name == name) {
      return r;
    }
    known.append(known.empty() ? "" : ", ").append(r.name);
  }
  throw ArgumentError("There is no dialect '" + std::string(name) + "'; there are: " + known);
}

}  // namespace

const Dialect& dialect(std::string_view name) {
  return row(name).shared();
}

std::unique_ptr<Dialect> make_dialect(std::string_view name, const Capabilities& capabilities) {
  return row(name).make(capabilities);
}

}  // namespace azoth
