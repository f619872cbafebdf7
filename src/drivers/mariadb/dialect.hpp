// SPDX-License-Identifier: MIT
// The dialects of MySQL and MariaDB as the protocol of prepared statements needs them: with `?`.
#pragma once
#include <azoth/compile/dialect.hpp>

namespace azoth::drivers::mariadb {

/// What a connection tells of its server.
struct Server {
  std::string version;  ///< `10.11.6-MariaDB-log`
  bool backslash_escapes = true;
};

/// Returns the dialects of the schemes, for servers that are not known yet.
const Dialect& mysql_scheme_dialect();
const Dialect& mariadb_scheme_dialect();
/// Returns the dialect for a server that was reached under the scheme of another.
/// @throws InvalidRequestError when the scheme says MariaDB and the server does not.
const Dialect& dialect_for(const Server& server, const Dialect& of_scheme);

}  // namespace azoth::drivers::mariadb
