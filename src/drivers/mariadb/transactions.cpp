// SPDX-License-Identifier: MIT
// Transactions and isolation levels.
#include "drivers/mariadb/connection.hpp"

#include <algorithm>
#include <array>

namespace azoth::drivers::mariadb {
namespace {

constexpr std::array<std::string_view, 4> levels{
    "READ COMMITTED", "READ UNCOMMITTED", "REPEATABLE READ", "SERIALIZABLE"};

}  // namespace

void MariadbConnection::set_autocommit(bool on) {
  make_ready();
  if (mysql_autocommit(connection_, on ? 1 : 0) != 0) {
    fail(failure_of(connection_));
  }
  is_autocommit_ = on;
  is_begun_ = is_used_ = false;
}

void MariadbConnection::begin() {
  if (!is_usable_) {
    throw_driver_error(DBAPIErrorKind::operational, "the connection to the server was lost");
  }
  is_begun_ = !is_autocommit_;
}

void MariadbConnection::end(const char* sql) {
  generated_keys_.clear();
  if (is_used_) {
    run(sql);
  }
  is_begun_ = is_used_ = false;
}

void MariadbConnection::commit() {
  end("COMMIT");
}

void MariadbConnection::rollback() {
  if (!is_usable_) {  // the server has rolled back
    is_begun_ = is_used_ = false;
    return;
  }
  end("ROLLBACK");
}

// XA COMMIT of another connection's transaction is refused while autocommit is off.
void MariadbConnection::execute_outside_transaction(std::string_view sql) {
  const bool was_autocommit = is_autocommit_;
  if (was_autocommit) {
    return execute_plain(sql);
  }
  set_autocommit(true);
  try {
    run(std::string(sql));
  } catch (...) {
    if (is_usable_) {
      set_autocommit(false);
    }
    throw;
  }
  set_autocommit(false);
}

void MariadbConnection::transaction_ended() noexcept {
  generated_keys_.clear();
  is_begun_ = is_used_ = false;
}

// MySQL 8 and MariaDB 11 have another name for what both once called tx_isolation.
std::string MariadbConnection::isolation_level() {
  if (is_autocommit_) {
    return "AUTOCOMMIT";
  }
  make_ready();
  std::string level;
  for (const char* sql : {"SELECT @@tx_isolation", "SELECT @@transaction_isolation"}) {
    if (level.empty() && mysql_query(connection_, sql) == 0) {
      MYSQL_RES* rows = mysql_store_result(connection_);
      const MYSQL_ROW row = rows != nullptr ? mysql_fetch_row(rows) : nullptr;
      level = row != nullptr && row[0] != nullptr ? row[0] : "";
      mysql_free_result(rows);
    }
  }
  std::replace(level.begin(), level.end(), '-', ' ');
  return level;
}

void MariadbConnection::set_isolation_level(std::string_view level) {
  if (level == "AUTOCOMMIT") {
    set_autocommit(true);
    return;
  }
  std::string words(level);
  std::replace(words.begin(), words.end(), '_', ' ');
  if (std::find(levels.begin(), levels.end(), words) == levels.end()) {
    throw ArgumentError("Invalid value '" + std::string(level) +
                        "' for isolation_level. Valid isolation levels for mysql are READ "
                        "COMMITTED, READ UNCOMMITTED, REPEATABLE READ, SERIALIZABLE, AUTOCOMMIT");
  }
  set_autocommit(false);
  run("SET SESSION TRANSACTION ISOLATION LEVEL " + words);
}

}  // namespace azoth::drivers::mariadb
