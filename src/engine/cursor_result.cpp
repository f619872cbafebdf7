// SPDX-License-Identifier: MIT
// Streaming of rows: the first is fetched by the execution itself, so that its errors come up
// there; after the last the cursor goes back to the connection at once, so that it keeps no lock.
#include "engine/connection_state.hpp"
#include "engine/statement_log.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/dynamic_result.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {

CursorResult::CursorResult(CursorResult&& other) noexcept
    : state_(std::exchange(other.state_, State::closed)),
      returns_rows_(other.returns_rows_),
      has_inserted_key_(other.has_inserted_key_),
      is_many_(other.is_many_),
      logs_rows_(other.logs_rows_),
      column_count_(other.column_count_),
      cursor_(std::move(other.cursor_)),
      entry_(std::move(other.entry_)),
      pin_(std::move(other.pin_)),
      params_(std::move(other.params_)),
      processed_(std::move(other.processed_)),
      shape_(std::move(other.shape_)),
      rowcount_(other.rowcount_),
      lastrowid_(other.lastrowid_),
      inserted_key_(std::move(other.inserted_key_)),
      generated_(std::move(other.generated_)) {
  take_place_of(other);
}

// Stands in the connection's list where the other stood.
void CursorResult::take_place_of(CursorResult& other) noexcept {
  connection_ = std::exchange(other.connection_, nullptr);
  previous_ = std::exchange(other.previous_, nullptr);
  next_ = std::exchange(other.next_, nullptr);
  if (connection_ != nullptr) {
    (previous_ != nullptr ? previous_->next_ : connection_->results) = this;
    if (next_ != nullptr) {
      next_->previous_ = this;
    }
  }
}

CursorResult& CursorResult::operator=(CursorResult&& other) noexcept {
  if (this == &other) {
    return *this;
  }
  close();
  state_ = std::exchange(other.state_, State::closed);
  returns_rows_ = other.returns_rows_;
  has_inserted_key_ = other.has_inserted_key_;
  is_many_ = other.is_many_;
  logs_rows_ = other.logs_rows_;
  column_count_ = other.column_count_;
  cursor_ = std::move(other.cursor_);
  entry_ = std::move(other.entry_);
  pin_ = std::move(other.pin_);
  params_ = std::move(other.params_);
  processed_ = std::move(other.processed_);
  shape_ = std::move(other.shape_);
  rowcount_ = other.rowcount_;
  lastrowid_ = other.lastrowid_;
  inserted_key_ = std::move(other.inserted_key_);
  generated_ = std::move(other.generated_);
  take_place_of(other);
  return *this;
}

void CursorResult::link(detail::ConnectionState* connection) noexcept {
  connection_ = connection;
  previous_ = nullptr;
  next_ = connection->results;
  if (next_ != nullptr) {
    next_->previous_ = this;
  }
  connection->results = this;
}

void CursorResult::unlink() noexcept {
  if (connection_ == nullptr) {
    return;
  }
  (previous_ != nullptr ? previous_->next_ : connection_->results) = next_;
  if (next_ != nullptr) {
    next_->previous_ = previous_;
  }
  connection_ = nullptr;
  previous_ = next_ = nullptr;
}

void CursorResult::start(bool has_row, const sql::Ref& statement) {
  logs_rows_ = connection_->logger().enabled(LogLevel::debug);
  if (logs_rows_) {
    const std::vector<std::string> names = keys();
    std::string line = "Col ";
    detail::append_tuple(line, names.size(), [&](std::string& out, std::size_t i) {
      out += repr(Literal(names[i]));
    });
    connection_->logger().debug(line);
  }
  const auto& columns = entry_->compiled.columns;
  if (columns.size() != column_count_ ||
      std::any_of(columns.begin(), columns.end(), [](const auto& c) { return c.name.empty(); })) {
    shape();  // the names are the driver's, and are asked for after the last row too
  }
  if (has_row) {
    pin_ = statement;
    state_ = State::first_row;
  } else {
    release();
  }
}

bool CursorResult::advance() {
  switch (state_) {
    case State::exhausted:
      return false;
    case State::closed:
    case State::no_rows:
      throw_unreadable();
    case State::first_row:
    case State::rows:
      break;
  }
  try {
    if (state_ != State::first_row && !cursor_->step()) {
      rowcount_ = cursor_->affected_rows();
      release();
      return false;
    }
  } catch (const DBAPIError& error) {
    detail::ConnectionState& connection = *connection_;
    StatementContext context{entry_->compiled.text, {}, connection.state->options.hide_parameters};
    release();
    connection.rethrow(error, std::move(context));
  }
  state_ = State::rows;
  if (logs_rows_) {
    std::string line = "Row ";
    detail::append_tuple(line, column_count_, [&](std::string& out, std::size_t i) {
      out += repr(Literal(value(i)));
    });
    connection_->logger().debug(line);
  }
  return true;
}

void CursorResult::release() noexcept {
  cursor_.reset();
  unlink();
  pin_ = {};
  params_.reset();
  processed_.clear();
  state_ = State::exhausted;
}

void CursorResult::close() noexcept {
  if (state_ == State::closed) {
    return;
  }
  const bool returned_none = state_ == State::no_rows;
  if (cursor_ != nullptr) {
    release();
  }
  if (!returned_none) {
    state_ = State::closed;
  }
}

void CursorResult::throw_unreadable() const {
  if (state_ == State::no_rows) {
    throw ResourceClosedError(
        "This result object does not return rows. It has been closed automatically.");
  }
  throw ResourceClosedError("This result object is closed.");
}

ColumnReader CursorResult::reader(std::uint32_t column,
                                  const CellType& cell,
                                  std::uint32_t offset) const {
  if (column >= column_count_) {
    throw InvalidRequestError("The statement returns " + std::to_string(column_count_) +
                              " columns; there is no column at position " + std::to_string(column));
  }
  const auto& columns = entry_->compiled.columns;
  ColumnReader made;
  made.column = column;
  made.offset = offset;
  made.cell = cell;
  made.type = column < columns.size() ? columns[column].type : types::null_type();
  made.read = cursor_ != nullptr ? cursor_->reader(cell, made.type) : nullptr;
  return made;
}

Value CursorResult::value(std::size_t column) {
  if (column >= column_count_) {
    throw InvalidRequestError("There is no column at position " + std::to_string(column));
  }
  const auto& columns = entry_->compiled.columns;
  return cursor_->value(static_cast<int>(column),
                        column < columns.size() ? columns[column].type : types::null_type());
}

void CursorResult::refuse(const ColumnReader& reader) {
  const auto& columns = entry_->compiled.columns;
  std::string where = "column ";
  const sql::Node* element =
      reader.column < columns.size() ? columns[reader.column].element.get() : nullptr;
  while (element != nullptr && element->kind() == sql::Kind::label) {
    element = sql::as<sql::Label>(*element).element.get();
  }
  if (element != nullptr && element->kind() == sql::Kind::column) {
    const auto& node = sql::as<sql::ColumnNode>(*element);
    if (node.owner->kind() == sql::Kind::table) {
      where += sql::as<sql::TableNode>(*node.owner).fullname() + ".";
    }
    where += node.name();
  } else {
    where += cursor_->column_name(static_cast<int>(reader.column));
  }
  try {
    cursor_->explain(reader, where);
  } catch (const DBAPIError& error) {
    connection_->rethrow(error,
                         {entry_->compiled.text, {}, connection_->state->options.hide_parameters});
  }
  __builtin_unreachable();  // explain throws, which g++ does not see
}

std::vector<std::string> CursorResult::keys() const {
  if (!returns_rows_) {
    throw_unreadable();
  }
  if (shape_) {
    return shape_->keys;
  }
  const auto& columns = entry_->compiled.columns;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < column_count_; ++i) {
    // What only the text says has the name that the database gives it.
    const bool is_known = columns.size() == column_count_ && !columns[i].name.empty();
    names.push_back(is_known             ? columns[i].name
                    : cursor_ != nullptr ? cursor_->column_name(static_cast<int>(i))
                                         : std::string());
  }
  return names;
}

void CursorResult::rename(const std::vector<std::string>& keys) {
  auto renamed = std::make_shared<RowShape>(*shape());
  for (std::size_t i = 0; i < renamed->keys.size() && i < keys.size(); ++i) {
    if (!keys[i].empty()) {
      renamed->keys[i] = keys[i];
    }
  }
  shape_ = std::move(renamed);
}

const std::shared_ptr<const RowShape>& CursorResult::shape() {
  if (!shape_) {
    auto made = std::make_shared<RowShape>();
    made->keys = keys();
    made->entry = entry_;
    for (const ResultColumn& column : entry_->compiled.columns) {
      made->types.push_back(column.type);
    }
    made->types.resize(column_count_, types::null_type());
    shape_ = std::move(made);
  }
  return shape_;
}

}  // namespace azoth
