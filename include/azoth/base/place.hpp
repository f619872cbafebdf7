// SPDX-License-Identifier: MIT
// The place in the caller's source that a warning or an invariant speaks of. A stand-in for
// std::source_location, which clang 14 does not offer; it holds no function name.
#pragma once

namespace azoth {

/// Names a line of source; `Place::current()` as a default argument gives the caller's line. The
/// file name is static text.
struct Place {
  const char* file = "";
  unsigned line = 0;

  /// Returns the place of the call, or of the outermost call when used as a default argument.
  static constexpr Place current(const char* file = __builtin_FILE(),
                                 unsigned line = __builtin_LINE()) noexcept {
    return {file, line};
  }
};

}  // namespace azoth
