// SPDX-License-Identifier: MIT
// Preparing, stepping and resetting of one statement. How values are written and read stands in
// codec.cpp.
#include "drivers/sqlite3/cursor.hpp"

#include "drivers/sqlite3/codec.hpp"
#include "drivers/sqlite3/error.hpp"
#include <azoth/base/text.hpp>

namespace azoth::drivers::sqlite {
namespace {

// Passes over blanks and comments.
std::string_view skip_blanks(std::string_view sql) {
  for (;;) {
    while (!sql.empty() &&
           (sql[0] == ' ' || sql[0] == '\t' || sql[0] == '\n' || sql[0] == '\r' || sql[0] == ';')) {
      sql.remove_prefix(1);
    }
    std::size_t end;
    if (sql.starts_with("--")) {
      end = sql.find('\n');
    } else if (sql.starts_with("/*")) {
      end = sql.find("*/", 2);
      end = end == sql.npos ? end : end + 2;
    } else {
      return sql;
    }
    sql.remove_prefix(end == sql.npos ? sql.size() : end);
  }
}

// SQLite's count of changed rows is only renewed by these; for others it is that of an earlier
// statement.
bool is_dml(sqlite3_stmt* statement, std::string_view sql) {
  if (sqlite3_stmt_readonly(statement) != 0) {
    return false;
  }
  sql = skip_blanks(sql);
  for (std::string_view word : {"INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"}) {
    if (base::ascii_iequal(sql.substr(0, word.size()), word)) {
      return true;
    }
  }
  return false;
}

}  // namespace

Sqlite3Cursor::Sqlite3Cursor(sqlite3* db, std::string_view sql, std::size_t hash)
    : db_(db), sql_(sql), hash_(hash) {
  const char* tail = nullptr;
  const int size = static_cast<int>(sql_.size() + 1);
  const int code =
      sqlite3_prepare_v3(db, sql_.c_str(), size, SQLITE_PREPARE_PERSISTENT, &statement_, &tail);
  if (code != SQLITE_OK) {
    translate_error(db, code);
  }
  if (statement_ == nullptr) {
    return;  // nothing but blanks and comments, which do nothing
  }
  const std::string_view rest(tail, static_cast<std::size_t>(sql_.c_str() + sql_.size() - tail));
  if (!skip_blanks(rest).empty()) {
    sqlite3_finalize(statement_);
    throw_driver_error(DBAPIErrorKind::programming,
                       "You can only execute one statement at a time.");
  }
  parameter_count_ = sqlite3_bind_parameter_count(statement_);
  changes_rows_ = is_dml(statement_, sql_);
}

Sqlite3Cursor::~Sqlite3Cursor() {
  sqlite3_finalize(statement_);
}

void Sqlite3Cursor::bind(int index, const Literal& value, TypePtr type) {
  const int code = bind_literal(statement_, index + 1, value, type);
  if (code == SQLITE_OK) {
    return;
  }
  if (code == SQLITE_RANGE) {
    throw_driver_error(DBAPIErrorKind::programming,
                       "Incorrect number of bindings supplied. The current statement uses " +
                           std::to_string(parameter_count_) + ", and there are more supplied.");
  }
  translate_error(db_, code);
}

bool Sqlite3Cursor::step() {
  if (statement_ == nullptr) {
    return false;
  }
  if (!is_running_) {
    is_running_ = true;
    had_transaction_ = sqlite3_get_autocommit(db_) == 0;
  }
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code != SQLITE_DONE) {
    translate_error(db_, code, had_transaction_);
  }
  if (changes_rows_) {
    affected_rows_ = sqlite3_changes(db_);
  }
  return false;
}

void Sqlite3Cursor::reset() noexcept {
  is_running_ = false;
  sqlite3_reset(statement_);
  if (parameter_count_ > 0) {
    sqlite3_clear_bindings(statement_);
  }
  affected_rows_ = changes_rows_ ? 0 : -1;
}

std::string Sqlite3Cursor::column_name(int column) const {
  const char* name = sqlite3_column_name(statement_, column);
  return name != nullptr ? name : "";
}

ColumnReader::Function Sqlite3Cursor::choose_reader(const CellType& cell, TypePtr type) const {
  return reader_of(cell, type);
}

Value Sqlite3Cursor::read_value(int column, TypePtr type) {
  return sqlite::read_value(statement_, column, type);
}

void Sqlite3Cursor::explain(const ColumnReader& reader, std::string_view where) {
  explain_refusal(statement_, reader, where);
}

}  // namespace azoth::drivers::sqlite
