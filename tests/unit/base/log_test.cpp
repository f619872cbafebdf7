// SPDX-License-Identifier: MIT
// Loggers, levels by name and sinks.
#include "azoth/base/log.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace {

using namespace azoth;

class Log : public testing::Test {
 protected:
  void SetUp() override { set_log_sink(sink_); }

  void TearDown() override {
    set_log_sink(nullptr);
    for (const char* name : {"azoth", "azoth.engine", "azoth.engine.Engine"}) {
      reset_log_level(name);
    }
  }

  std::shared_ptr<CapturingSink> sink_ = std::make_shared<CapturingSink>();
};

TEST_F(Log, StartsAtWarning) {
  const Logger logger("azoth.engine.Engine");
  EXPECT_FALSE(logger.enabled(LogLevel::info));
  logger.info("unheard");
  logger.warning("heard");
  EXPECT_EQ(sink_->lines(), std::vector<std::string>{"WARNING azoth.engine.Engine heard"});
}

TEST_F(Log, LevelOfANameCoversTheNamesBelowIt) {
  const Logger engine("azoth.engine.Engine"), pool("azoth.pool");
  set_log_level("azoth.engine", LogLevel::debug);
  EXPECT_TRUE(engine.enabled(LogLevel::debug));
  EXPECT_FALSE(pool.enabled(LogLevel::info));
  set_log_level("azoth.engine.Engine", LogLevel::error);
  EXPECT_FALSE(engine.enabled(LogLevel::warning));
  reset_log_level("azoth.engine.Engine");
  EXPECT_TRUE(engine.enabled(LogLevel::debug));
}

TEST_F(Log, NamePrefixAloneIsNotAParent) {
  set_log_level("azoth.engine", LogLevel::debug);
  EXPECT_FALSE(Logger("azoth.engineering").enabled(LogLevel::debug));
}

TEST_F(Log, LevelSetBeforeTheLoggerCounts) {
  set_log_level("azoth", LogLevel::info);
  EXPECT_TRUE(Logger("azoth.engine.Engine").enabled(LogLevel::info));
}

TEST_F(Log, FixedLevelIsOfOneLoggerAloneUntilReset) {
  Logger echoing("azoth.engine.Engine");
  const Logger silent("azoth.engine.Engine");
  echoing.set_level(LogLevel::info);
  set_log_level("azoth", LogLevel::error);
  EXPECT_TRUE(echoing.enabled(LogLevel::info));
  EXPECT_FALSE(silent.enabled(LogLevel::warning));
  echoing.reset_level();
  EXPECT_FALSE(echoing.enabled(LogLevel::warning));
}

TEST_F(Log, OffLetsNothingThrough) {
  Logger logger("azoth.pool");
  logger.set_level(LogLevel::off);
  logger.error("unheard");
  EXPECT_TRUE(sink_->messages().empty());
}

TEST_F(Log, SinkThatThrowsDoesNotReachTheCaller) {
  struct Throwing final : LogSink {
    void write(const LogRecord&) override { throw std::runtime_error("full"); }
  };

  set_log_sink(std::make_shared<Throwing>());
  EXPECT_NO_THROW(Logger("azoth.pool").error("x"));
}

// The form of SQLAlchemy's echo: "%(asctime)s %(levelname)s %(name)s %(message)s"
TEST_F(Log, DefaultSinkWritesTheLinesOfEchoToStdout) {
  set_log_sink(nullptr);
  testing::internal::CaptureStdout();
  Logger("azoth.engine.Engine").warning("SELECT 1");
  const std::string line = testing::internal::GetCapturedStdout();
  const std::string stamp = "2026-01-02 03:04:05,678";
  ASSERT_GT(line.size(), stamp.size());
  for (std::size_t i = 0; i < stamp.size(); ++i) {
    if (stamp[i] >= '0' && stamp[i] <= '9') {
      EXPECT_TRUE(line[i] >= '0' && line[i] <= '9') << line;
    } else {
      EXPECT_EQ(line[i], stamp[i]) << line;
    }
  }
  EXPECT_EQ(line.substr(stamp.size()), " WARNING azoth.engine.Engine SELECT 1\n");
}

TEST_F(Log, ThreadsMayLogAndSetLevelsAtOnce) {
  const Logger logger("azoth.pool");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        set_log_level("azoth.engine", LogLevel::info);
        logger.warning("parallel");
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(sink_->messages().size(), 400u);
}

}  // namespace
