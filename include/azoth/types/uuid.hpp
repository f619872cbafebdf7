// SPDX-License-Identifier: MIT
// Uuid: the sixteen bytes of RFC 4122, as UUID columns hold them. It makes none: a program has its
// own idea of randomness.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace azoth {

/// Holds a UUID; the bytes stand in the order in which the text shows them.
struct Uuid {
  std::array<std::byte, 16> bytes{};

  friend constexpr auto operator<=>(const Uuid&, const Uuid&) = default;

  /// Reads 32 hexadecimal digits, with or without the four hyphens of the usual form; nothing for
  /// other texts.
  static std::optional<Uuid> parse(std::string_view text) noexcept;
  /// Returns `12345678-1234-5678-1234-567812345678`.
  std::string to_string() const;
  /// Returns the 32 digits without hyphens: how databases without a type for it store it.
  std::string hex() const;
};

}  // namespace azoth
