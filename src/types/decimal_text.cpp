// SPDX-License-Identifier: MIT
// Decimals from text and from doubles, and back.
#include "azoth/base/error.hpp"
#include "azoth/base/text.hpp"
#include "azoth/types/decimal.hpp"
#include "types/decimal_parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace azoth {

using types::decimal::Parts;
using types::decimal::powers_of_ten;
using types::decimal::shifted;
using types::decimal::too_long;

namespace {

// What stands in a decimal's text, before ranges are judged.
class DecimalParser {
 public:
  explicit DecimalParser(std::string_view text) : whole_(text), rest_(text) {}

  Parts parse() {
    strip_blanks();
    const bool negative = take('-');
    if (!negative) {
      take('+');
    }
    std::size_t digits = take_digits(false);
    if (take('.')) {
      digits += take_digits(true);
    }
    if (digits == 0) {
      refuse();
    }
    if (take('e') || take('E')) {
      take_exponent();
    }
    if (!rest_.empty()) {
      refuse();
    }
    if (scale_ < 0) {
      const auto larger = shifted(coefficient_, -std::max(scale_, -1000));
      if (!larger) {
        too_long(base::python_repr(whole_));
      }
      coefficient_ = *larger;
      scale_ = 0;
    }
    if (scale_ > Decimal::max_scale) {
      throw ArgumentError("Decimal: " + base::python_repr(whole_) +
                          " has more than 16383 digits after the point");
    }
    return {negative ? -coefficient_ : coefficient_, scale_};
  }

 private:
  [[noreturn]] void refuse() const {
    throw ArgumentError("Decimal: " + base::python_repr(whole_) +
                        " is not a decimal number; expected text such as '-12.50'");
  }

  void strip_blanks() {
    constexpr std::string_view blanks = " \t\n\r\f\v";
    rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
    rest_.remove_suffix(rest_.size() - std::min(rest_.find_last_not_of(blanks) + 1, rest_.size()));
  }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  std::size_t take_digits(bool fraction) {
    std::size_t count = 0;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
         rest_.remove_prefix(1), ++count) {
      if (coefficient_ >= powers_of_ten[Decimal::max_digits - 1]) {
        too_long(base::python_repr(whole_));
      }
      coefficient_ = coefficient_ * 10 + (rest_.front() - '0');
      if (fraction) {
        ++scale_;
      }
    }
    return count;
  }

  void take_exponent() {
    const bool negative = take('-');
    if (!negative) {
      take('+');
    }
    if (rest_.empty()) {
      refuse();
    }
    int exponent = 0;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1)) {
      exponent = std::min(exponent * 10 + (rest_.front() - '0'), 100'000'000);
    }
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
  if (!std::isfinite(value)) {
    throw ArgumentError("Decimal: " + base::python_repr(value) + " has no decimal value");
  }
  if (scale < 0 || scale > max_scale) {
    throw ArgumentError("Decimal: the scale " + std::to_string(scale) + " is outside 0 to 16383");
  }
  // The digits of a double end after 1074 places.
  std::array<char, 1500> buffer;
  const int places = std::min(scale, 1100);
  const auto end =
      std::to_chars(
          buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, places)
          .ptr;
  std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  // A large double has its exact digits and then a fraction of zeros, which may go where both do
  // not fit.
  for (; text.size() > max_digits && places > 0 && text.back() == '0';) {
    text.remove_suffix(1);
  }
  return Decimal(text);
}

std::string Decimal::to_string() const {
  Int128 rest = coefficient();
  const bool negative = rest < 0;
  if (negative) {
    rest = -rest;
  }
  std::string reversed;
  for (int place = 0; rest != 0 || place <= scale_; ++place, rest /= 10) {
    if (place == scale_ && place != 0) {
      reversed += '.';
    }
    reversed += static_cast<char>('0' + static_cast<int>(rest % 10));
  }
  if (negative) {
    reversed += '-';
  }
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

double Decimal::to_double() const noexcept {
  // "digits e -scale" is read correctly rounded; the buffer holds a sign, 38 digits and the
  // exponent.
  std::array<char, 64> buffer;
  char* at = buffer.data() + buffer.size();
  at -= 16;
  char* const digits_end = at;
  Int128 rest = coefficient() < 0 ? -coefficient() : coefficient();
  do {
    *--at = static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  if (sign() < 0) {
    *--at = '-';
  }
  digits_end[0] = 'e';
  char* const end = std::to_chars(digits_end + 1, buffer.data() + buffer.size(), -scale_).ptr;
  double value = 0;  // and stays so when the number is too small for a double
  std::from_chars(at, end, value);
  return value;
}

}  // namespace azoth
