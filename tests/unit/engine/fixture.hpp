// SPDX-License-Identifier: MIT
// An engine on a database in memory with one table `t`, whose log is captured.
#pragma once
#include <azoth/base/error.hpp>
#include <azoth/base/log.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/engine/schema.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/func.hpp>

#include <gtest/gtest.h>

namespace azoth {

class EngineTest : public ::testing::Test {
 protected:
  EngineTest() { set_log_sink(sink); }

  ~EngineTest() override { set_log_sink(nullptr); }

  /// Makes an engine whose log starts after the tables have been created.
  Engine make_engine(EngineOptions options = {}) {
    Engine made = create_engine("sqlite://", options);
    create_all(metadata, made);
    made.clear_compiled_cache();
    sink->clear();
    return made;
  }

  /// Returns the messages since the last call, durations as `...`.
  std::vector<std::string> log() {
    std::vector<std::string> lines = sink->messages();
    sink->clear();
    for (std::string& line : lines) {
      for (const char* word :
           {"[generated in ", "[cached since ", "[no key ", "[caching disabled "}) {
        if (line.starts_with(word)) {
          line.replace(std::string(word).size(),
                       line.find_first_of("s", std::string(word).size()) - std::string(word).size(),
                       "...");
        }
      }
    }
    return lines;
  }

  /// Returns the message of the `E` that `f` throws.
  template <class E, class F>
  static std::string message_of(F&& f) {
    try {
      f();
    } catch (const E& error) {
      return error.message();
    }
    return "nothing was thrown";
  }

  template <class E, class F>
  static std::string what_of(F&& f) {
    try {
      f();
    } catch (const E& error) {
      return error.what();
    }
    return "nothing was thrown";
  }

  using Lines = std::vector<std::string>;
  std::shared_ptr<CapturingSink> sink = std::make_shared<CapturingSink>();
  MetaData metadata;
  Table t{"t",
          metadata,
          {Column("id", types::Integer(), {.primary_key = true}), Column("name", types::String())}};
  Expr<std::int64_t> id = t.c<std::int64_t>("id");
  Expr<std::string> name = t.c<std::string>("name");
};

}  // namespace azoth
