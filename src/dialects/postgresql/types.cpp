// SPDX-License-Identifier: MIT
// PostgreSQL's types: how they are made, and how they are written in DDL and CAST.
#include "dialects/postgresql/postgresql_dialect.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/postgresql.hpp>

#include <algorithm>

namespace azoth::postgresql {

namespace {

constexpr std::string_view vendor = "postgresql";

void check_not_negative(int number, std::string_view what) {
  if (number < -1) {
    throw ArgumentError("The " + std::string(what) + " of a type is negative: " +
                        std::to_string(number) + "; give a positive number, or leave it out.");
  }
}

SqlType described(std::string_view name, TypeKind kind) {
  SqlType type;
  type.kind = kind;
  type.vendor = vendor;
  type.name = name;
  return type;
}

TypePtr plain(std::string_view name) {
  return types::vendor_type(vendor, name);
}

TypePtr moment(std::string_view name, TypeKind kind, bool timezone, int precision) {
  check_not_negative(precision, "precision");
  SqlType type = described(name, kind);
  type.timezone = timezone;
  type.precision = precision;
  return intern(std::move(type));
}

std::string moment_text(std::string_view word, const SqlType& type) {
  const int precision = type.vendor == vendor ? type.precision : -1;
  return type_with_length(word, precision) +
         (type.timezone ? " WITH TIME ZONE" : " WITHOUT TIME ZONE");
}

std::string interval_text(std::string_view fields, int precision) {
  std::string text = "INTERVAL";
  if (!fields.empty()) {
    text.append(" ").append(fields);
  }
  if (precision >= 0) {
    text += " (" + std::to_string(precision) + ")";
  }
  return text;
}

std::string enum_text(const Dialect& dialect, const SqlType& type) {
  if (type.name.empty()) {
    throw CompileError("PostgreSQL ENUM type requires a name.");
  }
  const std::string name = dialect.quote(type.name);
  return type.schema.empty() ? name : dialect.quote(type.schema) + "." + name;
}

// VARCHAR(3) COLLATE "x" -> VARCHAR(3)[] COLLATE "x"
std::string array_text(const Dialect& dialect, const SqlType& type) {
  std::string text = dialect.type_name(type.elements.front());
  const std::size_t end = std::min(text.find(" COLLATE"), text.size());
  std::string brackets;
  for (int i = 0; i < (type.dimensions < 0 ? 1 : type.dimensions); ++i) {
    brackets += "[]";
  }
  return text.insert(end, brackets);
}

std::string bit_text(const SqlType& type) {
  if (type.option("varying")) {
    return type_with_length("BIT VARYING", type.length);
  }
  return type_with_length("BIT", std::max(type.length, 1));
}

std::string vendor_text(const Dialect& dialect, const SqlType& type) {
  if (type.name == "DOMAIN") {
    const std::string name = dialect.quote(type.option("name")->text);
    return type.schema.empty() ? name : dialect.quote(type.schema) + "." + name;
  }
  if (type.name == "INTERVAL") {
    const TypeOption* fields = type.option("fields");
    return interval_text(fields ? std::string_view(fields->text) : "", type.precision);
  }
  if (type.name == "BIT") {
    return bit_text(type);
  }
  return type.name == "DOUBLE_PRECISION" ? "DOUBLE PRECISION" : type.name;
}

}  // namespace

std::string type_text(const Dialect& dialect, const SqlType& type) {
  switch (type.kind) {
    case TypeKind::float_:
    case TypeKind::sql_float:
      return type_with_length("FLOAT", type.precision > 0 ? type.precision : -1);
    case TypeKind::double_:
    case TypeKind::sql_double:
      return "DOUBLE PRECISION";
    case TypeKind::datetime:
    case TypeKind::sql_timestamp:
      return moment_text("TIMESTAMP", type);
    case TypeKind::time:
    case TypeKind::sql_time:
      return moment_text("TIME", type);
    case TypeKind::interval:
      return type.is_native ? interval_text("", type.precision) : "TIMESTAMP WITHOUT TIME ZONE";
    case TypeKind::enum_:
      return type.is_native && dialect.capabilities().native_enum ? enum_text(dialect, type) : "";
    case TypeKind::large_binary:
      return "BYTEA";
    case TypeKind::pickle:
      return type.elements.empty() ? "BYTEA" : "";
    case TypeKind::json:
      return type.vendor == vendor && !type.name.empty() ? type.name : "JSON";
    case TypeKind::array:
      return array_text(dialect, type);
    case TypeKind::vendor:
      return type.vendor == vendor ? vendor_text(dialect, type) : "";
    default:
      return "";
  }
}

TypePtr ARRAY(TypePtr item, int dimensions) {
  SqlType type = described("", TypeKind::array);
  type.elements = {item};
  type.dimensions = dimensions;
  return intern(std::move(type));
}

TypePtr ENUM(std::vector<std::string> values, std::string_view name, std::string_view schema) {
  SqlType type =
      *types::Enum(std::move(values), {.name = std::string(name), .schema = std::string(schema)});
  type.vendor = vendor;
  return intern(std::move(type));
}

TypePtr DOMAIN_(std::string_view name, TypePtr data_type, std::string_view schema) {
  SqlType type = described("DOMAIN", TypeKind::vendor);
  type.schema = schema;
  type.elements = {data_type};
  type.options = {{"name", std::string(name)}};
  return intern(std::move(type));
}

TypePtr INTERVAL(int precision, std::string_view fields) {
  check_not_negative(precision, "precision");
  SqlType type = described("INTERVAL", TypeKind::vendor);
  type.precision = precision;
  if (!fields.empty()) {
    type.options = {{"fields", std::string(fields)}};
  }
  return intern(std::move(type));
}

TypePtr TIMESTAMP(bool timezone, int precision) {
  return moment("TIMESTAMP", TypeKind::sql_timestamp, timezone, precision);
}

TypePtr TIME(bool timezone, int precision) {
  return moment("TIME", TypeKind::sql_time, timezone, precision);
}

TypePtr BIT(int length, bool varying) {
  check_not_negative(length, "length");
  SqlType type = described("BIT", TypeKind::vendor);
  type.length = length;
  if (varying) {
    type.options = {{"varying", "", 1}};
  }
  return intern(std::move(type));
}

TypePtr JSON() {
  return intern(described("JSON", TypeKind::json));
}

TypePtr JSONB() {
  return intern(described("JSONB", TypeKind::json));
}

#define AZOTH_PLAIN_TYPE(Name) \
  TypePtr Name() {             \
    return plain(#Name);       \
  }
AZOTH_PLAIN_TYPE(DOUBLE_PRECISION)
AZOTH_PLAIN_TYPE(BYTEA)
AZOTH_PLAIN_TYPE(UUID)
AZOTH_PLAIN_TYPE(INET)
AZOTH_PLAIN_TYPE(CIDR)
AZOTH_PLAIN_TYPE(MACADDR)
AZOTH_PLAIN_TYPE(MACADDR8)
AZOTH_PLAIN_TYPE(OID)
AZOTH_PLAIN_TYPE(REGCLASS)
AZOTH_PLAIN_TYPE(MONEY)
AZOTH_PLAIN_TYPE(TSVECTOR)
AZOTH_PLAIN_TYPE(HSTORE)
AZOTH_PLAIN_TYPE(INT4RANGE)
AZOTH_PLAIN_TYPE(INT8RANGE)
AZOTH_PLAIN_TYPE(NUMRANGE)
AZOTH_PLAIN_TYPE(DATERANGE)
AZOTH_PLAIN_TYPE(TSRANGE)
AZOTH_PLAIN_TYPE(TSTZRANGE)
#undef AZOTH_PLAIN_TYPE

}  // namespace azoth::postgresql
