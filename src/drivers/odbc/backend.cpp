// SPDX-License-Identifier: MIT
// The table of databases, and from what servers tell of themselves to what they can do.
#include "drivers/odbc/backend.hpp"

#include <azoth/dialects/dialects.hpp>
#include <azoth/dialects/mysql.hpp>

#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <mutex>
#include <tuple>

namespace azoth::drivers::odbc {
namespace {

using Kind = DBAPIErrorKind;
using Keyword = std::pair<std::string_view, std::string_view>;

// Booleans are told from texts, bytes from large objects.
constexpr std::array postgresql_keywords{Keyword{"BoolsAsChar", "0"},
                                         Keyword{"ByteaAsLongVarBinary", "1"}};

// An UPDATE counts the rows that it found, changed or not, as flushes expect.
constexpr std::array mysql_keywords{Keyword{"Option", "2"}};

// sqliteodbc has no SQLSTATE but HY000; the result codes are those of SQLite.
constexpr std::array sqlite_errors{
    NativeError{1, Kind::operational},  NativeError{2, Kind::internal},
    NativeError{3, Kind::operational},  NativeError{4, Kind::operational},
    NativeError{5, Kind::operational},  NativeError{6, Kind::operational},
    NativeError{7, Kind::operational},  NativeError{8, Kind::operational},
    NativeError{9, Kind::operational},  NativeError{10, Kind::operational},
    NativeError{11, Kind::database},    NativeError{13, Kind::operational},
    NativeError{14, Kind::operational}, NativeError{17, Kind::operational},
    NativeError{18, Kind::data},        NativeError{19, Kind::integrity},
    NativeError{20, Kind::integrity},   NativeError{21, Kind::interface},
    NativeError{25, Kind::interface},   NativeError{26, Kind::database},
};

// What servers of MySQL and MariaDB report as HY000.
constexpr std::array mysql_errors{
    NativeError{1205, Kind::operational},  // waited too long for a lock
    NativeError{1213, Kind::operational},  // deadlock
    NativeError{1364, Kind::integrity},    // no default for a field
    NativeError{1366, Kind::data},
    NativeError{1265, Kind::data},
    NativeError{2006, Kind::operational},  // the server has gone away
    NativeError{2013, Kind::operational},
    NativeError{3819, Kind::integrity},  // CHECK of MySQL
    NativeError{4025, Kind::integrity},  // CHECK of MariaDB
};

constexpr std::array backends{
    Backend{.name = "mssql",
            .address = AddressStyle::server_comma_port,
            .max_parameters = 2098,
            .longest_text = 4000,
            .longest_binary = 8000,
            .has_release_savepoint = false},
    Backend{.name = "oracle",
            .address = AddressStyle::easy_connect,
            .longest_text = 4000,
            .has_release_savepoint = false},
    Backend{.name = "postgresql",
            .keywords = postgresql_keywords,
            .has_numbered_parameters = true,
            .refuses_nul = true},
    Backend{.name = "mysql",
            .keywords = mysql_keywords,
            .native_errors = mysql_errors,
            .last_key_query = "SELECT LAST_INSERT_ID()",
            .prefers_rows_together = true,
            .max_statement_size = 1'000'000,
            .refuses_nul = true},
    Backend{.name = "mariadb",
            .keywords = mysql_keywords,
            .native_errors = mysql_errors,
            .last_key_query = "SELECT LAST_INSERT_ID()",
            .prefers_rows_together = true,
            .max_statement_size = 1'000'000,
            .refuses_nul = true},
    Backend{.name = "sqlite",
            .address = AddressStyle::file,
            .native_errors = sqlite_errors,
            .last_key_query = "SELECT last_insert_rowid()",
            .max_parameters = 999,
            .stores_moments_as_text = true,
            .has_returning = false,
            .refuses_nul = true},
};

// Behind the first digit of a text: 08.02.0512, 5.5.5-10.3.39-MariaDB (the prefix is for old
// replicas of MySQL).
ServerVersion parse_version(std::string_view text) {
  constexpr std::string_view prefix = "5.5.5-";
  if (text.starts_with(prefix) && text.find("MariaDB") != text.npos) {
    text.remove_prefix(prefix.size());
  }
  std::array<int, 3> numbers{-1, 0, 0};
  const char *at = text.data(), *const end = at + text.size();
  for (int& number : numbers) {
    at = std::from_chars(at, end, number).ptr;
    if (at == end || *at != '.') {
      break;
    }
    ++at;
  }
  return {numbers[0], numbers[1], numbers[2]};
}

void set_mssql(Capabilities& can) {
  constexpr int sql_server_2012 = 11, sql_server_2008 = 10;
  can.offset_fetch = can.server_version.major >= sql_server_2012;
  can.deprecate_large_types = can.server_version.major >= sql_server_2012;
  can.multivalues_insert = can.server_version.major >= sql_server_2008;
}

void set_oracle(Capabilities& can) {
  can.use_ansi = can.server_version >= ServerVersion{9};
  can.identity_columns = can.server_version >= ServerVersion{12};
  can.max_identifier_length = can.server_version >= ServerVersion{12, 2} ? 128 : 30;
}

void set_mysql(Capabilities& can, const Server& server, bool as_mariadb) {
  can.is_mariadb = server.is_mariadb;
  if (as_mariadb && !can.is_mariadb) {
    throw InvalidRequestError("MySQL version " + server.version + " is not a MariaDB variant.");
  }
  can.backslash_escapes = server.backslash_escapes;
  can.sequences = can.is_mariadb && can.server_version >= ServerVersion{10, 3};
  can.for_update_of = !can.is_mariadb && can.server_version >= ServerVersion{8};
}

void set_version(Capabilities& can, const Server& server, std::string_view name) {
  can.server_version = parse_version(server.version);
  if (!can.server_version.is_known()) {
    return;
  }
  if (name == "mssql") {
    set_mssql(can);
  } else if (name == "oracle") {
    set_oracle(can);
  } else if (name == "mysql" || name == "mariadb") {
    set_mysql(can, server, name == "mariadb");
  }
}

std::unique_ptr<Dialect> make(std::string_view name, const Capabilities& can) {
  const bool is_mysql = name == "mysql" || name == "mariadb";
  return is_mysql ? mysql::make_dialect(can, name == "mariadb") : make_dialect(name, can);
}

}  // namespace

const Backend& backend_of(std::string_view dialect) {
  for (const Backend& backend : backends) {
    if (backend.name == dialect) {
      return backend;
    }
  }
  throw ArgumentError("odbc: there is no dialect '" + std::string(dialect) +
                      "' over ODBC; there are mssql, oracle, postgresql, mysql, mariadb, sqlite");
}

const Dialect& scheme_dialect(std::string_view name) {
  static std::mutex mutex;
  static auto* const known = new std::map<std::string, std::unique_ptr<Dialect>, std::less<>>;
  const std::lock_guard lock(mutex);
  auto& made = (*known)[std::string(name)];
  if (!made) {
    const Backend& backend = backend_of(name);
    Capabilities can = dialect(name).capabilities();
    can.paramstyle =
        backend.has_numbered_parameters ? ParamStyle::numeric_dollar : ParamStyle::qmark;
    can.insert_returning = can.insert_returning && backend.has_returning;
    can.update_returning = can.update_returning && backend.has_returning;
    can.delete_returning = can.delete_returning && backend.has_returning;
    can.lastrowid = backend.last_key_query != nullptr;
    can.double_percents = false;
    can.backslash_escapes = can.backslash_escapes && name != "postgresql";
    made = make(name, can);
  }
  return *made;
}

const Dialect& dialect_for(const Server& server, const Dialect& of_scheme) {
  Capabilities can = of_scheme.capabilities();
  set_version(can, server, of_scheme.name());
  using Key = std::tuple<std::string, std::string, bool, bool>;
  static std::mutex mutex;
  static auto* const known = new std::map<Key, std::unique_ptr<Dialect>>;  // lives to the end
  const std::lock_guard lock(mutex);
  auto& made = (*known)[Key{
      std::string(of_scheme.name()), server.version, server.is_mariadb, server.backslash_escapes}];
  if (!made) {
    made = make(of_scheme.name(), can);
  }
  return *made;
}

}  // namespace azoth::drivers::odbc
