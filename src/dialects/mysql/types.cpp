// SPDX-License-Identifier: MIT
// How MySQL writes types in DDL and CAST. How its own are made stands in type_makers.cpp.
#include "dialects/mysql/mysql_dialect.hpp"
#include <azoth/base/error.hpp>

#include <algorithm>
#include <array>

namespace azoth::mysql {

namespace {

bool is_own(const SqlType& type) {
  return type.vendor == "mysql";
}

std::int32_t number(const SqlType& type, std::string_view name) {
  const TypeOption* option = is_own(type) ? type.option(name) : nullptr;
  return option ? static_cast<std::int32_t>(option->number) : -1;
}

bool flag(const SqlType& type, std::string_view name) {
  return number(type, name) > 0;
}

// INTEGER -> INTEGER UNSIGNED ZEROFILL
std::string number_text(std::string text, const SqlType& type) {
  text += flag(type, "unsigned") ? " UNSIGNED" : "";
  text += flag(type, "zerofill") ? " ZEROFILL" : "";
  return text;
}

std::string integer_text(std::string_view word, const SqlType& type) {
  return number_text(type_with_length(word, number(type, "display_width")), type);
}

// FLOAT(5), FLOAT(5, 2); a scale needs a precision.
std::string decimal_text(std::string_view word, const SqlType& type) {
  return number_text(type_with_scale(word, type), type);
}

// Approximate numbers of the standard have no scale.
std::string float_text(const SqlType& type) {
  const int precision = type.precision > 0 || is_own(type) ? type.precision : -1;
  return is_own(type) && type.scale >= 0 ? decimal_text("FLOAT", type)
                                         : number_text(type_with_length("FLOAT", precision), type);
}

// REAL and DOUBLE have precision and scale, or neither.
std::string double_text(std::string_view word, const SqlType& type) {
  return number_text(
      is_own(type) && type.scale >= 0 ? type_with_scale(word, type) : std::string(word), type);
}

// The attributes of a text: one of character sets, and the collation or BINARY. National texts
// have their character set already.
std::string collated(std::string text, const SqlType& type, bool is_national = false) {
  const TypeOption* charset = is_own(type) ? type.option("charset") : nullptr;
  const std::string collation = !type.collation.empty() ? " COLLATE " + type.collation
                                : flag(type, "binary")  ? " BINARY"
                                                        : "";
  if (is_national || flag(type, "national")) {
    return "NATIONAL " + text + collation;
  }
  if (charset && !charset->text.empty()) {
    text += " CHARACTER SET " + charset->text;
  } else if (flag(type, "ascii")) {
    text += " ASCII";
  } else if (flag(type, "unicode")) {
    text += " UNICODE";
  }
  return text + collation;
}

std::string sized(std::string_view word, const SqlType& type) {
  return type_with_length(word, type.length > 0 ? type.length : -1);
}

std::string varchar_text(const Dialect& dialect, const SqlType& type, bool is_national) {
  if (type.length <= 0) {
    throw CompileError((is_national ? "NVARCHAR" : "VARCHAR") +
                       std::string(" requires a length on dialect ") + std::string(dialect.name()));
  }
  return collated(sized("VARCHAR", type), type, is_national);
}

std::string members_text(std::string_view word, const SqlType& type) {
  std::string text(word);
  text += '(';
  for (const std::string& value : type.values) {
    text += text.back() == '(' ? "'" : ",'";
    for (char c : value) {
      text.append(c == '\'' ? 2 : 1, c);
    }
    text += '\'';
  }
  return collated(text + ")", type);
}

std::string moment_text(std::string_view word, const SqlType& type) {
  const int digits = number(type, "fsp");
  return type_with_length(word, digits > 0 ? digits : -1);
}

std::string vendor_text(const SqlType& type) {
  const std::string& name = type.name;
  if (name == "TINYINT" || name == "MEDIUMINT") {
    return integer_text(name, type);
  }
  if (name == "DOUBLE") {
    return double_text(name, type);
  }
  if (name == "BIT") {
    return type_with_length(name, type.length);
  }
  if (name == "YEAR") {
    return type_with_length(name, number(type, "display_width"));
  }
  if (name == "SET") {
    return members_text(name, type);
  }
  return name.ends_with("TEXT") ? collated(name, type) : name;
}

}  // namespace

std::string type_text(const Dialect& dialect, const SqlType& type) {
  switch (type.kind) {
    case TypeKind::boolean:
    case TypeKind::match:
    case TypeKind::sql_boolean:
      return "BOOL";
    case TypeKind::small_integer:
    case TypeKind::sql_smallint:
      return integer_text("SMALLINT", type);
    case TypeKind::integer:
    case TypeKind::sql_integer:
      return integer_text("INTEGER", type);
    case TypeKind::big_integer:
    case TypeKind::sql_bigint:
      return integer_text("BIGINT", type);
    case TypeKind::numeric:
    case TypeKind::sql_numeric:
      return decimal_text("NUMERIC", type);
    case TypeKind::sql_decimal:
      return decimal_text("DECIMAL", type);
    case TypeKind::float_:
    case TypeKind::sql_float:
      return float_text(type);
    case TypeKind::sql_real:
      return double_text("REAL", type);
    case TypeKind::double_:
    case TypeKind::sql_double:
      return double_text("DOUBLE", type);
    case TypeKind::string:
    case TypeKind::unicode:
    case TypeKind::sql_varchar:
      return varchar_text(dialect, type, false);
    case TypeKind::sql_nvarchar:
      return varchar_text(dialect, type, true);
    case TypeKind::sql_char:
      return collated(sized("CHAR", type), type);
    case TypeKind::sql_nchar:
      return collated(sized("CHAR", type), type, true);
    case TypeKind::text:
    case TypeKind::unicode_text:
    case TypeKind::sql_text:
      return collated(sized("TEXT", type), type);
    case TypeKind::enum_:
      return type.is_native ? members_text("ENUM", type) : varchar_text(dialect, type, false);
    case TypeKind::time:
    case TypeKind::sql_time:
      return moment_text("TIME", type);
    case TypeKind::datetime:
    case TypeKind::sql_datetime:
      return moment_text("DATETIME", type);
    case TypeKind::sql_timestamp:
      return moment_text("TIMESTAMP", type);
    case TypeKind::large_binary:
    case TypeKind::sql_blob:
      return sized("BLOB", type);
    case TypeKind::json:
      return "JSON";
    case TypeKind::uuid: {
      const Capabilities& can = dialect.capabilities();
      return type.is_native && can.is_mariadb && can.server_version >= ServerVersion{10, 7} ? "UUID"
                                                                                            : "";
    }
    case TypeKind::vendor:
      return is_own(type) ? vendor_text(type) : "";
    default:
      return "";
  }
}

namespace {

// Floating point targets came with MySQL 8.0.17 and MariaDB 10.4.5.
bool has_float_cast(const Capabilities& can) {
  return can.server_version >= (can.is_mariadb ? ServerVersion{10, 4, 5} : ServerVersion{8, 0, 17});
}

// Of the texts there is only CHAR, with the character set of MySQL's own types.
std::string text_cast(const SqlType& type) {
  if (!is_own(type)) {
    return sized("CHAR", type);
  }
  if (type.kind == TypeKind::sql_char) {
    return collated(sized("CHAR", type), type);
  }
  SqlType character = type;
  std::erase_if(character.options, [](const TypeOption& o) { return o.name == "national"; });
  return collated(sized("CHAR", type), character);
}

std::string vendor_cast(const Dialect& dialect, const SqlType& type) {
  const std::string_view name = type.name;
  if (name.ends_with("INT")) {
    return flag(type, "unsigned") ? "UNSIGNED INTEGER" : "SIGNED INTEGER";
  }
  if (name.ends_with("TEXT") || name.starts_with("VARCHAR")) {
    return text_cast(type);
  }
  if (name.ends_with("BLOB") || name == "BYTEA" || name == "RAW" || name == "IMAGE") {
    return "BINARY";
  }
  if (name == "JSONB") {
    return "JSON";
  }
  if (name == "NUMBER") {
    return type_with_scale("DECIMAL", type);
  }
  if (has_float_cast(dialect.capabilities()) && name == "DOUBLE") {
    return dialect.type_name(&type);
  }
  return "";
}

}  // namespace

std::string cast_text(const Dialect& dialect, const SqlType& type) {
  switch (type.kind) {
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::sql_smallint:
    case TypeKind::sql_integer:
    case TypeKind::sql_bigint:
      return flag(type, "unsigned") ? "UNSIGNED INTEGER" : "SIGNED INTEGER";
    case TypeKind::sql_timestamp:
      return "DATETIME";
    case TypeKind::numeric:
    case TypeKind::sql_numeric:
    case TypeKind::sql_decimal:
      return decimal_text("DECIMAL", type);
    case TypeKind::date:
    case TypeKind::sql_date:
    case TypeKind::time:
    case TypeKind::sql_time:
    case TypeKind::datetime:
    case TypeKind::sql_datetime:
    case TypeKind::interval:
      return dialect.type_name(&type);
    case TypeKind::float_:
    case TypeKind::sql_float:
    case TypeKind::double_:
    case TypeKind::sql_double:
    case TypeKind::sql_real:
      if (!has_float_cast(dialect.capabilities())) {
        return "";
      }
      return is_own(type) ? dialect.type_name(&type) : float_text(type);
    case TypeKind::enum_:
      return type.is_native ? "" : sized("CHAR", type);
    case TypeKind::string:
    case TypeKind::unicode:
    case TypeKind::text:
    case TypeKind::unicode_text:
    case TypeKind::sql_char:
    case TypeKind::sql_varchar:
    case TypeKind::sql_nchar:
    case TypeKind::sql_nvarchar:
    case TypeKind::sql_text:
    case TypeKind::sql_clob:
      return text_cast(type);
    case TypeKind::large_binary:
    case TypeKind::sql_blob:
    case TypeKind::sql_binary:
    case TypeKind::sql_varbinary:
    case TypeKind::pickle:
      return "BINARY";
    case TypeKind::json:
      return "JSON";
    case TypeKind::vendor:
      return vendor_cast(dialect, type);
    default:
      return "";
  }
}

}  // namespace azoth::mysql
