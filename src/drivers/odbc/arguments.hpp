// SPDX-License-Identifier: MIT
// What URLs and connect arguments mean: the connection string for the driver manager, under the
// rules of SQLAlchemy's URLs for pyodbc.
//
//   mssql+odbc://user:pw@dsn                      dsn=dsn;UID=user;PWD=pw
//   mssql+odbc://user:pw@host:1433/db?driver=X    DRIVER={X};Server=host,1433;Database=db;UID=...
//   mssql+odbc:///?odbc_connect=DRIVER%3D...      what is given, as it is
//
// Other parameters of the query are keywords of the database's ODBC driver and are appended.
#pragma once
#include "drivers/odbc/backend.hpp"
#include <azoth/fwd.hpp>

#include <cstdint>
#include <string>

namespace azoth::drivers::odbc {

/// What a URL, its query and the connect arguments ask for.
struct ConnectRequest {
  const Backend* backend = nullptr;
  std::string connection_string;
  bool is_autocommit = false;
  std::uint32_t login_timeout = 0;        ///< in seconds; 0: the driver's own
  std::size_t prepared_statements = 128;  ///< kept by a connection
};

/// Reads a URL and the options. Warns where no ODBC driver is named.
/// @throws ArgumentError naming the argument that is not known, has a wrong value or cannot be
/// written into a connection string.
ConnectRequest connect_request(const URL& url, const EngineOptions& options);

}  // namespace azoth::drivers::odbc
