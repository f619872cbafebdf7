// SPDX-License-Identifier: MIT
// NUMERIC between its binary format and Decimal.
#include "drivers/libpq/numeric.hpp"

#include "drivers/libpq/wire.hpp"

#include <algorithm>
#include <array>

namespace azoth::drivers::libpq {
namespace {

__extension__ using Unsigned = unsigned __int128;

constexpr std::uint16_t negative = 0x4000, not_a_number = 0xC000, infinite = 0xD000,
                        negative_infinite = 0xF000;
constexpr std::size_t header_size = 8;

constexpr int floor_quarter(int exponent) {
  return exponent >= 0 ? exponent / 4 : -((3 - exponent) / 4);
}

constexpr std::array<int, 4> tens{1, 10, 100, 1000};

struct Header {
  int digits, weight;
  std::uint16_t sign;
  int scale;
};

Header read_header(std::string_view data) {
  return {get_wire<std::int16_t>(data.data()),
          get_wire<std::int16_t>(data.data() + 2),
          get_wire<std::uint16_t>(data.data() + 4),
          get_wire<std::uint16_t>(data.data() + 6)};
}

bool is_complete(std::string_view data) {
  if (data.size() < header_size) {
    return false;
  }
  const Header header = read_header(data);
  return header.digits >= 0 &&
         data.size() == header_size + 2 * static_cast<std::size_t>(header.digits);
}

constexpr Unsigned limit = [] {
  Unsigned value = 1;
  for (int i = 0; i < Decimal::max_digits; ++i) {
    value *= 10;
  }
  return value;
}();

// value = value * factor + more, unless that has more than 38 digits.
bool append_digits(Unsigned& value, unsigned factor, unsigned more) {
  if (value > (limit - 1 - more) / factor) {
    return false;
  }
  value = value * factor + more;
  return true;
}

}  // namespace

std::size_t put_numeric(char* out, const Decimal& value) {
  std::array<char, 40> decimal;  // digits, the last first
  int length = 0;
  const Int128 coefficient = value.coefficient();
  auto rest =
      coefficient < 0 ? -static_cast<Unsigned>(coefficient) : static_cast<Unsigned>(coefficient);
  for (; rest != 0; rest /= 10) {
    decimal[static_cast<std::size_t>(length++)] = static_cast<char>(rest % 10);
  }
  std::array<std::int16_t, 12> groups{};
  const int weight = length == 0 ? 0 : floor_quarter(length - 1 - value.scale());
  int count = 0;
  for (int i = 0; i < length; ++i) {
    const int exponent = i - value.scale(), quarter = floor_quarter(exponent);
    const auto group = static_cast<std::size_t>(weight - quarter);
    const int digit = decimal[static_cast<std::size_t>(i)] *
                      tens[static_cast<std::size_t>(exponent - 4 * quarter)];
    groups[group] = static_cast<std::int16_t>(groups[group] + digit);
    if (digit != 0) {
      count = std::max(count, static_cast<int>(group) + 1);
    }
  }
  char* at = put_wire(out, static_cast<std::int16_t>(count));
  at = put_wire(at, static_cast<std::int16_t>(weight));
  at = put_wire(at, coefficient < 0 ? negative : std::uint16_t{0});
  at = put_wire(at, static_cast<std::uint16_t>(value.scale()));
  for (int i = 0; i < count; ++i) {
    at = put_wire(at, groups[static_cast<std::size_t>(i)]);
  }
  return static_cast<std::size_t>(at - out);
}

std::optional<Decimal> get_numeric(std::string_view data) {
  if (!is_complete(data)) {
    return std::nullopt;
  }
  const Header header = read_header(data);
  if (header.sign != 0 && header.sign != negative) {
    return std::nullopt;
  }
  Unsigned value = 0;
  // The power of ten of the last digit that counts, within the scale of the number.
  for (int i = 0; i < header.digits; ++i) {
    const auto group = static_cast<unsigned>(
        get_wire<std::int16_t>(data.data() + header_size + 2 * static_cast<std::size_t>(i)));
    const int beyond = -4 * (header.weight - i) - header.scale;  // digits behind the scale
    if (beyond >= 4) {
      break;
    }
    const unsigned cut =
        beyond > 0 ? static_cast<unsigned>(tens[static_cast<std::size_t>(beyond)]) : 1;
    if (!append_digits(value, 10000 / cut, group / cut)) {
      return std::nullopt;
    }
  }
  for (int missing = 4 * (header.weight - header.digits + 1) + header.scale; missing > 0;
       --missing) {
    if (value != 0 && !append_digits(value, 10, 0)) {
      return std::nullopt;
    }
  }
  const auto coefficient = static_cast<Int128>(value);
  return Decimal::from_parts(header.sign == negative ? -coefficient : coefficient, header.scale);
}

std::string_view special_numeric(std::string_view data) {
  switch (is_complete(data) ? read_header(data).sign : 0) {
    case not_a_number:
      return "NaN";
    case infinite:
      return "Infinity";
    case negative_infinite:
      return "-Infinity";
    default:
      return {};
  }
}

}  // namespace azoth::drivers::libpq
