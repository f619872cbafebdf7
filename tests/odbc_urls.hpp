// SPDX-License-Identifier: MIT
// URLs over ODBC: of SQLite, and of the servers of AZOTH_TEST_URLS by the ODBC drivers that are
// installed here (/etc/odbcinst.ini names them).
#pragma once
#include "servers.hpp"

#include <fstream>

namespace azoth_test {

/// Says whether the driver manager knows an ODBC driver of that name.
inline bool has_odbc_driver(const std::string& name) {
  const char* folder = std::getenv("ODBCSYSINI");
  std::ifstream file((folder != nullptr ? std::string(folder) : "/etc") + "/odbcinst.ini");
  for (std::string line; std::getline(file, line);) {
    if (line == "[" + name + "]") {
      return true;
    }
  }
  return false;
}

/// The name of the ODBC driver for a backend; empty for others.
inline std::string odbc_driver_name(std::string_view backend) {
  return backend == "postgresql" ? "PostgreSQL Unicode"
         : backend == "mariadb"  ? "MariaDB Unicode"
         : backend == "sqlite"   ? "SQLite3"
                                 : "";
}

/// The same database over ODBC.
inline std::string over_odbc(const std::string& given) {
  const URL url(given);
  const std::string driver = odbc_driver_name(url.backend_name());
  return url.set({.drivername = std::string(url.backend_name()) + "+odbc"})
      .update_query({{"driver", {driver}}})
      .to_string({.hide_password = false});
}

/// The URL over ODBC of the first server of that backend.
inline std::optional<std::string> odbc_url(std::string_view backend) {
  const auto url = server_url(backend);
  return url ? std::optional(over_odbc(*url)) : std::nullopt;
}

}  // namespace azoth_test
