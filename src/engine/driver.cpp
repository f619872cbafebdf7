// SPDX-License-Identifier: MIT
// The parts of the vendor boundary that are the same for all drivers.
#include "engine/cell_readers.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/driver.hpp>

#include <functional>

namespace azoth {

bool DriverCursor::bind_array(int, std::size_t, base::FunctionRef<Literal(std::size_t)>, TypePtr) {
  return false;
}

void DriverCursor::stream_results(bool) {}

ColumnReader::Function DriverCursor::reader(const CellType& cell, TypePtr type) const {
  const bool is_processed = type != nullptr && type->changes_results && dialect_ != nullptr;
  return is_processed ? &read_processed : choose_reader(cell, type);
}

Value DriverCursor::value(int column, TypePtr type) {
  if (type == nullptr || !type->changes_results || dialect_ == nullptr) {
    return read_value(column, type);
  }
  return dialect_->result_value(read_value(column, type->in_dialect(dialect_->name())), type);
}

// A value that the type has made, in a member of the program.
bool DriverCursor::read_processed(DriverCursor& cursor, const ColumnReader& reader, void* target) {
  return detail::store_value(
      reader.cell, target, cursor.value(static_cast<int>(reader.column), reader.type));
}

void DriverConnection::cancel() {
  DBAPIErrorInfo info;
  info.message = "this driver cannot cancel what a connection executes";
  throw NotSupportedError(std::move(info));
}

std::int64_t DriverConnection::last_of_contiguous_keys(std::size_t) const {
  return last_insert_id();
}

bool DriverCursor::send_ahead() {
  return false;
}

std::int64_t DriverCursor::await_sent() {
  return 0;
}

bool DriverConnection::prefers_rows_together() const {
  return false;
}

std::optional<std::int64_t> DriverConnection::changed_rows() const {
  return std::nullopt;
}

std::size_t DriverConnection::max_statement_size() const {
  return any_size;
}

const Dialect& Driver::dialect_of(DriverConnection&, const Dialect& of_scheme) {
  return of_scheme;
}

void DriverConnection::Release::operator()(DriverCursor* cursor) const noexcept {
  if (connection == nullptr) {
    delete cursor;  // of rows that no driver holds
    return;
  }
  connection->give_back(cursor);
}

std::string DriverConnection::isolation_level() {
  return is_autocommit() ? "AUTOCOMMIT" : "";
}

Value DriverConnection::sent(const Literal& value, TypePtr) const {
  return Value(value);
}

void DriverConnection::execute_outside_transaction(std::string_view sql) {
  execute_plain(sql);
}

void DriverConnection::transaction_ended() noexcept {}

void DriverConnection::set_transaction_options(std::optional<bool>, std::optional<bool>) {}

std::size_t DriverConnection::hash_of(std::string_view sql) {
  return std::hash<std::string_view>{}(sql);
}

}  // namespace azoth
