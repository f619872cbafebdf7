// SPDX-License-Identifier: MIT
// Rows whose columns are known at run time only: values by position, by name and by column
// expression. The result that reads them is in dynamic_result.hpp, typed rows are in result.hpp.
#pragma once
#include <azoth/engine/result_methods.hpp>

#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace azoth {

class RowMapping;

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

  /// A negative position counts from the end.
  const Value& operator[](int position) const;

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

  /// Says whether one of the values is this one; names are `mapping().contains()`.
  bool contains(const Value& value) const;
  /// Returns the position of the first such value. @throws ArgumentError when there is none.
  std::size_t index(const Value& value) const;
  std::size_t count(const Value& value) const;

  const std::vector<Value>& values() const { return values_; }

  /// Returns the values from `first` up to, without, `last`.
  std::vector<Value> slice(std::size_t first, std::size_t last) const;

  /// Returns the row as a tuple, for structured bindings: `auto [id, name] = row.as<int,
  /// std::string>()`. @throws ArgumentError for another number of columns, and as `get`.
  template <class... T>
  std::tuple<T...> as() const {
    check_size(sizeof...(T));
    return as_tuple<T...>(std::index_sequence_for<T...>{});
  }

  /// Shows the row as a map from names and expressions to values.
  RowMapping mapping() const;

  /// Compares the values.
  friend bool operator==(const Row& a, const Row& b) { return a.values_ == b.values_; }

  template <class... T>
  friend bool operator==(const Row& row, const std::tuple<T...>& values) {
    return std::apply(
        [&](const T&... each) { return row.values_ == std::vector<Value>{Value(each)...}; },
        values);
  }

  /// Compares value by value. @throws ArgumentError for values of kinds that have no order.
  friend bool operator<(const Row& a, const Row& b) { return is_less(a.values_, b.values_); }

  template <class... T>
  friend bool operator<(const Row& row, const std::tuple<T...>& values) {
    return std::apply([&](const T&... each) { return is_less(row.values_, {Value(each)...}); },
                      values);
  }

 private:
  friend class Result<>;
  friend class RowMapping;

  template <class... T, std::size_t... I>
  std::tuple<T...> as_tuple(std::index_sequence<I...>) const {
    return {get<T>(static_cast<std::size_t>(I))...};
  }

  void check_size(std::size_t columns) const;
  static bool is_less(const std::vector<Value>& a, const std::vector<Value>& b);

  std::shared_ptr<const RowShape> shape_;
  std::vector<Value> values_;
};

/// A row by the names of its columns, or by the expressions that were selected.
class RowMapping {
 public:
  using Items = std::vector<std::pair<std::string, Value>>;

  RowMapping() = default;

  explicit RowMapping(Row row) : row_(std::move(row)) {}

  const std::vector<std::string>& keys() const { return row_.keys(); }

  const std::vector<Value>& values() const { return row_.values(); }

  /// Returns name-value pairs in the order of the columns.
  Items items() const;

  std::size_t size() const { return row_.size(); }

  /// @throws NoSuchColumnError, InvalidRequestError for an ambiguous name.
  template <class Key>
  const Value& operator[](const Key& key) const {
    return row_[key];
  }

  bool contains(std::string_view name) const;
  bool contains(const sql::Ref& element) const;

  template <class E>
    requires requires(const E& e) {
      { e.node() } -> std::convertible_to<sql::Ref>;
    }
  bool contains(const E& expression) const {
    return contains(sql::Ref(expression.node()));
  }

  friend bool operator==(const RowMapping& a, const RowMapping& b) {
    return a.items() == b.items();
  }

  friend bool operator==(const RowMapping& a, const Items& b) { return a.items() == b; }

 private:
  Row row_;
};

/// Names a column of a result: by position, by name, or by the expression that was selected.
class ColumnKey {
 public:
  ColumnKey(int position) : position_(position) {}

  ColumnKey(const char* name) : name_(name) {}

  ColumnKey(std::string name) : name_(std::move(name)) {}

  template <class E>
    requires requires(const E& e) {
      { e.node() } -> std::convertible_to<sql::Ref>;
    }
  ColumnKey(const E& expression) : element_(expression.node()) {}

  /// @throws NoSuchColumnError, InvalidRequestError for an ambiguous name.
  std::size_t position(const RowShape& shape) const;

 private:
  int position_ = -1;
  std::string name_;
  sql::Ref element_;
};

/// Renders a row as logs show it: `(1, 'spongebob')`.
std::string repr(const Row& row);

}  // namespace azoth
