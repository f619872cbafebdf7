// SPDX-License-Identifier: MIT
// Results typed by their statement: rows are tuples read straight from the driver, without a Value
// on the way. Thin doors over CursorResult; rows whose types are not known at compile time are in
// row.hpp.
#pragma once
#include <azoth/engine/dynamic_result.hpp>  // the specialisation Result<>
#include <azoth/engine/result_methods.hpp>

#include <array>
#include <tuple>
#include <utility>

namespace azoth {

/// Rows as tuples of the statement's column types: `for (auto [name, n] :
/// connection.execute(select(...)))`. Move-only. Reading NULL into an element that is not optional,
/// or a value of another type, throws DataError that names the column.
template <class... C>
class Result
    : public detail::ResultMethods<Result<C...>, std::tuple<typename RowElement<C>::type...>> {
  using Row_ = std::tuple<typename RowElement<C>::type...>;
  using First = std::tuple_element_t<0, Row_>;
  static_assert((ColumnType<typename RowElement<C>::type> && ...),
                "azoth: a column of this statement has a C++ type that no row of Core can hold; "
                "entities are loaded through a Session");

 public:
  Result() = default;

  explicit Result(CursorResult&& cursor) : cursor_(std::move(cursor)) {
    if (cursor_.returns_rows()) {
      choose(std::index_sequence_for<C...>{});
    }
  }

  bool fetch(Row_& row) {
    if (!cursor_.next()) {
      return false;
    }
    read(row, std::index_sequence_for<C...>{});
    return true;
  }

  /// Returns the first column of the first row, nothing when there is no row or it is NULL; closes
  /// the result.
  detail::Nullable<First> scalar() {
    auto row = this->first();
    if (!row) {
      return std::nullopt;
    }
    return std::move(std::get<0>(*row));
  }

  /// Returns the first column of the one row. @throws NoResultFound, MultipleResultsFound
  First scalar_one() { return std::get<0>(this->one()); }

  detail::Nullable<First> scalar_one_or_none() {
    auto row = this->one_or_none();
    if (!row) {
      return std::nullopt;
    }
    return std::move(std::get<0>(*row));
  }

  /// Hands the rows over as values of their first column; this result is then closed.
  ScalarResult<First> scalars() { return ScalarResult<First>(std::move(cursor_)); }

  std::vector<std::string> keys() const { return cursor_.keys(); }

  std::int64_t rowcount() const { return cursor_.rowcount(); }

  std::int64_t lastrowid() const { return cursor_.lastrowid(); }

  const std::vector<Value>& inserted_primary_key() const { return cursor_.inserted_primary_key(); }

  bool returns_rows() const { return cursor_.returns_rows(); }

  void close() { cursor_.close(); }

  CursorResult& cursor() { return cursor_; }

 private:
  template <std::size_t... I>
  void choose(std::index_sequence<I...>) {
    ((readers_[I] = cursor_.reader(I, CppType<std::tuple_element_t<I, Row_>>::cell())), ...);
  }

  template <std::size_t... I>
  void read(Row_& row, std::index_sequence<I...>) {
    (cursor_.read(readers_[I], &std::get<I>(row)), ...);
  }

  CursorResult cursor_;
  std::array<ColumnReader, sizeof...(C)> readers_{};
};

}  // namespace azoth
