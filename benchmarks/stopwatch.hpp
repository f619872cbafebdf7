// SPDX-License-Identifier: MIT
// Measures variants of one workload side by side: interleaved (A B C A B C ...) after a warm-up, so
// that a busy machine slows all of them alike. Prints a table; compares checksums.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bench {

/// One way of doing a workload. The first of a workload is the hand-written loop that ratios refer
/// to.
struct Variant {
  std::string name;
  std::function<std::uint64_t()> run;       ///< timed; returns the checksum
  double target = 0;                        ///< largest ratio that is allowed; 0: only reported
  std::function<void()> prepare = nullptr;  ///< before each run, not timed
};

/// What the command line says.
struct Options {
  int repetitions = 9;
  std::vector<std::string> only;  ///< parts of workload names; empty: all
  std::string variant;            ///< part of variant names, for profiling; empty: all
};

class Stopwatch {
 public:
  explicit Stopwatch(Options options) : options_(std::move(options)) {}

  /// Runs the variants and prints their times and ratios; `operations` gives the time of one. Ends
  /// the program when checksums differ.
  void measure(const std::string& workload, double operations, std::vector<Variant> variants);
  bool is_wanted(const std::string& workload) const;
  /// Prints which targets were met and which were missed.
  void print_summary() const;

 private:
  struct Verdict {
    std::string workload, variant;
    double ratio, target;
  };

  Options options_;
  std::vector<Verdict> verdicts_;
};

/// Keeps freed memory in the process: without this, repetitions pay page faults anew, and their
/// noise swamps the ratios.
void keep_heap();

}  // namespace bench
