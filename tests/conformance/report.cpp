// SPDX-License-Identifier: MIT
// Lines, causes and the floor.
#include "conformance/report.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>

namespace azoth::conformance {

void Report::count(const std::string& line, bool passed) {
  for (Count* c : {&lines_[line], &total_}) {
    c->passed += passed;
    c->total += 1;
  }
}

void Report::show(const std::string& id, const Difference& difference) {
  if (!options_.shows_failures || shown_ == options_.limit) {
    return;
  }
  ++shown_;
  std::cout << id << "\n  " << difference.what << '\n';
  if (!difference.expected.empty()) {
    std::cout << "  expected: " << difference.expected << '\n';
  }
  if (!difference.got.empty()) {
    std::cout << "  got:      " << difference.got << '\n';
  }
}

void Report::note_cause(const Outcome& outcome) {
  std::string cause = outcome.cannot_build;
  if (!cause.empty()) {
    cause = "cannot build: " + cause;
  } else {
    const Difference& first = outcome.differences.front();
    cause = first.what;
    if (first.what == "error") {
      cause += first.got.empty() ? "" : ": " + first.got.substr(0, 90);
    }
  }
  auto& [number, id] = causes_[cause];
  if (number++ == 0) {
    id = outcome.id;
  }
}

void Report::add(const Outcome& outcome) {
  count(outcome.group + " " + outcome.dialect, outcome.passed());
  if (!outcome.passed()) {
    note_cause(outcome);
    if (!outcome.cannot_build.empty()) {
      show(outcome.id, {"cannot build: " + outcome.cannot_build, {}, {}});
    }
    for (const Difference& difference : outcome.differences) {
      show(outcome.id, difference);
    }
  }
  for (const AlsoOutcome& also : outcome.also) {
    count(outcome.group + " also " + also.dialect, !also.difference);
    if (also.difference && options_.shows_also && outcome.cannot_build.empty()) {
      show(outcome.id + " also " + also.dialect, *also.difference);
    }
  }
}

void Report::print() const {
  if (options_.shows_summary) {
    std::vector<std::pair<std::size_t, std::string>> rows;
    for (const auto& [cause, numbered] : causes_) {
      rows.emplace_back(numbered.first, cause + "   e.g. " + numbered.second);
    }
    std::sort(rows.rbegin(), rows.rend());
    for (const auto& [number, cause] : rows) {
      std::printf("%5zu  %s\n", number, cause.c_str());
    }
  }
  for (const auto& [line, count] : lines_) {
    std::printf("%s %zu/%zu\n", line.c_str(), count.passed, count.total);
  }
  std::printf("total %zu/%zu\n", total_.passed, total_.total);
}

bool Report::reaches_floor(const std::string& file) const {
  std::ifstream in(file);
  if (!in) {
    std::printf("floor: cannot read %s\n", file.c_str());
    return false;
  }
  bool reached = true;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') {
      continue;
    }
    const std::size_t space = line.rfind(' ');
    const std::string name = line.substr(0, space);
    const std::size_t floor = std::stoul(line.substr(space + 1));
    const auto it = lines_.find(name);
    const std::size_t passed = it == lines_.end() ? 0 : it->second.passed;
    if (passed < floor) {
      std::printf("floor: %s has %zu, not %zu\n", name.c_str(), passed, floor);
      reached = false;
    }
  }
  return reached;
}

void Report::write_floor(const std::string& file) const {
  std::ofstream out(file);
  out << "# How many records of the conformance corpus pass, by group; no number may fall.\n"
         "# Written by tools/conformance --write-floor.\n";
  for (const auto& [line, count] : lines_) {
    out << line << ' ' << count.passed << '\n';
  }
}

}  // namespace azoth::conformance
