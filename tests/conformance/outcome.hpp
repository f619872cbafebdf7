// SPDX-License-Identifier: MIT
// What became of one record, and what its statement compiles to.
#pragma once
#include "conformance/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azoth::conformance {

/// One thing that differs from what the record says.
struct Difference {
  std::string what, expected, got;
};

/// The text for another dialect.
struct AlsoOutcome {
  std::string dialect;
  std::optional<Difference> difference;
};

struct Outcome {
  std::string id, group, dialect;
  std::string cannot_build;  ///< why the statement could not be built, or empty
  std::vector<Difference> differences;
  std::vector<AlsoOutcome> also;

  bool passed() const { return cannot_build.empty() && differences.empty(); }
};

/// Fills in what a record says of itself: id, group, and its dialect, which is `default` for the
/// printing one too.
Outcome blank_outcome(const Json& record);

/// Builds, compiles and compares. Throws nothing.
Outcome check(const Json& record);

/// For the way from one process to another.
Json to_json(const Outcome& outcome);
Outcome from_json(const Json& json);

}  // namespace azoth::conformance
