// SPDX-License-Identifier: MIT
// What Decimal's arithmetic and its texts share: powers of ten and the judgement of 38 digits.
#pragma once

#include "azoth/base/error.hpp"
#include "azoth/types/decimal.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace azoth::types::decimal {

inline constexpr std::array<Int128, Decimal::max_digits + 1> powers_of_ten = [] {
  std::array<Int128, Decimal::max_digits + 1> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) {
    powers[i] = powers[i - 1] * 10;
  }
  return powers;
}();

inline constexpr bool fits(Int128 coefficient) noexcept {
  return coefficient < powers_of_ten.back() && coefficient > -powers_of_ten.back();
}

// coefficient * 10^power, if that has at most 38 digits.
inline std::optional<Int128> shifted(Int128 coefficient, int power) noexcept {
  if (coefficient == 0) {
    return coefficient;
  }
  Int128 product;
  if (power > Decimal::max_digits ||
      __builtin_mul_overflow(
          coefficient, powers_of_ten[static_cast<std::size_t>(power)], &product) ||
      !fits(product)) {
    return std::nullopt;
  }
  return product;
}

// coefficient * 10^-scale, in the making.
struct Parts {
  Int128 coefficient;
  int scale;
};

[[noreturn]] inline void too_long(std::string what) {
  throw ArgumentError("Decimal: " + std::move(what) +
                      " needs more than 38 digits, which is what a Decimal holds");
}

}  // namespace azoth::types::decimal
