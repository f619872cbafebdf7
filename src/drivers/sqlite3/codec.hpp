// SPDX-License-Identifier: MIT
// How values travel between C++ and SQLite. SQLite has five storage classes and columns do not
// enforce their types, so reading is strict: what a cell cannot hold without loss is refused and
// explained, never converted.
//
//   C++            written as                                   read from
//   bool           INTEGER 0 or 1                               INTEGER 0 or 1
//   integers       INTEGER                                      INTEGER within the range of the
//   type float, double  REAL (NaN is refused: SQLite would store NULL)  REAL; INTEGER that a double
//   holds exactly std::string    TEXT, NUL bytes included                     TEXT Bytes BLOB BLOB
//   Decimal        REAL if that reads back equal, else TEXT     REAL and INTEGER at the scale of
//   the SQL type (10 if it has none),
//                                                               as "%.{scale}f" prints it; TEXT as
//                                                               it is
//   Date, Time, DateTime   TEXT in ISO form, six digits of fraction for times    the same, more
//   leniently
//
// A column of NUMERIC affinity turns TEXT that looks like a number into a REAL when 15 digits
// survive: Decimals of more digits keep them only in a column that is declared as text.
#pragma once
#include <azoth/engine/driver.hpp>
#include <azoth/types/value.hpp>

#include <sqlite3.h>

#include <string>

namespace azoth::drivers::sqlite {

/// Binds a value at SQLite's index (from 1) and returns SQLite's code. @throws DataError for what
/// SQLite cannot hold.
int bind_literal(sqlite3_stmt* statement, int index, const Literal& value, TypePtr type);
/// Returns the function that reads cells of the type from a Sqlite3Cursor.
ColumnReader::Function reader_of(const CellType& cell, TypePtr type);
/// Reads a column guided by its SQL type. @throws DataError
Value read_value(sqlite3_stmt* statement, int column, TypePtr type);
/// Throws the DataError for a column that its reader refused.
[[noreturn]] void explain_refusal(sqlite3_stmt* statement,
                                  const ColumnReader& reader,
                                  std::string_view where);
/// Returns what `bind_literal` sends.
Value sent_value(const Literal& value, TypePtr type);
/// Appends the Python form of what `bind_literal` sends.
void append_bound_repr(std::string& out, const Literal& value, TypePtr type);
/// Says whether the decimal survives the way through a double.
bool survives_as_real(const Decimal& value);

}  // namespace azoth::drivers::sqlite
