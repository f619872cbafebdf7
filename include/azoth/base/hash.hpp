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

/// Returns `h` with another hash mixed in; order matters. One round: each half meets a half of the
/// other and the next round crosses them.
inline constexpr Hash mix(Hash h, Hash other) noexcept {
  return {detail::multiply_mix(h.a ^ other.a, 0x9E3779B97F4A7C15u ^ h.b),
          detail::multiply_mix(h.b ^ other.b, 0xD6E8FEB86659FD93u ^ h.a)};
}

namespace detail {
template <class Word>
std::uint64_t load(const char* at) noexcept {
  Word word;
  __builtin_memcpy(&word, at, sizeof word);
  return word;
}
}  // namespace detail

/// Returns `h` with a text and its length mixed in. Words are read from both ends and may overlap:
/// with the length known they still tell every text apart.
inline Hash mix(Hash h, std::string_view text) noexcept {
  const char* at = text.data();
  std::size_t left = text.size();
  h.b ^= left * 0xA0761D6478BD642Fu;
  for (; left > 16; left -= 16, at += 16) {
    h = mix(h, Hash{detail::load<std::uint64_t>(at), detail::load<std::uint64_t>(at + 8)});
  }
  Hash end;
  if (left >= 8) {
    end = {detail::load<std::uint64_t>(at), detail::load<std::uint64_t>(at + left - 8)};
  } else if (left >= 4) {
    end = {detail::load<std::uint32_t>(at), detail::load<std::uint32_t>(at + left - 4)};
  } else if (left > 0) {
    end.a = detail::load<std::uint8_t>(at) | detail::load<std::uint8_t>(at + left / 2) << 8 |
            detail::load<std::uint8_t>(at + left - 1) << 16;
  }
  return mix(h, end);
}

/// Hashes a Hash for unordered containers.
struct HashOfHash {
  std::size_t operator()(const Hash& h) const noexcept {
    return static_cast<std::size_t>(h.a ^ h.b);
  }
};

}  // namespace azoth::base
