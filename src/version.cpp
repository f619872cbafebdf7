// SPDX-License-Identifier: MIT
// The version that the linked library states. It is the build's (project() in CMakeLists.txt); a
// test holds it against the header's.
#include "azoth/version.hpp"

namespace azoth {

const char* library_version() noexcept {
  return AZOTH_VERSION;
}

}  // namespace azoth
