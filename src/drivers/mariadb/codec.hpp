// SPDX-License-Identifier: MIT
// How values travel between C++ and a server of MariaDB or MySQL: in the binary protocol of
// prepared statements, both ways. Cells are read where the connector keeps the row, without a
// buffer between, so that none is truncated and large ones are copied once.
#pragma once
#include <azoth/engine/driver.hpp>
#include <azoth/types/value.hpp>

#include <mysql.h>

#include <string>

//   C++           parameter             read from
//   bool          TINYINT               0 and 1 of integers and of BIT
//   integers      BIGINT                integers, YEAR, BIT in the range of the type; DECIMAL
//                                       without a fraction
//   float,        DOUBLE                DOUBLE; FLOAT as its shortest decimal (0.1 is 0.1);
//   double                              DECIMAL (the nearest); integers that a double holds exactly
//   std::string   VARCHAR               texts, ENUM, SET, JSON, UUID, INET; TIME, which may exceed
//                                       what a Time holds
//   Bytes         BLOB                  BINARY, VARBINARY, BLOB, BIT, geometries
//   Decimal       DECIMAL               DECIMAL of up to 38 digits, integers; FLOAT and DOUBLE at
//                                       the scale of the SQL type (10 if it has none)
//   Date          DATE                  DATE
//   Time          TIME                  TIME from 00:00:00 to 23:59:59.999999
//   DateTime      DATETIME              DATETIME, TIMESTAMP (in the session's time zone)
//
// Dates with a zero in them (0000-00-00) have no C++ value and are refused. Where the C++ type is
// not known, a BIGINT UNSIGNED beyond 64 signed bits is a Decimal, and a TIME beyond a day a text.

namespace azoth::drivers::mariadb {

/// One parameter of a statement: what the connector's MYSQL_BIND points to.
struct Parameter {
  union {
    signed char boolean;
    long long integer;
    double real;
    MYSQL_TIME time;
  } small;

  std::string text;  ///< of a Decimal
  unsigned long length = 0;
  bool is_bound = false;
};

/// Lets `bind` describe the value, which is copied to `parameter` or viewed. Returns whether the
/// connector must be told: type or address have changed. @throws DataError, ProgrammingError
bool encode(const Literal& value, TypePtr type, Parameter& parameter, MYSQL_BIND& bind);

/// What is known of a column before its rows.
struct Column {
  enum_field_types type = MYSQL_TYPE_NULL;
  std::uint8_t size = 0;  ///< in bytes; 0: the cell begins with its length
  bool is_unsigned = false;
  bool is_binary = false;            ///< without character set
  ValueKind kind = ValueKind::text;  ///< of the values that the type has

  Column() = default;
  explicit Column(const MYSQL_FIELD& field);
};

/// One cell of a row.
struct Cell {
  const Column* column = nullptr;
  const unsigned char* data = nullptr;
  std::size_t size = 0;

  std::string_view view() const { return {reinterpret_cast<const char*>(data), size}; }
};

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
/// Reads what the cell holds, guided by the SQL type.
bool decode_value(const Cell& cell, TypePtr type, Value& out);

/// Describes a cell for messages: `'abc' (text)`, `0000-00-00 (date)`.
std::string describe(const Cell& cell);
/// Writes a date or time as the server does, whatever is in it: `-838:59:59`, `0000-00-00`.
std::string temporal_text(const Cell& cell);

/// Returns the function that reads cells of the type from a MariadbCursor.
ColumnReader::Function reader_of(const CellType& cell);

}  // namespace azoth::drivers::mariadb
