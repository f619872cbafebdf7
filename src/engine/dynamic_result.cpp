// SPDX-License-Identifier: MIT
// The dynamic result and what it is turned into: chosen columns, maps, rows that are kept.
#include <azoth/base/error.hpp>
#include <azoth/engine/dynamic_result.hpp>

#include <algorithm>
#include <iterator>

namespace azoth {
namespace detail {

/// What stands between a result and its cursor.
struct RowFilter {
  std::vector<std::size_t> columns{};  // of the cursor's row; empty: all
  std::shared_ptr<const RowShape> shape{};
  std::vector<std::string> keys{};
  std::vector<Row> rows{};  // instead of the cursor's
  std::size_t next = 0;
  bool holds_rows = false;
};

}  // namespace detail

std::size_t ColumnKey::position(const RowShape& shape) const {
  if (element_) {
    return shape.index(element_);
  }
  if (!name_.empty()) {
    return shape.index(name_);
  }
  if (position_ < 0 || static_cast<std::size_t>(position_) >= shape.keys.size()) {
    throw NoSuchColumnError("Could not locate column in row for column '" +
                            std::to_string(position_) + "'");
  }
  return static_cast<std::size_t>(position_);
}

bool Result<>::fetch(Row& row) {
  if (filter_ && filter_->holds_rows) {
    if (filter_->next == filter_->rows.size()) {
      return false;
    }
    row = filter_->rows[filter_->next++];
    return true;
  }
  if (!cursor_.next()) {
    return false;
  }
  if (filter_) {
    row.shape_ = filter_->shape;
    row.values_.clear();
    for (const std::size_t column : filter_->columns) {
      row.values_.push_back(cursor_.value(column));
    }
    return true;
  }
  row.shape_ = cursor_.shape();
  row.values_.resize(cursor_.column_count());
  for (std::size_t i = 0; i < row.values_.size(); ++i) {
    row.values_[i] = cursor_.value(i);
  }
  return true;
}

std::vector<std::string> Result<>::keys() const {
  return filter_ ? filter_->keys : cursor_.keys();
}

void Result<>::close() {
  cursor_.close();
  if (filter_ && filter_->holds_rows) {
    filter_->next = filter_->rows.size();
  }
}

Result<> Result<>::columns(const std::vector<ColumnKey>& keys) {
  auto filter = std::make_shared<detail::RowFilter>();
  const std::shared_ptr<const RowShape> whole = filter_ ? filter_->shape : cursor_.shape();
  auto shape = std::make_shared<RowShape>();
  shape->entry = whole->entry;
  for (const ColumnKey& key : keys) {
    const std::size_t position = key.position(*whole);
    filter->columns.push_back(filter_ && !filter_->columns.empty() ? filter_->columns[position]
                                                                   : position);
    shape->keys.push_back(whole->keys[position]);
    shape->types.push_back(whole->types[position]);
    shape->places.push_back(static_cast<std::uint32_t>(filter->columns.back()));
  }
  filter->keys = shape->keys;
  filter->shape = std::move(shape);
  if (filter_ && filter_->holds_rows) {
    for (Row& row : all()) {
      std::vector<Value> values;
      for (const std::size_t column : filter->columns) {
        values.push_back(row[column]);
      }
      filter->rows.emplace_back(filter->shape, std::move(values));
    }
    filter->holds_rows = true;
  }
  Result chosen(std::move(filter));
  chosen.cursor_ = std::move(cursor_);
  return chosen;
}

ScalarResult<Value> Result<>::scalars(const ColumnKey& column) {
  if (!filter_) {
    const std::size_t position =
        cursor_.returns_rows() ? column.position(*cursor_.shape()) : std::size_t{0};
    return ScalarResult<Value>(std::move(cursor_), static_cast<std::uint32_t>(position));
  }
  const std::size_t position = column.position(*filter_->shape);
  std::vector<Value> values;
  for (const Row& row : all()) {
    values.push_back(row[position]);
  }
  return ScalarResult<Value>(std::move(values));
}

MappingResult Result<>::mappings() {
  return MappingResult(std::move(*this));
}

bool MappingResult::fetch(RowMapping& row) {
  Row plain;
  if (!result_.fetch(plain)) {
    return false;
  }
  row = RowMapping(std::move(plain));
  return true;
}

FrozenResult Result<>::freeze() {
  FrozenResult frozen;
  frozen.keys_ = keys();
  frozen.shape_ = filter_ ? filter_->shape : cursor_.shape();
  frozen.rows_ = all();
  return frozen;
}

Result<> FrozenResult::operator()() const {
  auto filter = std::make_shared<detail::RowFilter>();
  filter->keys = keys_;
  filter->shape = shape_;
  filter->rows = rows_;
  filter->holds_rows = true;
  return Result<>(std::move(filter));
}

Result<> Result<>::merge(std::vector<Result> others) {
  FrozenResult whole = freeze();
  for (Result& other : others) {
    std::vector<Row> rows = other.all();
    std::move(rows.begin(), rows.end(), std::back_inserter(whole.rows_));
  }
  return whole();
}

}  // namespace azoth
