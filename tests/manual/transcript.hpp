// SPDX-License-Identifier: MIT
// What a program of the manual says: its own output and the log of its engines, in the order in
// which they come. Lines are as a user sees them, without time stamps and spaces at their ends; the
// times of a statement, `[generated in 0.00012s]`, are `[...]`, and addresses `0x...`.
#pragma once
#include <azoth/orm.hpp>

#include <gtest/gtest.h>

#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

namespace manual {

/// Puts log records where std::cout goes.
class CoutSink final : public azoth::LogSink {
 public:
  void write(const azoth::LogRecord& record) override {
    std::string_view message = record.message;
    for (const std::string_view tag :
         {"[generated in", "[cached since", "[no key", "[raw sql", "[caching disabled"}) {
      if (message.starts_with(tag)) {
        std::cout << "[...]";
        message.remove_prefix(message.find(']') + 1);
        break;
      }
    }
    std::cout << message << '\n';
  }
};

/// Holds std::cout and the log back, for `said()`.
class Transcript : public testing::Test {
 protected:
  Transcript() : cout_(std::cout.rdbuf(text_.rdbuf())) {
    azoth::set_log_sink(std::make_shared<CoutSink>());
  }

  ~Transcript() override {
    std::cout.rdbuf(cout_);
    azoth::set_log_sink(nullptr);
  }

  /// Returns what was said since the last call, behind a new line.
  std::string said() {
    std::istringstream lines(text_.str());
    text_.str({});
    std::string all = "\n";
    for (std::string line; std::getline(lines, line);) {
      line.resize(line.find_last_not_of(' ') + 1);
      if (const std::size_t at = line.find(" at 0x"); at != std::string::npos) {
        const std::size_t digits = at + 6;
        line.replace(digits, line.find_first_not_of("0123456789abcdef", digits) - digits, "...");
      }
      all.append(line).append("\n");
    }
    return all;
  }

  /// Forgets what was said: of steps that a page does not show.
  void hush() { text_.str({}); }

 private:
  std::ostringstream text_;
  std::streambuf* cout_;
};

}  // namespace manual
