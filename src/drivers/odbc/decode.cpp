// SPDX-License-Identifier: MIT
// Cells as values; the table of forms is in codec.hpp.
#include "drivers/odbc/codec.hpp"
#include <azoth/base/error.hpp>

#include <charconv>
#include <cmath>

namespace azoth::drivers::odbc {
namespace {

constexpr int default_decimal_scale = 10;  // as SQLAlchemy's for NUMERIC without scale

// The number whose digits one would write for the float: 0.1F is 0.1, not 0.10000000149.
double widened(float value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  double out = value;
  std::from_chars(text, end, out);
  return out;
}

// Of digits and the like, which are fetched narrow.
std::string_view narrow(const Cell& cell) {
  return {cell.data, cell.size};
}

std::u16string wide(const Cell& cell) {
  std::u16string out(cell.size / sizeof(char16_t), u'\0');
  std::memcpy(out.data(), cell.data, out.size() * sizeof(char16_t));
  return out;
}

bool parse_decimal(std::string_view text, Decimal& out) {
  try {
    out = Decimal(text);
    return true;
  } catch (const ArgumentError&) {  // more than 38 digits
    return false;
  }
}

bool integer_of(const Decimal& value, Int128& out) {
  const Decimal whole = value.round(0);
  out = whole.coefficient();
  return whole == value;
}

// Every integer that a cell can hold.
bool wide_integer(const Cell& cell, Int128& out) {
  switch (cell.column->c_type) {
    case SQL_C_BIT:
      out = cell.as<unsigned char>();
      return true;
    case SQL_C_SBIGINT:
      out = cell.as<std::int64_t>();
      return true;
    case SQL_C_UBIGINT:
      out = cell.as<std::uint64_t>();
      return true;
    default:
      break;
  }
  Decimal number;
  return cell.column->kind == ValueKind::decimal && parse_decimal(narrow(cell), number) &&
         integer_of(number, out);
}

Date date_of(const Cell& cell) {
  const auto found = cell.as<SQL_DATE_STRUCT>();
  return {found.year, static_cast<std::uint8_t>(found.month), static_cast<std::uint8_t>(found.day)};
}

DateTime moment_of(const Cell& cell) {
  constexpr SQLUINTEGER nanoseconds = 1000;
  const auto found = cell.as<SQL_TIMESTAMP_STRUCT>();
  return {
      {found.year, static_cast<std::uint8_t>(found.month), static_cast<std::uint8_t>(found.day)},
      {static_cast<std::uint8_t>(found.hour),
       static_cast<std::uint8_t>(found.minute),
       static_cast<std::uint8_t>(found.second),
       found.fraction / nanoseconds}};
}

// SQL Server writes seven digits, of which a Time holds six.
bool parse_time(std::string_view text, Time& out) {
  constexpr std::size_t size_of_six = 15;
  while (text.size() > size_of_six && text.ends_with('0')) {
    text.remove_suffix(1);
  }
  const auto parsed = Time::parse(text);
  out = parsed.value_or(Time{});
  return parsed.has_value();
}

}  // namespace

bool decode_integer(const Cell& cell, std::int64_t& out) {
  if (cell.column->c_type == SQL_C_SBIGINT) {
    out = cell.as<std::int64_t>();
    return true;
  }
  Int128 wide = 0;
  if (!wide_integer(cell, wide)) {
    return false;
  }
  out = static_cast<std::int64_t>(wide);
  return out == wide;
}

bool decode_unsigned(const Cell& cell, std::uint64_t& out) {
  Int128 wide = 0;
  if (!wide_integer(cell, wide)) {
    return false;
  }
  out = static_cast<std::uint64_t>(wide);
  return static_cast<Int128>(out) == wide;
}

bool decode_boolean(const Cell& cell, bool& out) {
  std::int64_t number = 0;
  if (!decode_integer(cell, number)) {
    return false;
  }
  out = number == 1;
  return number == 0 || number == 1;
}

bool decode_real(const Cell& cell, double& out) {
  switch (cell.column->c_type) {
    case SQL_C_DOUBLE:
      out = cell.as<double>();
      return true;
    case SQL_C_FLOAT:
      out = widened(cell.as<float>());
      return true;
    default:
      break;
  }
  if (cell.column->kind == ValueKind::decimal) {
    const std::string_view text = narrow(cell);
    return std::from_chars(text.data(), text.data() + text.size(), out).ec == std::errc();
  }
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  std::int64_t number = 0;
  if (!decode_integer(cell, number)) {
    return false;
  }
  out = static_cast<double>(number);
  return number >= -exact && number <= exact;
}

bool decode_text(const Cell& cell, std::string& out) {
  switch (cell.column->c_type) {
    case SQL_C_WCHAR:
      out.clear();
      return append_utf8(out, wide(cell));
    case SQL_C_CHAR:
      out.assign(narrow(cell));
      return cell.column->kind == ValueKind::time;
    default:
      return false;
  }
}

bool decode_bytes(const Cell& cell, Bytes& out) {
  if (cell.column->kind != ValueKind::blob) {
    return false;
  }
  const auto* bytes = reinterpret_cast<const std::byte*>(cell.data);
  out.assign(bytes, bytes + cell.size);
  return true;
}

bool decode_decimal(const Cell& cell, TypePtr type, Decimal& out) {
  const int scale = type != nullptr && type->scale >= 0 ? type->scale : default_decimal_scale;
  switch (cell.column->kind) {
    case ValueKind::decimal:
      return parse_decimal(narrow(cell), out);
    case ValueKind::integer: {
      Int128 number = 0;
      const bool is_read = wide_integer(cell, number);
      out = Decimal::from_parts(number, 0);
      return is_read;
    }
    case ValueKind::real: {
      double number = 0;
      decode_real(cell, number);
      try {
        out = Decimal::from_double(number, scale);
        return true;
      } catch (const ArgumentError&) {  // too many digits
        return false;
      }
    }
    default:
      return false;
  }
}

bool decode_date(const Cell& cell, Date& out) {
  std::string text;
  if (cell.column->c_type == SQL_C_TYPE_DATE) {
    out = date_of(cell);
    return out.valid();
  }
  if (cell.column->c_type == SQL_C_TYPE_TIMESTAMP) {  // Oracle's DATE
    const DateTime moment = moment_of(cell);
    out = moment.date;
    return moment.valid() && moment.time == Time{};
  }
  const bool is_text = cell.column->may_be_moment && decode_text(cell, text);
  const auto parsed = is_text ? Date::parse(text) : std::nullopt;
  out = parsed.value_or(Date{});
  return parsed.has_value();
}

bool decode_time(const Cell& cell, Time& out) {
  std::string text;
  const bool is_time = cell.column->kind == ValueKind::time || cell.column->may_be_moment;
  return is_time && decode_text(cell, text) && parse_time(text, out);
}

bool decode_datetime(const Cell& cell, DateTime& out) {
  std::string text;
  if (cell.column->c_type == SQL_C_TYPE_TIMESTAMP) {
    out = moment_of(cell);
    return out.valid();
  }
  const bool is_text = cell.column->may_be_moment && decode_text(cell, text);
  const auto parsed = is_text ? DateTime::parse(text) : std::nullopt;
  out = parsed.value_or(DateTime{});
  return parsed.has_value();
}

bool decode_uuid(const Cell& cell, Uuid& out) {
  if (cell.column->c_type != SQL_C_GUID) {
    return false;
  }
  const auto guid = cell.as<SQLGUID>();
  for (std::size_t i = 0; i < 4; ++i) {
    out.bytes[i] = static_cast<std::byte>(guid.Data1 >> (24 - 8 * i));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    out.bytes[4 + i] = static_cast<std::byte>(guid.Data2 >> (8 - 8 * i));
    out.bytes[6 + i] = static_cast<std::byte>(guid.Data3 >> (8 - 8 * i));
  }
  for (std::size_t i = 0; i < 8; ++i) {
    out.bytes[8 + i] = static_cast<std::byte>(guid.Data4[i]);
  }
  return true;
}

}  // namespace azoth::drivers::odbc
