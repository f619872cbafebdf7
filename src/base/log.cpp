// SPDX-License-Identifier: MIT
// The registry of loggers and levels, and the sinks. The registry is never destroyed, so that
// objects that die after main() can still log.
#include "azoth/base/log.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <utility>

namespace azoth {

const char* log_level_name(LogLevel level) noexcept {
  switch (level) {
    case LogLevel::debug:
      return "DEBUG";
    case LogLevel::info:
      return "INFO";
    case LogLevel::warning:
      return "WARNING";
    case LogLevel::error:
      return "ERROR";
    case LogLevel::off:
      return "OFF";
  }
  return "";
}

LogSink::~LogSink() = default;

namespace {

class StdoutSink final : public LogSink {
 public:
  void write(const LogRecord& record) override {
    const auto now = std::chrono::system_clock::now();
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    const auto since_epoch =
        std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()).count();
    std::tm local{};
    localtime_r(&seconds, &local);
    char stamp[32];
    const std::size_t length = std::strftime(stamp, sizeof stamp, "%Y-%m-%d %H:%M:%S", &local);
    char milliseconds[8];
    std::snprintf(milliseconds, sizeof milliseconds, ",%03d", static_cast<int>(since_epoch % 1000));
    std::string line(stamp, length);
    line.append(milliseconds).append(" ").append(log_level_name(record.level)).append(" ");
    line.append(record.logger).append(" ").append(record.message).append("\n");
    std::fwrite(line.data(),
                1,
                line.size(),
                stdout);  // one call, so that lines of several threads do not mix
    std::fflush(stdout);
  }
};

}  // namespace

struct LogRegistry {
  std::mutex mutex;
  std::shared_ptr<LogSink> sink = std::make_shared<StdoutSink>();
  std::vector<std::pair<std::string, LogLevel>> levels;
  std::vector<Logger*> loggers;

  static LogRegistry& instance() {
    static LogRegistry& registry = *new LogRegistry;
    return registry;
  }

  // The level set for the name itself or for the nearest name above it.
  LogLevel level_of(std::string_view name) const {
    for (;;) {
      for (const auto& [prefix, level] : levels) {
        if (prefix == name) {
          return level;
        }
      }
      const std::size_t dot = name.rfind('.');
      if (dot == name.npos) {
        return LogLevel::warning;
      }
      name = name.substr(0, dot);
    }
  }

  void update() {
    for (Logger* logger : loggers) {
      if (!logger->fixed_) {
        store(*logger, level_of(logger->name_));
      }
    }
  }

  static void store(Logger& logger, LogLevel level) {
    logger.level_.store(static_cast<std::uint8_t>(level), std::memory_order_relaxed);
  }
};

void set_log_sink(std::shared_ptr<LogSink> sink) {
  if (!sink) {
    sink = std::make_shared<StdoutSink>();
  }
  LogRegistry& registry = LogRegistry::instance();
  const std::lock_guard lock(registry.mutex);
  registry.sink.swap(sink);  // the old one dies after the lock
}

std::shared_ptr<LogSink> log_sink() {
  LogRegistry& registry = LogRegistry::instance();
  const std::lock_guard lock(registry.mutex);
  return registry.sink;
}

void set_log_level(std::string_view name, LogLevel level) {
  LogRegistry& registry = LogRegistry::instance();
  const std::lock_guard lock(registry.mutex);
  const auto found = std::find_if(registry.levels.begin(),
                                  registry.levels.end(),
                                  [&](const auto& l) { return l.first == name; });
  if (found == registry.levels.end()) {
    registry.levels.emplace_back(name, level);
  } else {
    found->second = level;
  }
  registry.update();
}

void reset_log_level(std::string_view name) {
  LogRegistry& registry = LogRegistry::instance();
  const std::lock_guard lock(registry.mutex);
  std::erase_if(registry.levels, [&](const auto& l) { return l.first == name; });
  registry.update();
}

Logger::Logger(std::string name) : name_(std::move(name)), level_(0) {
  LogRegistry& registry = LogRegistry::instance();
  const std::lock_guard lock(registry.mutex);
  LogRegistry::store(*this, registry.level_of(name_));
  registry.loggers.push_back(this);
}

Logger::~Logger() {
  LogRegistry& registry = LogRegistry::instance();
  const std::lock_guard lock(registry.mutex);
  std::erase(registry.loggers, this);
}

void Logger::set_level(LogLevel level) {
  const std::lock_guard lock(LogRegistry::instance().mutex);
  fixed_ = true;
  LogRegistry::store(*this, level);
}

void Logger::reset_level() {
  LogRegistry& registry = LogRegistry::instance();
  const std::lock_guard lock(registry.mutex);
  fixed_ = false;
  LogRegistry::store(*this, registry.level_of(name_));
}

void Logger::log(LogLevel level, std::string_view message) const noexcept {
  if (!enabled(level)) {
    return;
  }
  try {
    log_sink()->write({level, name_, message});
  } catch (...) {
    // Logging must not change what the program does.
  }
}

struct CapturingSink::Records {
  mutable std::mutex mutex;
  std::vector<std::string> messages, lines;
};

CapturingSink::CapturingSink() : records_(std::make_unique<Records>()) {}

CapturingSink::~CapturingSink() = default;

void CapturingSink::write(const LogRecord& record) {
  std::string line = log_level_name(record.level);
  line.append(" ").append(record.logger).append(" ").append(record.message);
  const std::lock_guard lock(records_->mutex);
  records_->messages.emplace_back(record.message);
  records_->lines.push_back(std::move(line));
}

std::vector<std::string> CapturingSink::messages() const {
  const std::lock_guard lock(records_->mutex);
  return records_->messages;
}

std::vector<std::string> CapturingSink::lines() const {
  const std::lock_guard lock(records_->mutex);
  return records_->lines;
}

void CapturingSink::clear() {
  const std::lock_guard lock(records_->mutex);
  records_->messages.clear();
  records_->lines.clear();
}

}  // namespace azoth
