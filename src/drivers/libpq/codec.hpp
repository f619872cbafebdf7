// SPDX-License-Identifier: MIT
// How values travel between C++ and PostgreSQL: in its binary formats, both ways. Parameters tell
// the server what psycopg2 tells it by the form of its literals, and text says nothing, so that a
// text can be a uuid, a date or a member of an enumeration where one is expected.
#pragma once
#include "drivers/libpq/oids.hpp"
#include <azoth/engine/driver.hpp>
#include <azoth/types/value.hpp>

#include <array>
#include <string>

//   C++           parameter                       read from
//   bool          bool                            bool; 0 and 1 of the integer types
//   integers      int4 if it fits, else int8      int2, int4, int8, oid in the range of the type;
//                                                 numeric without a fraction
//   float,        float8 (numeric for such        float4, float8, numeric (the nearest double);
//   double        types)                          integers that a double holds exactly
//   std::string   as the statement expects;       all whose values are characters, and as text
//                 text where it tells nothing     those that have no other C++ type
//   Bytes         bytea                           bytea
//   Decimal       numeric                         numeric of up to 38 digits, integers; floats at
//                                                 the scale of the SQL type (10 if it has none)
//   Date          date                            date
//   Time          time                            time
//   DateTime      timestamp; of types with a      timestamp; timestamptz as the time of UTC
//                 zone timestamptz, as of UTC
//
// Infinite dates, NUMERIC's NaN and years beyond 9999 have no C++ value and are refused. Rows with
// a column whose binary format is not read (arrays, intervals, ranges, enumerations) come as text.

namespace azoth::drivers::libpq {

/// One parameter of a statement: what was bound, and the form in which it is sent.
struct Parameter {
  Literal value{std::nullopt};
  TypePtr type = nullptr;
  bool is_untyped = false;  ///< nothing tells the server the type of a text here
  bool is_array = false;    ///< `large` holds it in its form already
  const char* data = nullptr;
  int length = 0;
  int format = 1;  ///< 0: text, 1: binary
  std::array<char, 48> small;
  std::string large;
};

/// Says whether values of the type are Decimals, or doubles.
bool is_exact(const SqlType& type);
bool is_floating(const SqlType& type);

/// The type under which a value is announced; 0: what the statement expects.
Oid announced_type(const Parameter& parameter);
/// Brings the value into the form of the server's type; false when the type cannot hold it, so that
/// the statement must be prepared anew. @throws DataError
bool encode(Parameter& parameter, Oid oid);

/// One cell of a row.
struct Cell {
  const char* data;
  std::size_t size;
  Oid oid;
  bool is_text;  ///< in the text format

  std::string_view view() const { return {data, size}; }
};

// Each reads a cell that is not NULL; false when it holds something else.
bool decode_boolean(const Cell& cell, bool& out);
bool decode_integer(const Cell& cell, std::int64_t& out);
bool decode_real(const Cell& cell, double& out);
bool decode_text(const Cell& cell, std::string& out);
bool decode_bytes(const Cell& cell, Bytes& out);
bool decode_decimal(const Cell& cell, TypePtr type, Decimal& out);
bool decode_date(const Cell& cell, Date& out);
bool decode_time(const Cell& cell, Time& out);
bool decode_datetime(const Cell& cell, DateTime& out);
/// Reads what the cell holds, guided by the SQL type.
bool decode_value(const Cell& cell, TypePtr type, Value& out);

/// The kind of value that the type of the cell has; text for those that C++ has no type for.
ValueKind natural_kind(Oid oid);
/// Describes a cell for messages: `'abc' (text)`, `infinity (date)`.
std::string describe(const Cell& cell);

/// Returns the function that reads cells of the type from a LibpqCursor.
ColumnReader::Function reader_of(const CellType& cell);

}  // namespace azoth::drivers::libpq
