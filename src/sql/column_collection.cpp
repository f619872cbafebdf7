// SPDX-License-Identifier: MIT
// Finding columns by key and position.
#include <azoth/base/error.hpp>
#include <azoth/sql/column_collection.hpp>
#include <azoth/sql/expr.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>

namespace azoth {
namespace {

std::string listed(const std::vector<std::string>& keys) {
  std::string out;
  for (const std::string& key : keys) {
    out += (out.empty() ? "" : ", ") + key;
  }
  return out.empty() ? "there are none" : "there are " + out;
}

}  // namespace

std::vector<std::string> ColumnCollection::keys() const {
  std::vector<std::string> keys;
  for (const Item& item : items_) {
    keys.push_back(item.first);
  }
  return keys;
}

bool ColumnCollection::contains(std::string_view key) const {
  return std::any_of(
      items_.begin(), items_.end(), [key](const Item& item) { return item.first == key; });
}

bool ColumnCollection::contains_column(const sql::Ref& column) const {
  return std::any_of(
      items_.begin(), items_.end(), [&](const Item& item) { return item.second == column; });
}

Any ColumnCollection::operator[](std::string_view key) const {
  for (const Item& item : items_) {
    if (item.first == key) {
      return Any(item.second);
    }
  }
  throw NoSuchColumnError("There is no column '" + std::string(key) + "'; " + listed(keys()));
}

Any ColumnCollection::operator[](const char* key) const {
  return (*this)[std::string_view(key)];
}

Any ColumnCollection::operator[](std::size_t position) const {
  if (position >= items_.size()) {
    throw NoSuchColumnError("There is no column at position " + std::to_string(position) + "; " +
                            listed(keys()));
  }
  return Any(items_[position].second);
}

Any ColumnCollection::operator[](int position) const {
  return (*this)[static_cast<std::size_t>(position)];
}

std::vector<Any> ColumnCollection::operator[](std::initializer_list<std::string_view> keys) const {
  std::vector<Any> columns;
  for (const std::string_view key : keys) {
    columns.push_back((*this)[key]);
  }
  return columns;
}

namespace detail {

ColumnCollection columns_of(const sql::Ref& from) {
  const auto& node = static_cast<const sql::FromNode&>(*from);
  std::vector<ColumnCollection::Item> items;
  for (std::size_t i = 0; i < node.specs().size(); ++i) {
    items.emplace_back(node.specs()[i].key, node.column(i));
  }
  return ColumnCollection(std::move(items));
}

ColumnCollection selected_columns(const sql::Ref& statement) {
  std::vector<ColumnCollection::Item> items;
  std::vector<std::string> keys = sql::selected_keys(statement);
  auto key = keys.begin();
  for (const sql::Ref& column : sql::expanded_columns(statement)) {
    if (column->kind() != sql::Kind::text) {  // nobody knows what columns a text has
      items.emplace_back(std::move(*key++), column);
    }
  }
  return ColumnCollection(std::move(items));
}

}  // namespace detail
}  // namespace azoth
