// SPDX-License-Identifier: MIT
// NUMERIC's binary format: digits of base 10000 with a weight, a sign and a scale.
#pragma once
#include <azoth/types/decimal.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace azoth::drivers::libpq {

/// The longest form of a Decimal: a header of 8 bytes and 11 digits of base 10000.
inline constexpr std::size_t max_numeric_size = 30;

/// Writes the number to `out`, which has room for `max_numeric_size`, and returns its length.
std::size_t put_numeric(char* out, const Decimal& value);
/// Reads a number; nothing for NaN, the infinities and what has more than 38 digits.
std::optional<Decimal> get_numeric(std::string_view data);
/// Returns the word for a number that is none: `NaN`, `Infinity`, `-Infinity`; else an empty one.
std::string_view special_numeric(std::string_view data);

}  // namespace azoth::drivers::libpq
