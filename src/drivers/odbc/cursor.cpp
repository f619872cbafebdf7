// SPDX-License-Identifier: MIT
// Preparing, binding, executing and stepping.
#include "drivers/odbc/cursor.hpp"

#include "drivers/odbc/connection.hpp"
#include "drivers/odbc/placeholders.hpp"
#include "engine/cell_readers.hpp"
#include <azoth/base/text.hpp>

namespace azoth::drivers::odbc {
OdbcCursor::OdbcCursor(OdbcConnection& connection, std::string_view sql, std::size_t hash)
    : connection_(connection),
      sql_(sql),
      hash_(hash),
      writes_(begins_with(sql, {"INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE"})),
      inserts_(begins_with(sql, {"INSERT", "REPLACE"})) {
  if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, connection_.handle(), &statement_))) {
    connection_.fail(SQL_HANDLE_DBC, connection_.handle(), "SQLAllocHandle");
  }
  try {
    prepare();
  } catch (...) {
    SQLFreeHandle(SQL_HANDLE_STMT, statement_);
    throw;
  }
}

OdbcCursor::~OdbcCursor() {
  connection_.remove_open(this);
  SQLFreeHandle(SQL_HANDLE_STMT, statement_);
}

void OdbcCursor::fail(const char* function) {
  connection_.fail(SQL_HANDLE_STMT, statement_, function);
}

void OdbcCursor::prepare() {
  const bool is_numbered = connection_.backend().has_numbered_parameters;
  NumberedText numbered;
  if (is_numbered) {
    numbered = replace_numbered(sql_);
  }
  const SQLRETURN code =
      prepare_text(statement_, is_numbered ? numbered.text : sql_, connection_.facts().text_form);
  if (!SQL_SUCCEEDED(code)) {
    fail("SQLPrepare");
  }
  SQLSMALLINT count = 0;
  if (!SQL_SUCCEEDED(SQLNumParams(statement_, &count))) {
    fail("SQLNumParams");
  }
  places_ = std::move(numbered.places);
  const auto marks = static_cast<std::size_t>(std::max<SQLSMALLINT>(count, 0));
  if (!places_.empty() && places_.size() != marks) {
    throw_driver_error(DBAPIErrorKind::programming,
                       "the statement has both $1 and ? as parameters; write one of them");
  }
  given_ = places_.empty() ? marks : numbered.count;
  parameters_ = std::vector<Parameter>(given_);
  generation_ = connection_.generation();
  is_described_ = false;
}

void OdbcCursor::bind(int index, const Literal& value, TypePtr type) {
  if (index < 0 || index >= parameter_count()) {
    throw_driver_error(DBAPIErrorKind::programming,
                       "Incorrect number of bindings supplied. The current statement uses " +
                           std::to_string(parameter_count()) + ", and there are more supplied.");
  }
  Parameter& parameter = parameters_[static_cast<std::size_t>(index)];
  encode(value, type, connection_.rules(), parameter);
  parameter.is_bound = true;
}

// The driver keeps what it is told, so it is told what has changed only.
void OdbcCursor::announce(Parameter& parameter, std::size_t place) {
  const Binding& binding = parameter.binding;
  const SQLRETURN code = SQLBindParameter(statement_,
                                          static_cast<SQLUSMALLINT>(place + 1),
                                          SQL_PARAM_INPUT,
                                          binding.c_type,
                                          binding.sql_type,
                                          binding.size,
                                          binding.digits,
                                          const_cast<void*>(binding.data),
                                          binding.bytes,
                                          &parameter.length);
  if (!SQL_SUCCEEDED(code)) {
    fail("SQLBindParameter");
  }
}

bool OdbcCursor::step() {
  if (!is_executed_) {
    execute();
    is_executed_ = true;
  }
  return has_rows_ && (is_kept_ ? fetch_kept() : fetch());
}

void OdbcCursor::execute() {
  connection_.make_ready();
  connection_.note_use();
  if (generation_ != connection_.generation()) {
    std::vector<Parameter> given = std::move(parameters_);
    prepare();
    given.resize(given_);
    parameters_ = std::move(given);
    for (Parameter& parameter : parameters_) {
      parameter.told = {};
    }
  }
  for (Parameter& parameter : parameters_) {
    if (!parameter.is_bound) {
      encode(Literal(std::nullopt), nullptr, connection_.rules(), parameter);
    }
  }
  for (std::size_t i = 0; i < std::max(places_.size(), given_); ++i) {
    Parameter& parameter = parameters_[places_.empty() ? i : places_[i]];
    if (parameter.told != parameter.binding) {
      announce(parameter, i);
    }
  }
  for (Parameter& parameter : parameters_) {
    parameter.told = parameter.binding;
  }
  SQLRETURN code = SQL_ERROR;
  {
    const OdbcConnection::Running running(connection_, statement_);
    code = SQLExecute(statement_);
  }
  if (!SQL_SUCCEEDED(code) && code != SQL_NO_DATA) {  // no data: no row was found to be changed
    fail("SQLExecute");
  }
  take_columns();
  has_rows_ = !columns_.empty();
  if (has_rows_) {
    connection_.add_open(this);
  }
  if (inserts_) {
    connection_.note_insert();
  } else if (!writes_ && !has_rows_ && changes_schema(sql_)) {
    connection_.note_schema();
    generation_ = connection_.generation();
  }
  if (!has_rows_ || writes_) {
    SQLLEN count = -1;
    affected_rows_ = code == SQL_NO_DATA ? 0
                     : SQL_SUCCEEDED(SQLRowCount(statement_, &count))
                         ? static_cast<std::int64_t>(count)
                         : -1;
  }
}

void OdbcCursor::reset() noexcept {
  SQLFreeStmt(statement_, SQL_CLOSE);
  connection_.remove_open(this);
  kept_.clear();
  is_executed_ = has_rows_ = is_kept_ = false;
  fetched_ = row_ = 0;
  affected_rows_ = -1;
  for (Parameter& parameter : parameters_) {
    parameter.is_bound = false;
  }
}

std::string OdbcCursor::column_name(int column) const {
  return columns_[static_cast<std::size_t>(column)].name;
}

ColumnReader::Function OdbcCursor::choose_reader(const CellType& cell, TypePtr) const {
  return reader_of(cell);
}

Value OdbcCursor::read_value(int column, TypePtr type) {
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

void OdbcCursor::explain(const ColumnReader& reader, std::string_view where) {
  Cell found;
  std::optional<std::string> held;
  if (cell(reader.column, found)) {
    held = describe(found);
  }
  throw_driver_error(DBAPIErrorKind::data, azoth::detail::refusal_text(reader, where, held));
}

}  // namespace azoth::drivers::odbc
