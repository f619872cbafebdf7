// SPDX-License-Identifier: MIT
// The engine: a database's dialect, driver, pool and statement cache behind one handle. How a
// statement is executed stands in execution.cpp; what a connection can do, in connection.hpp.
#pragma once
#include <azoth/engine/connection.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/pool/pool.hpp>

#include <memory>
#include <string_view>

namespace azoth {
namespace detail {
struct EngineState;
}
class Logger;

namespace event {
class Dispatch;
}

/// A cheap handle: copies share the same engine. Thread-safe; connections taken from it are not.
class Engine {
 public:
  /// Takes a connection from the pool. @throws OperationalError when the database cannot be
  /// reached, TimeoutError
  [[nodiscard]] Connection connect() const;

  /// Runs `body(connection)` in a transaction: commits when it returns, rolls back when it throws;
  /// returns what `body` returns.
  template <class F>
  auto begin(F&& body) const {
    using R = decltype(body(std::declval<Connection&>()));
    Connection connection = connect();
    if constexpr (std::is_void_v<R>) {
      connection.begin([&] { body(connection); });
    } else {
      std::optional<R> result;
      connection.begin([&] { result.emplace(body(connection)); });
      return std::move(*result);
    }
  }

  /// Returns this engine with options for all its connections; both share everything else.
  [[nodiscard]] Engine execution_options(const ExecutionOptions& options) const;
  const ExecutionOptions& get_execution_options() const;
  /// Takes a connection from the pool as it is; nothing of it is logged.
  [[nodiscard]] PooledConnection raw_connection() const;
  Pool& pool() const;

  /// Closes the pool's connections that nobody holds; the engine can be used further and opens new
  /// ones.
  void dispose() const;

  const Dialect& dialect() const;
  Driver& driver() const;
  const URL& url() const;
  const EngineOptions& options() const;
  const Logger& logger() const;
  /// Holds the listeners to what happens to the engine and its connections; see events.hpp.
  event::Dispatch& dispatch() const;
  /// Tells size, hits and misses of the statement cache.
  CacheStatistics cache_statistics() const;
  void clear_compiled_cache() const;
  bool operator==(const Engine&) const = default;

 private:
  friend Engine create_engine(std::string_view url, const EngineOptions& options);
  friend struct detail::ConnectionState;

  explicit Engine(std::shared_ptr<detail::EngineState> state) : state_(std::move(state)) {}

  std::shared_ptr<detail::EngineState> state_;
  std::shared_ptr<const ExecutionOptions> execution_options_;  // null: none
};

/// Makes an engine for a URL: `sqlite://` (memory), `sqlite:///file.db`. Opens no connection yet.
/// @throws ArgumentError for a malformed URL or option, NoSuchModuleError for a scheme without
/// driver.
[[nodiscard]] Engine create_engine(std::string_view url, const EngineOptions& options = {});

}  // namespace azoth
