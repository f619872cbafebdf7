// SPDX-License-Identifier: MIT
// What Oracle calls the types: VARCHAR2 with a length in characters, NUMBER for the large integers,
// DATE for moments, SMALLINT for booleans.
#include "dialects/oracle/oracle_dialect.hpp"
#include <azoth/base/error.hpp>

namespace azoth::oracle {

namespace {

std::int64_t argument(const SqlType& type, std::string_view name, std::int32_t field) {
  const TypeOption* option = type.option(name);
  return option ? option->number : field;
}

// VARCHAR2(30 CHAR): before version 9 lengths were counted in bytes only.
std::string varchar(std::string_view word,
                    const SqlType& type,
                    const Dialect& dialect,
                    std::string_view national = "") {
  std::string out(national);
  out += word;
  const std::int64_t length = argument(type, "length", type.length);
  const TypeOption* option = type.option("length");
  if (length < 0 && !option) {
    return out;
  }
  out += "(" + (option && !option->text.empty() ? option->text : std::to_string(length));
  const ServerVersion& version = dialect.capabilities().server_version;
  if (national.empty() && !(version.is_known() && version.major < 9)) {
    out += " CHAR";
  }
  return out += ")";
}

std::string interval(std::int64_t days, std::int64_t seconds) {
  std::string out = "INTERVAL DAY";
  out += days >= 0 ? "(" + std::to_string(days) + ")" : "";
  out += " TO SECOND";
  return out += seconds >= 0 ? "(" + std::to_string(seconds) + ")" : "";
}

std::string timestamp(const SqlType& type) {
  const TypeOption* local = type.option("local_timezone");
  if (local && local->number != 0) {
    return "TIMESTAMP WITH LOCAL TIME ZONE";
  }
  return type.timezone || argument(type, "timezone", 0) != 0 ? "TIMESTAMP WITH TIME ZONE"
                                                             : "TIMESTAMP";
}

std::string with_scale(std::string_view word, const SqlType& type) {
  SqlType numbers;
  numbers.precision = static_cast<std::int32_t>(argument(type, "precision", type.precision));
  numbers.scale = static_cast<std::int32_t>(argument(type, "scale", type.scale));
  return type_with_scale(word, numbers);
}

std::optional<std::string> vendor_type_name(const SqlType& type, const Dialect& dialect) {
  const std::string_view name = type.name;
  if (name == "NUMBER") {
    return with_scale("NUMBER", type);
  }
  if (name == "DOUBLE_PRECISION") {
    return with_scale("DOUBLE PRECISION", type);
  }
  if (name == "VARCHAR2" || name == "VARCHAR") {
    return varchar(name, type, dialect);
  }
  if (name == "NVARCHAR2" || name == "NVARCHAR") {
    return varchar("VARCHAR2", type, dialect, "N");
  }
  if (name == "RAW") {
    return type_with_length(name, static_cast<int>(argument(type, "length", type.length)));
  }
  if (name == "INTERVAL") {
    return interval(argument(type, "day_precision", type.scale),
                    argument(type, "second_precision", type.precision));
  }
  if (name == "TIMESTAMP") {
    return timestamp(type);
  }
  if (name == "FLOAT") {
    return type_with_length(name, static_cast<int>(argument(type, "binary_precision", -1)));
  }
  if (name == "BINARY_DOUBLE" || name == "BINARY_FLOAT" || name == "NCLOB" || name == "LONG" ||
      name == "ROWID" || name == "DATE") {
    return std::string(name);
  }
  return {};
}

}  // namespace

std::optional<std::string> type_name(const SqlType& type, const Dialect& dialect) {
  if (type.vendor == "oracle" || (type.kind == TypeKind::vendor && type.name != "INTERVAL")) {
    return vendor_type_name(type, dialect);  // those of other databases go by their name
  }
  const bool has_nchar = dialect.capabilities().use_nchar_for_unicode;
  switch (type.kind) {
    case TypeKind::boolean:
    case TypeKind::match:
      return "SMALLINT";
    case TypeKind::big_integer:
      return "NUMBER(19)";
    case TypeKind::string:
      return varchar("VARCHAR2", type, dialect);
    case TypeKind::unicode:
      return varchar("VARCHAR2", type, dialect, has_nchar ? "N" : "");
    case TypeKind::text:
      return "CLOB";
    case TypeKind::unicode_text:
      return has_nchar ? "NCLOB" : "CLOB";
    case TypeKind::sql_varchar:
    case TypeKind::enum_:
      return varchar("VARCHAR", type, dialect);
    case TypeKind::sql_nvarchar:
      return varchar("VARCHAR2", type, dialect, "N");
    case TypeKind::datetime:
      return "DATE";
    case TypeKind::interval:
      return type.is_native ? interval(type.scale, type.precision) : "DATE";
    case TypeKind::sql_timestamp:
      return timestamp(type);
    default:
      return {};
  }
}

}  // namespace azoth::oracle
