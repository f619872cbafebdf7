// SPDX-License-Identifier: MIT
// Uses what was installed and nothing else; the build defines WITH_<component>.
#include <azoth/version.hpp>

#include <cstdio>

int main() {
  std::printf("azoth %s\n", azoth::library_version());
  return azoth::library_version()[0] == '0' + azoth::version_major ? 0 : 1;
}
