// SPDX-License-Identifier: MIT
// What all pools do with a connection: opening, resetting and closing it, with the events around
// that, and the record that is kept of it. Also chooses the class behind a PoolKind.
#include "azoth/pool/pool.hpp"

#include "azoth/base/error.hpp"
#include "pool/queue_pool.hpp"
#include "pool/shared_pool.hpp"

#include <fmt/format.h>

#include <mutex>
#include <optional>
#include <unordered_map>

namespace azoth {

struct Pool::Records {
  std::mutex mutex;
  std::unordered_map<const DriverConnection*, ConnectionRecord> records;
  bool has_connected = false;
  std::optional<Logger> logger;
};

Pool::Pool(ConnectionFactory& factory) : factory_(factory), records_(std::make_unique<Records>()) {}

Pool::~Pool() = default;

std::string ConnectionFactory::describe(const DriverConnection& connection) const {
  return fmt::format("<connection at {}>", fmt::ptr(&connection));
}

Logger& Pool::logger() const {
  return *records_->logger;
}

void Pool::log(LogLevel level,
               const char* before,
               const DriverConnection& connection,
               const char* behind,
               const std::exception* reason) const noexcept {
  if (!logger().enabled(level)) {
    return;
  }
  try {
    std::string line = before + factory_.describe(connection) + behind;
    if (reason != nullptr) {
      line += fmt::format(" (reason: {})", reason->what());
    }
    logger().log(level, line);
  } catch (...) {
    // No line is worth a connection.
  }
}

ConnectionRecord& Pool::record_of(DriverConnection& connection) const {
  const std::lock_guard lock(records_->mutex);
  ConnectionRecord& record = records_->records[&connection];
  record.connection = &connection;
  return record;
}

void Pool::quietly(base::FunctionRef<void()> listeners) const noexcept {
  if (!dispatch_.is_used()) {
    return;
  }
  try {
    listeners();
  } catch (...) {
    // The connection goes its way whatever a listener thinks of it.
  }
}

DriverConnection* Pool::open_connection() {
  DriverConnection* connection = factory_.open();
  log(LogLevel::debug, "Created new connection ", *connection);
  if (!dispatch_.is_used()) {
    return connection;
  }
  try {
    ConnectionRecord& record = record_of(*connection);
    bool is_first = false;
    {
      const std::lock_guard lock(records_->mutex);
      is_first = !std::exchange(records_->has_connected, true);
    }
    if (is_first) {
      dispatch_.fire(event::first_connect, *connection, record);
    }
    dispatch_.fire(event::connect, *connection, record);
  } catch (...) {
    close_connection(connection);
    throw;
  }
  return connection;
}

void Pool::close_connection(DriverConnection* connection) noexcept {
  log(LogLevel::debug, "Closing connection ", *connection);
  quietly([&] { dispatch_.fire(event::close, *connection, record_of(*connection)); });
  {
    const std::lock_guard lock(records_->mutex);
    records_->records.erase(connection);
  }
  factory_.close(connection);
}

bool Pool::reset_connection(DriverConnection& connection, Return how) noexcept {
  if (how == Return::invalidated || how == Return::detached) {
    return false;
  }
  log(LogLevel::debug, "Connection ", connection, " being returned to pool");
  return reset(connection, how == Return::already_reset);
}

bool Pool::reset(DriverConnection& connection, bool was_reset) noexcept {
  const char* how = was_reset ? " reset, transaction already reset" : factory_.reset_words();
  log(LogLevel::debug, "Connection ", connection, how);
  quietly([&] {
    dispatch_.fire(event::reset, connection, record_of(connection), PoolResetState{was_reset});
  });
  return was_reset ? factory_.is_usable(connection) : factory_.reset(connection);
}

bool Pool::ping_connection(DriverConnection& connection) noexcept {
  log(LogLevel::debug, "Pool pre-ping on connection ", connection);
  const bool is_alive = factory_.ping(connection);
  if (!is_alive) {
    tell_invalidation(connection, nullptr);
  }
  return is_alive;
}

void Pool::tell_checkin(DriverConnection* connection) noexcept {
  quietly([&] {
    if (connection != nullptr) {
      dispatch_.fire(event::checkin, connection, record_of(*connection));
    } else {
      ConnectionRecord none;
      dispatch_.fire(event::checkin, nullptr, none);
    }
  });
}

void Pool::tell_checkout(DriverConnection& connection) {
  log(LogLevel::debug, "Connection ", connection, " checked out from pool");
  if (dispatch_.is_used()) {
    dispatch_.fire(event::checkout, connection, record_of(connection));
  }
}

void Pool::tell_invalidation(DriverConnection& connection, const std::exception* error) noexcept {
  log(LogLevel::info, "Invalidate connection ", connection, "", error);
  quietly([&] { dispatch_.fire(event::invalidate, connection, record_of(connection), error); });
}

void Pool::tell_soft_invalidation(DriverConnection& connection,
                                  const std::exception* error) noexcept {
  log(LogLevel::info, "Soft Invalidate connection ", connection, "", error);
  quietly(
      [&] { dispatch_.fire(event::soft_invalidate, connection, record_of(connection), error); });
}

void Pool::tell_detached(DriverConnection& connection) noexcept {
  quietly([&] { dispatch_.fire(event::detach, connection, record_of(connection)); });
}

void Pool::close_detached(DriverConnection* connection) noexcept {
  reset(*connection, false);
  log(LogLevel::debug, "Closing connection ", *connection);
  quietly([&] { dispatch_.fire(event::close_detached, *connection); });
  {
    const std::lock_guard lock(records_->mutex);
    records_->records.erase(connection);
  }
  factory_.close(connection);
}

PooledConnection Pool::connect() {
  PooledConnection lent(*this, lend());
  tell_checkout(*lent);  // what a listener throws gives the connection back
  return lent;
}

void PooledConnection::invalidate(const std::exception* error) noexcept {
  if (pool_ != nullptr) {
    pool_->tell_invalidation(*loan_.connection, error);
    end(Pool::Return::invalidated);
  }
}

void PooledConnection::soft_invalidate(const std::exception* error) noexcept {
  if (pool_ != nullptr && !is_detached_) {
    pool_->tell_soft_invalidation(*loan_.connection, error);
    pool_->replace_later(loan_);
  }
}

void PooledConnection::detach() noexcept {
  if (pool_ != nullptr && !is_detached_) {
    pool_->tell_detached(*loan_.connection);
    pool_->take_back(loan_, Pool::Return::detached);
    is_detached_ = true;
  }
}

namespace {

std::unique_ptr<Pool> make_pool(const PoolOptions& options, ConnectionFactory& factory) {
  switch (options.kind) {
    case PoolKind::queue:
      return std::make_unique<pool::QueuePool>(options, factory);
    case PoolKind::null:
      return std::make_unique<pool::NullPool>(factory);
    case PoolKind::static_:
    case PoolKind::singleton_thread:
    case PoolKind::assertion:
      return std::make_unique<pool::SharedPool>(options, factory);
  }
  throw ArgumentError("PoolOptions::kind is none of the pools that there are");
}

}  // namespace

std::unique_ptr<Pool> Pool::create(const PoolOptions& options, ConnectionFactory& factory) {
  std::unique_ptr<Pool> made = make_pool(options, factory);
  std::string name = "azoth.pool.impl." + std::string(made->name());
  if (!options.logging_name.empty()) {
    name += "." + options.logging_name;
  }
  made->records_->logger.emplace(std::move(name));
  return made;
}

}  // namespace azoth
