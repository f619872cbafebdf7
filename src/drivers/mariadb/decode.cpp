// SPDX-License-Identifier: MIT
// Cells as values; the table of forms is in codec.hpp.
#include "drivers/mariadb/codec.hpp"
#include "drivers/mariadb/wire.hpp"
#include <azoth/base/error.hpp>

#include <charconv>
#include <cmath>
#include <cstdio>

namespace azoth::drivers::mariadb {
namespace {

constexpr int default_decimal_scale = 10;  // as SQLAlchemy's for NUMERIC without scale
constexpr unsigned int no_character_set = 63;

std::uint8_t fixed_size(enum_field_types type) {
  switch (type) {
    case MYSQL_TYPE_TINY:
      return 1;
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_YEAR:
      return 2;
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_FLOAT:
      return 4;
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_DOUBLE:
      return 8;
    default:
      return 0;
  }
}

/// A date or time of the protocol, which leaves out what is zero at its end.
struct Temporal {
  bool is_negative = false;
  unsigned int days = 0;  // of a TIME
  unsigned int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::uint32_t microsecond = 0;

  explicit Temporal(const Cell& cell) {
    const unsigned char* at = cell.data;
    const std::size_t head = cell.column->type == MYSQL_TYPE_TIME ? 5 : 4;
    if (cell.size < head) {
      return;
    }
    if (head == 5) {
      is_negative = at[0] != 0;
      days = get_wire<std::uint32_t>(at + 1);
    } else {
      year = get_wire<std::uint16_t>(at);
      month = at[2];
      day = at[3];
    }
    if (cell.size >= head + 3) {
      hour = at[head];
      minute = at[head + 1];
      second = at[head + 2];
    }
    if (cell.size >= head + 7) {
      microsecond = get_wire<std::uint32_t>(at + head + 3);
    }
  }

  Date date() const {
    return {static_cast<std::int16_t>(year),
            static_cast<std::uint8_t>(month),
            static_cast<std::uint8_t>(day)};
  }

  Time time() const {
    return {static_cast<std::uint8_t>(hour),
            static_cast<std::uint8_t>(minute),
            static_cast<std::uint8_t>(second),
            microsecond};
  }
};

// The number whose digits one would write for the float: 0.1F is 0.1, not 0.10000000149.
double widened(float value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  double out = value;
  std::from_chars(text, end, out);
  return out;
}

// BIT: up to eight bytes, the highest first.
std::uint64_t bits_of(const Cell& cell) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < cell.size; ++i) {
    bits = bits << 8 | cell.data[i];
  }
  return bits;
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
  const bool is_unsigned = cell.column->is_unsigned;
  switch (cell.column->type) {
    case MYSQL_TYPE_TINY:
      out = is_unsigned ? *cell.data : static_cast<signed char>(*cell.data);
      return true;
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_YEAR:
      out = is_unsigned ? get_wire<std::uint16_t>(cell.data) : get_wire<std::int16_t>(cell.data);
      return true;
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
      out = is_unsigned ? static_cast<Int128>(get_wire<std::uint32_t>(cell.data))
                        : get_wire<std::int32_t>(cell.data);
      return true;
    case MYSQL_TYPE_LONGLONG:
      out = is_unsigned ? static_cast<Int128>(get_wire<std::uint64_t>(cell.data))
                        : get_wire<std::int64_t>(cell.data);
      return true;
    case MYSQL_TYPE_BIT:
      out = bits_of(cell);
      return true;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: {
      Decimal number;
      return parse_decimal(cell.view(), number) && integer_of(number, out);
    }
    default:
      return false;
  }
}

ValueKind kind_of(const Column& column) {
  switch (column.type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_YEAR:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_BIT:
      return ValueKind::integer;
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
      return ValueKind::real;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
      return ValueKind::decimal;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
      return ValueKind::date;
    case MYSQL_TYPE_TIME:
      return ValueKind::time;
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP:
      return ValueKind::datetime;
    case MYSQL_TYPE_JSON:
      return ValueKind::text;
    case MYSQL_TYPE_GEOMETRY:
      return ValueKind::blob;
    default:
      return column.is_binary ? ValueKind::blob : ValueKind::text;
  }
}

}  // namespace

Column::Column(const MYSQL_FIELD& field)
    : type(field.type),
      size(fixed_size(field.type)),
      is_unsigned((field.flags & UNSIGNED_FLAG) != 0),
      is_binary(field.charsetnr == no_character_set),
      kind(kind_of(*this)) {}

bool decode_integer(const Cell& cell, std::int64_t& out) {
  switch (cell.column->type) {
    case MYSQL_TYPE_LONG:
      if (!cell.column->is_unsigned) {
        out = get_wire<std::int32_t>(cell.data);
        return true;
      }
      break;
    case MYSQL_TYPE_LONGLONG:
      out = get_wire<std::int64_t>(cell.data);
      return !cell.column->is_unsigned || out >= 0;
    default:
      break;
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
  switch (cell.column->type) {
    case MYSQL_TYPE_DOUBLE:
      out = get_wire<double>(cell.data);
      return true;
    case MYSQL_TYPE_FLOAT:
      out = widened(get_wire<float>(cell.data));
      return true;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: {
      const std::string_view text = cell.view();
      return std::from_chars(text.data(), text.data() + text.size(), out).ec == std::errc();
    }
    default:
      break;
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
  if (cell.column->type == MYSQL_TYPE_TIME) {
    out = temporal_text(cell);
    return true;
  }
  if (cell.column->kind != ValueKind::text) {
    return false;
  }
  out.assign(cell.view());
  return true;
}

bool decode_bytes(const Cell& cell, Bytes& out) {
  if (cell.column->kind != ValueKind::blob && cell.column->type != MYSQL_TYPE_BIT) {
    return false;
  }
  const auto* bytes = reinterpret_cast<const std::byte*>(cell.data);
  out.assign(bytes, bytes + cell.size);
  return true;
}

bool decode_decimal(const Cell& cell, TypePtr type, Decimal& out) {
  switch (cell.column->kind) {
    case ValueKind::decimal:
      return parse_decimal(cell.view(), out);
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
        const int scale = type != nullptr && type->scale >= 0 ? type->scale : default_decimal_scale;
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
  if (cell.column->kind != ValueKind::date) {
    return false;
  }
  out = Temporal(cell).date();
  return out.valid();
}

bool decode_time(const Cell& cell, Time& out) {
  if (cell.column->type != MYSQL_TYPE_TIME) {
    return false;
  }
  const Temporal found(cell);
  out = found.time();
  return !found.is_negative && found.days == 0 && out.valid();
}

bool decode_datetime(const Cell& cell, DateTime& out) {
  if (cell.column->kind != ValueKind::datetime) {
    return false;
  }
  const Temporal found(cell);
  out = {found.date(), found.time()};
  return out.valid();
}

std::string temporal_text(const Cell& cell) {
  const Temporal t(cell);
  char text[64];
  std::string out;
  if (cell.column->type == MYSQL_TYPE_TIME) {
    std::snprintf(text, sizeof text, "%s%02u:", t.is_negative ? "-" : "", t.days * 24 + t.hour);
    out = text;
  } else {
    std::snprintf(text, sizeof text, "%04u-%02u-%02u", t.year, t.month, t.day);
    out = text;
    if (cell.column->kind == ValueKind::date) {
      return out;
    }
    std::snprintf(text, sizeof text, " %02u:", t.hour);
    out += text;
  }
  std::snprintf(text, sizeof text, "%02u:%02u", t.minute, t.second);
  out += text;
  if (t.microsecond != 0) {
    std::snprintf(text, sizeof text, ".%06u", t.microsecond);
    out += text;
  }
  return out;
}

}  // namespace azoth::drivers::mariadb
