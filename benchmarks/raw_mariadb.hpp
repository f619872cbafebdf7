// SPDX-License-Identifier: MIT
// The hand-written loops over the connector's prepared statements that ratios refer to: buffers
// that are bound once, results stored, values copied into what a program keeps.
#pragma once
#include <mysql.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace raw {

using Row = std::tuple<std::int64_t, std::string, std::optional<std::string>>;

/// Where the server is.
struct Address {
  std::string host, user, password, database;
  unsigned int port = 0;
};

class Server {
 public:
  explicit Server(const Address& address);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void run(const char* sql);

  MYSQL* handle() const { return connection_; }

 private:
  MYSQL* connection_;
};

std::uint64_t load_rows(Server& server);
std::uint64_t select_by_key(Server& server, const std::vector<std::int64_t>& ids);
/// Inserts rows one by one in a transaction that is rolled back.
std::uint64_t insert_rows(Server& server, int count);

}  // namespace raw
