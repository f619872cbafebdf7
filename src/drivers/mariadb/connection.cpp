// SPDX-License-Identifier: MIT
// Connecting, and what goes over the connection beside the executions of statements.
#include "drivers/mariadb/connection.hpp"

#include <mysqld_error.h>

#include <utility>

namespace azoth::drivers::mariadb {
namespace {

std::string quoted(MYSQL* connection, const std::string& text) {
  std::string out(text.size() * 2 + 1, '\0');
  out.resize(mysql_real_escape_string(
      connection, out.data(), text.c_str(), static_cast<unsigned long>(text.size())));
  return "'" + out + "'";
}

}  // namespace

MariadbConnection::MariadbConnection(ConnectRequest request)
    : request_(std::move(request)), statements_(request_.prepared_statements) {
  connection_ = open_connection(request_);
  try {
    set_autocommit(false);
    if (!request_.sql_mode.empty()) {
      run("SET sql_mode = " + quoted(connection_, request_.sql_mode));
    }
  } catch (...) {
    mysql_close(connection_);
    throw;
  }
}

MariadbConnection::~MariadbConnection() {
  statements_.clear();
  mysql_close(connection_);
}

// A statement that must go from the full cache is closed by a command, too.
DriverConnection::CursorHandle MariadbConnection::prepare(std::string_view sql, std::size_t hash) {
  make_ready();
  return CursorHandle(&statements_.lend(sql, hash, *this), {this});
}

void MariadbConnection::give_back(DriverCursor* cursor) noexcept {
  auto& statement = static_cast<MariadbCursor&>(*cursor);
  statement.reset();
  statement.is_busy = false;
}

void MariadbConnection::make_ready() {
  if (stream_ != nullptr) {
    stream_->buffer_rest();
  }
}

void MariadbConnection::execute_plain(std::string_view sql) {
  note_use();
  run(std::string(sql));
}

void MariadbConnection::run(const std::string& sql) {
  make_ready();
  const auto size = static_cast<unsigned long>(sql.size());
  int code = mysql_real_query(connection_, sql.data(), size);
  while (code == 0) {
    if (MYSQL_RES* rows = mysql_store_result(connection_)) {
      mysql_free_result(rows);
    }
    code = mysql_next_result(connection_);
  }
  if (code > 0) {
    fail(failure_of(connection_));
  }
}

void MariadbConnection::fail(Failure failure) {
  if (is_disconnect(failure.number)) {
    is_usable_ = false;
    stream_ = nullptr;
  }
  const bool ends_transaction = in_transaction() && rolls_back(failure.number);
  throw_failure(std::move(failure), ends_transaction);
}

// A deadlock ends the transaction of its victim; waiting too long for a lock does so where the
// server was told to.
bool MariadbConnection::rolls_back(unsigned int number) {
  if (number == ER_LOCK_WAIT_TIMEOUT) {
    return asks_true("SELECT @@innodb_rollback_on_timeout");
  }
  return number == ER_LOCK_DEADLOCK;
}

// False as well when the server does not know.
bool MariadbConnection::asks_true(const std::string& sql) {
  make_ready();
  if (mysql_real_query(connection_, sql.data(), static_cast<unsigned long>(sql.size())) != 0) {
    return false;
  }
  MYSQL_RES* rows = mysql_store_result(connection_);
  const MYSQL_ROW row = rows != nullptr ? mysql_fetch_row(rows) : nullptr;
  const bool is_true = row != nullptr && row[0] != nullptr && std::string_view(row[0]) != "0";
  mysql_free_result(rows);
  return is_true;
}

void MariadbConnection::append_repr(std::string& out, const Literal& value, TypePtr) const {
  out += repr(value);
}

// Another connection asks the server to break the statement off.
void MariadbConnection::cancel() {
  MYSQL* other = open_connection(request_);
  const std::string sql = "KILL QUERY " + std::to_string(mysql_thread_id(connection_));
  const int code = mysql_real_query(other, sql.data(), static_cast<unsigned long>(sql.size()));
  Failure failure = failure_of(other);
  mysql_close(other);
  if (code != 0) {
    throw_failure(std::move(failure));
  }
}

}  // namespace azoth::drivers::mariadb
