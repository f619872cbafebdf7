// SPDX-License-Identifier: MIT
// How types are written in DDL and CAST when a database has no word of its own, and literals.
#include <azoth/base/error.hpp>
#include <azoth/base/text.hpp>
#include <azoth/compile/dialect.hpp>

#include <cmath>

namespace azoth {

namespace {

std::string with_length(std::string_view word, std::int32_t length) {
  std::string out(word);
  if (length >= 0) {
    out += "(" + std::to_string(length) + ")";
  }
  return out;
}

std::string numeric_name(const SqlType& type) {
  if (type.precision < 0) {
    return "NUMERIC";
  }
  return type.scale < 0 ? with_length("NUMERIC", type.precision)
                        : "NUMERIC(" + std::to_string(type.precision) + ", " +
                              std::to_string(type.scale) + ")";
}

}  // namespace

std::string Dialect::type_name(TypePtr type) const {
  switch (type->kind) {
    case TypeKind::boolean:
      return "BOOLEAN";
    case TypeKind::small_integer:
      return "SMALLINT";
    case TypeKind::integer:
      return "INTEGER";
    case TypeKind::big_integer:
      return "BIGINT";
    case TypeKind::numeric:
      return numeric_name(*type);
    case TypeKind::float_:
      return "FLOAT";
    case TypeKind::double_:
      return "DOUBLE";
    case TypeKind::string:
    case TypeKind::unicode:
      return with_length("VARCHAR", type->length);
    case TypeKind::text:
    case TypeKind::unicode_text:
      return with_length("TEXT", type->length);
    case TypeKind::date:
      return "DATE";
    case TypeKind::time:
      return "TIME";
    case TypeKind::datetime:
      return "DATETIME";
    case TypeKind::large_binary:
      return "BLOB";
    case TypeKind::literal:
      return type->name;
    case TypeKind::null:
      throw CompileError(
          "Can't generate DDL for NullType(); did you forget to specify a type on this Column?");
    case TypeKind::tuple:
      break;
  }
  throw UnsupportedCompilationError("TypeCompiler", repr(type));
}

namespace {

// Doubling the quote is all that a standard string literal needs; NUL cannot be part of any.
std::string string_literal(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) {
    throw CompileError(
        "A text with a NUL character has no literal form; pass it as a bound parameter.");
  }
  std::string out = "'";
  for (char c : text) {
    out.append(c == '\'' ? 2 : 1, c);
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

std::string real_literal(double value) {
  if (!std::isfinite(value)) {
    throw CompileError(base::python_repr(value) +
                       " has no literal form; pass it as a bound parameter.");
  }
  return base::python_repr(value);
}

}  // namespace

std::string Dialect::literal(const Literal& value, TypePtr type) const {
  const bool is_bytes = value.kind() == ValueKind::text || value.kind() == ValueKind::blob;
  if (is_bytes && (type->is_numeric() || type->family() == TypeFamily::boolean)) {
    throw CompileError("Could not render literal value \"" + azoth::repr(value) +
                       "\" with datatype " + type_name(type) +
                       "; give a value of that type, or pass it as a bound parameter.");
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
      return string_literal(value.text());
    case ValueKind::blob:
      return blob_literal(value.blob());
    case ValueKind::decimal:
      return value.decimal().to_string();
    default:
      throw CompileError("No literal value renderer is available for literal value \"" +
                         azoth::repr(value) + "\" with datatype " + type_name(type));
  }
}

}  // namespace azoth
