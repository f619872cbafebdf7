// SPDX-License-Identifier: MIT
// Binding, preparing, executing and stepping.
//
// The server must know the types of parameters when it prepares a statement. Values announce theirs
// (codec.hpp); the rest it infers. When a later value does not fit the type that was announced, an
// int8 after many int4, or text after an integer, the statement is prepared anew for it.
#include "drivers/libpq/cursor.hpp"

#include "drivers/libpq/arrays.hpp"
#include "drivers/libpq/connection.hpp"
#include "drivers/libpq/placeholders.hpp"
#include "engine/cell_readers.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace azoth::drivers::libpq {
namespace {

constexpr int binary_format = 1;
constexpr std::size_t kept_size = 65536;  // of a parameter's memory between executions

// Counts the rows of a command that changes some; -1 for others.
std::int64_t changed_rows(PGresult* result) {
  const std::string_view command = PQcmdStatus(result);
  std::int64_t count = -1;
  for (const char* word : {"INSERT ", "UPDATE ", "DELETE ", "MERGE "}) {
    if (command.starts_with(word)) {
      const char* text = PQcmdTuples(result);
      std::from_chars(text, text + std::strlen(text), count);
    }
  }
  return count;
}

}  // namespace

LibpqCursor::LibpqCursor(LibpqConnection& connection, std::string_view sql, std::size_t hash)
    : connection_(connection),
      sql_(sql),
      hash_(hash),
      schema_version_(connection.schema_version()) {
  for (const Placeholder& placeholder : find_placeholders(sql_)) {
    parameters_.emplace_back().is_untyped = placeholder.is_untyped;
  }
  values_.resize(parameters_.size());
  lengths_.resize(parameters_.size());
  formats_.resize(parameters_.size());
  if (parameters_.empty()) {
    prepare();
  }
}

LibpqCursor::~LibpqCursor() {
  reset();
  forget_prepared();
}

void LibpqCursor::bind(int index, const Literal& value, TypePtr type) {
  if (index < 0 || index >= parameter_count()) {
    throw_driver_error(DBAPIErrorKind::programming,
                       "Incorrect number of bindings supplied. The current statement uses " +
                           std::to_string(parameter_count()) + ", and there are more supplied.");
  }
  const auto at = static_cast<std::size_t>(index);
  Parameter& parameter = parameters_[at];
  parameter.value = value;
  parameter.type = type;
  is_encoded_ =
      !name_.empty() && accepts(at) && encode(parameter, parameter_types_[at]) && is_encoded_;
}

bool LibpqCursor::bind_array(int index,
                             std::size_t count,
                             base::FunctionRef<Literal(std::size_t)> value_at,
                             TypePtr type) {
  if (name_.empty()) {
    prepare();
  }
  const auto at = static_cast<std::size_t>(index);
  return encode_array({count, value_at, type}, parameter_types_[at], parameters_[at]);
}

// A value is what it would be had the statement been prepared for it: another type than the one
// that was announced is announced anew, unless the statement itself has told the type.
bool LibpqCursor::accepts(std::size_t at) const {
  const Oid announced = announced_types_[at], wanted = announced_type(parameters_[at]);
  return wanted == announced || announced == 0 || parameters_[at].value.is_null() ||
         (wanted == int4_oid && announced == int8_oid);
}

void LibpqCursor::prepare() {
  announced_types_.clear();
  for (const Parameter& parameter : parameters_) {
    announced_types_.push_back(announced_type(parameter));
  }
  forget_prepared();
  std::string name = connection_.new_statement_name();
  const ResultHandle description = connection_.prepare_named(name, sql_, announced_types_);
  name_ = std::move(name);
  parameter_types_.clear();
  for (int i = 0; i < PQnparams(description.get()); ++i) {
    parameter_types_.push_back(PQparamtype(description.get(), i));
  }
  parameter_types_.resize(parameters_.size());
  column_types_.clear();
  column_names_.clear();
  is_text_ = false;
  for (int i = 0; i < PQnfields(description.get()); ++i) {
    column_types_.push_back(PQftype(description.get(), i));
    column_names_.emplace_back(PQfname(description.get(), i));
    is_text_ |= !has_binary_reader(column_types_.back());
  }
}

void LibpqCursor::prepare_again(std::uint64_t schema_version) {
  forget_prepared();
  schema_version_ = schema_version;
  if (parameters_.empty()) {
    prepare();
  }
}

void LibpqCursor::forget_prepared() noexcept {
  if (!name_.empty()) {
    connection_.close_later(std::move(name_));
    name_.clear();
  }
}

void LibpqCursor::encode_all() {
  for (int attempt = 0; attempt < 2; ++attempt) {
    prepare();
    bool fits = true;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      fits = encode(parameters_[i], parameter_types_[i]) && fits;
    }
    if (fits) {
      is_encoded_ = true;
      return;
    }
  }
  throw_driver_error(DBAPIErrorKind::data, "a parameter has no form of the type that is expected");
}

bool LibpqCursor::step() {
  if (!is_executed_) {
    execute();
    is_executed_ = true;
  } else {
    ++row_;
  }
  return row_ < rows_ || (is_streaming_ && next_of_stream());
}

void LibpqCursor::execute() {
  if (name_.empty() || !is_encoded_) {
    encode_all();
  }
  connection_.make_ready();
  list_values();
  ResultHandle result = streams_ ? first_of_stream() : run();
  if (connection_.is_stale(result.get())) {  // the schema has changed, or the statement is gone
    is_streaming_ = false;
    forget_prepared();
    if (!connection_.in_transaction()) {
      encode_all();
      list_values();
      result = run();
    }
  }
  connection_.check(result);
  take(std::move(result));
}

void LibpqCursor::list_values() {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    values_[i] = parameters_[i].data;
    lengths_[i] = parameters_[i].length;
    formats_[i] = parameters_[i].format;
  }
}

ResultHandle LibpqCursor::run() {
  return ResultHandle(PQexecPrepared(connection_.handle(),
                                     name_.c_str(),
                                     parameter_count(),
                                     values_.data(),
                                     lengths_.data(),
                                     formats_.data(),
                                     is_text_ ? 0 : binary_format));
}

void LibpqCursor::take(ResultHandle result) {
  result_ = std::move(result);
  row_ = 0;
  rows_ = PQntuples(result_.get());
  affected_rows_ = changed_rows(result_.get());
  if (affected_rows_ < 0) {
    connection_.note_command(PQcmdStatus(result_.get()));
  }
}

// --- many executions at once ---

// Without a transaction of its own a pipeline would be one, and undo at an error what was done
// before.
bool LibpqCursor::send_ahead() {
  if (name_.empty() || !is_encoded_ || !column_types_.empty() || !connection_.in_transaction()) {
    return false;
  }
  PGconn* connection = connection_.handle();
  if (sent_ == 0) {
    connection_.make_ready();
    if (PQenterPipelineMode(connection) == 0) {
      return false;
    }
  }
  list_values();
  if (PQsendQueryPrepared(connection,
                          name_.c_str(),
                          parameter_count(),
                          values_.data(),
                          lengths_.data(),
                          formats_.data(),
                          binary_format) == 0) {
    const std::string message = PQerrorMessage(connection);
    end_pipeline();
    throw_driver_error(DBAPIErrorKind::operational, message);
  }
  ++sent_;
  return true;
}

// Returns the first result that is an error, and behind a lost connection an empty handle.
LibpqCursor::PipelineEnd LibpqCursor::end_pipeline() noexcept {
  PGconn* connection = connection_.handle();
  PipelineEnd end;
  bool is_answered = PQpipelineSync(connection) != 0;
  int nothing = 0;  // one between two results; a second only when no more come
  for (bool is_open = is_answered; is_open && nothing < 2;) {
    ResultHandle result(PQgetResult(connection));
    nothing = result == nullptr ? nothing + 1 : 0;
    const ExecStatusType status = result ? PQresultStatus(result.get()) : PGRES_EMPTY_QUERY;
    is_open = status != PGRES_PIPELINE_SYNC;
    if (status == PGRES_COMMAND_OK) {
      end.affected += std::max<std::int64_t>(changed_rows(result.get()), 0);
    } else if (status == PGRES_FATAL_ERROR && end.failure == nullptr) {
      end.failure = std::move(result);
    }
  }
  is_answered = is_answered && nothing < 2;
  end.has_failed = end.failure != nullptr || !is_answered;
  sent_ = 0;
  PQexitPipelineMode(connection);
  return end;
}

std::int64_t LibpqCursor::await_sent() {
  if (sent_ == 0) {
    return 0;
  }
  const PipelineEnd end = end_pipeline();
  if (end.has_failed) {
    if (connection_.is_stale(end.failure.get())) {
      forget_prepared();
    }
    throw_result_error(connection_.handle(), end.failure.get());
  }
  return end.affected;
}

// --- rows one by one ---

ResultHandle LibpqCursor::first_of_stream() {
  PGconn* connection = connection_.handle();
  if (PQsendQueryPrepared(connection,
                          name_.c_str(),
                          parameter_count(),
                          values_.data(),
                          lengths_.data(),
                          formats_.data(),
                          is_text_ ? 0 : binary_format) == 0) {
    return nullptr;
  }
  PQsetSingleRowMode(connection);
  ResultHandle result(PQgetResult(connection));
  is_streaming_ = PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE;
  connection_.set_stream(is_streaming_ ? this : nullptr);
  while (!is_streaming_ && ResultHandle(PQgetResult(connection))) {
  }
  return result;
}

bool LibpqCursor::next_of_stream() {
  ResultHandle next;
  if (!buffered_.empty()) {
    next = std::move(buffered_.front());
    buffered_.pop_front();
  } else if (connection_.stream() == this) {
    next.reset(PQgetResult(connection_.handle()));
    if (next == nullptr || PQresultStatus(next.get()) != PGRES_SINGLE_TUPLE) {
      connection_.set_stream(nullptr);
      while (ResultHandle(PQgetResult(connection_.handle()))) {
      }
    }
  } else {
    return false;
  }
  is_streaming_ = PQresultStatus(next.get()) == PGRES_SINGLE_TUPLE;
  connection_.check(next);
  take(std::move(next));
  return rows_ > 0;
}

void LibpqCursor::buffer_rest() noexcept {
  connection_.set_stream(nullptr);
  while (PGresult* next = PQgetResult(connection_.handle())) {
    buffered_.emplace_back(next);
  }
}

// --- after the execution ---

void LibpqCursor::reset() noexcept {
  if (sent_ > 0) {
    end_pipeline();
  }
  if (connection_.stream() == this) {
    buffer_rest();
  }
  buffered_.clear();
  result_.reset();
  is_executed_ = is_streaming_ = streams_ = false;
  row_ = rows_ = 0;
  affected_rows_ = -1;
  for (Parameter& parameter : parameters_) {
    parameter.value = Literal(std::nullopt);
    parameter.data = nullptr;
    parameter.is_array = false;
    if (parameter.large.capacity() > kept_size) {
      std::string().swap(parameter.large);
    }
  }
  is_encoded_ = true;
}

int LibpqCursor::column_count() const {
  return static_cast<int>(column_types_.size());
}

std::string LibpqCursor::column_name(int column) const {
  return column_names_[static_cast<std::size_t>(column)];
}

ColumnReader::Function LibpqCursor::choose_reader(const CellType& cell, TypePtr) const {
  return reader_of(cell);
}

Value LibpqCursor::read_value(int column, TypePtr type) {
  Value out;
  Cell found;
  if (cell(static_cast<std::uint32_t>(column), found) && !decode_value(found, type, out)) {
    ColumnReader reader;
    reader.column = static_cast<std::uint32_t>(column);
    reader.type = type;
    explain(reader, "column " + column_name(column));
  }
  return out;
}

void LibpqCursor::explain(const ColumnReader& reader, std::string_view where) {
  Cell found;
  std::optional<std::string> held;
  if (cell(reader.column, found)) {
    held = describe(found);
  }
  throw_driver_error(DBAPIErrorKind::data, azoth::detail::refusal_text(reader, where, held));
}

}  // namespace azoth::drivers::libpq
