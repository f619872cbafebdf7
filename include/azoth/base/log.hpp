// SPDX-License-Identifier: MIT
// Logging as SQLAlchemy does it: named loggers in a hierarchy (`azoth`, `azoth.engine`,
// `azoth.engine.Engine`), a level for each, and one sink of the process that applications replace
// to reach their own logging. No streams, no formatting.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// Orders log records by weight; `off` lets nothing through.
enum class LogLevel : std::uint8_t { debug, info, warning, error, off };

/// Returns the name logs show: DEBUG, INFO, WARNING, ERROR.
const char* log_level_name(LogLevel level) noexcept;

/// Holds one record; the views are good only during LogSink::write.
struct LogRecord {
  LogLevel level;
  std::string_view logger;
  std::string_view message;
};

/// Takes records. `write` is called from any thread, possibly at once from several; it should not
/// throw.
class LogSink {
 public:
  virtual ~LogSink();
  virtual void write(const LogRecord& record) = 0;
};

/// Makes `sink` the sink of the process; null restores the default, which writes
/// `2026-01-02 03:04:05,678 INFO azoth.engine.Engine message` lines to stdout.
void set_log_sink(std::shared_ptr<LogSink> sink);

/// Returns the sink of the process, never null.
std::shared_ptr<LogSink> log_sink();

/// Sets the level of a logger name and of the names below it (`azoth.engine` covers
/// `azoth.engine.Engine`), as Python's logging.getLogger(name).setLevel(level) does. The root
/// `azoth` starts at `warning`.
void set_log_level(std::string_view name, LogLevel level);

/// Removes the level set for exactly this name; it then follows the nearest name above it.
void reset_log_level(std::string_view name);

/// Writes records under a name; each engine and pool owns one. Asking for a level is a load and a
/// comparison, so callers test before they build the message: `if (log.enabled(LogLevel::info))
/// log.info(...)`. Usable from any thread.
class Logger {
 public:
  explicit Logger(std::string name);
  ~Logger();
  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;

  const std::string& name() const noexcept { return name_; }

  bool enabled(LogLevel level) const noexcept {
    return static_cast<std::uint8_t>(level) >= level_.load(std::memory_order_relaxed);
  }

  /// Fixes the level of this logger alone, whatever its name's level is: what `echo` does.
  void set_level(LogLevel level);
  /// Follows the levels set by name again.
  void reset_level();

  /// Hands the record to the sink if the level is enabled. A sink that throws is ignored.
  void log(LogLevel level, std::string_view message) const noexcept;

  void debug(std::string_view message) const noexcept { log(LogLevel::debug, message); }

  void info(std::string_view message) const noexcept { log(LogLevel::info, message); }

  void warning(std::string_view message) const noexcept { log(LogLevel::warning, message); }

  void error(std::string_view message) const noexcept { log(LogLevel::error, message); }

 private:
  friend struct LogRegistry;
  std::string name_;
  std::atomic<std::uint8_t> level_;
  bool fixed_ = false;  // guarded by the registry's lock
};

/// Keeps every record as `INFO azoth.engine.Engine message` for tests. Thread-safe.
class CapturingSink final : public LogSink {
 public:
  CapturingSink();
  ~CapturingSink() override;
  void write(const LogRecord& record) override;
  /// Returns the messages alone, in order.
  std::vector<std::string> messages() const;
  /// Returns `LEVEL logger message` per record, in order.
  std::vector<std::string> lines() const;
  void clear();

 private:
  struct Records;
  std::unique_ptr<Records> records_;
};

}  // namespace azoth
