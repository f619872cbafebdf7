// SPDX-License-Identifier: MIT
// Compiles against the headers of the contained Azoth.
#include <azoth/version.hpp>

int main() {
  return azoth::version_major == 0 ? 0 : 1;
}
