// SPDX-License-Identifier: MIT
// Measures Azoth on SQLite beside hand-written loops over its C interface, in one process.
// docs/architecture/performance.md explains the figures.
#include "workloads.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

namespace {

constexpr const char* usage =
    "usage: bench_sqlite [-n repetitions] [-v part of a variant's name] [part of a workload's "
    "name...]\n"
    "Without names everything runs. Ratios refer to the first line of each table.\n";

int run(const bench::Options& options) {
  bench::keep_heap();
  bench::Stopwatch stopwatch(options);
  std::printf(
      "%d repetitions after a warm-up, variants interleaved. x min: ratio of the minima, x med.: "
      "ratio of the medians,\n"
      "med. x: median of the ratios of one repetition each.\n",
      options.repetitions);
  bench::measure_loading(stopwatch);
  bench::measure_point_selects(stopwatch);
  bench::measure_inserts(stopwatch);
  bench::measure_updates(stopwatch);
  bench::measure_parents_with_children(stopwatch);
  bench::measure_statements(stopwatch);
  bench::measure_threads(stopwatch);
  if (stopwatch.is_wanted("memory")) {
    bench::measure_streaming_memory();
  }
  stopwatch.print_summary();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  bench::Options options;
  try {
    for (int i = 1; i < argc; ++i) {
      if (std::strcmp(argv[i], "--stream") == 0 && i + 1 < argc) {
        return bench::stream_entities(argv[i + 1]);
      }
      if (std::strcmp(argv[i], "-n") == 0 && i + 1 < argc) {
        options.repetitions = std::atoi(argv[++i]);
      } else if (std::strcmp(argv[i], "-v") == 0 && i + 1 < argc) {
        options.variant = argv[++i];
      } else if (argv[i][0] == '-') {
        std::fputs(usage, stderr);
        return 2;
      } else {
        options.only.emplace_back(argv[i]);
      }
    }
    if (options.repetitions < 1) {
      std::fputs(usage, stderr);
      return 2;
    }
    return run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_sqlite: %s\n", error.what());
    return 1;
  }
}
