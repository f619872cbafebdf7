// SPDX-License-Identifier: MIT
// How types are written in DDL and CAST when a database has no word of its own, and literals.
#include <azoth/base/error.hpp>
#include <azoth/base/text.hpp>
#include <azoth/compile/dialect.hpp>

#include <cmath>

namespace azoth {

std::string type_with_length(std::string_view word, std::int32_t length) {
  std::string out(word);
  if (length >= 0) {
    out += "(" + std::to_string(length) + ")";
  }
  return out;
}

std::string type_with_scale(std::string_view word, const SqlType& type) {
  if (type.precision < 0) {
    return std::string(word);
  }
  return type.scale < 0 ? type_with_length(word, type.precision)
                        : std::string(word) + "(" + std::to_string(type.precision) + ", " +
                              std::to_string(type.scale) + ")";
}

std::string Dialect::type_name(TypePtr type) const {
  return render_type(*type->in_dialect(name()));
}

namespace {

std::string collated(std::string text, const SqlType& type) {
  if (!type.collation.empty()) {
    text += " COLLATE \"" + type.collation + "\"";
  }
  return text;
}

}  // namespace

std::string Dialect::render_type(const SqlType& type) const {
  switch (type.kind) {
    case TypeKind::boolean:
    case TypeKind::match:
    case TypeKind::sql_boolean:
      return "BOOLEAN";
    case TypeKind::small_integer:
    case TypeKind::sql_smallint:
      return "SMALLINT";
    case TypeKind::integer:
    case TypeKind::sql_integer:
      return "INTEGER";
    case TypeKind::big_integer:
    case TypeKind::sql_bigint:
      return "BIGINT";
    case TypeKind::numeric:
    case TypeKind::sql_numeric:
      return type_with_scale("NUMERIC", type);
    case TypeKind::sql_decimal:
      return type_with_scale("DECIMAL", type);
    case TypeKind::float_:
    case TypeKind::sql_float:
      return "FLOAT";
    case TypeKind::sql_real:
      return "REAL";
    case TypeKind::double_:
    case TypeKind::sql_double:
      return "DOUBLE";
    case TypeKind::string:
    case TypeKind::unicode:
    case TypeKind::sql_varchar:
      return collated(type_with_length("VARCHAR", type.length), type);
    case TypeKind::enum_:
      return type_with_length("VARCHAR", type.length > 0 ? type.length : -1);
    case TypeKind::sql_nvarchar:
      return collated(type_with_length("NVARCHAR", type.length), type);
    case TypeKind::uuid:
      return type.is_native && capabilities_.native_uuid ? "UUID" : "CHAR(32)";
    case TypeKind::sql_char:
      return collated(type_with_length("CHAR", type.length), type);
    case TypeKind::sql_nchar:
      return collated(type_with_length("NCHAR", type.length), type);
    case TypeKind::text:
    case TypeKind::unicode_text:
    case TypeKind::sql_text:
      return collated(type_with_length("TEXT", type.length), type);
    case TypeKind::sql_clob:
      return "CLOB";
    case TypeKind::date:
    case TypeKind::sql_date:
      return "DATE";
    case TypeKind::time:
    case TypeKind::sql_time:
      return "TIME";
    case TypeKind::datetime:
    case TypeKind::interval:  // stored as a moment after an epoch where there are no intervals
    case TypeKind::sql_datetime:
      return "DATETIME";
    case TypeKind::sql_timestamp:
      return "TIMESTAMP";
    case TypeKind::large_binary:
    case TypeKind::sql_blob:
      return "BLOB";
    case TypeKind::sql_binary:
      return type_with_length("BINARY", type.length);
    case TypeKind::sql_varbinary:
      return type_with_length("VARBINARY", type.length);
    case TypeKind::literal:
      return type.name;
    case TypeKind::pickle:
    case TypeKind::decorator:
    case TypeKind::variant:
      return type_name(type.elements.front());
    case TypeKind::null:
      throw CompileError(
          "Can't generate DDL for NullType(); did you forget to specify a type on this Column?");
    default:
      if (type.kind == TypeKind::vendor && type.name == "NCLOB") {
        return type.name;
      }
      throw UnsupportedCompilationError("TypeCompiler", class_name(type));
  }
}

namespace {

// Doubling the quote is all that a standard string literal needs; NUL cannot be part of any. Some
// databases read backslashes as escapes, and some drivers percent signs as parameters.
std::string string_literal(std::string_view text, const Capabilities& can) {
  if (text.find('\0') != std::string_view::npos) {
    throw CompileError(
        "A text with a NUL character has no literal form; pass it as a bound parameter.");
  }
  std::string out = "'";
  for (char c : text) {
    const bool doubled =
        c == '\'' || (c == '\\' && can.backslash_escapes) || (c == '%' && can.double_percents);
    out.append(doubled ? 2 : 1, c);
  }
  return out += '\'';
}

std::string blob_literal(std::span<const std::byte> bytes) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out = "X'";
  for (std::byte b : bytes) {
    out += digits[std::to_integer<unsigned>(b) >> 4];
    out += digits[std::to_integer<unsigned>(b) & 15];
  }
  return out += '\'';
}

// A list where one value belongs is a row of values, which SQLAlchemy shows as a tuple.
std::string shown(const Literal& value) {
  std::string text = repr(value);
  if (value.kind() == ValueKind::list) {
    text.front() = '(';
    text.back() = ')';
    text.insert(text.size() - 1, value.list().size() == 1 ? "," : "");
  }
  return text;
}

std::string real_literal(double value) {
  if (!std::isfinite(value)) {
    throw CompileError(base::python_repr(value) +
                       " has no literal form; pass it as a bound parameter.");
  }
  return base::python_repr(value);
}

}  // namespace

std::string Dialect::render_literal(const Literal& value, TypePtr type) const {
  const bool is_other = value.kind() == ValueKind::text || value.kind() == ValueKind::blob ||
                        value.kind() == ValueKind::list;
  if (is_other && (type->is_numeric() || type->family() == TypeFamily::boolean)) {
    throw CompileError("Could not render literal value \"" + shown(value) + "\" with datatype " +
                       printing_dialect().type_name(type) +
                       "; see parent stack trace for more detail.");
  }
  switch (value.kind()) {
    case ValueKind::null:
      return "NULL";
    case ValueKind::boolean:
      if (capabilities_.native_boolean) {
        return value.boolean() ? "true" : "false";
      }
      return value.boolean() ? "1" : "0";
    case ValueKind::integer:
      return std::to_string(value.integer());
    case ValueKind::real:
      return real_literal(value.real());
    case ValueKind::text:
      return string_literal(value.text(), capabilities_);
    case ValueKind::blob:
      return blob_literal(value.blob());
    case ValueKind::decimal:
      return value.decimal().to_string();
    default:
      throw CompileError("No literal value renderer is available for literal value \"" +
                         azoth::repr(value) + "\" with datatype " +
                         printing_dialect().type_name(type));
  }
}

}  // namespace azoth
