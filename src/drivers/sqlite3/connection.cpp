// SPDX-License-Identifier: MIT
// Opening and transactions.
#include "drivers/sqlite3/connection.hpp"

#include "drivers/sqlite3/codec.hpp"
#include "drivers/sqlite3/error.hpp"

namespace azoth::drivers::sqlite {

Sqlite3Connection::Sqlite3Connection(const OpenRequest& request)
    : statements_(request.cached_statements) {
  // A connection belongs to one thread at a time, so SQLite's own mutex is not needed.
  const int flags = request.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
  const int code = sqlite3_open_v2(request.filename.c_str(), &db_, flags, nullptr);
  try {
    if (code != SQLITE_OK) {
      translate_error(db_, code);
    }
    sqlite3_extended_result_codes(db_, 1);
    sqlite3_busy_timeout(db_, static_cast<int>(request.timeout * 1000));
    if (request.foreign_keys >= 0) {
      execute_plain(request.foreign_keys != 0 ? "PRAGMA foreign_keys=ON"
                                              : "PRAGMA foreign_keys=OFF");
    }
  } catch (...) {
    sqlite3_close(db_);
    throw;
  }
}

Sqlite3Connection::~Sqlite3Connection() {
  statements_.clear();
  sqlite3_finalize(begin_);
  sqlite3_finalize(commit_);
  sqlite3_finalize(rollback_);
  sqlite3_close_v2(db_);
}

DriverConnection::CursorHandle Sqlite3Connection::prepare(std::string_view sql, std::size_t hash) {
  return CursorHandle(&statements_.lend(sql, hash, db_), {this});
}

void Sqlite3Connection::give_back(DriverCursor* cursor) noexcept {
  auto& statement = static_cast<Sqlite3Cursor&>(*cursor);
  statement.reset();
  statement.is_busy = false;
}

void Sqlite3Connection::execute_plain(std::string_view sql) {
  const bool had_transaction = in_transaction();
  const int code = sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    translate_error(db_, code, had_transaction);
  }
}

void Sqlite3Connection::run(sqlite3_stmt*& statement, const char* sql) {
  if (statement == nullptr) {
    const int code =
        sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
      translate_error(db_, code);
    }
  }
  const bool had_transaction = in_transaction();
  sqlite3_step(statement);
  const int code = sqlite3_reset(statement);
  if (code != SQLITE_OK) {
    translate_error(db_, code, had_transaction);
  }
}

// Several users may share the one connection of a database in memory; the first to begin begins for
// all, as with Python's module.
void Sqlite3Connection::begin() {
  if (!is_autocommit_ && !in_transaction()) {
    run(begin_, "BEGIN");
  }
}

void Sqlite3Connection::commit() {
  if (in_transaction()) {
    run(commit_, "COMMIT");
  }
}

void Sqlite3Connection::rollback() {
  if (in_transaction()) {
    run(rollback_, "ROLLBACK");
  }
}

// As a number of 32 bits, which is all that releases before 3.37 have.
std::optional<std::int64_t> Sqlite3Connection::changed_rows() const {
  return sqlite3_total_changes(db_);
}

std::size_t Sqlite3Connection::max_parameters() const {
  return static_cast<std::size_t>(sqlite3_limit(db_, SQLITE_LIMIT_VARIABLE_NUMBER, -1));
}

void Sqlite3Connection::set_isolation_level(std::string_view level) {
  if (level == "AUTOCOMMIT") {
    is_autocommit_ = true;
    return;
  }
  if (level != "SERIALIZABLE" && level != "READ UNCOMMITTED") {
    throw ArgumentError("Invalid value '" + std::string(level) +
                        "' for isolation_level. Valid isolation levels for 'sqlite' are READ "
                        "UNCOMMITTED, SERIALIZABLE, AUTOCOMMIT");
  }
  is_autocommit_ = false;
  execute_plain(level == "SERIALIZABLE" ? "PRAGMA read_uncommitted = 0"
                                        : "PRAGMA read_uncommitted = 1");
}

std::string Sqlite3Connection::isolation_level() {
  if (is_autocommit_) {
    return "AUTOCOMMIT";
  }
  const CursorHandle cursor = DriverConnection::prepare("PRAGMA read_uncommitted");
  const bool reads_uncommitted =
      cursor->step() && cursor->value(0, nullptr).get<std::int64_t>() != 0;
  return reads_uncommitted ? "READ UNCOMMITTED" : "SERIALIZABLE";
}

Value Sqlite3Connection::sent(const Literal& value, TypePtr type) const {
  return sent_value(value, type);
}

void Sqlite3Connection::append_repr(std::string& out, const Literal& value, TypePtr type) const {
  append_bound_repr(out, value, type);
}

}  // namespace azoth::drivers::sqlite
