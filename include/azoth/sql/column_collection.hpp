// SPDX-License-Identifier: MIT
// The columns of a table, a FROM element or a columns clause, in order, by position and by key. A
// key may stand for several columns; then the first is found.
#pragma once
#include <azoth/sql/node.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

struct AnyType;
template <class T>
class Expr;

/// Holds columns with their keys; a value, which keeps what it shows alive.
class ColumnCollection {
 public:
  using Item = std::pair<std::string, sql::Ref>;

  explicit ColumnCollection(std::vector<Item> items) : items_(std::move(items)) {}

  /// Returns the keys in order, repeated ones too.
  std::vector<std::string> keys() const;

  std::size_t size() const { return items_.size(); }

  bool contains(std::string_view key) const;
  /// Says whether this very column is among them.
  bool contains_column(const sql::Ref& column) const;

  /// @throws NoSuchColumnError naming the key or the position, and what there is.
  Expr<AnyType> operator[](std::string_view key) const;
  Expr<AnyType> operator[](const char* key) const;
  Expr<AnyType> operator[](std::size_t position) const;
  Expr<AnyType> operator[](int position) const;
  /// Returns several columns at once: `table.columns()[{"id", "name"}]`.
  std::vector<Expr<AnyType>> operator[](std::initializer_list<std::string_view> keys) const;

  /// Goes over pairs of key and node.
  auto begin() const { return items_.begin(); }

  auto end() const { return items_.end(); }

 private:
  std::vector<Item> items_;
};

namespace detail {
/// The columns of a FROM element.
ColumnCollection columns_of(const sql::Ref& from);
/// The columns of a columns clause themselves, not those of a subquery.
ColumnCollection selected_columns(const sql::Ref& statement);
}  // namespace detail

}  // namespace azoth
