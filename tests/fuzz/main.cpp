// SPDX-License-Identifier: MIT
// fuzz TARGET (--seconds N | --steps N) [--seed N]: does steps of a target until the time is over
// or a law is broken; then it shows the input and the seed of the step, and exits with 1.
#include "fuzz/inputs.hpp"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>

namespace {

using namespace azoth::fuzz;

struct Named {
  const char* name;
  Target run;
};

constexpr Named targets[] = {{"url", &parse_urls},
                             {"identifier", &quote_identifiers},
                             {"literal", &render_literals},
                             {"text", &scan_text}};

int usage() {
  std::fputs("usage: fuzz url|identifier|literal|text (--seconds N | --steps N) [--seed N]\n",
             stderr);
  return 2;
}

int run(const Named& target, std::uint64_t seed, std::uint64_t steps, std::chrono::seconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  std::uint64_t done = 0;
  for (; steps == 0 || done < steps; ++done) {
    if (steps == 0 && done % 256 == 0 && std::chrono::steady_clock::now() >= end) {
      break;
    }
    try {
      Inputs inputs(seed + done);
      target.run(inputs);
    } catch (const std::exception& error) {
      std::printf("%s, --seed %llu --steps 1:\n%s\n",
                  target.name,
                  static_cast<unsigned long long>(seed + done),
                  error.what());
      close_databases();
      return 1;
    }
  }
  std::printf(
      "%s: %llu inputs, no law broken\n", target.name, static_cast<unsigned long long>(done));
  close_databases();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t seed = 1, steps = 0, seconds = 0;
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::uint64_t number = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--seconds") == 0) {
      seconds = number;
    } else if (std::strcmp(argv[i], "--steps") == 0) {
      steps = number;
    } else if (std::strcmp(argv[i], "--seed") == 0) {
      seed = number;
    } else {
      return usage();
    }
  }
  if (argc < 4 || (steps == 0) == (seconds == 0)) {
    return usage();
  }
  for (const Named& target : targets) {
    if (std::strcmp(target.name, argv[1]) == 0) {
      return run(target, seed, steps, std::chrono::seconds(seconds));
    }
  }
  return usage();
}
