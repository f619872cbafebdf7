// SPDX-License-Identifier: MIT
// Rows whose columns are known at run time only: values by position, by name and by column
// expression. Typed rows are in result.hpp.
#pragma once
#include <azoth/engine/result_methods.hpp>

namespace azoth {

/// Holds one row; a regular value that stays good after its result is gone.
class Row {
 public:
  Row() = default;

  Row(std::shared_ptr<const RowShape> shape, std::vector<Value> values)
      : shape_(std::move(shape)), values_(std::move(values)) {}

  std::size_t size() const { return values_.size(); }

  /// @throws NoSuchColumnError naming the position, the name or the expression; InvalidRequestError
  /// for an ambiguous name.
  const Value& operator[](std::size_t position) const;

  const Value& operator[](int position) const {
    return (*this)[static_cast<std::size_t>(position)];
  }

  const Value& operator[](std::string_view name) const;

  const Value& operator[](const char* name) const { return (*this)[std::string_view(name)]; }

  const Value& operator[](const std::string& name) const { return (*this)[std::string_view(name)]; }

  const Value& operator[](const sql::Ref& element) const;

  /// By anything that stands for an expression: `row[t.c("id")]`, `row[col(&User::id)]`.
  template <class E>
    requires requires(const E& e) {
      { e.node() } -> std::convertible_to<sql::Ref>;
    }
  const Value& operator[](const E& expression) const {
    return (*this)[sql::Ref(expression.node())];
  }

  /// Returns a column as `T`. @throws ArgumentError naming the value when it is not one.
  template <class T, class Key>
  T get(const Key& key) const {
    T target{};
    store_cell(CppType<T>::cell(), &target, (*this)[key]);
    return target;
  }

  auto begin() const { return values_.begin(); }

  auto end() const { return values_.end(); }

  const std::vector<std::string>& keys() const;

  bool contains(std::string_view name) const { return shape_ && shape_->contains(name); }

  const std::vector<Value>& values() const { return values_; }

  /// Returns the row as name-value pairs in the order of the columns.
  std::vector<std::pair<std::string, Value>> mapping() const;

  /// Compares the values.
  friend bool operator==(const Row& a, const Row& b) { return a.values_ == b.values_; }

 private:
  friend class Result<>;
  std::shared_ptr<const RowShape> shape_;
  std::vector<Value> values_;
};

/// Renders a row as logs show it: `(1, 'spongebob')`.
std::string repr(const Row& row);

/// Dynamic rows: of text(), of statements assembled at run time, and the result of statements
/// without rows. Move-only.
template <>
class Result<> : public detail::ResultMethods<Result<>, Row> {
 public:
  Result() = default;

  explicit Result(CursorResult&& cursor) : cursor_(std::move(cursor)) {}

  bool fetch(Row& row);
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
  ScalarResult<Value> scalars() { return ScalarResult<Value>(std::move(cursor_)); }

  template <class T>
  ScalarResult<T> scalars() {
    return ScalarResult<T>(std::move(cursor_));
  }

  std::vector<std::string> keys() const { return cursor_.keys(); }

  std::int64_t rowcount() const { return cursor_.rowcount(); }

  std::int64_t lastrowid() const { return cursor_.lastrowid(); }

  const std::vector<Value>& inserted_primary_key() const { return cursor_.inserted_primary_key(); }

  bool returns_rows() const { return cursor_.returns_rows(); }

  void close() { cursor_.close(); }

  CursorResult& cursor() { return cursor_; }

 private:
  CursorResult cursor_;
};

}  // namespace azoth
