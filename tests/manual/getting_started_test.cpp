// SPDX-License-Identifier: MIT
// docs/manual/getting-started.md: what the first program prints.
#include "manual/transcript.hpp"

#include <cstdio>

namespace manual {
namespace {

std::string output_of(const char* program) {
  std::string text = "\n";
  std::FILE* pipe = ::popen(program, "r");
  if (pipe == nullptr) {
    return "cannot run " + std::string(program);
  }
  char buffer[256];
  while (std::fgets(buffer, sizeof buffer, pipe) != nullptr) {
    text += buffer;
  }
  return ::pclose(pipe) == 0 ? text : text + "failed\n";
}

TEST(GettingStarted, TheFirstProgramPrintsItsNotes) {
  EXPECT_EQ(output_of(FIRST_PROGRAM),
            // [output printed]
            R"(
2: bread (-)
1: milk (two litres)
)"
            // [/output]
  );
}

}  // namespace
}  // namespace manual
