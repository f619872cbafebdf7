// SPDX-License-Identifier: MIT
// What databases do each in a way of their own although the interface is one; and their dialects as
// ODBC needs them, with `?`. The dialect of the URL says which database it is.
#pragma once
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/driver.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace azoth::drivers::odbc {

/// Which exception a number of the database is.
struct NativeError {
  int number;
  DBAPIErrorKind kind;
};

/// How the parts of a URL are called in a connection string.
enum class AddressStyle : std::uint8_t {
  server_comma_port,  ///< Server=host,1433;Database=
  server_and_port,    ///< Server=host;Port=5432;Database=
  easy_connect,       ///< DBQ=host:1521/service
  file                ///< Database=path
};

/// One database, as far as this driver must know it. Constant, shared between threads.
struct Backend {
  std::string_view name;  ///< of the dialect
  AddressStyle address = AddressStyle::server_and_port;
  /// Keywords that a connection string gets unless the URL has them.
  std::span<const std::pair<std::string_view, std::string_view>> keywords{};
  std::span<const NativeError> native_errors{};
  const char* last_key_query = nullptr;  ///< asks for the key of the last INSERT
  std::size_t max_parameters = 32767;
  std::size_t longest_text = 0;          ///< in UTF-16, of SQL_WVARCHAR; 0: any
  std::size_t longest_binary = 0;        ///< of SQL_VARBINARY; 0: any
  bool stores_moments_as_text = false;   ///< there are no types for dates and times
  bool has_numbered_parameters = false;  ///< statements may have `$1`, which becomes `?`
  bool prefers_rows_together = false;    ///< INSERT of many rows costs less than one a row
  std::size_t max_statement_size = DriverConnection::any_size;  ///< of values, in bytes
  bool has_release_savepoint = true;  ///< else they end with their transaction only
  bool has_returning = true;          ///< if the dialect has it, its ODBC driver shows the rows
  bool refuses_nul = false;           ///< its ODBC driver would cut a text off at a NUL
};

/// Returns the database of a dialect.
const Backend& backend_of(std::string_view dialect);

/// What a connection tells of its server.
struct Server {
  std::string version;  ///< `15.00.2000`
  bool is_mariadb = false;
  bool backslash_escapes = true;
};

/// Returns the dialect of a scheme, for a server that is not known yet; it lives to the end.
const Dialect& scheme_dialect(std::string_view name);
/// Returns the dialect for a server that was reached under the scheme of another; it lives to the
/// end. @throws InvalidRequestError when the scheme says MariaDB and the server is MySQL
const Dialect& dialect_for(const Server& server, const Dialect& of_scheme);

}  // namespace azoth::drivers::odbc
