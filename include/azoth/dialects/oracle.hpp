// SPDX-License-Identifier: MIT
// The dialect of Oracle and the types that only it has. Needs no Oracle library: statements can be
// printed anywhere.
#pragma once
#include <azoth/compile/dialect.hpp>
#include <azoth/types/types.hpp>

namespace azoth {

/// Returns Oracle's dialect; it lives until the program ends and is shared between threads.
const Dialect& oracle_dialect();

/// Oracle's types. Types live until the program ends; makers throw ArgumentError for negative
/// lengths, precisions and scales other than -1 (not given).
namespace oracle {

TypePtr NUMBER(int precision = -1, int scale = -1);
/// FLOAT with a precision in binary digits, which is what Oracle counts.
TypePtr FLOAT(int binary_precision = -1);
TypePtr BINARY_DOUBLE();
TypePtr BINARY_FLOAT();
TypePtr DOUBLE_PRECISION(int precision = -1);
TypePtr VARCHAR(int length = -1);
TypePtr VARCHAR2(int length = -1);
TypePtr NVARCHAR(int length = -1);
/// Another name of NVARCHAR, which Oracle calls NVARCHAR2.
TypePtr NVARCHAR2(int length = -1);
TypePtr CHAR(int length = -1);
TypePtr NCHAR(int length = -1);
TypePtr CLOB();
TypePtr NCLOB();
TypePtr BLOB();
/// A file beside the database; has no text in DDL.
TypePtr BFILE();
TypePtr RAW(int length = -1);
TypePtr LONG();
TypePtr ROWID();
/// A moment to the second: Oracle's DATE has a time of day.
TypePtr DATE();
/// WITH TIME ZONE, or WITH LOCAL TIME ZONE.
TypePtr TIMESTAMP(bool timezone = false, bool local_timezone = false);
/// INTERVAL DAY TO SECOND.
TypePtr INTERVAL(int day_precision = -1, int second_precision = -1);

}  // namespace oracle

}  // namespace azoth
