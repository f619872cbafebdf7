// SPDX-License-Identifier: MIT
// What a broken invariant of the library ends in.
#include "azoth/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace azoth::base {

void assertion_failed(const char* condition, const char* file, unsigned line) noexcept {
  std::fprintf(
      stderr,
      "%s:%u: Azoth's invariant does not hold: %s\nThis is a defect of Azoth; please report it.\n",
      file,
      line,
      condition);
  std::abort();
}

}  // namespace azoth::base
