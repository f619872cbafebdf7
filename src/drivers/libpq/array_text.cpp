// SPDX-License-Identifier: MIT
// Arrays as the server writes and reads them: {1,2}, {{"a b",NULL},{c,d}}, [0:1]={1,2}.
#include "drivers/libpq/arrays.hpp"
#include "drivers/libpq/error.hpp"
#include <azoth/base/text.hpp>
#include <azoth/types/decimal.hpp>

#include <charconv>
#include <cmath>

namespace azoth::drivers::libpq {
namespace {

void append_quoted(std::string& out, std::string_view text) {
  if (text.find('\0') != text.npos) {
    throw_driver_error(DBAPIErrorKind::data,
                       "A string literal cannot contain NUL (0x00) characters.");
  }
  out += '"';
  for (const char c : text) {
    out.append(c == '"' || c == '\\' ? "\\" : "").append(1, c);
  }
  out += '"';
}

std::string real_text(double value) {
  if (std::isnan(value)) {
    return "NaN";
  }
  return std::isinf(value) ? (value < 0 ? "-Infinity" : "Infinity") : base::python_repr(value);
}

std::string hex_text(const Bytes& bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "\\x";
  for (const std::byte b : bytes) {
    out += digits[std::to_integer<unsigned>(b) >> 4];
    out += digits[std::to_integer<unsigned>(b) & 15];
  }
  return out;
}

void append_item(std::string& out, const Value& item) {
  switch (item.kind()) {
    case ValueKind::null:
      out += "NULL";
      return;
    case ValueKind::boolean:
      out += item.get<bool>() ? 't' : 'f';
      return;
    case ValueKind::integer:
      out += std::to_string(item.get<std::int64_t>());
      return;
    case ValueKind::real:
      out += real_text(item.get<double>());
      return;
    case ValueKind::text:
      return append_quoted(out, item.get<std::string>());
    case ValueKind::blob:
      return append_quoted(out, hex_text(item.get<Bytes>()));
    case ValueKind::decimal:
      out += item.get<Decimal>().to_string();
      return;
    case ValueKind::date:
      return append_quoted(out, item.get<Date>().to_string());
    case ValueKind::time:
      return append_quoted(out, item.get<Time>().to_string());
    case ValueKind::datetime:
      return append_quoted(out, item.get<DateTime>().to_string());
    case ValueKind::interval:
      return append_quoted(out,
                           std::to_string(item.get<Interval>().microseconds) + " microseconds");
    case ValueKind::uuid:
      out += item.get<Uuid>().to_string();
      return;
    case ValueKind::list:
      out += array_text(item.get<std::vector<Value>>());
      return;
  }
}

template <class T>
bool take(std::optional<T> parsed, Value& out) {
  if (parsed) {
    out = Value(*parsed);
  }
  return parsed.has_value();
}

template <class T>
std::optional<T> number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value)
                                                                  : std::nullopt;
}

bool parse_item(std::string_view text, TypePtr type, Value& out) {
  type = type != nullptr ? type->in_dialect("postgresql") : nullptr;
  const TypeFamily family = type != nullptr ? type->family() : TypeFamily::text;
  switch (family) {
    case TypeFamily::boolean:
      out = Value(text == "t");
      return text == "t" || text == "f";
    case TypeFamily::number:
      if (type->unchanged_kinds == SqlType::all_kinds) {  // of whole numbers
        return take(number<std::int64_t>(text), out);
      }
      if (type->kind == TypeKind::numeric || type->kind == TypeKind::sql_numeric ||
          type->kind == TypeKind::sql_decimal) {
        out = Value(Decimal(text));
        return true;
      }
      return take(number<double>(text), out);
    case TypeFamily::date:
      return take(Date::parse(text), out);
    case TypeFamily::time:
      return take(Time::parse(text), out);
    case TypeFamily::datetime:
      return take(DateTime::parse(text), out);
    case TypeFamily::uuid:
      return take(Uuid::parse(text), out);
    default:
      out = Value(text);
      return true;
  }
}

/// Reads one array from the front of a text.
struct ArrayReader {
  std::string_view rest;
  TypePtr item;

  bool read(std::vector<Value>& out) {
    if (!take_char('{')) {
      return false;
    }
    if (take_char('}')) {
      return true;
    }
    do {
      if (!read_one(out.emplace_back())) {
        return false;
      }
    } while (take_char(','));
    return take_char('}');
  }

  bool read_one(Value& out) {
    if (!rest.empty() && rest.front() == '{') {
      std::vector<Value> inner;
      const bool is_read = read(inner);
      out = Value(inner);
      return is_read;
    }
    if (take_char('"')) {
      std::string text;
      return take_quoted(text) && parse_item(text, item, out);
    }
    const std::size_t end = std::min(rest.find_first_of(",}"), rest.size());
    const std::string_view text = rest.substr(0, end);
    rest.remove_prefix(end);
    return text == "NULL" || parse_item(text, item, out);
  }

  bool take_quoted(std::string& text) {
    while (!rest.empty()) {
      const char c = rest.front();
      rest.remove_prefix(1);
      if (c == '"') {
        return true;
      }
      if (c == '\\' && !rest.empty()) {
        text += rest.front();
        rest.remove_prefix(1);
      } else {
        text += c;
      }
    }
    return false;
  }

  bool take_char(char c) {
    const bool is_there = !rest.empty() && rest.front() == c;
    rest.remove_prefix(is_there ? 1 : 0);
    return is_there;
  }
};

}  // namespace

std::string array_text(std::span<const Value> items) {
  std::string out = "{";
  for (const Value& item : items) {
    out += out.size() == 1 ? "" : ",";
    append_item(out, item);
  }
  return out += '}';
}

bool parse_array(std::string_view text, TypePtr item, std::vector<Value>& out) {
  if (!text.empty() && text.front() == '[') {  // other bounds than 1: [0:1]={...}
    const std::size_t equals = text.find('=');
    if (equals == text.npos) {
      return false;
    }
    text.remove_prefix(equals + 1);
  }
  ArrayReader reader{text, item};
  try {
    return reader.read(out) && reader.rest.empty();
  } catch (const ArgumentError&) {  // a number of more than 38 digits
    return false;
  }
}

}  // namespace azoth::drivers::libpq
