// SPDX-License-Identifier: MIT
// Runs one scenario in a process of its own, so that none sees what another left behind.
#include "scenarios/recorder.hpp"

#include <algorithm>
#include <cstdio>

int main(int argc, char** argv) {
  std::vector<rec::Scenario>& all = rec::scenarios();
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  const std::string_view wanted = argc == 2 ? argv[1] : "--help";
  if (wanted == "--list") {
    for (const rec::Scenario& scenario : all) {
      std::printf("%.*s\n", static_cast<int>(scenario.id.size()), scenario.id.data());
    }
    return 0;
  }
  for (const rec::Scenario& scenario : all) {
    if (scenario.id == wanted) {
      try {
        rec::run(scenario);
        return 0;
      } catch (const std::exception& error) {
        std::printf("uncaught: %s\n", error.what());
        return 3;
      }
    }
  }
  std::fprintf(stderr, "usage: scenarios --list | ID\n");
  return 2;
}
