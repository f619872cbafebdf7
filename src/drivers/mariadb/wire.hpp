// SPDX-License-Identifier: MIT
// Numbers and lengths of the binary protocol, which are little-endian and not aligned.
#pragma once
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace azoth::drivers::mariadb {

/// Reads a number, the lowest byte first.
template <class T>
  requires std::integral<T> || std::floating_point<T>
T get_wire(const unsigned char* data) {
  T value;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&value, data, sizeof value);
  } else {
    unsigned char reversed[sizeof(T)];
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      reversed[i] = data[sizeof(T) - 1 - i];
    }
    std::memcpy(&value, reversed, sizeof value);
  }
  return value;
}

/// Reads the length in front of a cell and moves behind it.
inline std::size_t get_length(const unsigned char*& at) {
  const unsigned char first = *at++;
  if (first < 251) {
    return first;
  }
  const int bytes = first == 252 ? 2 : first == 253 ? 3 : 8;
  std::uint64_t length = 0;
  for (int i = 0; i < bytes; ++i) {
    length |= static_cast<std::uint64_t>(*at++) << (8 * i);
  }
  return static_cast<std::size_t>(length);
}

}  // namespace azoth::drivers::mariadb
