// SPDX-License-Identifier: MIT
// What URLs and connect arguments mean.
#pragma once
#include <azoth/fwd.hpp>

#include <mysql.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace azoth::drivers::mariadb {

/// What a URL, its query and the connect arguments ask for.
struct ConnectRequest {
  std::string host, user, password, database, unix_socket;
  unsigned int port = 0;
  unsigned long flags = 0;  ///< CLIENT_...
  std::string charset = "utf8mb4";
  std::vector<std::pair<mysql_option, std::string>> texts;
  std::vector<std::pair<mysql_option, unsigned int>> numbers;
  std::vector<std::pair<mysql_option, bool>> flag_options;
  std::string sql_mode;                   ///< empty: as the server has it
  std::size_t prepared_statements = 128;  ///< kept by a connection
};

/// Reads a URL and the options. @throws ArgumentError naming the argument that is not known or has
/// a wrong value.
ConnectRequest connect_request(const URL& url, const EngineOptions& options);

/// Opens a connection. @throws OperationalError
MYSQL* open_connection(const ConnectRequest& request);

}  // namespace azoth::drivers::mariadb
