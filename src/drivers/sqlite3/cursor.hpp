// SPDX-License-Identifier: MIT
// One prepared statement of SQLite. It belongs to its connection's cache and is lent out by
// prepare().
#pragma once
#include <azoth/engine/driver.hpp>
#include <azoth/types/value.hpp>

#include <sqlite3.h>

namespace azoth::drivers::sqlite {

/// One column of the current row.
struct Cell {
  sqlite3_value* value;
};

class Sqlite3Cursor final : public DriverCursor {
 public:
  using Cell = sqlite::Cell;

  /// Prepares the text. @throws DBAPIError; ProgrammingError for more than one statement.
  Sqlite3Cursor(sqlite3* db, std::string_view sql, std::size_t hash);
  ~Sqlite3Cursor() override;
  Sqlite3Cursor(const Sqlite3Cursor&) = delete;
  Sqlite3Cursor& operator=(const Sqlite3Cursor&) = delete;

  int parameter_count() const override { return parameter_count_; }

  void bind(int index, const Literal& value, TypePtr type) override;
  bool step() override;
  void reset() noexcept override;

  int column_count() const override { return sqlite3_column_count(statement_); }

  std::string column_name(int column) const override;
  ColumnReader::Function choose_reader(const CellType& cell, TypePtr type) const override;
  Value read_value(int column, TypePtr type) override;
  [[noreturn]] void explain(const ColumnReader& reader, std::string_view where) override;

  std::int64_t affected_rows() const override { return affected_rows_; }

  sqlite3_stmt* statement() const { return statement_; }

  /// Gives the cell of the current row, which may be NULL.
  Cell any_cell(std::uint32_t column) const {
    return {sqlite3_column_value(statement_, static_cast<int>(column))};
  }

  /// Gives the cell of the current row; false for NULL.
  bool cell(std::uint32_t column, Cell& out) const {
    out = any_cell(column);
    return sqlite3_value_type(out.value) != SQLITE_NULL;
  }

  bool is_text(std::string_view sql, std::size_t hash) const {
    return hash == hash_ && sql == sql_;
  }

  std::size_t hash() const { return hash_; }

  bool is_busy = false;  ///< lent out

 private:
  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
  std::string sql_;
  std::size_t hash_;
  int parameter_count_ = 0;
  bool changes_rows_ = false;  // INSERT, UPDATE, DELETE or REPLACE
  bool is_running_ = false;
  bool had_transaction_ = false;  // when it began to run
  std::int64_t affected_rows_ = -1;
};

}  // namespace azoth::drivers::sqlite
