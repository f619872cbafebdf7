// SPDX-License-Identifier: MIT
// The 128-bit structural hash behind statement cache keys: a multiply-mix keyed with random numbers
// of the process, so that nobody can prepare two statements with one key. It is not stable between
// processes and must never be stored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace azoth::base {

/// Holds 128 bits of hash; equal structures have equal hashes within one process.
struct Hash {
  std::uint64_t a = 0;
  std::uint64_t b = 0;

  friend constexpr bool operator==(const Hash&, const Hash&) = default;
};

namespace detail {
__extension__ using Wide = unsigned __int128;

inline constexpr std::uint64_t multiply_mix(std::uint64_t x, std::uint64_t y) noexcept {
  const Wide product = static_cast<Wide>(x) * y;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}
}  // namespace detail

/// Returns the random start of every hash of this process; safe in static initialisers and from any
/// thread.
Hash hash_seed() noexcept;

/// Returns `h` with a number mixed in; order matters.
inline constexpr Hash mix(Hash h, std::uint64_t value) noexcept {
  return {detail::multiply_mix(h.a ^ value, 0x9E3779B97F4A7C15u ^ h.b),
          detail::multiply_mix(h.b ^ value, 0xD6E8FEB86659FD93u ^ h.a)};
}

/// Returns `h` with another hash mixed in; order matters.
inline constexpr Hash mix(Hash h, Hash other) noexcept {
  return mix(mix(h, other.a), other.b);
}

/// Returns `h` with a text and its length mixed in.
inline Hash mix(Hash h, std::string_view text) noexcept {
  h = mix(h, static_cast<std::uint64_t>(text.size()));
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t word;
    __builtin_memcpy(&word, at, 8);
    h = mix(h, word);
  }
  if (left == 0) {
    return h;
  }
  std::uint64_t word = 0;
  __builtin_memcpy(&word, at, left);
  return mix(h, word);
}

/// Hashes a Hash for unordered containers.
struct HashOfHash {
  std::size_t operator()(const Hash& h) const noexcept {
    return static_cast<std::size_t>(h.a ^ h.b);
  }
};

}  // namespace azoth::base
