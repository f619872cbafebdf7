// SPDX-License-Identifier: MIT
// The keyword arguments of create_engine, with SQLAlchemy's names and defaults. What a URL's query
// says is the driver's to read.
#pragma once
#include <azoth/fwd.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// Says what an engine logs to its sink whatever the log levels are: `true` statements and
/// parameters, `"debug"` rows too.
class Echo {
 public:
  constexpr Echo(bool on = false) : level_(on ? 1 : 0) {}

  /// @throws ArgumentError for another word than "debug".
  Echo(const char* word);

  constexpr bool is_on() const { return level_ > 0; }

  constexpr bool is_debug() const { return level_ > 1; }

 private:
  int level_;
};

/// A function of the program that opens connections in place of the driver: anything that is called
/// without arguments and returns a `std::unique_ptr<DriverConnection>`. May be empty.
class ConnectionCreator {
 public:
  ConnectionCreator() = default;

  template <class F>
    requires(!std::same_as<F, ConnectionCreator> && requires(const F& f) { f().release(); })
  ConnectionCreator(F function)
      : function_(std::make_shared<const F>(std::move(function))),
        call_([](const void* f) -> DriverConnection* {
          return (*static_cast<const F*>(f))().release();
        }) {}

  explicit operator bool() const { return call_ != nullptr; }

  /// The caller owns what is returned.
  DriverConnection* operator()() const { return call_(function_.get()); }

 private:
  std::shared_ptr<const void> function_;
  DriverConnection* (*call_)(const void*) = nullptr;
};

/// The options of an engine; each has the default that SQLAlchemy gives it.
struct EngineOptions {
  Echo echo = false;
  Echo echo_pool = false;
  bool hide_parameters = false;        ///< never show parameters in logs and errors
  std::size_t query_cache_size = 500;  ///< compiled statements kept; 0 switches the cache off
  std::string isolation_level{};       ///< of every connection: SERIALIZABLE, READ UNCOMMITTED,
                                       ///< AUTOCOMMIT; empty: the database's own
  std::string
      logging_name{};  ///< appended to the logger's name: azoth.engine.Engine.<logging_name>
  std::string pool_logging_name{};
  std::string poolclass{};     ///< QueuePool, NullPool, StaticPool, SingletonThreadPool,
                               ///< AssertionPool; empty: the driver's choice
  std::size_t pool_size = 5;   ///< connections kept open
  int max_overflow = 10;       ///< further connections in times of need; -1: without bound
  double pool_timeout = 30;    ///< seconds to wait for a connection
  double pool_recycle = -1;    ///< seconds after which a connection is replaced; -1: never
  bool pool_pre_ping = false;  ///< test a connection before it is handed out
  bool pool_use_lifo = false;
  /// What is done to a connection that comes back: `rollback`, `commit`, or `none`.
  std::string pool_reset_on_return = "rollback";
  ConnectionCreator creator{};      ///< opens connections instead of the driver
  bool enable_from_linting = true;  ///< warn about cartesian products
  /// What the driver takes beside the URL: sqlite3 knows `timeout` (seconds), `foreign_keys`
  /// (on/off), `cached_statements`.
  std::vector<std::pair<std::string, std::string>> connect_args{};
};

}  // namespace azoth
