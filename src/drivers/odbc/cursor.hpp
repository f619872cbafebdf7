// SPDX-License-Identifier: MIT
// One prepared statement of an ODBC driver, its parameters, and the rows of its execution.
//
// Columns of fixed size are bound to memory, and fetched in blocks of many rows where all columns
// of a result are of that kind. Texts and bytes are bound as well where the driver lets a cell that
// was cut off be asked for again; else those that may be long are asked for cell by cell, in the
// order of the columns, which every driver can do.
#pragma once
#include "drivers/odbc/codec.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace azoth::drivers::odbc {

class OdbcConnection;

class OdbcCursor final : public DriverCursor {
 public:
  using Cell = odbc::Cell;

  /// Prepares the text. @throws DBAPIError
  OdbcCursor(OdbcConnection& connection, std::string_view sql, std::size_t hash);
  ~OdbcCursor() override;
  OdbcCursor(const OdbcCursor&) = delete;
  OdbcCursor& operator=(const OdbcCursor&) = delete;

  int parameter_count() const override { return static_cast<int>(given_); }

  void bind(int index, const Literal& value, TypePtr type) override;
  bool step() override;
  void reset() noexcept override;

  int column_count() const override { return static_cast<int>(columns_.size()); }

  std::string column_name(int column) const override;
  ColumnReader::Function choose_reader(const CellType& cell, TypePtr type) const override;
  Value read_value(int column, TypePtr type) override;
  [[noreturn]] void explain(const ColumnReader& reader, std::string_view where) override;

  std::int64_t affected_rows() const override { return affected_rows_; }

  /// Gives the cell of the current row; false for NULL.
  bool cell(std::uint32_t column, Cell& out) const {
    if (is_kept_) {
      return kept_cell(column, out);
    }
    const Column& from = columns_[column];
    const SQLLEN length = from.lengths[row_];
    if (length == SQL_NULL_DATA) {
      return false;
    }
    out.column = &from;
    if (from.is_long) {
      out.data = from.long_cell.data();
      out.size = from.long_cell.size();
    } else {
      out.data = from.cells.get() + row_ * from.width;
      out.size = static_cast<std::size_t>(length);
    }
    return true;
  }

  /// Fetches the rows that are still to come, so that the connection can execute something else, or
  /// end its transaction.
  void buffer_rest();

  bool is_text(std::string_view sql, std::size_t hash) const {
    return hash == hash_ && sql == sql_;
  }

  std::size_t hash() const { return hash_; }

  bool is_busy = false;  ///< lent out

 private:
  /// A row that was taken from the driver: its cells, nothing for NULL.
  using KeptRow = std::vector<std::optional<std::string>>;

  void prepare();
  void announce(Parameter& parameter, std::size_t place);
  void execute();
  void take_columns();
  void describe_columns(std::size_t count);
  Column describe_column(SQLUSMALLINT number) const;
  std::string type_name_of(SQLUSMALLINT number) const;
  void place_columns();
  void bind_columns();
  bool fetch();
  void check_rows(SQLRETURN code);
  void ask_long_cells();
  void ask_cell(std::size_t column);
  bool fetch_kept();
  bool kept_cell(std::uint32_t column, Cell& out) const;
  KeptRow keep_row() const;
  void end_rows() noexcept;
  [[noreturn]] void fail(const char* function);

  OdbcConnection& connection_;
  std::string sql_;
  std::size_t hash_;
  SQLHSTMT statement_ = nullptr;
  std::uint64_t generation_ = 0;     // of the connection, when it was prepared
  std::size_t given_ = 0;            // parameters that the program gives
  std::vector<std::size_t> places_;  // of each `?`, which of those it is; none: they are the same
  std::vector<Parameter> parameters_;
  std::vector<Column> columns_;
  bool is_described_ = false;  // the columns are known
  bool writes_ = false, inserts_ = false;
  std::size_t block_ = 1;  // rows that are fetched at once
  SQLULEN fetched_ = 0;    // rows of the block at hand
  std::size_t row_ = 0;    // the current one of them
  std::vector<SQLUSMALLINT> statuses_;
  bool is_executed_ = false;
  bool has_rows_ = false;  // some may be left
  bool is_kept_ = false;   // they are in kept_
  KeptRow shown_;
  std::deque<KeptRow> kept_;
  std::int64_t affected_rows_ = -1;
};

}  // namespace azoth::drivers::odbc
