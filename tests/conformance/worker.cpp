// SPDX-License-Identifier: MIT
// The parent hands out the records again from the one behind that on which a child died.
#include "conformance/worker.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace azoth::conformance {

namespace {

Outcome check_line(const std::string& line) {
  Json record;
  try {
    record = Json::parse(line);
  } catch (const std::exception& error) {
    Outcome outcome{"?", "unreadable", "?", error.what(), {}, {}};
    return outcome;
  }
  return check(record);
}

// What remains to be said of the record that the child died of.
Outcome died(const std::string& line, int status) {
  const Json record = Json::parse(line);
  Outcome outcome = blank_outcome(record);
  outcome.cannot_build =
      WIFSIGNALED(status) ? "died of signal " + std::to_string(WTERMSIG(status)) : "ended early";
  return outcome;
}

[[noreturn]] void work(const std::vector<std::string>& lines, std::size_t first, int output) {
  std::FILE* out = ::fdopen(output, "w");
  for (std::size_t i = first; i < lines.size(); ++i) {
    const std::string text =
        to_json(check_line(lines[i])).dump(-1, ' ', true, Json::error_handler_t::replace) + '\n';
    std::fwrite(text.data(), 1, text.size(), out);
    std::fflush(out);
  }
  std::_Exit(0);
}

std::size_t read_outcomes(int input, const std::function<void(const Outcome&)>& take) {
  std::FILE* in = ::fdopen(input, "r");
  char* line = nullptr;
  std::size_t size = 0, count = 0;
  for (ssize_t length; (length = ::getline(&line, &size, in)) > 0;) {
    if (line[length - 1] != '\n') {
      break;
    }
    take(from_json(Json::parse(line, line + length)));
    ++count;
  }
  std::free(line);
  std::fclose(in);
  return count;
}

}  // namespace

void check_all(const std::vector<std::string>& lines,
               const std::function<void(const Outcome&)>& take) {
  for (std::size_t next = 0; next < lines.size();) {
    int ends[2];
    if (::pipe(ends) != 0) {
      throw std::system_error(errno, std::generic_category(), "pipe");
    }
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child < 0) {
      throw std::system_error(errno, std::generic_category(), "fork");
    }
    if (child == 0) {
      ::close(ends[0]);
      work(lines, next, ends[1]);
    }
    ::close(ends[1]);
    next += read_outcomes(ends[0], take);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (next < lines.size()) {
      take(died(lines[next++], status));
    }
  }
}

}  // namespace azoth::conformance
