// SPDX-License-Identifier: MIT
// The makers of SQL Server's types. Those that extend a standard type have its kind, so that other
// databases render them plainly.
#include <azoth/base/error.hpp>
#include <azoth/dialects/mssql.hpp>

namespace azoth::mssql {

namespace {

struct Arguments {
  int length = -1, precision = -1;
  std::string_view collation{};
  std::vector<TypeOption> options{};
};

TypePtr make(std::string_view name, TypeKind kind, Arguments arguments = {}) {
  for (int number : {arguments.length, arguments.precision}) {
    if (number < -1) {
      throw ArgumentError("mssql." + std::string(name) + ": " + std::to_string(number) +
                          " is negative; give a number from 0 on, or leave it out");
    }
  }
  SqlType type;
  type.kind = kind;
  type.vendor = "mssql";
  type.name = name;
  type.length = arguments.length;
  type.precision = arguments.precision;
  type.collation = arguments.collation;
  type.options = std::move(arguments.options);
  return intern(std::move(type));
}

TypePtr collated(std::string_view name, TypeKind kind, int length, std::string_view collation) {
  return make(name, kind, {.length = length, .collation = collation});
}

std::vector<TypeOption> flag(std::string_view name, bool is_set) {
  return is_set ? std::vector<TypeOption>{{std::string(name), "", 1}} : std::vector<TypeOption>{};
}

}  // namespace

TypePtr BIT() {
  return make("BIT", TypeKind::vendor);
}

TypePtr TINYINT() {
  return make("TINYINT", TypeKind::vendor);
}

TypePtr MONEY() {
  return make("MONEY", TypeKind::vendor);
}

TypePtr SMALLMONEY() {
  return make("SMALLMONEY", TypeKind::vendor);
}

TypePtr REAL() {
  return types::REAL();
}

TypePtr FLOAT(int precision) {
  return types::FLOAT(precision);
}

TypePtr DATE() {
  return types::DATE();
}

TypePtr DATETIME() {
  return types::DATETIME();
}

TypePtr DATETIME2(int precision) {
  return make("DATETIME2", TypeKind::vendor, {.precision = precision});
}

TypePtr DATETIMEOFFSET(int precision) {
  return make("DATETIMEOFFSET", TypeKind::vendor, {.precision = precision});
}

TypePtr SMALLDATETIME() {
  return make("SMALLDATETIME", TypeKind::vendor);
}

TypePtr TIME(int precision) {
  return make("TIME", TypeKind::sql_time, {.precision = precision});
}

TypePtr TIMESTAMP(bool convert_int) {
  return make("TIMESTAMP", TypeKind::sql_timestamp, {.options = flag("convert_int", convert_int)});
}

TypePtr ROWVERSION(bool convert_int) {
  return make("ROWVERSION", TypeKind::vendor, {.options = flag("convert_int", convert_int)});
}

TypePtr UNIQUEIDENTIFIER() {
  return make("UNIQUEIDENTIFIER", TypeKind::vendor);
}

TypePtr SQL_VARIANT() {
  return make("SQL_VARIANT", TypeKind::vendor);
}

TypePtr XML() {
  return make("XML", TypeKind::vendor);
}

TypePtr IMAGE() {
  return make("IMAGE", TypeKind::vendor);
}

TypePtr TEXT(int length, std::string_view collation) {
  return collated("TEXT", TypeKind::sql_text, length, collation);
}

TypePtr NTEXT(int length, std::string_view collation) {
  return collated("NTEXT", TypeKind::vendor, length, collation);
}

TypePtr VARCHAR(int length, std::string_view collation) {
  return collated("VARCHAR", TypeKind::sql_varchar, length, collation);
}

TypePtr NVARCHAR(int length, std::string_view collation) {
  return collated("NVARCHAR", TypeKind::sql_nvarchar, length, collation);
}

TypePtr CHAR(int length, std::string_view collation) {
  return collated("CHAR", TypeKind::sql_char, length, collation);
}

TypePtr NCHAR(int length, std::string_view collation) {
  return collated("NCHAR", TypeKind::sql_nchar, length, collation);
}

TypePtr BINARY(int length) {
  return types::BINARY(length);
}

TypePtr VARBINARY(int length, bool filestream) {
  if (filestream && length >= 0) {
    throw ArgumentError("length must be None or 'max' when setting filestream");
  }
  return make("VARBINARY",
              TypeKind::sql_varbinary,
              {.length = length, .options = flag("filestream", filestream)});
}

TypePtr JSON() {
  return types::JSON();
}

}  // namespace azoth::mssql
