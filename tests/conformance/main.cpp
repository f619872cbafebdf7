// SPDX-License-Identifier: MIT
// Checks the library against SQLAlchemy's own statements; FORMAT.md beside the records says what
// they hold. Exit status 0 when all pass, or, with --floor, when no group has fallen below it.
#include "conformance/report.hpp"
#include "conformance/worker.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>

namespace azoth::conformance {

namespace {

constexpr std::string_view usage =
    "usage: conformance [options] FILE.jsonl...\n"
    "  --failures[=N]     show what differs, of N failures at most\n"
    "  --also             show failures of the texts for other dialects too\n"
    "  --only=TEXT        only records whose id contains TEXT\n"
    "  --summary          group failures by their first cause\n"
    "  --floor FILE       succeed when no group has fewer passing records than FILE says\n"
    "  --write-floor FILE write the numbers of passing records\n";

struct Arguments {
  ReportOptions report;
  std::string only, floor, new_floor;
  std::vector<std::string> files;
  bool is_wrong = false;
};

Arguments read_arguments(int count, char** words) {
  Arguments out;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const auto value = [&] {
      if (equals != std::string_view::npos) {
        return std::string(word.substr(equals + 1));
      }
      out.is_wrong |= i + 1 == count;
      return i + 1 == count ? std::string() : std::string(words[++i]);
    };
    if (name == "--failures") {
      out.report.shows_failures = true;
      if (equals != std::string_view::npos) {
        out.report.limit = std::stoul(value());
      }
    } else if (name == "--also") {
      out.report.shows_also = out.report.shows_failures = true;
    } else if (name == "--only") {
      out.only = value();
    } else if (name == "--summary") {
      out.report.shows_summary = true;
    } else if (name == "--floor") {
      out.floor = value();
    } else if (name == "--write-floor") {
      out.new_floor = value();
    } else if (word.starts_with("-")) {
      out.is_wrong = true;
    } else {
      out.files.emplace_back(word);
    }
  }
  out.is_wrong |= out.files.empty();
  return out;
}

bool read_lines(const Arguments& arguments, std::vector<std::string>& lines) {
  for (const std::string& file : arguments.files) {
    std::ifstream in(file);
    if (!in) {
      std::cerr << "conformance: cannot read " << file << '\n';
      return false;
    }
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line.find(arguments.only) == std::string::npos) {
        continue;
      }
      const Json id = arguments.only.empty() ? Json() : Json::parse(line)["id"];
      if (id.is_null() || id.get<std::string>().find(arguments.only) != std::string::npos) {
        lines.push_back(std::move(line));
      }
    }
  }
  return true;
}

int run(const Arguments& arguments) {
  std::vector<std::string> lines;
  if (arguments.is_wrong || !read_lines(arguments, lines)) {
    std::cerr << (arguments.is_wrong ? usage : "");
    return 2;
  }
  Report report(arguments.report);
  check_all(lines, [&](const Outcome& outcome) { report.add(outcome); });
  std::cout.flush();
  report.print();
  if (!arguments.new_floor.empty()) {
    report.write_floor(arguments.new_floor);
  }
  if (!arguments.floor.empty()) {
    return report.reaches_floor(arguments.floor) ? 0 : 1;
  }
  return report.all_passed() ? 0 : 1;
}

}  // namespace

}  // namespace azoth::conformance

int main(int count, char** words) {
  return azoth::conformance::run(azoth::conformance::read_arguments(count, words));
}
