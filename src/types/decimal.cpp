// SPDX-License-Identifier: MIT
// Decimal arithmetic on a 128-bit coefficient. Texts are in decimal_text.cpp.
#include "azoth/types/decimal.hpp"

#include "azoth/base/error.hpp"
#include "azoth/base/hash.hpp"
#include "types/decimal_parts.hpp"

#include <algorithm>

namespace azoth {

using types::decimal::fits;
using types::decimal::Parts;
using types::decimal::powers_of_ten;
using types::decimal::shifted;
using types::decimal::too_long;

Decimal Decimal::unchecked(Int128 coefficient, int scale) noexcept {
  Decimal result;
  result.low_ = static_cast<std::uint64_t>(coefficient);
  result.high_ = static_cast<std::int64_t>(coefficient >> 64);
  result.scale_ = scale;
  return result;
}

Decimal Decimal::from_parts(Int128 coefficient, int scale) {
  if (!fits(coefficient)) {
    too_long("the coefficient");
  }
  if (scale < 0 || scale > max_scale) {
    throw ArgumentError("Decimal: the scale " + std::to_string(scale) + " is outside 0 to 16383");
  }
  return unchecked(coefficient, scale);
}

namespace {

__extension__ using Unsigned128 = unsigned __int128;

constexpr int digit_count(Int128 positive) noexcept {
  int count = 0;
  while (count <= Decimal::max_digits &&
         positive >= powers_of_ten[static_cast<std::size_t>(count)]) {
    ++count;
  }
  return count;
}

// value / 10^power to the nearest integer, half to even.
Int128 divide_half_even(Int128 value, int power) noexcept {
  if (power > Decimal::max_digits) {
    return 0;
  }
  const Int128 divisor = powers_of_ten[static_cast<std::size_t>(power)];
  const Int128 quotient = value / divisor;
  Int128 rest = value % divisor;
  if (rest < 0) {
    rest = -rest;
  }
  const Int128 half = divisor / 2;
  if (power == 0 || rest < half || (rest == half && quotient % 2 == 0)) {
    return quotient;
  }
  return quotient + (value < 0 ? -1 : 1);
}

// The same value without trailing zeros after the point.
Parts stripped(Int128 coefficient, int scale) noexcept {
  if (coefficient == 0) {
    return {0, 0};
  }
  for (; scale > 0 && coefficient % 10 == 0; --scale) {
    coefficient /= 10;
  }
  return {coefficient, scale};
}

}  // namespace

Decimal Decimal::operator-() const noexcept {
  return unchecked(-coefficient(), scale_);
}

namespace {

// The size of a coefficient brought to a larger scale; it may exceed 38 digits when the other term
// brings it back.
std::optional<Unsigned128> aligned_size(Int128 coefficient, int power) noexcept {
  const auto size = static_cast<Unsigned128>(coefficient < 0 ? -coefficient : coefficient);
  if (size == 0) {
    return size;
  }
  Unsigned128 product;
  if (power > Decimal::max_digits ||
      __builtin_mul_overflow(
          size,
          static_cast<Unsigned128>(powers_of_ten[static_cast<std::size_t>(power)]),
          &product)) {
    return std::nullopt;
  }
  return product;
}

std::optional<Parts> sum(Parts left, Parts right) noexcept {
  const int scale = std::max(left.scale, right.scale);
  const auto a = aligned_size(left.coefficient, scale - left.scale);
  const auto b = aligned_size(right.coefficient, scale - right.scale);
  const auto limit = static_cast<Unsigned128>(powers_of_ten.back());
  if (!a || !b) {
    return std::nullopt;
  }
  const bool negative = left.coefficient < 0;
  if (negative == (right.coefficient < 0)) {
    if (*a >= limit || *b >= limit || *a + *b >= limit) {
      return std::nullopt;
    }
    const auto total = static_cast<Int128>(*a + *b);
    return Parts{negative ? -total : total, scale};
  }
  const Unsigned128 difference = *a > *b ? *a - *b : *b - *a;
  if (difference >= limit) {
    return std::nullopt;
  }
  const auto total = static_cast<Int128>(difference);
  return Parts{negative == (*a > *b) ? -total : total, scale};
}

std::optional<Parts> product(Parts left, Parts right) noexcept {
  Int128 result;
  if (__builtin_mul_overflow(left.coefficient, right.coefficient, &result) || !fits(result)) {
    return std::nullopt;
  }
  if (left.scale + right.scale > Decimal::max_scale) {
    return std::nullopt;
  }
  return Parts{result, left.scale + right.scale};
}

// Tries with the scales as they are, then without zeros that only the scale asks for.
template <class Operation>
Parts exact(const Decimal& left, const Decimal& right, const char* sign, Operation operation) {
  if (const auto result = operation(Parts{left.coefficient(), left.scale()},
                                    Parts{right.coefficient(), right.scale()})) {
    return *result;
  }
  if (const auto result = operation(stripped(left.coefficient(), left.scale()),
                                    stripped(right.coefficient(), right.scale()))) {
    return *result;
  }
  too_long(left.to_string() + sign + right.to_string());
}

}  // namespace

Decimal operator+(const Decimal& left, const Decimal& right) {
  const Parts result = exact(left, right, " + ", sum);
  return Decimal::unchecked(result.coefficient, result.scale);
}

Decimal operator-(const Decimal& left, const Decimal& right) {
  const Parts result = exact(left, right, " - ", [](Parts a, Parts b) noexcept {
    return sum(a, {-b.coefficient, b.scale});
  });
  return Decimal::unchecked(result.coefficient, result.scale);
}

Decimal operator*(const Decimal& left, const Decimal& right) {
  const Parts result = exact(left, right, " * ", product);
  return Decimal::unchecked(result.coefficient, result.scale);
}

namespace {

// The next digit of a long division: 10 * rest / divisor, leaving the new rest. Goes by doubling,
// since 10 * rest may exceed 128 bits while 2 * rest cannot.
int next_digit(Unsigned128& rest, Unsigned128 divisor) noexcept {
  int digit = 0;
  const Unsigned128 first = rest;
  const auto twice_plus = [&](Unsigned128 add) {
    rest *= 2;
    digit *= 2;
    if (rest >= divisor) {
      rest -= divisor, ++digit;
    }
    rest += add;
    if (rest >= divisor) {
      rest -= divisor, ++digit;
    }
  };
  twice_plus(0);      // 2
  twice_plus(first);  // 5
  twice_plus(0);      // 10
  return digit;
}

constexpr int division_digits = 28;  // the precision of Python's default decimal context

}  // namespace

Decimal operator/(const Decimal& left, const Decimal& right) {
  if (right.is_zero()) {
    throw ArgumentError("Decimal: " + left.to_string() + " / " + right.to_string() +
                        " divides by zero");
  }
  const auto dividend = static_cast<Unsigned128>(left.abs().coefficient());
  const auto divisor = static_cast<Unsigned128>(right.abs().coefficient());
  auto quotient = static_cast<Int128>(dividend / divisor);
  Unsigned128 rest = dividend % divisor;
  int scale = left.scale_ - right.scale_;
  const Int128 limit = powers_of_ten[division_digits];
  for (; rest != 0 && quotient < limit; ++scale) {
    quotient = quotient * 10 + next_digit(rest, divisor);
  }
  // A rest makes what looks like a tie more than one.
  if (rest != 0 && quotient % 5 == 0) {
    ++quotient;
  }
  if (const int excess =
          std::max(digit_count(quotient) - division_digits, scale - Decimal::max_scale);
      excess > 0) {
    quotient = divide_half_even(quotient, excess);
    scale -= excess;
    if (quotient == limit) {
      quotient /= 10, --scale;
    }
  }
  if (scale < 0) {
    const auto larger = shifted(quotient, -scale);
    if (!larger) {
      too_long(left.to_string() + " / " + right.to_string());
    }
    quotient = *larger;
    scale = 0;
  }
  return Decimal::unchecked(left.sign() * right.sign() < 0 ? -quotient : quotient, scale);
}

Decimal Decimal::round(int places) const {
  if (places > max_scale) {
    throw ArgumentError("Decimal: the scale " + std::to_string(places) + " is outside 0 to 16383");
  }
  if (places >= scale_) {
    const auto padded = shifted(coefficient(), places - scale_);
    if (!padded) {
      too_long(to_string() + " with " + std::to_string(places) + " places");
    }
    return unchecked(*padded, places);
  }
  const int floor = std::max(places, -(max_digits + 1));  // there everything is zero already
  const Int128 rounded = divide_half_even(coefficient(), scale_ - floor);
  if (places >= 0) {
    return unchecked(rounded, places);
  }
  const auto whole = shifted(rounded, -floor);
  if (!whole) {
    too_long(to_string() + " rounded to " + std::to_string(places) + " places");
  }
  return unchecked(*whole, 0);
}

int Decimal::compare(const Decimal& left, const Decimal& right) noexcept {
  if (left.sign() != right.sign()) {
    return left.sign() < right.sign() ? -1 : 1;
  }
  const int scale = std::max(left.scale_, right.scale_);
  const auto a = shifted(left.coefficient(), scale - left.scale_),
             b = shifted(right.coefficient(), scale - right.scale_);
  // At most the one with the smaller scale can fail to fit, and is then the larger in size.
  if (!a) {
    return left.sign();
  }
  if (!b) {
    return -right.sign();
  }
  return *a < *b ? -1 : *a > *b ? 1 : 0;
}

std::size_t Decimal::hash() const noexcept {
  const Parts parts = stripped(coefficient(), scale_);
  base::Hash h = base::mix(base::hash_seed(), static_cast<std::uint64_t>(parts.scale));
  h = base::mix(h, static_cast<std::uint64_t>(parts.coefficient));
  h = base::mix(h, static_cast<std::uint64_t>(parts.coefficient >> 64));
  return static_cast<std::size_t>(h.a ^ h.b);
}

}  // namespace azoth
