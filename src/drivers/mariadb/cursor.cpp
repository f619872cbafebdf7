// SPDX-License-Identifier: MIT
// Preparing, binding, executing and stepping. Rows are fetched into the connector's memory and
// announced cell by cell to take_cell, which only notes where they are.
#include "drivers/mariadb/cursor.hpp"

#include "drivers/mariadb/connection.hpp"
#include "drivers/mariadb/wire.hpp"
#include "engine/cell_readers.hpp"
#include <azoth/base/text.hpp>

#include <errmsg.h>
#include <mysqld_error.h>

namespace azoth::drivers::mariadb {
namespace {

bool only_reads(std::string_view sql) {
  for (std::string_view word : {"SELECT", "WITH", "SHOW", "("}) {
    if (base::ascii_iequal(sql.substr(0, word.size()), word)) {
      return true;
    }
  }
  return false;
}

}  // namespace

MariadbCursor::MariadbCursor(MariadbConnection& connection, std::string_view sql, std::size_t hash)
    : connection_(connection), sql_(sql), hash_(hash) {
  prepare();
}

MariadbCursor::~MariadbCursor() {
  reset();
  if (statement_ != nullptr) {
    mysql_stmt_close(statement_);
  }
}

// Commands that cannot be prepared (LOCK TABLES on old servers) are sent as text.
void MariadbCursor::prepare() {
  statement_ = mysql_stmt_init(connection_.handle());
  if (statement_ == nullptr) {
    connection_.fail(failure_of(connection_.handle()));
  }
  const auto size = static_cast<unsigned long>(sql_.size());
  if (mysql_stmt_prepare(statement_, sql_.data(), size) != 0) {
    Failure failure = failure_of(statement_);
    mysql_stmt_close(statement_);
    statement_ = nullptr;
    if (failure.number != ER_UNSUPPORTED_PS) {
      connection_.fail(std::move(failure));
    }
    return;
  }
  mysql_stmt_attr_set(statement_, STMT_ATTR_CB_USER_DATA, this);
  mysql_stmt_attr_set(
      statement_, STMT_ATTR_CB_RESULT, reinterpret_cast<const void*>(&MariadbCursor::take_cell));
  parameters_.resize(mysql_stmt_param_count(statement_));
  binds_.assign(parameters_.size(), MYSQL_BIND{});
  for (MYSQL_BIND& bind : binds_) {
    bind.buffer_type = MYSQL_TYPE_NULL;
  }
  has_new_binds_ = true;
  take_columns();
}

void MariadbCursor::take_columns() {
  const unsigned int count = statement_ != nullptr ? mysql_stmt_field_count(statement_) : 0;
  const MYSQL_FIELD* fields = count != 0 ? mariadb_stmt_fetch_fields(statement_) : nullptr;
  columns_.resize(count);
  cells_.resize(count);
  for (unsigned int i = 0; i < count; ++i) {
    columns_[i] = Column(fields[i]);
    cells_[i] = Cell{&columns_[i], nullptr, 0};
  }
}

void MariadbCursor::take_cell(void* cursor, unsigned int column, unsigned char** row) {
  Cell& cell = static_cast<MariadbCursor*>(cursor)->cells_[column];
  if (row == nullptr) {
    cell.data = nullptr;
    return;
  }
  const unsigned char* at = *row;
  cell.size = cell.column->size != 0 ? cell.column->size : get_length(at);
  cell.data = at;
  *row += static_cast<std::size_t>(at - *row) + cell.size;
}

void MariadbCursor::bind(int index, const Literal& value, TypePtr type) {
  if (index < 0 || index >= parameter_count()) {
    throw_driver_error(DBAPIErrorKind::programming,
                       "Incorrect number of bindings supplied. The current statement uses " +
                           std::to_string(parameter_count()) + ", and there are more supplied.");
  }
  const auto at = static_cast<std::size_t>(index);
  has_new_binds_ |= encode(value, type, parameters_[at], binds_[at]);
  parameters_[at].is_bound = true;
}

// The connector keeps a copy of the descriptions, which is renewed only when one has changed.
bool MariadbCursor::announce_binds() {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (!parameters_[i].is_bound) {
      has_new_binds_ |= encode(Literal(std::nullopt), nullptr, parameters_[i], binds_[i]);
    }
  }
  if (has_new_binds_ && !binds_.empty() && mysql_stmt_bind_param(statement_, binds_.data()) != 0) {
    return false;
  }
  has_new_binds_ = false;
  return true;
}

bool MariadbCursor::step() {
  if (!is_executed_) {
    execute();
    is_executed_ = true;
  }
  return has_rows_ && (is_kept_ ? fetch_kept() : fetch());
}

void MariadbCursor::execute() {
  connection_.make_ready();
  connection_.note_use();
  if (statement_ == nullptr) {
    connection_.run(sql_);
    affected_rows_ = 0;
    return;
  }
  if (!announce_binds() || send() != 0) {
    connection_.fail(failure_of(statement_));
  }
  take_columns();
  has_rows_ = !columns_.empty();
  if (!has_rows_) {
    affected_rows_ = static_cast<std::int64_t>(mysql_stmt_affected_rows(statement_));
    connection_.set_last_insert_id(mysql_stmt_insert_id(statement_));
  } else if (streams_) {
    connection_.set_stream(this);
  } else if (mysql_stmt_store_result(statement_) != 0) {
    connection_.fail(failure_of(statement_));
  } else if (mysql_stmt_more_results(statement_) != 0) {
    connection_.set_stream(this);
  }
}

// Prepares the statement again when the server asks for it, and when tables have changed so that
// there are other columns. The connector finds that out after the execution, which must then be
// one that may be done twice.
int MariadbCursor::send() {
  const int code = mysql_stmt_execute(statement_);
  const unsigned int number = code != 0 ? mysql_stmt_errno(statement_) : 0;
  const bool has_other_columns = number == CR_NEW_STMT_METADATA && only_reads(sql_);
  if (number != ER_NEED_REPREPARE && !has_other_columns) {
    return code;
  }
  has_new_binds_ = true;
  const auto size = static_cast<unsigned long>(sql_.size());
  const bool is_ready = mysql_stmt_prepare(statement_, sql_.data(), size) == 0 && announce_binds();
  return is_ready ? mysql_stmt_execute(statement_) : code;
}

bool MariadbCursor::fetch() {
  const int code = mysql_stmt_fetch(statement_);
  if (code == 0) {
    return true;
  }
  has_rows_ = false;
  if (connection_.stream() == this && mysql_stmt_more_results(statement_) == 0) {
    connection_.set_stream(nullptr);
  }
  if (code != MYSQL_NO_DATA) {
    connection_.fail(fetch_failure());
  }
  return false;
}

void MariadbCursor::reset() noexcept {
  discard_rows();
  kept_.clear();
  failure_.reset();
  is_executed_ = has_rows_ = is_kept_ = streams_ = false;
  affected_rows_ = -1;
  for (Parameter& parameter : parameters_) {
    parameter.is_bound = false;
  }
}

std::string MariadbCursor::column_name(int column) const {
  if (is_kept_) {
    return kept_names_[static_cast<std::size_t>(column)];
  }
  const MYSQL_FIELD& field = mariadb_stmt_fetch_fields(statement_)[column];
  return {field.name, field.name_length};
}

ColumnReader::Function MariadbCursor::choose_reader(const CellType& cell, TypePtr) const {
  return reader_of(cell);
}

Value MariadbCursor::read_value(int column, TypePtr type) {
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

void MariadbCursor::explain(const ColumnReader& reader, std::string_view where) {
  Cell found;
  std::optional<std::string> held;
  if (cell(reader.column, found)) {
    held = describe(found);
  }
  throw_driver_error(DBAPIErrorKind::data, azoth::detail::refusal_text(reader, where, held));
}

}  // namespace azoth::drivers::mariadb
