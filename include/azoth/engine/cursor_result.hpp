// SPDX-License-Identifier: MIT
// The erased result of an execution: it streams rows from the driver's cursor and knows their
// columns. Typed and dynamic results are thin doors over it (result.hpp, row.hpp); the ORM reads
// entities through it.
#pragma once
#include <azoth/engine/driver.hpp>
#include <azoth/engine/params.hpp>
#include <azoth/engine/statement_cache.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {
namespace detail {
struct ConnectionState;
struct ExecutionContext;
}  // namespace detail

/// Says at which column of a row a name or expression stands; shared by the rows of one result.
struct RowShape {
  std::vector<std::string> keys;
  std::vector<TypePtr> types;
  CachedRef entry;                      ///< keeps the expressions of the columns
  std::vector<std::uint32_t> places{};  ///< of the keys among the statement's columns; empty: all
  /// @throws NoSuchColumnError `Could not locate column in row for column 'x'`, InvalidRequestError
  /// for an ambiguous name.
  std::size_t index(std::string_view key) const;
  std::size_t index(const sql::Ref& element) const;
  bool contains(std::string_view key) const;
  bool contains(const sql::Ref& element) const;

 private:
  std::size_t find(const sql::Ref& element) const;  // the number of keys when it is not there
};

/// Holds the cursor of one execution. Move-only; belongs to the thread of its connection, and is
/// closed by it when the connection is closed or rolls back.
class CursorResult {
 public:
  CursorResult() = default;  ///< a closed result
  CursorResult(CursorResult&& other) noexcept;
  CursorResult& operator=(CursorResult&& other) noexcept;

  ~CursorResult() { close(); }

  /// Advances to the next row; false at the end, when the cursor is given back.
  /// @throws ResourceClosedError when the result is closed or the statement returns no rows;
  /// DBAPIError.
  bool next() {
    if (state_ == State::first_row && !logs_rows_) {
      state_ = State::rows;
      return true;
    }
    return advance();
  }

  /// Reads a column of the current row into `target`. @throws DataError naming column, value and
  /// expected type.
  void read(const ColumnReader& reader, void* target) {
    if (!reader.read(*cursor_, reader, target)) {
      refuse(reader);
    }
  }

  /// Makes the reader of a column. @throws InvalidRequestError when the rows have no such column.
  ColumnReader reader(std::uint32_t column, const CellType& cell, std::uint32_t offset = 0) const;
  /// Reads a column of the current row, guided by its SQL type. @throws DataError
  Value value(std::size_t column);

  /// The driver's cursor at the current row. @pre the result is open
  DriverCursor& cursor() { return *cursor_; }

  /// What the statement's rewriter left in the cache entry.
  const void* plan() const { return entry_ ? entry_->plan.get() : nullptr; }

  const Compiled& compiled() const { return entry_->compiled; }

  const CachedRef& entry() const { return entry_; }

  bool returns_rows() const { return returns_rows_; }

  bool is_closed() const { return state_ == State::closed; }

  /// Names of the columns. @throws ResourceClosedError when the statement returns no rows.
  std::vector<std::string> keys() const;
  /// Gives columns other names; an empty one is left as it is. @pre the statement returns rows
  void rename(const std::vector<std::string>& keys);

  std::size_t column_count() const { return column_count_; }

  /// Keys, types and expressions of the columns, made at the first call.
  const std::shared_ptr<const RowShape>& shape();

  /// Rows that INSERT, UPDATE or DELETE changed; -1 for a SELECT.
  std::int64_t rowcount() const { return rowcount_; }

  /// The key that the last INSERT generated.
  std::int64_t lastrowid() const { return lastrowid_; }

  /// The primary key of the row that a single INSERT made, in the order of the key's columns.
  /// @throws InvalidRequestError for other statements and for many parameter sets.
  const std::vector<Value>& inserted_primary_key() const;
  /// The parameters of the last row that a single INSERT or UPDATE wrote, by their names in the
  /// text. @throws InvalidRequestError for other statements and for many parameter sets.
  std::vector<std::pair<std::string, Value>> last_inserted_params() const;
  std::vector<std::pair<std::string, Value>> last_updated_params() const;
  /// Keys of the columns whose values the database has made and nobody has read, and of those that
  /// were computed before. @throws InvalidRequestError for statements of other kinds.
  const std::vector<std::string>& postfetch_cols() const;
  const std::vector<std::string>& prefetch_cols() const;

  /// Ends the execution and gives the cursor back; the result can no longer be read. Never throws.
  void close() noexcept;

 private:
  friend class Connection;
  friend struct detail::ConnectionState;
  friend struct detail::ExecutionContext;
  enum class State : std::uint8_t { closed, no_rows, first_row, rows, exhausted };

  bool advance();
  void start(bool has_row, const sql::Ref& statement);
  void release() noexcept;  // gives the cursor back, once the last row is read
  void link(detail::ConnectionState* connection) noexcept;
  void unlink() noexcept;
  void take_place_of(CursorResult& other) noexcept;
  void require(StatementKind kind, const char* construct) const;
  std::vector<std::pair<std::string, Value>> last_params() const;
  [[noreturn]] void refuse(const ColumnReader& reader);
  [[noreturn]] void throw_unreadable() const;

  State state_ = State::closed;
  bool returns_rows_ = false, has_inserted_key_ = false, is_many_ = false, logs_rows_ = false;
  std::uint32_t column_count_ = 0;
  DriverConnection::CursorHandle cursor_{nullptr, {nullptr}};
  CachedRef entry_;
  sql::Ref pin_;                               // bound text lies in the statement
  std::unique_ptr<Params> params_;             // or in a copy of the parameters
  std::vector<std::vector<Value>> processed_;  // or in what types have made of values
  std::shared_ptr<const RowShape> shape_;
  std::int64_t rowcount_ = -1, lastrowid_ = 0;
  std::vector<Value> inserted_key_;
  std::vector<std::pair<std::string, Value>> generated_;  // what functions have made, by name
  detail::ConnectionState* connection_ = nullptr;
  CursorResult *previous_ = nullptr, *next_ = nullptr;  // the connection's open results
};

}  // namespace azoth
