// SPDX-License-Identifier: MIT
// The two texts of a Uuid.
#include "azoth/types/uuid.hpp"

#include <algorithm>

namespace azoth {
namespace {

constexpr std::size_t digits = 32;
constexpr std::size_t with_hyphens = digits + 4;
constexpr std::array<std::size_t, 4> hyphens{8, 13, 18, 23};  // places in the text

bool is_hyphen(std::size_t place) {
  return std::find(hyphens.begin(), hyphens.end(), place) != hyphens.end();
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) noexcept {
  if (text.size() != digits && text.size() != with_hyphens) {
    return std::nullopt;
  }
  Uuid out;
  std::size_t read = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.size() == with_hyphens && is_hyphen(i)) {
      if (text[i] != '-') {
        return std::nullopt;
      }
      continue;
    }
    const int digit = digit_of(text[i]);
    if (digit < 0) {
      return std::nullopt;
    }
    std::byte& target = out.bytes[read++ / 2];
    target = target << 4 | static_cast<std::byte>(digit);
  }
  return out;
}

std::string Uuid::hex() const {
  static constexpr char symbols[] = "0123456789abcdef";
  std::string out;
  out.reserve(digits);
  for (std::byte b : bytes) {
    out += symbols[std::to_integer<unsigned>(b) >> 4];
    out += symbols[std::to_integer<unsigned>(b) & 15];
  }
  return out;
}

std::string Uuid::to_string() const {
  std::string out = hex();
  for (std::size_t place : hyphens) {
    out.insert(place, 1, '-');
  }
  return out;
}

}  // namespace azoth
