// SPDX-License-Identifier: MIT
// How values travel between C++ and an ODBC driver.
#pragma once
#include "drivers/odbc/backend.hpp"
#include "drivers/odbc/wide.hpp"
#include <azoth/engine/driver.hpp>
#include <azoth/types/value.hpp>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

//   C++           parameter                    read from
//   bool          BIT; INTEGER where the       BIT; 0 and 1 of integers
//                 database has no booleans
//   integers      INTEGER, BIGINT              integers in the range of the type; DECIMAL without a
//                                              fraction
//   float,        DOUBLE                       FLOAT, DOUBLE; REAL as its shortest decimal (0.1 is
//   double                                     0.1); DECIMAL (the nearest); integers that a double
//                                              holds exactly
//   std::string   WVARCHAR, WLONGVARCHAR       texts and all types that ODBC has no name for; TIME
//   Bytes         VARBINARY, LONGVARBINARY     BINARY and its kin
//   Decimal       DECIMAL, written as text     DECIMAL of up to 38 digits, integers; floating
//                                              numbers at the scale of the SQL type (10 if none)
//   Date          DATE                         DATE
//   Time          VARCHAR: ODBC's own struct   TIME, read as text
//                 has no fraction
//   DateTime      TIMESTAMP, microseconds      TIMESTAMP
//   Interval      INTERVAL DAY TO SECOND       texts, where the type is an Interval
//   Uuid          GUID; CHAR(32) where the     GUID
//                 database has no UUIDs
//
// Texts go in UTF-16 both ways, whatever the locale is. SQLite, which has no types for them, gets
// dates and times as texts, as from the driver sqlite3. Where the C++ type is not known, what lies
// beyond 64 signed bits is a Decimal, and a TIME that a Time cannot hold a text.

namespace azoth::drivers::odbc {

/// What a driver is told of a parameter's place in memory.
struct Binding {
  SQLSMALLINT c_type = 0, sql_type = 0;
  SQLULEN size = 0;        ///< of the column: digits or characters
  SQLSMALLINT digits = 0;  ///< behind the point
  const void* data = nullptr;
  SQLLEN bytes = 0;

  bool operator==(const Binding&) const = default;
};

/// One parameter of a statement; it stays where it is, as the driver looks at it.
struct Parameter {
  union {
    unsigned char boolean;
    SQLBIGINT integer;
    double real;
    SQL_DATE_STRUCT date;
    SQL_TIMESTAMP_STRUCT moment;
    SQL_INTERVAL_STRUCT span;
    SQLGUID guid;
  } small;

  std::u16string wide;
  std::string narrow;
  SQLLEN length = 0;  ///< in bytes, or SQL_NULL_DATA
  Binding binding;    ///< of the value at hand
  Binding told;       ///< what the driver knows
  bool is_bound = false;
};

/// How the connection's database takes values.
struct ValueRules {
  const Backend* backend = nullptr;
  bool has_booleans = false, has_uuids = false;
};

/// Puts the value into the parameter and describes it there. Bytes are viewed, all else is copied.
/// @throws DataError, ProgrammingError
void encode(const Literal& value, TypePtr type, const ValueRules& rules, Parameter& parameter);
/// Returns the value in the form in which `encode` sends it.
Value sent_value(const Literal& value, TypePtr type, const ValueRules& rules);

/// What is known of a column before its rows, and where its cells are put.
struct Column {
  std::string name;
  SQLSMALLINT c_type = SQL_C_WCHAR;  ///< as which it is fetched
  ValueKind kind = ValueKind::text;
  bool may_be_moment = false;  ///< its texts are dates and times where those are wanted
  bool is_bound = false;       ///< the driver puts cells here; else they are asked for one by one
  bool may_be_cut = false;     ///< a cell may be longer than its place, and is then asked for again
  std::size_t width = 0;       ///< of a cell's place
  std::unique_ptr<char[]> cells;  ///< one place for each row of a block
  std::vector<SQLLEN> lengths;    ///< of each cell, or SQL_NULL_DATA
  std::string long_cell;          ///< the cell that was asked for
  bool is_long = false;           ///< of the row at hand: it is `long_cell`
};

/// One cell of a row.
struct Cell {
  const Column* column = nullptr;
  const char* data = nullptr;
  std::size_t size = 0;

  template <class T>
  T as() const {
    T value;
    std::memcpy(&value, data, sizeof value);
    return value;
  }
};

/// Says in which form a column of ODBC's type is fetched, and how large its cells are.
void choose_form(
    Column& column, SQLSMALLINT sql_type, SQLULEN size, bool is_unsigned, const Backend& backend);

// Each reads a cell that is not NULL; false when it holds something else.
bool decode_boolean(const Cell& cell, bool& out);
bool decode_integer(const Cell& cell, std::int64_t& out);
bool decode_unsigned(const Cell& cell, std::uint64_t& out);
bool decode_real(const Cell& cell, double& out);
bool decode_text(const Cell& cell, std::string& out);
bool decode_bytes(const Cell& cell, Bytes& out);
bool decode_decimal(const Cell& cell, TypePtr type, Decimal& out);
bool decode_date(const Cell& cell, Date& out);
bool decode_time(const Cell& cell, Time& out);
bool decode_datetime(const Cell& cell, DateTime& out);
bool decode_uuid(const Cell& cell, Uuid& out);
/// Reads what the cell holds, guided by the SQL type.
bool decode_value(const Cell& cell, TypePtr type, Value& out);

/// Describes a cell for messages: `'abc' (text)`.
std::string describe(const Cell& cell);

/// Returns the function that reads cells of the type from an OdbcCursor.
ColumnReader::Function reader_of(const CellType& cell);

}  // namespace azoth::drivers::odbc
