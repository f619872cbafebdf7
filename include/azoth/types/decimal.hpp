// SPDX-License-Identifier: MIT
// Decimal: an exact decimal number of up to 38 digits that keeps its scale, the C++ face of
// NUMERIC. It is not a bignum: what does not fit throws. It has no NaN and no infinity.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace azoth {

/// Is the widest integer that a Decimal's coefficient is handed out as.
__extension__ using Int128 = __int128;

/// Holds coefficient * 10^-scale with a scale of 0 to 16383. Trivially copyable, 24 bytes; equality
/// is by value: 1.5 == 1.50.
class Decimal {
 public:
  static constexpr int max_digits = 38;
  static constexpr int max_scale = 16383;

  constexpr Decimal() noexcept = default;

  /// Converts any integer, with scale 0.
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  constexpr Decimal(T value) noexcept
      : low_(static_cast<std::uint64_t>(value)),
        high_(std::signed_integral<T> && value < T(0) ? -1 : 0) {}

  /// Reads `-12.50`, `.5`, `1e-3`; blanks around are allowed. Throws ArgumentError that names the
  /// text if it is no decimal or has more than 38 digits.
  explicit Decimal(std::string_view text);

  explicit Decimal(const char* text) : Decimal(std::string_view(text)) {}

  /// Makes coefficient * 10^-scale. Throws ArgumentError if either is out of range.
  static Decimal from_parts(Int128 coefficient, int scale);

  /// Rounds a double to `scale` digits after the point, as Python's "%.{scale}f" does: correctly,
  /// from the double's exact value. Zeros at the end are left out where 38 digits would not hold
  /// them. Throws ArgumentError for NaN, infinities and what still exceeds 38 digits.
  static Decimal from_double(double value, int scale);

  /// Returns the number without its point: 150 for 1.50.
  constexpr Int128 coefficient() const noexcept {
    return static_cast<Int128>(high_) * (static_cast<Int128>(1) << 64) + static_cast<Int128>(low_);
  }

  /// Returns the number of digits after the point.
  constexpr int scale() const noexcept { return scale_; }

  constexpr bool is_zero() const noexcept { return low_ == 0 && high_ == 0; }

  /// Returns -1, 0 or 1.
  constexpr int sign() const noexcept { return high_ < 0 ? -1 : (is_zero() ? 0 : 1); }

  /// Returns the plain text with all digits of the scale, never an exponent: `1.50`.
  std::string to_string() const;
  /// Returns the nearest double.
  double to_double() const noexcept;

  Decimal operator-() const noexcept;

  Decimal abs() const noexcept { return sign() < 0 ? -*this : *this; }

  // Sums and products are exact and throw ArgumentError when they need more than 38 digits.
  friend Decimal operator+(const Decimal& left, const Decimal& right);
  friend Decimal operator-(const Decimal& left, const Decimal& right);
  friend Decimal operator*(const Decimal& left, const Decimal& right);
  /// Divides to 28 significant digits, rounding half to even, as Python's decimal does. Throws
  /// ArgumentError on zero.
  friend Decimal operator/(const Decimal& left, const Decimal& right);

  Decimal& operator+=(const Decimal& other) { return *this = *this + other; }

  Decimal& operator-=(const Decimal& other) { return *this = *this - other; }

  Decimal& operator*=(const Decimal& other) { return *this = *this * other; }

  Decimal& operator/=(const Decimal& other) { return *this = *this / other; }

  /// Returns the number with exactly `places` digits after the point, rounding half to even; a
  /// negative count rounds tens, hundreds and gives scale 0. Throws ArgumentError if more than 38
  /// digits would be needed.
  Decimal round(int places = 0) const;

  /// Returns the number rounded to the scale of `like`.
  Decimal quantize(const Decimal& like) const { return round(like.scale()); }

  friend bool operator==(const Decimal& left, const Decimal& right) noexcept {
    return compare(left, right) == 0;
  }

  friend std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) noexcept {
    return compare(left, right) <=> 0;
  }

  /// Hashes the value, so that equal numbers of different scale have one hash.
  std::size_t hash() const noexcept;

 private:
  static int compare(const Decimal& left, const Decimal& right) noexcept;
  static Decimal unchecked(Int128 coefficient, int scale) noexcept;

  // Two words instead of one __int128, whose alignment would make every value that may hold a
  // Decimal 32 bytes.
  std::uint64_t low_ = 0;
  std::int64_t high_ = 0;
  std::int32_t scale_ = 0;
};

}  // namespace azoth

template <>
struct std::hash<azoth::Decimal> {
  std::size_t operator()(const azoth::Decimal& value) const noexcept { return value.hash(); }
};
