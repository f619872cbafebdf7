// SPDX-License-Identifier: MIT
// The notation of values.
#include "scenarios/values.hpp"

#include <azoth/base/text.hpp>

#include <cstdio>

namespace rec {
namespace {

std::string hex(const azoth::Bytes& bytes) {
  std::string out = "x'";
  for (const std::byte byte : bytes) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(byte));
    out += digits;
  }
  return out + "'";
}

template <class List>
std::string joined(const List& values) {
  std::string out;
  for (const Value& value : values) {
    out += (out.empty() ? "" : ", ") + fmt(value);
  }
  return out;
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        (out += '\\') += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          char escape[8];
          std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
          out += escape;
        } else {
          out += c;
        }
    }
  }
  return out + '"';
}

std::string fmt(const Value& value) {
  using azoth::ValueKind;
  switch (value.kind()) {
    case ValueKind::null:
      return "null";
    case ValueKind::boolean:
      return value.get<bool>() ? "true" : "false";
    case ValueKind::integer:
      return std::to_string(value.get<std::int64_t>());
    case ValueKind::real:
      return azoth::base::python_repr(value.get<double>());
    case ValueKind::text:
      return quoted(value.get<std::string>());
    case ValueKind::blob:
      return hex(value.get<azoth::Bytes>());
    case ValueKind::decimal:
      return "decimal(" + value.get<azoth::Decimal>().to_string() + ")";
    case ValueKind::date:
      return "date(" + value.get<azoth::Date>().to_string() + ")";
    case ValueKind::time:
      return "time(" + value.get<azoth::Time>().to_string() + ")";
    case ValueKind::datetime:
      return "datetime(" + value.get<azoth::DateTime>().to_string() + ")";
    case ValueKind::interval:
      return "interval(" +
             azoth::base::python_repr(
                 static_cast<double>(value.get<azoth::Interval>().microseconds) / 1e6) +
             "s)";
    case ValueKind::uuid:
      return "uuid(" + value.get<azoth::Uuid>().to_string() + ")";
    case ValueKind::list:
      return "[" + joined(value.get<std::vector<Value>>()) + "]";
  }
  return "?";
}

std::string fmt(const azoth::Row& row) {
  return "(" + joined(row) + ")";
}

std::string fmt(const Values& values) {
  return "(" + joined(values.values) + ")";
}

Values names(const std::vector<std::string>& names) {
  return {std::vector<Value>(names.begin(), names.end())};
}

std::string fmt(const Dict& dict) {
  std::string out;
  for (const auto& [key, value] : dict) {
    out += (out.empty() ? "" : ", ") + quoted(key) + ": " + fmt(value);
  }
  return "{" + out + "}";
}

}  // namespace rec
