// SPDX-License-Identifier: MIT
// Decimal arithmetic on a 128-bit coefficient. Every way to a new Decimal goes through checked(), which knows the 38 digits.
#include "azoth/types/decimal.hpp"

#include "azoth/base/error.hpp"
#include "azoth/base/hash.hpp"
#include "azoth/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace azoth {
namespace {

__extension__ using Unsigned128 = unsigned __int128;

constexpr std::array<Int128, Decimal::max_digits + 1> powers_of_ten = [] {
  std::array<Int128, Decimal::max_digits + 1> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

constexpr bool fits(Int128 coefficient) noexcept {
  return coefficient < powers_of_ten.back() && coefficient > -powers_of_ten.back();
}

constexpr int digit_count(Int128 positive) noexcept {
  int count = 0;
  while (count <= Decimal::max_digits && positive >= powers_of_ten[static_cast<std::size_t>(count)]) ++count;
  return count;
}

// coefficient * 10^power, if that has at most 38 digits.
std::optional<Int128> shifted(Int128 coefficient, int power) noexcept {
  if (coefficient == 0) return coefficient;
  Int128 product;
  if (power > Decimal::max_digits ||
      __builtin_mul_overflow(coefficient, powers_of_ten[static_cast<std::size_t>(power)], &product) || !fits(product))
    return std::nullopt;
  return product;
}

// value / 10^power to the nearest integer, half to even.
Int128 divide_half_even(Int128 value, int power) noexcept {
  if (power > Decimal::max_digits) return 0;
  const Int128 divisor = powers_of_ten[static_cast<std::size_t>(power)];
  const Int128 quotient = value / divisor;
  Int128 rest = value % divisor;
  if (rest < 0) rest = -rest;
  const Int128 half = divisor / 2;
  if (power == 0 || rest < half || (rest == half && quotient % 2 == 0)) return quotient;
  return quotient + (value < 0 ? -1 : 1);
}

// The same value without trailing zeros after the point.
struct Parts {
  Int128 coefficient;
  int scale;
};
Parts stripped(Int128 coefficient, int scale) noexcept {
  if (coefficient == 0) return {0, 0};
  for (; scale > 0 && coefficient % 10 == 0; --scale) coefficient /= 10;
  return {coefficient, scale};
}

[[noreturn]] void too_long(std::string what) {
  throw ArgumentError("Decimal: " + std::move(what) + " needs more than 38 digits, which is what a Decimal holds");
}

}  // namespace

Decimal Decimal::unchecked(Int128 coefficient, int scale) noexcept {
  Decimal result;
  result.low_ = static_cast<std::uint64_t>(coefficient);
  result.high_ = static_cast<std::int64_t>(coefficient >> 64);
  result.scale_ = scale;
  return result;
}

Decimal Decimal::from_parts(Int128 coefficient, int scale) {
  if (!fits(coefficient)) too_long("the coefficient");
  if (scale < 0 || scale > max_scale)
    throw ArgumentError("Decimal: the scale " + std::to_string(scale) + " is outside 0 to 16383");
  return unchecked(coefficient, scale);
}

// --- text ---------------------------------------------------------------------------------------------------------------

namespace {

// What stands in a decimal's text, before ranges are judged.
class DecimalParser {
 public:
  explicit DecimalParser(std::string_view text) : whole_(text), rest_(text) {}

  Parts parse() {
    strip_blanks();
    const bool negative = take('-');
    if (!negative) take('+');
    std::size_t digits = take_digits(false);
    if (take('.')) digits += take_digits(true);
    if (digits == 0) refuse();
    if (take('e') || take('E')) take_exponent();
    if (!rest_.empty()) refuse();
    if (scale_ < 0) {
      const auto larger = shifted(coefficient_, -std::max(scale_, -1000));
      if (!larger) too_long(base::python_repr(whole_));
      coefficient_ = *larger;
      scale_ = 0;
    }
    if (scale_ > Decimal::max_scale)
      throw ArgumentError("Decimal: " + base::python_repr(whole_) + " has more than 16383 digits after the point");
    return {negative ? -coefficient_ : coefficient_, scale_};
  }

 private:
  [[noreturn]] void refuse() const {
    throw ArgumentError("Decimal: " + base::python_repr(whole_) + " is not a decimal number; expected text such as '-12.50'");
  }
  void strip_blanks() {
    constexpr std::string_view blanks = " \t\n\r\f\v";
    rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
    rest_.remove_suffix(rest_.size() - std::min(rest_.find_last_not_of(blanks) + 1, rest_.size()));
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::size_t take_digits(bool fraction) {
    std::size_t count = 0;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1), ++count) {
      if (coefficient_ >= powers_of_ten[Decimal::max_digits - 1]) too_long(base::python_repr(whole_));
      coefficient_ = coefficient_ * 10 + (rest_.front() - '0');
      if (fraction) ++scale_;
    }
    return count;
  }
  void take_exponent() {
    const bool negative = take('-');
    if (!negative) take('+');
    if (rest_.empty()) refuse();
    int exponent = 0;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1))
      exponent = std::min(exponent * 10 + (rest_.front() - '0'), 100'000'000);
    scale_ += negative ? exponent : -exponent;
  }

  std::string_view whole_, rest_;
  Int128 coefficient_ = 0;
  int scale_ = 0;
};

}  // namespace

Decimal::Decimal(std::string_view text) {
  const Parts parts = DecimalParser(text).parse();
  *this = unchecked(parts.coefficient, parts.scale);
}

Decimal Decimal::from_double(double value, int scale) {
  if (!std::isfinite(value)) throw ArgumentError("Decimal: " + base::python_repr(value) + " has no decimal value");
  if (scale < 0 || scale > max_scale)
    throw ArgumentError("Decimal: the scale " + std::to_string(scale) + " is outside 0 to 16383");
  // The digits of a double end after 1074 places.
  std::array<char, 1500> buffer;
  const int places = std::min(scale, 1100);
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, places).ptr;
  std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  // A large double has its exact digits and then a fraction of zeros, which may go where both do not fit.
  for (; text.size() > max_digits && places > 0 && text.back() == '0';) text.remove_suffix(1);
  return Decimal(text);
}

std::string Decimal::to_string() const {
  Int128 rest = coefficient();
  const bool negative = rest < 0;
  if (negative) rest = -rest;
  std::string reversed;
  for (int place = 0; rest != 0 || place <= scale_; ++place, rest /= 10) {
    if (place == scale_ && place != 0) reversed += '.';
    reversed += static_cast<char>('0' + static_cast<int>(rest % 10));
  }
  if (negative) reversed += '-';
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

double Decimal::to_double() const noexcept {
  // "digits e -scale" is read correctly rounded; the buffer holds a sign, 38 digits and the exponent.
  std::array<char, 64> buffer;
  char* at = buffer.data() + buffer.size();
  at -= 16;
  char* const digits_end = at;
  Int128 rest = coefficient() < 0 ? -coefficient() : coefficient();
  do {
    *--at = static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  if (sign() < 0) *--at = '-';
  digits_end[0] = 'e';
  char* const end = std::to_chars(digits_end + 1, buffer.data() + buffer.size(), -scale_).ptr;
  double value = 0;  // and stays so when the number is too small for a double
  std::from_chars(at, end, value);
  return value;
}

// --- arithmetic -----------------------------------------------------------------------------------------------------------

Decimal Decimal::operator-() const noexcept { return unchecked(-coefficient(), scale_); }

namespace {

std::optional<Parts> sum(Parts left, Parts right) noexcept {
  const int scale = std::max(left.scale, right.scale);
  const auto a = shifted(left.coefficient, scale - left.scale), b = shifted(right.coefficient, scale - right.scale);
  if (!a || !b) return std::nullopt;
  const Int128 total = *a + *b;  // cannot overflow: both are below 10^38
  if (!fits(total)) return std::nullopt;
  return Parts{total, scale};
}

std::optional<Parts> product(Parts left, Parts right) noexcept {
  Int128 result;
  if (__builtin_mul_overflow(left.coefficient, right.coefficient, &result) || !fits(result)) return std::nullopt;
  if (left.scale + right.scale > Decimal::max_scale) return std::nullopt;
  return Parts{result, left.scale + right.scale};
}

// Tries with the scales as they are, then without zeros that only the scale asks for.
template <class Operation>
Parts exact(const Decimal& left, const Decimal& right, const char* sign, Operation operation) {
  if (const auto result = operation(Parts{left.coefficient(), left.scale()}, Parts{right.coefficient(), right.scale()}))
    return *result;
  if (const auto result = operation(stripped(left.coefficient(), left.scale()), stripped(right.coefficient(), right.scale())))
    return *result;
  too_long(left.to_string() + sign + right.to_string());
}

}  // namespace

Decimal operator+(const Decimal& left, const Decimal& right) {
  const Parts result = exact(left, right, " + ", sum);
  return Decimal::unchecked(result.coefficient, result.scale);
}

Decimal operator-(const Decimal& left, const Decimal& right) {
  const Parts result =
      exact(left, right, " - ", [](Parts a, Parts b) noexcept { return sum(a, {-b.coefficient, b.scale}); });
  return Decimal::unchecked(result.coefficient, result.scale);
}

Decimal operator*(const Decimal& left, const Decimal& right) {
  const Parts result = exact(left, right, " * ", product);
  return Decimal::unchecked(result.coefficient, result.scale);
}

namespace {

// The next digit of a long division: 10 * rest / divisor, leaving the new rest. Goes by doubling, since 10 * rest may exceed
// 128 bits while 2 * rest cannot.
int next_digit(Unsigned128& rest, Unsigned128 divisor) noexcept {
  int digit = 0;
  const Unsigned128 first = rest;
  const auto twice_plus = [&](Unsigned128 add) {
    rest *= 2;
    digit *= 2;
    if (rest >= divisor) rest -= divisor, ++digit;
    rest += add;
    if (rest >= divisor) rest -= divisor, ++digit;
  };
  twice_plus(0);      // 2
  twice_plus(first);  // 5
  twice_plus(0);      // 10
  return digit;
}

constexpr int division_digits = 28;  // the precision of Python's default decimal context

}  // namespace

Decimal operator/(const Decimal& left, const Decimal& right) {
  if (right.is_zero()) throw ArgumentError("Decimal: " + left.to_string() + " / " + right.to_string() + " divides by zero");
  const auto dividend = static_cast<Unsigned128>(left.abs().coefficient());
  const auto divisor = static_cast<Unsigned128>(right.abs().coefficient());
  auto quotient = static_cast<Int128>(dividend / divisor);
  Unsigned128 rest = dividend % divisor;
  int scale = left.scale_ - right.scale_;
  const Int128 limit = powers_of_ten[division_digits];
  for (; rest != 0 && quotient < limit; ++scale) quotient = quotient * 10 + next_digit(rest, divisor);
  // A rest makes what looks like a tie more than one.
  if (rest != 0 && quotient % 5 == 0) ++quotient;
  if (const int excess = std::max(digit_count(quotient) - division_digits, scale - Decimal::max_scale); excess > 0) {
    quotient = divide_half_even(quotient, excess);
    scale -= excess;
    if (quotient == limit) quotient /= 10, --scale;
  }
  if (scale < 0) {
    const auto larger = shifted(quotient, -scale);
    if (!larger) too_long(left.to_string() + " / " + right.to_string());
    quotient = *larger;
    scale = 0;
  }
  return Decimal::unchecked(left.sign() * right.sign() < 0 ? -quotient : quotient, scale);
}

Decimal Decimal::round(int places) const {
  if (places > max_scale) throw ArgumentError("Decimal: the scale " + std::to_string(places) + " is outside 0 to 16383");
  if (places >= scale_) {
    const auto padded = shifted(coefficient(), places - scale_);
    if (!padded) too_long(to_string() + " with " + std::to_string(places) + " places");
    return unchecked(*padded, places);
  }
  const int floor = std::max(places, -(max_digits + 1));  // there everything is zero already
  const Int128 rounded = divide_half_even(coefficient(), scale_ - floor);
  if (places >= 0) return unchecked(rounded, places);
  const auto whole = shifted(rounded, -floor);
  if (!whole) too_long(to_string() + " rounded to " + std::to_string(places) + " places");
  return unchecked(*whole, 0);
}

int Decimal::compare(const Decimal& left, const Decimal& right) noexcept {
  if (left.sign() != right.sign()) return left.sign() < right.sign() ? -1 : 1;
  const int scale = std::max(left.scale_, right.scale_);
  const auto a = shifted(left.coefficient(), scale - left.scale_), b = shifted(right.coefficient(), scale - right.scale_);
  // At most the one with the smaller scale can fail to fit, and is then the larger in size.
  if (!a) return left.sign();
  if (!b) return -right.sign();
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
