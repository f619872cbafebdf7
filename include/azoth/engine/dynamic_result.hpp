// SPDX-License-Identifier: MIT
// The result of statements whose rows the compiler does not know: dynamic rows, also as maps, with
// chosen columns, or kept in memory. Typed results are in result.hpp.
#pragma once
#include <azoth/engine/row.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azoth {

namespace detail {
struct RowFilter;
}

class MappingResult;
class FrozenResult;

/// Dynamic rows: of text(), of statements assembled at run time, and the result of statements
/// without rows. Move-only.
template <>
class Result<> : public detail::ResultMethods<Result<>, Row> {
 public:
  Result() = default;

  explicit Result(CursorResult&& cursor) : cursor_(std::move(cursor)) {}

  bool fetch(Row& row);

  /// Hands the rows over with these columns only, in this order; this result is then closed.
  /// @throws NoSuchColumnError
  Result columns(const std::vector<ColumnKey>& keys);
  /// Hands the rows over as maps; this result is then closed.
  MappingResult mappings();
  /// Reads the rows that are left, so that they can be gone over many times.
  FrozenResult freeze();
  /// Hands over the rows of this result and then those of the others.
  Result merge(std::vector<Result> others);

  /// Returns the first column of the first row, nothing when there is no row or it is NULL; closes
  /// the result.
  std::optional<Value> scalar();

  /// Returns the same as `T`. @throws ArgumentError when the value is of another type.
  template <class T>
  std::optional<T> scalar() {
    std::optional<Value> v = scalar();
    if (!v) {
      return std::nullopt;
    }
    std::optional<T> target;
    store_cell(CppType<std::optional<T>>::cell(), &target, *v);
    return target;
  }

  /// @throws NoResultFound, MultipleResultsFound
  Value scalar_one();
  std::optional<Value> scalar_one_or_none();

  /// Hands the rows over as values of their first column; this result is then closed.
  ScalarResult<Value> scalars() { return scalars(ColumnKey(0)); }

  /// The same of another column. @throws NoSuchColumnError
  ScalarResult<Value> scalars(const ColumnKey& column);

  template <class T>
  ScalarResult<T> scalars() {
    return ScalarResult<T>(std::move(cursor_));
  }

  std::vector<std::string> keys() const;

  std::int64_t rowcount() const { return cursor_.rowcount(); }

  std::int64_t lastrowid() const { return cursor_.lastrowid(); }

  const std::vector<Value>& inserted_primary_key() const { return cursor_.inserted_primary_key(); }

  bool returns_rows() const { return cursor_.returns_rows(); }

  /// Says whether the result was closed before its last row was read.
  bool closed() const { return !filter_ && cursor_.is_closed(); }

  void close();

  CursorResult& cursor() { return cursor_; }

 private:
  friend class FrozenResult;

  explicit Result(std::shared_ptr<detail::RowFilter> filter) : filter_(std::move(filter)) {}

  CursorResult cursor_;
  std::shared_ptr<detail::RowFilter> filter_;  // null mostly: chosen columns, or rows in memory
};

/// The rows of a result as maps. Move-only.
class MappingResult : public detail::ResultMethods<MappingResult, RowMapping> {
 public:
  explicit MappingResult(Result<>&& result) : result_(std::move(result)) {}

  bool fetch(RowMapping& row);

  std::vector<std::string> keys() const { return result_.keys(); }

  void close() { result_.close(); }

 private:
  Result<> result_;
};

/// The rows of a result, kept: each call gives a result over them. A regular value.
class FrozenResult {
 public:
  Result<> operator()() const;

 private:
  friend class Result<>;
  std::vector<Row> rows_;
  std::vector<std::string> keys_;
  std::shared_ptr<const RowShape> shape_;
};

}  // namespace azoth
