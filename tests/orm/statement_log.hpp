// SPDX-License-Identifier: MIT
// What tests of the ORM assert: the statements that really ran, with their parameters, in order.
#pragma once
#include <azoth/base/log.hpp>
#include <azoth/orm.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace azoth_test {

/// Captures the engine's log while it lives. `take()` returns one line per statement or transaction
/// mark, "SQL | parameters", newlines within a statement taken out.
class StatementLog {
 public:
  StatementLog() : sink_(std::make_shared<azoth::CapturingSink>()) {
    azoth::set_log_sink(sink_);
    azoth::set_log_level("azoth.engine", azoth::LogLevel::info);
  }

  ~StatementLog() {
    azoth::reset_log_level("azoth.engine");
    azoth::set_log_sink(nullptr);
  }

  StatementLog(const StatementLog&) = delete;
  StatementLog& operator=(const StatementLog&) = delete;

  void clear() { sink_->clear(); }

  std::string take() {
    std::string out;
    for (std::string& m : sink_->messages()) {
      if (is_parameters(m)) {
        out += " | " + m.substr(m.find(']') + 2);
        continue;
      }
      std::erase(m, '\n');
      out += "\n" + m;
    }
    sink_->clear();
    return out.empty() ? out : out.substr(1) + "\n";
  }

  /// The number of statements (BEGIN, COMMIT and ROLLBACK not counted) since the last take() or
  /// clear().
  std::size_t count() const {
    std::size_t n = 0;
    for (const std::string& m : sink_->messages()) {
      n += is_parameters(m);
    }
    return n;
  }

 private:
  static bool is_parameters(std::string_view m) {
    for (std::string_view tag :
         {"[generated in", "[cached since", "[no key", "[raw sql", "[caching disabled"}) {
      if (m.starts_with(tag)) {
        return true;
      }
    }
    return false;
  }

  std::shared_ptr<azoth::CapturingSink> sink_;
};

/// A fresh SQLite database in memory, with foreign keys on, and the log of what runs there.
class OrmTest : public ::testing::Test {
 protected:
  azoth::Engine engine =
      azoth::create_engine("sqlite://", {.connect_args = {{"foreign_keys", "on"}}});
  StatementLog log;
};

}  // namespace azoth_test
