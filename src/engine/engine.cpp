// SPDX-License-Identifier: MIT
// Making an engine: URL to driver and dialect, options to pool and logger; and the doors of the
// handle.
//
// A database in memory is seen only by the connection that opened it, so its engine has one
// connection, which everything shares (as SQLAlchemy's StaticPool does). Several Connections and
// Sessions of one thread may be open on it at once; they are then within the same transaction.
// Threads take turns: a second thread is refused while a first holds the connection, since SQLite
// is used without its mutex.
#include "engine/connection_state.hpp"
#include "engine/engine_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/engine/events.hpp>
#include <azoth/engine/registry.hpp>

#include <fmt/format.h>

namespace azoth {
namespace detail {
namespace {

std::string logger_name(const EngineOptions& options) {
  return options.logging_name.empty() ? "azoth.engine.Engine"
                                      : "azoth.engine.Engine." + options.logging_name;
}

PoolKind pool_kind(std::string_view name, bool is_shared) {
  if (name.empty()) {
    return is_shared ? PoolKind::static_ : PoolKind::queue;
  }
  if (name == "QueuePool") {
    return PoolKind::queue;
  }
  if (name == "NullPool") {
    return PoolKind::null;
  }
  if (name == "StaticPool") {
    return PoolKind::static_;
  }
  if (name == "SingletonThreadPool") {
    return PoolKind::singleton_thread;
  }
  if (name == "AssertionPool") {
    return PoolKind::assertion;
  }
  throw ArgumentError(
      "poolclass is '" + std::string(name) +
      "'; expected QueuePool, NullPool, StaticPool, SingletonThreadPool or AssertionPool");
}

void check_reset_style(std::string_view style) {
  if (style != "rollback" && style != "commit" && style != "none") {
    throw ArgumentError("Invalid value for 'reset_on_return': '" + std::string(style) + "'");
  }
}

PoolOptions pool_options(const EngineOptions& options, bool is_shared) {
  PoolOptions pool;
  pool.kind = pool_kind(options.poolclass, is_shared);
  pool.size = static_cast<int>(options.pool_size);
  pool.max_overflow = options.max_overflow;
  pool.timeout = options.pool_timeout;
  pool.recycle = options.pool_recycle;
  pool.use_lifo = options.pool_use_lifo;
  pool.pre_ping = options.pool_pre_ping;
  pool.logging_name = options.pool_logging_name;
  return pool;
}

}  // namespace

EngineState::EngineState(std::string_view url_text, const EngineOptions& engine_options)
    : url(url_text),
      options(engine_options),
      logger(logger_name(engine_options)),
      cache(engine_options.query_cache_size) {
  check_reset_style(options.pool_reset_on_return);
  const DriverEntry entry = find_driver(url.drivername());
  dialect = &entry.dialect();
  driver = entry.driver();
  const PoolOptions pool_settings =
      pool_options(options, driver->shares_one_connection(url, options));
  is_shared = pool_settings.kind == PoolKind::static_;
  pool = Pool::create(pool_settings, *this);
  const auto echo = [](Logger& to, const Echo& how) {
    if (how.is_on()) {
      to.set_level(how.is_debug() ? LogLevel::debug : LogLevel::info);
    }
  };
  echo(logger, options.echo);
  echo(pool->logger(), options.echo_pool);
}

EngineState::~EngineState() {
  pool.reset();
}  // closes its connections through this factory

DriverConnection* EngineState::open() {
  std::unique_ptr<DriverConnection> connection(options.creator ? options.creator() : nullptr);
  if (!connection) {
    connection = driver->connect(url, options);
  }
  std::call_once(knows_server_, [&] { dialect = &driver->dialect_of(*connection, *dialect); });
  if (!options.isolation_level.empty()) {
    connection->set_isolation_level(options.isolation_level);
  }
  std::call_once(is_initialized_, [&] { initialize(*connection); });
  return connection.release();
}

// What the first connection tells of all.
void EngineState::initialize(DriverConnection& connection) {
  default_isolation_level = connection.isolation_level();
  connection.rollback();
}

void EngineState::close(DriverConnection* connection) noexcept {
  delete connection;
}

bool EngineState::reset(DriverConnection& connection) noexcept {
  try {
    if (options.pool_reset_on_return == "rollback") {
      connection.rollback();
    } else if (options.pool_reset_on_return == "commit") {
      connection.commit();
    }
    return connection.is_usable();
  } catch (const std::exception& error) {
    logger.error(std::string("Exception during reset of a connection: ") + error.what());
    return false;
  }
}

bool EngineState::is_usable(DriverConnection& connection) noexcept {
  return connection.is_usable();
}

const char* EngineState::reset_words() const {
  return options.pool_reset_on_return == "none"     ? " not reset on return"
         : options.pool_reset_on_return == "commit" ? " commit-on-return"
                                                    : " rollback-on-return";
}

// As Python shows the connections of a DBAPI module.
std::string EngineState::describe(const DriverConnection& connection) const {
  return fmt::format("<{}.Connection object at {}>", driver->name(), fmt::ptr(&connection));
}

bool EngineState::ping(DriverConnection& connection) noexcept {
  try {
    connection.prepare("SELECT 1")->step();
    return connection.is_usable();
  } catch (const std::exception&) {
    return false;
  }
}

void EngineState::enter_shared() {
  const std::lock_guard lock(shared_mutex_);
  const std::thread::id self = std::this_thread::get_id();
  if (shared_users_ > 0 && shared_owner_ != self) {
    throw InvalidRequestError("The one connection of this engine (" + url.to_string() +
                              ") is in use by another thread; a database in memory is used by one "
                              "thread at a time. Close the other connection or session "
                              "first, or use a database file");
  }
  shared_owner_ = self;
  ++shared_users_;
}

void EngineState::leave_shared() noexcept {
  const std::lock_guard lock(shared_mutex_);
  --shared_users_;
}

}  // namespace detail

Engine create_engine(std::string_view url, const EngineOptions& options) {
  return Engine(std::make_shared<detail::EngineState>(url, options));
}

Connection Engine::connect() const {
  return Connection(std::make_unique<detail::ConnectionState>(*this, state_));
}

void ExecutionOptions::update(const ExecutionOptions& others) {
  const auto take = [](auto& mine, const auto& other) {
    if (other) {
      mine = other;
    }
  };
  take(stream_results, others.stream_results);
  take(compiled_cache, others.compiled_cache);
  take(isolation_level, others.isolation_level);
  take(postgresql_readonly, others.postgresql_readonly);
  take(postgresql_deferrable, others.postgresql_deferrable);
  take(logging_token, others.logging_token);
  take(schema_translate_map, others.schema_translate_map);
  use_cache = use_cache && others.use_cache;
}

Engine Engine::execution_options(const ExecutionOptions& options) const {
  Engine changed = *this;
  ExecutionOptions merged = get_execution_options();
  merged.update(options);
  changed.execution_options_ = std::make_shared<const ExecutionOptions>(std::move(merged));
  return changed;
}

const ExecutionOptions& Engine::get_execution_options() const {
  static const ExecutionOptions none;
  return execution_options_ ? *execution_options_ : none;
}

PooledConnection Engine::raw_connection() const {
  return state_->pool->connect();
}

Pool& Engine::pool() const {
  return *state_->pool;
}

void Engine::dispose() const {
  state_->pool->dispose();
  state_->dispatch.fire(event::engine_disposed, *this);
}

const Dialect& Engine::dialect() const {
  return *state_->dialect;
}

Driver& Engine::driver() const {
  return *state_->driver;
}

const URL& Engine::url() const {
  return state_->url;
}

const EngineOptions& Engine::options() const {
  return state_->options;
}

const Logger& Engine::logger() const {
  return state_->logger;
}

event::Dispatch& Engine::dispatch() const {
  return state_->dispatch;
}

CacheStatistics Engine::cache_statistics() const {
  return state_->cache.statistics();
}

void Engine::clear_compiled_cache() const {
  state_->cache.clear();
}

}  // namespace azoth
