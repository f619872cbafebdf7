// SPDX-License-Identifier: MIT
// The columns of a result: what they are, in which form they are fetched, and where their cells are
// put.
#include "drivers/odbc/connection.hpp"

#include <algorithm>

namespace azoth::drivers::odbc {
namespace {

// SQL Server's own types, which its drivers have numbers for.
constexpr SQLSMALLINT sql_ss_time2 = -154;

constexpr std::size_t block_bytes = 65536, most_rows = 256;
constexpr SQLULEN longest_bound = 4000;  // characters or bytes of a cell that is bound

void fixed(Column& column, SQLSMALLINT c_type, ValueKind kind, std::size_t width) {
  column.c_type = c_type;
  column.kind = kind;
  column.width = width;
}

// The place of a text with the NUL behind it; 0: too long to have one.
void varying(Column& column, SQLSMALLINT c_type, ValueKind kind, SQLULEN size) {
  const std::size_t unit = c_type == SQL_C_WCHAR ? sizeof(SQLWCHAR) : 1;
  column.c_type = c_type;
  column.kind = kind;
  column.width = size > 0 && size <= longest_bound ? (size + 1) * unit : 0;
}

// A number is written with a sign, a point and a zero in front of it.
void number_as_text(Column& column, SQLULEN digits) {
  constexpr SQLULEN others = 4, usual = 40;
  varying(column, SQL_C_CHAR, ValueKind::decimal, std::max(digits, usual) + others);
}

bool choose_number(Column& column, SQLSMALLINT sql_type, SQLULEN size, bool is_unsigned) {
  switch (sql_type) {
    case SQL_BIT:
      fixed(column, SQL_C_BIT, ValueKind::boolean, 1);
      return true;
    case SQL_BIGINT:
      fixed(column, is_unsigned ? SQL_C_UBIGINT : SQL_C_SBIGINT, ValueKind::integer, 8);
      return true;
    case SQL_TINYINT:
    case SQL_SMALLINT:
    case SQL_INTEGER:
      fixed(column, SQL_C_SBIGINT, ValueKind::integer, 8);
      return true;
    case SQL_REAL:
      fixed(column, SQL_C_FLOAT, ValueKind::real, sizeof(float));
      return true;
    case SQL_FLOAT:
    case SQL_DOUBLE:
      fixed(column, SQL_C_DOUBLE, ValueKind::real, sizeof(double));
      return true;
    case SQL_DECIMAL:
    case SQL_NUMERIC:
      number_as_text(column, size);
      return true;
    default:
      return false;
  }
}

bool choose_moment(Column& column, SQLSMALLINT sql_type) {
  constexpr SQLULEN longest_time = 32;
  switch (sql_type) {
    case SQL_TYPE_DATE:
      fixed(column, SQL_C_TYPE_DATE, ValueKind::date, sizeof(SQL_DATE_STRUCT));
      return true;
    case SQL_TYPE_TIMESTAMP:
      fixed(column, SQL_C_TYPE_TIMESTAMP, ValueKind::datetime, sizeof(SQL_TIMESTAMP_STRUCT));
      return true;
    case SQL_TYPE_TIME:
    case sql_ss_time2:
      varying(column, SQL_C_CHAR, ValueKind::time, longest_time);
      return true;
    default:
      return false;
  }
}

}  // namespace

void choose_form(
    Column& column, SQLSMALLINT sql_type, SQLULEN size, bool is_unsigned, const Backend& backend) {
  column.may_be_moment = backend.stores_moments_as_text;
  if (choose_number(column, sql_type, size, is_unsigned) ||
      (!backend.stores_moments_as_text && choose_moment(column, sql_type))) {
    return;
  }
  switch (sql_type) {
    case SQL_GUID:
      return fixed(column, SQL_C_GUID, ValueKind::uuid, sizeof(SQLGUID));
    case SQL_BINARY:
    case SQL_VARBINARY:
    case SQL_LONGVARBINARY:
      return varying(column, SQL_C_BINARY, ValueKind::blob, size);
    default:
      return varying(column, SQL_C_WCHAR, ValueKind::text, size);
  }
}

// Asked once a preparation, and again when there is another number of them.
void OdbcCursor::take_columns() {
  SQLSMALLINT count = 0;
  if (!SQL_SUCCEEDED(SQLNumResultCols(statement_, &count))) {
    fail("SQLNumResultCols");
  }
  const auto wanted = static_cast<std::size_t>(std::max<SQLSMALLINT>(count, 0));
  if (!is_described_ || wanted != columns_.size()) {
    describe_columns(wanted);
  }
}

void OdbcCursor::describe_columns(std::size_t count) {
  if (!columns_.empty()) {
    SQLFreeStmt(statement_, SQL_UNBIND);
  }
  columns_.clear();
  for (std::size_t i = 1; i <= count; ++i) {
    columns_.push_back(describe_column(static_cast<SQLUSMALLINT>(i)));
  }
  place_columns();
  bind_columns();
  is_described_ = true;
}

namespace {

struct Described {
  std::string name;
  SQLSMALLINT sql_type = 0;
  SQLULEN size = 0;
};

// `call` is SQLDescribeColW or SQLDescribeCol; `name` has room for most names.
template <class Text, class Call>
SQLRETURN describe(Text& name, Described& out, Call call) {
  SQLSMALLINT length = 0, digits = 0, is_nullable = 0;
  for (;;) {
    const auto room = static_cast<SQLSMALLINT>(name.size());
    const SQLRETURN code = call(room, &length, &out.sql_type, &out.size, &digits, &is_nullable);
    if (!SQL_SUCCEEDED(code) || length < room) {
      return code;
    }
    name.resize(static_cast<std::size_t>(length) + 1);
  }
}

SQLRETURN describe(SQLHSTMT statement, SQLUSMALLINT number, TextForm form, Described& out) {
  constexpr std::size_t usual = 128;
  if (form == TextForm::wide) {
    std::u16string name(usual, u'\0');
    const SQLRETURN code = describe(name, out, [&](auto... to) {
      return SQLDescribeColW(statement, number, wide_pointer(name), to...);
    });
    out.name = to_utf8(name.c_str());
    return code;
  }
  std::string name(usual, '\0');
  const SQLRETURN code = describe(name, out, [&](auto... to) {
    return SQLDescribeCol(statement, number, reinterpret_cast<SQLCHAR*>(name.data()), to...);
  });
  out.name = name.c_str();
  return code;
}

}  // namespace

Column OdbcCursor::describe_column(SQLUSMALLINT number) const {
  Described found;
  if (!SQL_SUCCEEDED(describe(statement_, number, connection_.facts().text_form, found))) {
    connection_.fail(SQL_HANDLE_STMT, statement_, "SQLDescribeCol");
  }
  SQLLEN is_unsigned = SQL_FALSE;
  if (found.sql_type == SQL_BIGINT) {
    SQLColAttributeW(statement_, number, SQL_DESC_UNSIGNED, nullptr, 0, nullptr, &is_unsigned);
  }
  Column column;
  column.name = std::move(found.name);
  choose_form(column, found.sql_type, found.size, is_unsigned != SQL_FALSE, connection_.backend());
  return column;
}

// Which columns are bound, and how many rows are fetched at once.
void OdbcCursor::place_columns() {
  const DriverFacts& facts = connection_.facts();
  constexpr std::size_t usual = 512;  // of a cell whose length nobody knows
  bool all_fit = true, has_asked = false;
  std::size_t row_bytes = 1;
  for (Column& column : columns_) {
    const bool is_varying = column.c_type == SQL_C_WCHAR || column.c_type == SQL_C_CHAR ||
                            column.c_type == SQL_C_BINARY;
    column.may_be_cut = is_varying && facts.gets_bound_columns;
    if (is_varying && facts.gets_bound_columns) {
      column.width = column.width == 0 ? usual : std::max<std::size_t>(column.width, 64);
    }
    column.is_bound = column.width != 0 && (facts.gets_any_column || !has_asked);
    has_asked = has_asked || !column.is_bound;
    all_fit = all_fit && column.is_bound && !column.may_be_cut;
    row_bytes += column.width;
  }
  block_ = all_fit && !columns_.empty()
               ? std::clamp(block_bytes / row_bytes, std::size_t{1}, most_rows)
               : 1;
  for (Column& column : columns_) {
    column.lengths.assign(block_, SQL_NULL_DATA);
    column.cells.reset(new char[std::max<std::size_t>(block_ * column.width, 1)]);
  }
  statuses_.assign(block_, SQL_ROW_SUCCESS);
}

void OdbcCursor::bind_columns() {
  const auto set = [&](SQLINTEGER attribute, void* value) {
    if (!SQL_SUCCEEDED(SQLSetStmtAttrW(statement_, attribute, value, 0))) {
      fail("SQLSetStmtAttr");
    }
  };
  set(SQL_ATTR_ROW_ARRAY_SIZE, reinterpret_cast<void*>(block_));
  set(SQL_ATTR_ROWS_FETCHED_PTR, &fetched_);
  set(SQL_ATTR_ROW_STATUS_PTR, statuses_.data());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    if (column.is_bound && !SQL_SUCCEEDED(SQLBindCol(statement_,
                                                     static_cast<SQLUSMALLINT>(i + 1),
                                                     column.c_type,
                                                     column.cells.get(),
                                                     static_cast<SQLLEN>(column.width),
                                                     column.lengths.data()))) {
      fail("SQLBindCol");
    }
  }
}

}  // namespace azoth::drivers::odbc
