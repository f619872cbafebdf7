// SPDX-License-Identifier: MIT
// What the driver must know of a statement's text before the server has seen it: its parameters.
#pragma once
#include <string_view>
#include <vector>

namespace azoth::drivers::libpq {

/// One parameter of a text.
struct Placeholder {
  /// It stands where the server cannot tell its type: `concat($1)`, `$1 IS NULL`. Text is then sent
  /// as `text`, and else as a literal whose type its surroundings tell.
  bool is_untyped = false;
};

/// Finds `$1`, `$2` ... outside of literals, quoted names and comments; the result has as many
/// elements as the largest number.
std::vector<Placeholder> find_placeholders(std::string_view sql);

}  // namespace azoth::drivers::libpq
