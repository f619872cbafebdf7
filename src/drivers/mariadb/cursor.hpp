// SPDX-License-Identifier: MIT
// One prepared statement of a server, its parameters, and the rows of its execution.
#pragma once
#include "drivers/mariadb/codec.hpp"
#include "drivers/mariadb/error.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace azoth::drivers::mariadb {

class MariadbConnection;

class MariadbCursor final : public DriverCursor {
 public:
  using Cell = mariadb::Cell;

  /// Prepares the text. @throws DBAPIError
  MariadbCursor(MariadbConnection& connection, std::string_view sql, std::size_t hash);
  ~MariadbCursor() override;
  MariadbCursor(const MariadbCursor&) = delete;
  MariadbCursor& operator=(const MariadbCursor&) = delete;

  int parameter_count() const override { return static_cast<int>(parameters_.size()); }

  void bind(int index, const Literal& value, TypePtr type) override;

  void stream_results(bool streams) override { streams_ = streams; }

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
    out = cells_[column];
    return out.data != nullptr;
  }

  /// Fetches the rows that are still to come, so that the connection can execute something else.
  void buffer_rest();

  bool is_text(std::string_view sql, std::size_t hash) const {
    return hash == hash_ && sql == sql_;
  }

  std::size_t hash() const { return hash_; }

  bool is_busy = false;  ///< lent out

 private:
  /// A row that was taken from the connection: its cells one after the other.
  struct KeptRow {
    static constexpr std::size_t null = static_cast<std::size_t>(-1);
    std::string bytes;
    std::vector<std::size_t> sizes;
  };

  static void take_cell(void* cursor, unsigned int column, unsigned char** row);
  void prepare();
  bool announce_binds();
  void execute();
  int send();
  void take_columns();
  bool fetch();
  bool fetch_kept();
  KeptRow keep_row() const;
  void show(const KeptRow& row);
  void discard_rows() noexcept;
  void discard_further_results() noexcept;
  Failure fetch_failure() const;

  MariadbConnection& connection_;
  std::string sql_;
  std::size_t hash_;
  MYSQL_STMT* statement_ = nullptr;  // null: the text is sent as it is
  std::vector<Parameter> parameters_;
  std::vector<MYSQL_BIND> binds_;
  std::vector<Column> columns_;
  std::vector<Cell> cells_;    // of the current row
  bool has_new_binds_ = true;  // the connector does not know them yet
  bool streams_ = false;       // asked for
  bool is_executed_ = false;
  bool has_rows_ = false;           // some may be left
  bool is_kept_ = false;            // they are in kept_
  std::optional<Failure> failure_;  // behind those that were kept
  KeptRow shown_;                   // the current row of those that were kept
  std::deque<KeptRow> kept_;
  std::vector<std::string> kept_names_;
  std::int64_t affected_rows_ = -1;
};

}  // namespace azoth::drivers::mariadb
