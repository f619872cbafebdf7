// SPDX-License-Identifier: MIT
// Finding a column of a dynamic row, and the dynamic result.
#include "engine/statement_log.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/dynamic_result.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

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

std::size_t RowShape::find(const sql::Ref& element) const {
  const auto& columns = entry->compiled.columns;
  const auto element_at = [&](std::size_t i) {
    const std::size_t place = places.empty() ? i : places[i];
    return place < columns.size() ? columns[place].element : sql::Ref();
  };
  for (std::size_t i = 0; element && i < keys.size(); ++i) {
    if (element_at(i) == element) {
      return i;
    }
  }
  const sql::Node* wanted = without_labels(element.get());
  for (std::size_t i = 0; wanted != nullptr && i < keys.size(); ++i) {
    const sql::Ref own = element_at(i);
    if (own && stands_for(without_labels(own.get()), wanted)) {
      return i;
    }
  }
  return keys.size();
}

std::size_t RowShape::index(const sql::Ref& element) const {
  const std::size_t found = find(element);
  if (found == keys.size()) {
    throw_no_such_column(element ? describe(element) : std::string("<empty>"));
  }
  return found;
}

bool RowShape::contains(const sql::Ref& element) const {
  return find(element) != keys.size();
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

const Value& Row::operator[](int position) const {
  const auto size = static_cast<int>(values_.size());
  return (*this)[static_cast<std::size_t>(position < 0 && position >= -size ? size + position
                                                                            : position)];
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

bool Row::contains(const Value& value) const {
  return count(value) > 0;
}

std::size_t Row::index(const Value& value) const {
  const auto found = std::find(values_.begin(), values_.end(), value);
  if (found == values_.end()) {
    throw ArgumentError("The row has no value " + repr(Literal(value)));
  }
  return static_cast<std::size_t>(found - values_.begin());
}

std::size_t Row::count(const Value& value) const {
  return static_cast<std::size_t>(std::count(values_.begin(), values_.end(), value));
}

std::vector<Value> Row::slice(std::size_t first, std::size_t last) const {
  last = std::min(last, values_.size());
  first = std::min(first, last);
  return {values_.begin() + static_cast<std::ptrdiff_t>(first),
          values_.begin() + static_cast<std::ptrdiff_t>(last)};
}

void Row::check_size(std::size_t columns) const {
  if (columns != values_.size()) {
    throw ArgumentError("The row has " + std::to_string(values_.size()) +
                        " columns, which do not fit a tuple of " + std::to_string(columns));
  }
}

namespace {
double number_of(const Value& value) {
  const auto* integer = value.get_if<std::int64_t>();
  return integer != nullptr ? static_cast<double>(*integer) : value.get<double>();
}

bool is_number(const Value& value) {
  return value.kind() == ValueKind::integer || value.kind() == ValueKind::real;
}

template <class T>
bool is_less_as(const Value& a, const Value& b) {
  return a.get<T>() < b.get<T>();
}

bool is_less_value(const Value& a, const Value& b) {
  if (a.kind() == b.kind()) {
    switch (a.kind()) {
      case ValueKind::boolean:
        return is_less_as<bool>(a, b);
      case ValueKind::integer:
        return is_less_as<std::int64_t>(a, b);
      case ValueKind::text:
        return is_less_as<std::string>(a, b);
      case ValueKind::blob:
        return is_less_as<Bytes>(a, b);
      case ValueKind::decimal:
        return is_less_as<Decimal>(a, b);
      case ValueKind::date:
        return is_less_as<Date>(a, b);
      case ValueKind::time:
        return is_less_as<Time>(a, b);
      case ValueKind::datetime:
        return is_less_as<DateTime>(a, b);
      case ValueKind::interval:
        return is_less_as<Interval>(a, b);
      case ValueKind::uuid:
        return is_less_as<Uuid>(a, b);
      default:
        break;
    }
  }
  if (is_number(a) && is_number(b)) {
    return number_of(a) < number_of(b);
  }
  throw ArgumentError("There is no order between " + repr(Literal(a)) + " and " + repr(Literal(b)));
}
}  // namespace

bool Row::is_less(const std::vector<Value>& a, const std::vector<Value>& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (!(a[i] == b[i])) {
      return is_less_value(a[i], b[i]);
    }
  }
  return a.size() < b.size();
}

RowMapping Row::mapping() const {
  return RowMapping(*this);
}

RowMapping::Items RowMapping::items() const {
  Items items;
  for (std::size_t i = 0; i < row_.size(); ++i) {
    items.emplace_back(keys()[i], values()[i]);
  }
  return items;
}

bool RowMapping::contains(std::string_view name) const {
  return row_.shape_ && row_.shape_->contains(name);
}

bool RowMapping::contains(const sql::Ref& element) const {
  return row_.shape_ && row_.shape_->contains(element);
}

std::string repr(const Row& row) {
  std::string text;
  detail::append_tuple(
      text, row.size(), [&](std::string& out, std::size_t i) { out += repr(Literal(row[i])); });
  return text;
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
