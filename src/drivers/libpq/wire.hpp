// SPDX-License-Identifier: MIT
// Numbers in network order, as the binary formats of PostgreSQL have them, and its calendar.
#pragma once
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace azoth::drivers::libpq {

template <std::unsigned_integral U>
constexpr U swapped(U value) {
  if constexpr (sizeof(U) == 1) {
    return value;
  } else if constexpr (sizeof(U) == 2) {
    return __builtin_bswap16(value);
  } else if constexpr (sizeof(U) == 4) {
    return __builtin_bswap32(value);
  } else {
    static_assert(sizeof(U) == 8);
    return __builtin_bswap64(value);
  }
}

/// Writes an integer and returns the place behind it.
template <std::integral I>
char* put_wire(char* out, I value) {
  auto bits = static_cast<std::make_unsigned_t<I>>(value);
  if constexpr (std::endian::native == std::endian::little) {
    bits = swapped(bits);
  }
  std::memcpy(out, &bits, sizeof bits);
  return out + sizeof bits;
}

/// Reads an integer.
template <std::integral I>
I get_wire(const char* data) {
  std::make_unsigned_t<I> bits;
  std::memcpy(&bits, data, sizeof bits);
  if constexpr (std::endian::native == std::endian::little) {
    bits = swapped(bits);
  }
  return static_cast<I>(bits);
}

/// Days and microseconds count from 2000-01-01; the largest and smallest are the infinities.
inline constexpr std::int64_t epoch_days = 10957;
inline constexpr std::int64_t day_microseconds = 86'400'000'000;
inline constexpr std::int64_t epoch_microseconds = epoch_days * day_microseconds;
inline constexpr std::int32_t infinite_day = std::numeric_limits<std::int32_t>::max();
inline constexpr std::int64_t infinite_moment = std::numeric_limits<std::int64_t>::max();

}  // namespace azoth::drivers::libpq
