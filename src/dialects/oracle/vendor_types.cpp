// SPDX-License-Identifier: MIT
// The makers of Oracle's types. Those that extend a standard type have its kind, so that other
// databases render them plainly.
#include <azoth/base/error.hpp>
#include <azoth/dialects/oracle.hpp>

namespace azoth::oracle {

namespace {

struct Arguments {
  int length = -1, precision = -1, scale = -1;
  bool timezone = false;
  std::vector<TypeOption> options{};
};

TypePtr make(std::string_view name, TypeKind kind, Arguments arguments = {}) {
  for (int number : {arguments.length, arguments.precision, arguments.scale}) {
    if (number < -1) {
      throw ArgumentError("oracle." + std::string(name) + ": " + std::to_string(number) +
                          " is negative; give a number from 0 on, or leave it out");
    }
  }
  SqlType type;
  type.kind = kind;
  type.vendor = "oracle";
  type.name = name;
  type.length = arguments.length;
  type.precision = arguments.precision;
  type.scale = arguments.scale;
  type.timezone = arguments.timezone;
  type.options = std::move(arguments.options);
  return intern(std::move(type));
}

}  // namespace

TypePtr NUMBER(int precision, int scale) {
  return make("NUMBER", TypeKind::vendor, {.precision = precision, .scale = scale});
}

TypePtr FLOAT(int binary_precision) {
  std::vector<TypeOption> options;
  if (binary_precision >= 0) {
    options.push_back({"binary_precision", "", binary_precision});
  }
  return make("FLOAT", TypeKind::sql_float, {.options = std::move(options)});
}

TypePtr BINARY_DOUBLE() {
  return make("BINARY_DOUBLE", TypeKind::vendor);
}

TypePtr BINARY_FLOAT() {
  return make("BINARY_FLOAT", TypeKind::vendor);
}

TypePtr DOUBLE_PRECISION(int precision) {
  return make("DOUBLE_PRECISION", TypeKind::vendor, {.precision = precision});
}

TypePtr VARCHAR(int length) {
  return types::VARCHAR(length);
}

TypePtr VARCHAR2(int length) {
  return make("VARCHAR2", TypeKind::vendor, {.length = length});
}

TypePtr NVARCHAR(int length) {
  return types::NVARCHAR(length);
}

TypePtr NVARCHAR2(int length) {
  return types::NVARCHAR(length);
}

TypePtr CHAR(int length) {
  return types::CHAR(length);
}

TypePtr NCHAR(int length) {
  return types::NCHAR(length);
}

TypePtr CLOB() {
  return types::CLOB();
}

TypePtr NCLOB() {
  return make("NCLOB", TypeKind::vendor);
}

TypePtr BLOB() {
  return types::BLOB();
}

TypePtr BFILE() {
  return make("BFILE", TypeKind::vendor);
}

TypePtr RAW(int length) {
  return make("RAW", TypeKind::vendor, {.length = length});
}

TypePtr LONG() {
  return make("LONG", TypeKind::vendor);
}

TypePtr ROWID() {
  return make("ROWID", TypeKind::vendor);
}

TypePtr DATE() {
  return make("DATE", TypeKind::sql_date);
}

TypePtr TIMESTAMP(bool timezone, bool local_timezone) {
  std::vector<TypeOption> options;
  if (local_timezone) {
    options.push_back({"local_timezone", "", 1});
  }
  return make(
      "TIMESTAMP", TypeKind::sql_timestamp, {.timezone = timezone, .options = std::move(options)});
}

TypePtr INTERVAL(int day_precision, int second_precision) {
  return make(
      "INTERVAL", TypeKind::vendor, {.precision = second_precision, .scale = day_precision});
}

}  // namespace azoth::oracle
