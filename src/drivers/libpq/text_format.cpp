// SPDX-License-Identifier: MIT
// PostgreSQL's text formats, of sessions with DateStyle ISO.
#include "drivers/libpq/text_format.hpp"

#include "drivers/libpq/arrays.hpp"
#include "drivers/libpq/error.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/text.hpp>

#include <charconv>
#include <cmath>
#include <limits>

namespace azoth::drivers::libpq {
namespace {

template <class T>
bool parse_number(std::string_view text, T& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

int hex_value(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// +05, -03:30, +05:30:15
bool parse_zone(std::string_view text, std::int64_t& seconds) {
  const bool is_west = text.front() == '-';
  constexpr std::int64_t units[] = {3600, 60, 1};
  seconds = 0;
  text.remove_prefix(1);
  for (const std::int64_t unit : units) {
    int number = 0;
    if (!parse_number(text.substr(0, 2), number)) {
      return false;
    }
    seconds += number * unit;
    text.remove_prefix(2);
    if (text.empty()) {
      break;
    }
    text.remove_prefix(1);
  }
  seconds = is_west ? -seconds : seconds;
  return text.empty();
}

std::string real_text(double value) {
  return std::isnan(value)   ? "NaN"
         : std::isinf(value) ? (value < 0 ? "-Infinity" : "Infinity")
                             : base::python_repr(value);
}

std::string bytes_text(std::span<const std::byte> bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "\\x";
  for (const std::byte byte : bytes) {
    out += digits[std::to_integer<unsigned>(byte) >> 4];
    out += digits[std::to_integer<unsigned>(byte) & 15];
  }
  return out;
}

}  // namespace

void refuse_nul(std::string_view text) {
  if (text.find('\0') != text.npos) {
    throw_driver_error(DBAPIErrorKind::data,
                       "A string literal cannot contain NUL (0x00) characters.");
  }
}

std::string text_of(const Literal& value) {
  switch (value.kind()) {
    case ValueKind::null:
      break;
    case ValueKind::boolean:
      return value.boolean() ? "t" : "f";
    case ValueKind::integer:
      return std::to_string(value.integer());
    case ValueKind::real:
      return real_text(value.real());
    case ValueKind::text:
      refuse_nul(value.text());
      return std::string(value.text());
    case ValueKind::blob:
      return bytes_text(value.blob());
    case ValueKind::decimal:
      return value.decimal().to_string();
    case ValueKind::date:
      return value.date().to_string();
    case ValueKind::time:
      return value.time().to_string() + "+00";
    case ValueKind::datetime:
      return value.datetime().to_string() + "+00";
    case ValueKind::interval:
      return std::to_string(value.interval().microseconds) + " microseconds";
    case ValueKind::uuid:
      return value.uuid().to_string();
    case ValueKind::list:
      return array_text(value.list());
  }
  return {};
}

bool parse_integer(std::string_view text, std::int64_t& out) {
  return parse_number(text, out);
}

bool parse_real(std::string_view text, double& out) {
  using Limits = std::numeric_limits<double>;
  if (text == "NaN") {
    out = Limits::quiet_NaN();
  } else if (text == "Infinity" || text == "-Infinity") {
    out = text.front() == '-' ? -Limits::infinity() : Limits::infinity();
  } else {
    return parse_number(text, out);
  }
  return true;
}

bool parse_bytes(std::string_view text, Bytes& out) {
  if (!text.starts_with("\\x") || text.size() % 2 != 0) {
    return false;
  }
  out.clear();
  out.reserve(text.size() / 2);
  for (std::size_t i = 2; i < text.size(); i += 2) {
    const int high = hex_value(text[i]), low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) {
      return false;
    }
    out.push_back(static_cast<std::byte>(high * 16 + low));
  }
  return true;
}

bool parse_moment(std::string_view text, DateTime& out) {
  std::int64_t zone = 0;
  const std::size_t sign = text.find_first_of("+-", std::min<std::size_t>(text.size(), 11));
  if (sign != text.npos && !parse_zone(text.substr(sign), zone)) {
    return false;
  }
  const auto parsed = DateTime::parse(text.substr(0, sign));
  if (!parsed) {
    return false;
  }
  try {
    out = zone == 0
              ? *parsed
              : DateTime::from_microseconds(parsed->microseconds_since_epoch() - zone * 1'000'000);
    return true;
  } catch (const ArgumentError&) {  // beyond the years 1 to 9999
    return false;
  }
}

}  // namespace azoth::drivers::libpq
