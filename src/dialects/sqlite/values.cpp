// SPDX-License-Identifier: MIT
// What SQLite, which takes any value for any column, is kept from storing.
#include "dialects/sqlite/sqlite_dialect.hpp"
#include <azoth/base/error.hpp>

#include <charconv>

namespace azoth::sqlite {
namespace {

[[noreturn]] void refuse(std::string_view type, std::string_view taken) {
  throw TypeError("SQLite " + std::string(type) + " type only accepts Python " +
                  std::string(taken) + " objects as input.");
}

// Numbers that are not whole by type are stored as REAL.
Value stored_number(const Literal& value) {
  switch (value.kind()) {
    case ValueKind::boolean:
      return Value(value.boolean() ? 1.0 : 0.0);
    case ValueKind::integer:
      return Value(static_cast<double>(value.integer()));
    case ValueKind::text: {
      const std::string_view text = value.text();
      double number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error != std::errc() || end != text.data() + text.size()) {
        throw ValueError("could not convert string to float: " + repr(value));
      }
      return Value(number);
    }
    default:
      throw TypeError("float() argument must be a string or a real number, not " + repr(value));
  }
}

}  // namespace

std::optional<Value> stored_value(const Literal& value, const SqlType& type) {
  switch (type.family()) {
    case TypeFamily::date:
      refuse("Date", "date");
    case TypeFamily::time:
      refuse("Time", "time");
    case TypeFamily::datetime:
      refuse("DateTime", "datetime and date");
    case TypeFamily::number:
      return stored_number(value);
    default:
      return std::nullopt;
  }
}

}  // namespace azoth::sqlite
