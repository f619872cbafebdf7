// SPDX-License-Identifier: MIT
// The makers of types.
#include "azoth/types/types.hpp"

#include "azoth/base/error.hpp"
#include "azoth/types/processors.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::types {
namespace {

int checked(std::string_view type, std::string_view what, int number) {
  if (number < -1) {
    throw ArgumentError(fmt::format(
        "{}: {} {} is negative; give a number from 0 on, or leave it out", type, what, number));
  }
  return number;
}

TypePtr simple(TypeKind kind) {
  SqlType type;
  type.kind = kind;
  return intern(std::move(type));
}

TypePtr with_length(TypeKind kind, std::string_view name, int length) {
  SqlType type;
  type.kind = kind;
  type.length = checked(name, "length", length);
  return intern(std::move(type));
}

TypePtr with_timezone(TypeKind kind, bool timezone) {
  SqlType type;
  type.kind = kind;
  type.timezone = timezone;
  return intern(std::move(type));
}

TypePtr with_precision(TypeKind kind, std::string_view name, int precision, int scale) {
  SqlType type;
  type.kind = kind;
  type.precision = checked(name, "precision", precision);
  type.scale = checked(name, "scale", scale);
  return intern(std::move(type));
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

// The types without arguments are asked for in the middle of building expressions: found once, then
// read.
#define AZOTH_PLAIN_TYPE(name, code)                    \
  TypePtr name() {                                      \
    static const TypePtr type = simple(TypeKind::code); \
    return type;                                        \
  }
#define AZOTH_TYPE_WITH_LENGTH(name, code)                                    \
  TypePtr name(int length) {                                                  \
    static const TypePtr plain = simple(TypeKind::code);                      \
    return length == -1 ? plain : with_length(TypeKind::code, #name, length); \
  }
#define AZOTH_TYPE_WITH_TIMEZONE(name, code)                       \
  TypePtr name(bool timezone) {                                    \
    static const TypePtr plain = simple(TypeKind::code);           \
    return timezone ? with_timezone(TypeKind::code, true) : plain; \
  }
#define AZOTH_TYPE_WITH_PRECISION(name, code)                                              \
  TypePtr name(int precision) {                                                            \
    static const TypePtr plain = simple(TypeKind::code);                                   \
    return precision == -1 ? plain : with_precision(TypeKind::code, #name, precision, -1); \
  }
#define AZOTH_TYPE_WITH_SCALE(name, code)                                 \
  TypePtr name(int precision, int scale) {                                \
    static const TypePtr plain = simple(TypeKind::code);                  \
    return precision == -1 && scale == -1                                 \
               ? plain                                                    \
               : with_precision(TypeKind::code, #name, precision, scale); \
  }

AZOTH_PLAIN_TYPE(null_type, null)
AZOTH_PLAIN_TYPE(Boolean, boolean)
AZOTH_PLAIN_TYPE(SmallInteger, small_integer)
AZOTH_PLAIN_TYPE(Integer, integer)
AZOTH_PLAIN_TYPE(BigInteger, big_integer)
AZOTH_TYPE_WITH_SCALE(Numeric, numeric)
AZOTH_TYPE_WITH_PRECISION(Float, float_)
AZOTH_PLAIN_TYPE(Double, double_)
AZOTH_TYPE_WITH_LENGTH(String, string)
AZOTH_TYPE_WITH_LENGTH(Text, text)
AZOTH_TYPE_WITH_LENGTH(Unicode, unicode)
AZOTH_TYPE_WITH_LENGTH(UnicodeText, unicode_text)
AZOTH_PLAIN_TYPE(Date, date)
AZOTH_TYPE_WITH_TIMEZONE(Time, time)
AZOTH_TYPE_WITH_TIMEZONE(DateTime, datetime)
AZOTH_TYPE_WITH_LENGTH(LargeBinary, large_binary)
AZOTH_PLAIN_TYPE(JSON, json)
AZOTH_PLAIN_TYPE(MatchType, match)

AZOTH_PLAIN_TYPE(BOOLEAN, sql_boolean)
AZOTH_PLAIN_TYPE(SMALLINT, sql_smallint)
AZOTH_PLAIN_TYPE(INTEGER, sql_integer)
AZOTH_PLAIN_TYPE(BIGINT, sql_bigint)
AZOTH_TYPE_WITH_SCALE(NUMERIC, sql_numeric)
AZOTH_TYPE_WITH_SCALE(DECIMAL, sql_decimal)
AZOTH_TYPE_WITH_PRECISION(FLOAT, sql_float)
AZOTH_PLAIN_TYPE(REAL, sql_real)
AZOTH_PLAIN_TYPE(DOUBLE, sql_double)
AZOTH_TYPE_WITH_LENGTH(CHAR, sql_char)
AZOTH_TYPE_WITH_LENGTH(VARCHAR, sql_varchar)
AZOTH_TYPE_WITH_LENGTH(NCHAR, sql_nchar)
AZOTH_TYPE_WITH_LENGTH(NVARCHAR, sql_nvarchar)
AZOTH_TYPE_WITH_LENGTH(TEXT, sql_text)
AZOTH_PLAIN_TYPE(CLOB, sql_clob)
AZOTH_PLAIN_TYPE(DATE, sql_date)
AZOTH_TYPE_WITH_TIMEZONE(TIME, sql_time)
AZOTH_TYPE_WITH_TIMEZONE(DATETIME, sql_datetime)
AZOTH_TYPE_WITH_TIMEZONE(TIMESTAMP, sql_timestamp)
AZOTH_TYPE_WITH_LENGTH(BINARY, sql_binary)
AZOTH_TYPE_WITH_LENGTH(VARBINARY, sql_varbinary)
AZOTH_TYPE_WITH_LENGTH(BLOB, sql_blob)

TypePtr Boolean(bool create_constraint, std::string_view name) {
  SqlType type;
  type.kind = TypeKind::boolean;
  type.creates_constraint = create_constraint;
  type.name = name;
  return intern(std::move(type));
}

TypePtr String(int length, std::string_view collation) {
  SqlType type;
  type.kind = TypeKind::string;
  type.length = checked("String", "length", length);
  type.collation = collation;
  return intern(std::move(type));
}

TypePtr Interval(bool native, int second_precision, int day_precision) {
  SqlType type;
  type.kind = TypeKind::interval;
  type.is_native = native;
  type.precision = checked("Interval", "second_precision", second_precision);
  type.scale = checked("Interval", "day_precision", day_precision);
  return intern(std::move(type));
}

TypePtr ARRAY(TypePtr item, int dimensions) {
  if (item->kind == TypeKind::array) {
    throw ArgumentError(
        "Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays of basetype");
  }
  SqlType type;
  type.kind = TypeKind::array;
  type.elements = {item};
  type.dimensions = checked("ARRAY", "dimensions", dimensions);
  return intern(std::move(type));
}

TypePtr PickleType(TypePtr impl) {
  SqlType type;
  type.kind = TypeKind::pickle;
  type.elements = {impl ? impl : LargeBinary()};
  return intern(std::move(type));
}

TypePtr Tuple(std::vector<TypePtr> elements) {
  SqlType type;
  type.kind = TypeKind::tuple;
  type.elements = std::move(elements);
  return intern(std::move(type));
}

TypePtr Literal(std::string_view text) {
  if (text.empty()) {
    throw ArgumentError(
        "Literal: the text of a type is empty; give what the database is to read, as VARCHAR(30)");
  }
  SqlType type;
  type.kind = TypeKind::literal;
  type.name = text;
  return intern(std::move(type));
}

TypePtr Enum(std::vector<std::string> values, EnumOptions options) {
  SqlType type;
  type.kind = TypeKind::enum_;
  std::size_t longest = 0;
  for (const std::string& value : values) {
    longest = std::max(longest, characters(value));
  }
  if (options.length != -1 && options.length < static_cast<int>(longest)) {
    throw ArgumentError(fmt::format(
        "When provided, length must be larger or equal than the length of the longest enum value. "
        "{} < {}",
        options.length,
        longest));
  }
  type.length = options.length == -1 ? static_cast<std::int32_t>(longest) : options.length;
  type.values = std::move(values);
  type.name = std::move(options.name);
  type.schema = std::move(options.schema);
  type.is_native = options.native_enum;
  type.creates_constraint = options.create_constraint;
  type.validates_strings = options.validate_strings;
  if (!options.names.empty() && options.names.size() != type.values.size()) {
    throw ArgumentError(
        fmt::format("Enum: {} names for {} values; give each value its name, or none",
                    options.names.size(),
                    type.values.size()));
  }
  type.names = std::move(options.names);
  return intern(std::move(type));
}

TypePtr variant(TypePtr type,
                std::initializer_list<std::pair<std::string_view, TypePtr>> by_dialect) {
  SqlType made;
  made.kind = TypeKind::variant;
  made.elements = {type};
  made.by_dialect.assign(by_dialect.begin(), by_dialect.end());
  return intern(std::move(made));
}

TypePtr TypeDecorator(TypePtr impl, std::vector<std::pair<std::string, TypePtr>> by_dialect) {
  SqlType made;
  made.kind = TypeKind::decorator;
  made.elements = {impl};
  made.by_dialect = std::move(by_dialect);
  return intern(std::move(made));
}

TypePtr TypeDecorator(TypePtr impl,
                      ValueProcessors processors,
                      std::vector<std::pair<std::string, TypePtr>> by_dialect) {
  SqlType made;
  made.kind = TypeKind::decorator;
  made.elements = {impl};
  made.by_dialect = std::move(by_dialect);
  made.processors = new ValueProcessors(std::move(processors));  // as long as the type: forever
  return intern(std::move(made));
}

TypePtr Numeric(int precision, int scale, bool asdecimal) {
  SqlType type = *Numeric(precision, scale);
  type.as_decimal = asdecimal;
  return intern(std::move(type));
}

TypePtr Float(int precision, bool asdecimal, int scale) {
  SqlType type = *Float(precision);
  type.as_decimal = asdecimal;
  type.scale = checked("Float", "scale", scale);
  return intern(std::move(type));
}

TypePtr Uuid(bool as_uuid, bool native_uuid) {
  SqlType type;
  type.kind = TypeKind::uuid;
  type.as_text = !as_uuid;
  type.is_native = native_uuid;
  return intern(std::move(type));
}

TypePtr vendor_type(std::string_view dialect,
                    std::string_view name,
                    TypeKind kind,
                    std::vector<TypeOption> options) {
  SqlType type;
  type.kind = kind;
  type.vendor = dialect;
  type.name = name;
  type.options = std::move(options);
  std::sort(type.options.begin(), type.options.end(), [](const TypeOption& a, const TypeOption& b) {
    return a.name < b.name;
  });
  return intern(std::move(type));
}

}  // namespace azoth::types
