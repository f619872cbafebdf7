// SPDX-License-Identifier: MIT
// The dialect of SQL Server and the types that only it has. Needs no vendor's library: statements
// can be printed anywhere.
#pragma once
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/node.hpp>
#include <azoth/types/types.hpp>

namespace azoth {

/// Returns SQL Server's dialect; it lives until the program ends and is shared between threads.
const Dialect& mssql_dialect();

/// SQL Server's types. Types live until the program ends; makers throw ArgumentError for negative
/// lengths, precisions and scales other than -1 (not given).
namespace mssql {

TypePtr BIT();
TypePtr TINYINT();
TypePtr MONEY();
TypePtr SMALLMONEY();
TypePtr REAL();
TypePtr FLOAT(int precision = -1);
TypePtr DATE();
TypePtr DATETIME();
TypePtr DATETIME2(int precision = -1);
TypePtr DATETIMEOFFSET(int precision = -1);
TypePtr SMALLDATETIME();
TypePtr TIME(int precision = -1);
/// A counter of the database's changes, not a time; ROWVERSION is its better name.
TypePtr TIMESTAMP(bool convert_int = false);
TypePtr ROWVERSION(bool convert_int = false);
TypePtr UNIQUEIDENTIFIER();
TypePtr SQL_VARIANT();
TypePtr XML();
TypePtr IMAGE();
TypePtr TEXT(int length = -1, std::string_view collation = {});
TypePtr NTEXT(int length = -1, std::string_view collation = {});
/// Without a length: VARCHAR(max), as NVARCHAR and VARBINARY.
TypePtr VARCHAR(int length = -1, std::string_view collation = {});
TypePtr NVARCHAR(int length = -1, std::string_view collation = {});
TypePtr CHAR(int length = -1, std::string_view collation = {});
TypePtr NCHAR(int length = -1, std::string_view collation = {});
TypePtr BINARY(int length = -1);
/// `filestream` keeps the bytes in files; it wants the longest form, without a length.
TypePtr VARBINARY(int length = -1, bool filestream = false);
TypePtr JSON();

/// `TRY_CAST (element AS type)`: NULL where the value does not fit. Other databases throw
/// UnsupportedCompilationError when they render it.
sql::Ref try_cast(sql::Ref element, TypePtr type);

}  // namespace mssql

}  // namespace azoth
