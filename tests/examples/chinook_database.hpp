// SPDX-License-Identifier: MIT
// A Chinook database in a temporary folder, and the sqlite3 shell as the witness of what is in it.
#pragma once
#include "generate.hpp"
#include <azoth/base/log.hpp>
#include <azoth/drivers/sqlite3.hpp>

#include <gtest/gtest.h>
#include <stdlib.h>  // mkdtemp

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace chinook {

/// A folder that goes with its object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "chinook-XXXXXX").string();
    if (!mkdtemp(name.data())) {
      throw std::runtime_error("cannot make the temporary folder " + name);
    }
    path_ = name;
  }

  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// What a command printed, and how it ended.
struct CommandResult {
  std::string output;
  int status;
};

inline CommandResult run_command(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) {
    throw std::runtime_error("cannot run " + command);
  }
  CommandResult result{};
  char buffer[4096];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) {
    result.output.append(buffer, n);
  }
  const int status = pclose(pipe);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

inline bool has_sqlite3_shell() {
  return run_command("sqlite3 --version 2>&1").status == 0;
}

/// The original Chinook file, where it is at hand.
inline std::filesystem::path original_database() {
  const char* shared = std::getenv("AZOTH_SHARED");
  const std::filesystem::path folder =
      shared && *shared ? shared : std::filesystem::path(SOURCE_FOLDER) / ".." / "shared";
  return folder / "data" / "chinook.sqlite";
}

/// A database file of its own for one test.
class ChinookDatabase {
 public:
  std::filesystem::path file() const { return folder_.path() / "chinook.sqlite"; }

  std::string url() const { return "sqlite:///" + file().string(); }

  void copy_original() {
    std::filesystem::copy_file(original_database(), file());
    std::filesystem::permissions(
        file(), std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
  }

  /// What the sqlite3 shell answers: a line for each row, columns separated by bars.
  std::string shell(const std::string& sql) const {
    const std::filesystem::path script = folder_.path() / "question.sql";
    std::ofstream(script) << sql << '\n';
    const CommandResult answer = run_command("sqlite3 -batch -list -noheader '" + file().string() +
                                             "' < '" + script.string() + "' 2>&1");
    EXPECT_EQ(answer.status, 0) << sql << '\n' << answer.output;
    return answer.output;
  }

 private:
  TemporaryFolder folder_;
};

/// Takes the log while it lives, and tells the statements in it.
class StatementLog {
 public:
  StatementLog() : sink_(std::make_shared<azoth::CapturingSink>()) {
    azoth::set_log_sink(sink_);
    azoth::set_log_level("azoth.engine", azoth::LogLevel::info);
  }

  StatementLog(const StatementLog&) = delete;
  StatementLog& operator=(const StatementLog&) = delete;

  ~StatementLog() {
    azoth::reset_log_level("azoth.engine");
    azoth::set_log_sink(nullptr);
  }

  /// Returns `SELECT Track`, `INSERT InvoiceLine` for each statement: its verb and its table.
  std::vector<std::string> statements() const {
    std::vector<std::string> all;
    for (const std::string& message : sink_->messages()) {
      if (std::optional<std::string> s = summary(message)) {
        all.push_back(*s);
      }
    }
    return all;
  }

 private:
  static std::optional<std::string> summary(const std::string& message) {
    const std::pair<const char*, const char*> forms[] = {{"SELECT", "FROM \""},
                                                         {"INSERT", "INTO \""},
                                                         {"UPDATE", "UPDATE \""},
                                                         {"DELETE", "FROM \""}};
    for (const auto& [verb, before_table] : forms) {
      if (message.starts_with(verb)) {
        const std::size_t at = message.find(before_table) + std::string(before_table).size();
        return std::string(verb) + " " + message.substr(at, message.find('"', at) - at);
      }
    }
    return std::nullopt;
  }

  std::shared_ptr<azoth::CapturingSink> sink_;
};

}  // namespace chinook
