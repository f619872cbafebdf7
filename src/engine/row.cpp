// SPDX-License-Identifier: MIT
// Finding a column of a dynamic row, and the dynamic result.
#include "engine/statement_log.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/row.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth {
namespace {

[[noreturn]] void throw_no_such_column(const std::string& name) {
  throw NoSuchColumnError("Could not locate column in row for column '" + name + "'");
}

const sql::Node* without_labels(const sql::Node* element) {
  while (element != nullptr && element->kind() == sql::Kind::label) {
    element = sql::as<sql::Label>(*element).element.get();
  }
  return element;
}

// A column stands for itself and for what it was made from: a subquery's column for the table's.
bool stands_for(const sql::Node* column, const sql::Node* wanted) {
  while (column != nullptr) {
    if (column == wanted || column->hash() == wanted->hash()) {
      return true;
    }
    column = column->kind() == sql::Kind::column
                 ? without_labels(sql::as<sql::ColumnNode>(*column).base().get())
                 : nullptr;
  }
  return false;
}

std::string describe(const sql::Ref& element) {
  const sql::Node* node = element.get();
  if (node->kind() == sql::Kind::label) {
    return sql::as<sql::Label>(*node).name;
  }
  if (node->kind() != sql::Kind::column) {
    return node->kind() == sql::Kind::column_clause ? sql::as<sql::ColumnClause>(*node).name
                                                    : "an expression";
  }
  const auto& column = sql::as<sql::ColumnNode>(*node);
  switch (column.owner->kind()) {
    case sql::Kind::table:
      return sql::as<sql::TableNode>(*column.owner).fullname() + "." + column.name();
    case sql::Kind::alias:
    case sql::Kind::subquery:
    case sql::Kind::cte:
      return sql::as<sql::Alias>(*column.owner).name + "." + column.name();
    default:
      return column.name();
  }
}

}  // namespace

std::size_t RowShape::index(std::string_view key) const {
  std::size_t found = keys.size();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] != key) {
      continue;
    }
    const bool is_textual = entry->compiled.columns.empty();
    if (found != keys.size() && !is_textual) {
      throw InvalidRequestError("Ambiguous column name '" + std::string(key) +
                                "' in result set column descriptions");
    }
    found = i;
  }
  if (found == keys.size()) {
    throw_no_such_column(std::string(key));
  }
  return found;
}

std::size_t RowShape::index(const sql::Ref& element) const {
  const auto& columns = entry->compiled.columns;
  for (std::size_t i = 0; element && i < columns.size(); ++i) {
    if (columns[i].element == element) {
      return i;
    }
  }
  const sql::Node* wanted = without_labels(element.get());
  for (std::size_t i = 0; wanted != nullptr && i < columns.size(); ++i) {
    if (columns[i].element && stands_for(without_labels(columns[i].element.get()), wanted)) {
      return i;
    }
  }
  throw_no_such_column(element ? describe(element) : std::string("<empty>"));
}

bool RowShape::contains(std::string_view key) const {
  for (const std::string& name : keys) {
    if (name == key) {
      return true;
    }
  }
  return false;
}

const Value& Row::operator[](std::size_t position) const {
  if (position >= values_.size()) {
    throw NoSuchColumnError("Could not locate column in row for position " +
                            std::to_string(static_cast<std::ptrdiff_t>(position)) +
                            "; the row has " + std::to_string(values_.size()) + " columns");
  }
  return values_[position];
}

const Value& Row::operator[](std::string_view name) const {
  if (!shape_) {
    throw_no_such_column(std::string(name));
  }
  return values_[shape_->index(name)];
}

const Value& Row::operator[](const sql::Ref& element) const {
  if (!shape_) {
    throw_no_such_column(element ? describe(element) : "<empty>");
  }
  return values_[shape_->index(element)];
}

const std::vector<std::string>& Row::keys() const {
  static const std::vector<std::string> none;
  return shape_ ? shape_->keys : none;
}

std::vector<std::pair<std::string, Value>> Row::mapping() const {
  std::vector<std::pair<std::string, Value>> items;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    items.emplace_back(keys()[i], values_[i]);
  }
  return items;
}

std::string repr(const Row& row) {
  std::string text;
  detail::append_tuple(
      text, row.size(), [&](std::string& out, std::size_t i) { out += repr(Literal(row[i])); });
  return text;
}

bool Result<>::fetch(Row& row) {
  if (!cursor_.next()) {
    return false;
  }
  row.shape_ = cursor_.shape();
  row.values_.resize(cursor_.column_count());
  for (std::size_t i = 0; i < row.values_.size(); ++i) {
    row.values_[i] = cursor_.value(i);
  }
  return true;
}

namespace {
std::optional<Value> first_of(const std::optional<Row>& row) {
  if (!row || (*row)[0].is_null()) {
    return std::nullopt;
  }
  return (*row)[0];
}
}  // namespace

std::optional<Value> Result<>::scalar() {
  return first_of(first());
}

Value Result<>::scalar_one() {
  return one()[0];
}

std::optional<Value> Result<>::scalar_one_or_none() {
  return first_of(one_or_none());
}

namespace detail {

void throw_no_result_found() {
  throw NoResultFound("No row was found when one was required");
}

void throw_multiple_results_found(bool none_allowed) {
  throw MultipleResultsFound(none_allowed
                                 ? "Multiple rows were found when one or none was required"
                                 : "Multiple rows were found when exactly one was required");
}

}  // namespace detail
}  // namespace azoth
