// SPDX-License-Identifier: MIT
// Counts outcomes, prints them, and holds them against a floor.
#pragma once
#include "conformance/outcome.hpp"

#include <map>

namespace azoth::conformance {

/// What the user wants to see.
struct ReportOptions {
  bool shows_failures = false;
  bool shows_also = false;                           ///< failures of other dialects too
  std::size_t limit = static_cast<std::size_t>(-1);  ///< of failures shown
  bool shows_summary = false;
};

/// Passed and total of one line.
struct Count {
  std::size_t passed = 0, total = 0;
};

class Report {
 public:
  explicit Report(const ReportOptions& options) : options_(options) {}

  void add(const Outcome& outcome);
  /// Prints the lines of all groups, the summary and the total.
  void print() const;

  bool all_passed() const { return total_.passed == total_.total; }

  /// Returns whether no group has fewer passing records than the file says; prints those that do.
  bool reaches_floor(const std::string& file) const;
  void write_floor(const std::string& file) const;

 private:
  void count(const std::string& line, bool passed);
  void show(const std::string& id, const Difference& difference);
  void note_cause(const Outcome& outcome);

  ReportOptions options_;
  std::map<std::string, Count> lines_;
  std::map<std::string, std::pair<std::size_t, std::string>> causes_;  // number, first id
  Count total_;
  std::size_t shown_ = 0;
};

}  // namespace azoth::conformance
