// SPDX-License-Identifier: MIT
// COPY: PostgreSQL's own way for many rows, in both directions. It knows neither defaults of the
// program nor RETURNING; what it writes belongs to the transaction like everything else.
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/engine/connection.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::libpq {

/// The form in which rows travel.
enum class CopyFormat : std::uint8_t {
  text,   ///< the server reads each value as it reads a literal: every type can be written
  binary  ///< less work for the server; values must be of their columns' types
};

/// Where rows go.
struct CopyTarget {
  std::string table;
  std::vector<std::string> columns;
  std::string schema{};  ///< empty: what the search path finds
  CopyFormat format = CopyFormat::text;
};

/// Takes the values of one row, in the order of the columns. Lives as long as the call that it is
/// given to.
class CopyRow {
 public:
  /// @throws DataError for a value that the column cannot hold
  virtual CopyRow& add(const Literal& value) = 0;

 protected:
  ~CopyRow() = default;
};

/// Writes rows until `next` returns false, which adds no values then, and returns their number.
/// `next` must not use the connection. What it throws ends the COPY and is thrown on; the
/// transaction must be rolled back then, as after all errors.
/// @throws DataError, DBAPIError, InvalidRequestError for a connection of another driver.
std::int64_t copy_in(Connection& connection,
                     const CopyTarget& target,
                     base::FunctionRef<bool(CopyRow&)> next);
/// Writes all sets; value `i` of a set goes to column `i`.
std::int64_t copy_in(Connection& connection, const CopyTarget& target, const ParameterSets& rows);

/// Runs `COPY ... FROM STDIN` with data in the form that it says: `next` fills the chunk, and
/// returns false at the end. Returns the number of rows.
std::int64_t copy_in(Connection& connection,
                     std::string_view sql,
                     base::FunctionRef<bool(std::string& chunk)> next);
/// Runs `COPY ... TO STDOUT`: `take` is called with each row as it arrives, and must not use the
/// connection. Returns the number of rows.
std::int64_t copy_out(Connection& connection,
                      std::string_view sql,
                      base::FunctionRef<void(std::string_view row)> take);

}  // namespace azoth::libpq
