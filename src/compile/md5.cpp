// SPDX-License-Identifier: MIT
// MD5 as RFC 1321 states it, for the few bytes of a name.
#include "compile/md5.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace azoth::compile {

namespace {

constexpr std::array<int, 16> shifts{7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};

using State = std::array<std::uint32_t, 4>;

std::uint32_t mixed(int round, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  switch (round) {
    case 0:
      return (b & c) | (~b & d);
    case 1:
      return (d & b) | (~d & c);
    case 2:
      return b ^ c ^ d;
    default:
      return c ^ (b | ~d);
  }
}

int word_of_step(int round, int i) {
  static constexpr std::array<int, 4> factors{1, 5, 3, 7}, offsets{0, 1, 5, 0};
  const auto r = static_cast<std::size_t>(round);
  return (factors[r] * i + offsets[r]) % 16;
}

void digest(State& state, std::string_view block) {
  std::array<std::uint32_t, 16> words{};
  for (std::size_t i = 0; i < 64; ++i) {
    words[i / 4] |= static_cast<std::uint32_t>(static_cast<unsigned char>(block[i])) << i % 4 * 8;
  }
  auto [a, b, c, d] = state;
  for (int i = 0; i < 64; ++i) {
    const int round = i / 16;
    const auto constant = static_cast<std::uint32_t>(std::fabs(std::sin(i + 1)) * 4294967296.0);
    const std::uint32_t sum = a + mixed(round, b, c, d) + constant +
                              words[static_cast<std::size_t>(word_of_step(round, i))];
    a = d;
    d = c;
    c = b;
    b += std::rotl(sum, shifts[static_cast<std::size_t>(round * 4 + i % 4)]);
  }
  state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
}

}  // namespace

std::string md5_hex(std::string_view text) {
  std::string padded(text);
  padded += '\x80';
  padded.append((120 - padded.size() % 64) % 64, '\0');
  for (int i = 0; i < 8; ++i) {
    padded += static_cast<char>(static_cast<std::uint64_t>(text.size()) * 8 >> i * 8);
  }
  State state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  for (std::size_t i = 0; i < padded.size(); i += 64) {
    digest(state, std::string_view(padded).substr(i, 64));
  }
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (std::uint32_t word : state) {
    for (int i = 0; i < 4; ++i) {
      const std::uint32_t byte = word >> i * 8 & 0xFF;
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

namespace {

// The byte behind the first `count` characters.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const bool is_initial = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (is_initial && count-- == 0) {
      break;
    }
  }
  return i;
}

}  // namespace

std::string shortened(std::string_view text, std::size_t max) {
  std::string out(text);
  if (bytes_of(text, max) == text.size()) {
    return out;
  }
  out.resize(bytes_of(text, max - 8));
  const std::string digits = md5_hex(text);
  return out.append("_").append(digits, digits.size() - 4);
}

}  // namespace azoth::compile
