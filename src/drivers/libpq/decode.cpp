// SPDX-License-Identifier: MIT
// Cells as values; the table of forms is in codec.hpp. What comes in the text format is read in
// decode_text.cpp.
#include "drivers/libpq/codec.hpp"
#include "drivers/libpq/numeric.hpp"
#include "drivers/libpq/text_format.hpp"
#include "drivers/libpq/wire.hpp"
#include <azoth/base/error.hpp>

#include <bit>
#include <cmath>
#include <cstring>

namespace azoth::drivers::libpq {
namespace {

constexpr int default_decimal_scale = 10;  // as SQLAlchemy's for NUMERIC without scale

bool day_of(std::int64_t days_since_2000, Date& out) {
  constexpr std::int64_t first = -719162, last = 2932896;  // 0001-01-01 and 9999-12-31
  const std::int64_t days = days_since_2000 + epoch_days;
  if (days < first || days > last) {
    return false;
  }
  out = Date::from_days(days);
  return true;
}

bool time_of(std::int64_t microseconds, Time& out) {
  if (microseconds < 0 || microseconds >= day_microseconds) {
    return false;
  }
  const std::int64_t seconds = microseconds / 1'000'000;
  out = {static_cast<std::uint8_t>(seconds / 3600),
         static_cast<std::uint8_t>(seconds / 60 % 60),
         static_cast<std::uint8_t>(seconds % 60),
         static_cast<std::uint32_t>(microseconds % 1'000'000)};
  return true;
}

bool moment_of(std::int64_t since_2000, DateTime& out) {
  std::int64_t day = since_2000 / day_microseconds, rest = since_2000 % day_microseconds;
  if (rest < 0) {
    rest += day_microseconds;
    --day;
  }
  return day_of(day, out.date) && time_of(rest, out.time);
}

bool integer_of(const Decimal& value, std::int64_t& out) {
  if (value.round(0) != value) {
    return false;
  }
  const Int128 whole = value.round(0).coefficient();
  out = static_cast<std::int64_t>(whole);
  return out == whole;
}

}  // namespace

ValueKind natural_kind(Oid oid) {
  switch (oid) {
    case bool_oid:
      return ValueKind::boolean;
    case int2_oid:
    case int4_oid:
    case int8_oid:
    case oid_oid:
      return ValueKind::integer;
    case float4_oid:
    case float8_oid:
      return ValueKind::real;
    case numeric_oid:
      return ValueKind::decimal;
    case bytea_oid:
      return ValueKind::blob;
    case date_oid:
      return ValueKind::date;
    case time_oid:
      return ValueKind::time;
    case timestamp_oid:
    case timestamptz_oid:
      return ValueKind::datetime;
    default:
      return ValueKind::text;
  }
}

bool decode_integer(const Cell& cell, std::int64_t& out) {
  if (cell.is_text) {
    return (natural_kind(cell.oid) == ValueKind::integer || cell.oid == numeric_oid) &&
           parse_integer(cell.view(), out);
  }
  switch (cell.oid) {
    case int4_oid:
      out = get_wire<std::int32_t>(cell.data);
      return true;
    case int8_oid:
      out = get_wire<std::int64_t>(cell.data);
      return true;
    case int2_oid:
      out = get_wire<std::int16_t>(cell.data);
      return true;
    case oid_oid:
      out = get_wire<std::uint32_t>(cell.data);
      return true;
    case numeric_oid: {
      const auto number = get_numeric(cell.view());
      return number && integer_of(*number, out);
    }
    default:
      return false;
  }
}

bool decode_boolean(const Cell& cell, bool& out) {
  if (cell.oid == bool_oid) {
    out = *cell.data == (cell.is_text ? 't' : '\1');
    return true;
  }
  std::int64_t number = 0;
  if (!decode_integer(cell, number)) {
    return false;
  }
  out = number == 1;
  return number == 0 || number == 1;
}

bool decode_real(const Cell& cell, double& out) {
  if (cell.oid == numeric_oid || cell.oid == float8_oid || cell.oid == float4_oid) {
    if (cell.is_text) {
      return parse_real(cell.view(), out);
    }
    if (cell.oid == float8_oid) {
      out = std::bit_cast<double>(get_wire<std::int64_t>(cell.data));
      return true;
    }
    if (cell.oid == float4_oid) {
      out = std::bit_cast<float>(get_wire<std::int32_t>(cell.data));
      return true;
    }
    if (const std::string_view word = special_numeric(cell.view()); !word.empty()) {
      return parse_real(word, out);
    }
    const auto number = get_numeric(cell.view());
    out = number ? number->to_double() : 0;
    return number.has_value();
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
  if (natural_kind(cell.oid) != ValueKind::text) {
    return false;
  }
  if (cell.is_text || is_characters(cell.oid) || cell.oid == void_oid) {
    out.assign(cell.data, cell.size);
  } else if (cell.oid == jsonb_oid) {
    out.assign(cell.data + 1, cell.size - 1);  // behind the format's version
  } else if (cell.oid == uuid_oid) {
    Uuid uuid;
    std::memcpy(uuid.bytes.data(), cell.data, uuid.bytes.size());
    out = uuid.to_string();
  } else {
    return false;
  }
  return true;
}

bool decode_bytes(const Cell& cell, Bytes& out) {
  if (cell.oid != bytea_oid) {
    return false;
  }
  if (cell.is_text) {
    return parse_bytes(cell.view(), out);
  }
  const auto* bytes = reinterpret_cast<const std::byte*>(cell.data);
  out.assign(bytes, bytes + cell.size);
  return true;
}

bool decode_decimal(const Cell& cell, TypePtr type, Decimal& out) {
  const int scale = type != nullptr && type->scale >= 0 ? type->scale : default_decimal_scale;
  try {
    switch (natural_kind(cell.oid)) {
      case ValueKind::decimal: {
        if (cell.is_text) {
          out = Decimal(cell.view());
          return true;
        }
        const auto number = get_numeric(cell.view());
        out = number.value_or(Decimal());
        return number.has_value();
      }
      case ValueKind::integer: {
        std::int64_t number = 0;
        const bool is_read = decode_integer(cell, number);
        out = Decimal(number);
        return is_read;
      }
      case ValueKind::real: {
        double number = 0;
        const bool is_read = decode_real(cell, number);
        out = Decimal::from_double(number, scale);
        return is_read;
      }
      default:
        return false;
    }
  } catch (const ArgumentError&) {  // not a number, or too many digits
    return false;
  }
}

bool decode_date(const Cell& cell, Date& out) {
  if (cell.oid != date_oid) {
    return false;
  }
  if (cell.is_text) {
    const auto parsed = Date::parse(cell.view());
    out = parsed.value_or(Date{});
    return parsed.has_value();
  }
  return day_of(get_wire<std::int32_t>(cell.data), out);
}

bool decode_time(const Cell& cell, Time& out) {
  if (cell.oid != time_oid) {
    return false;
  }
  if (cell.is_text) {
    const auto parsed = Time::parse(cell.view());
    out = parsed.value_or(Time{});
    return parsed.has_value();
  }
  return time_of(get_wire<std::int64_t>(cell.data), out);
}

bool decode_datetime(const Cell& cell, DateTime& out) {
  if (cell.oid != timestamp_oid && cell.oid != timestamptz_oid) {
    return false;
  }
  if (cell.is_text) {
    return parse_moment(cell.view(), out);
  }
  return moment_of(get_wire<std::int64_t>(cell.data), out);
}

}  // namespace azoth::drivers::libpq
