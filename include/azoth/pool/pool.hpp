// SPDX-License-Identifier: MIT
// The connection pool as engines see it: checkout, return, invalidation, disposal. What a
// connection is, how it is opened and what returning resets is behind `ConnectionFactory`; the pool
// never looks into one.
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/base/log.hpp>
#include <azoth/fwd.hpp>
#include <azoth/pool/events.hpp>
#include <azoth/pool/pool_options.hpp>

#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace azoth {

/// Does for a pool what needs to know the database. Called without the pool's lock, from any
/// thread, for different connections at once. (Connections go as bare pointers because their class
/// is not known here: `open` gives the pool one to own, `close` takes it back.)
class ConnectionFactory {
 public:
  virtual ~ConnectionFactory() = default;
  /// Opens a connection, which the pool owns until it calls `close`; never null. What it throws
  /// reaches the one who checks out.
  virtual DriverConnection* open() = 0;
  /// Destroys a connection that `open` made.
  virtual void close(DriverConnection* connection) noexcept = 0;
  /// Makes a returned connection as good as new (ROLLBACK); false when it is not usable any more.
  virtual bool reset(DriverConnection& connection) noexcept = 0;

  /// Says whether a returned connection that needs no reset can be lent again.
  virtual bool is_usable(DriverConnection&) noexcept { return true; }

  /// Says whether the connection is alive.
  virtual bool ping(DriverConnection& connection) noexcept = 0;

  /// Says in the pool's log what `reset` does.
  virtual const char* reset_words() const { return " rollback-on-return"; }

  /// Names the connection in the pool's log.
  virtual std::string describe(const DriverConnection& connection) const;
};

class PooledConnection;

/// Lends connections. Thread-safe. It must outlive the connections it has lent, and the factory
/// must outlive it.
class Pool {
 public:
  /// Makes a pool of `options.kind`; opens nothing yet. @throws ArgumentError for options out of
  /// their range.
  static std::unique_ptr<Pool> create(const PoolOptions& options, ConnectionFactory& factory);
  virtual ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Lends a connection, opening one if need be.
  /// @throws TimeoutError (3o7r) when all were lent for the whole timeout; what the factory throws.
  PooledConnection connect();
  /// Describes the pool as SQLAlchemy's `pool.status()`.
  virtual std::string status() const = 0;
  /// Returns the class name: `QueuePool`.
  virtual std::string_view name() const = 0;
  /// Marks every connection opened until now as dead: each is replaced before it is lent again.
  virtual void invalidate_all() = 0;
  /// Closes the idle connections now and the lent ones when they come back. The pool goes on with
  /// new ones.
  virtual void dispose() = 0;
  virtual int checked_in() const = 0;
  virtual int checked_out() const = 0;

  /// The number of connections that are kept, and how many there are above it; 0 for pools without
  /// such a number.
  virtual int size() const { return 0; }

  virtual int overflow() const { return 0; }

  /// Writes what happens to connections: at debug level, invalidations at info level.
  Logger& logger() const;

  /// Holds the listeners to what happens to the pool's connections; see events.hpp.
  event::Dispatch& dispatch() const { return dispatch_; }

 protected:
  friend class PooledConnection;

  /// One loan: the connection and the pool's number for it.
  struct Loan {
    DriverConnection* connection = nullptr;
    std::uint32_t slot = 0;
  };
  /// How a loan ends.
  enum class Return : std::uint8_t {
    reset,
    already_reset,  ///< who had it has ended its transaction
    invalidated,
    detached
  };

  explicit Pool(ConnectionFactory& factory);

  virtual Loan lend() = 0;
  /// Replaces the loan's connection before it is lent again.
  virtual void replace_later(Loan loan) noexcept = 0;
  /// Takes the loan back. `detached`: the connection has left the pool for good.
  virtual void take_back(Loan loan, Return how) noexcept = 0;

  // What pools do with connections, with the events around it.
  DriverConnection* open_connection();
  void close_connection(DriverConnection* connection) noexcept;
  /// Resets a connection that comes back, as `how` says; false when it is of no use any more.
  bool reset_connection(DriverConnection& connection, Return how) noexcept;
  bool ping_connection(DriverConnection& connection) noexcept;
  /// Tells that a loan has ended; `connection` null: without the connection.
  void tell_checkin(DriverConnection* connection) noexcept;

 private:
  friend class PooledConnection;
  struct Records;
  ConnectionRecord& record_of(DriverConnection& connection) const;
  void tell_checkout(DriverConnection& connection);
  void tell_invalidation(DriverConnection& connection, const std::exception* error) noexcept;
  void tell_soft_invalidation(DriverConnection& connection, const std::exception* error) noexcept;
  void tell_detached(DriverConnection& connection) noexcept;
  bool reset(DriverConnection& connection, bool was_reset) noexcept;
  /// Logs a line about a connection: `before`, its description, `behind`.
  void log(LogLevel level,
           const char* before,
           const DriverConnection& connection,
           const char* behind = "",
           const std::exception* reason = nullptr) const noexcept;
  void close_detached(DriverConnection* connection) noexcept;
  /// Runs what listeners do where nothing may be thrown.
  void quietly(base::FunctionRef<void()> listeners) const noexcept;

  ConnectionFactory& factory_;
  std::unique_ptr<Records> records_;
  mutable event::Dispatch dispatch_;
};

/// Holds a lent connection and returns it when it dies. Movable; of one thread at a time.
class PooledConnection {
 public:
  PooledConnection() = default;

  PooledConnection(PooledConnection&& other) noexcept
      : pool_(std::exchange(other.pool_, nullptr)),
        loan_(std::exchange(other.loan_, {})),
        is_detached_(std::exchange(other.is_detached_, false)) {}

  PooledConnection& operator=(PooledConnection&& other) noexcept {
    if (this != &other) {
      close();
      pool_ = std::exchange(other.pool_, nullptr);
      loan_ = std::exchange(other.loan_, {});
      is_detached_ = std::exchange(other.is_detached_, false);
    }
    return *this;
  }

  ~PooledConnection() { close(); }

  explicit operator bool() const { return pool_ != nullptr; }

  /// @pre a connection is held.
  DriverConnection& operator*() const { return *loan_.connection; }

  DriverConnection* operator->() const { return loan_.connection; }

  /// Returns the connection, or null when none is held.
  DriverConnection* get() const { return loan_.connection; }

  /// Resets the connection and gives it back now; without effect when none is held.
  /// `transaction_was_reset`: its transaction has been ended already.
  void close(bool transaction_was_reset = false) noexcept {
    end(transaction_was_reset ? Pool::Return::already_reset : Pool::Return::reset);
  }

  /// Closes the connection as unusable, because of `error` if there is one; the pool opens another
  /// one when there is need.
  void invalidate(const std::exception* error = nullptr) noexcept;

  /// Has the connection replaced before it is lent again; until it is given back it can be used.
  void soft_invalidate(const std::exception* error = nullptr) noexcept;

  /// Takes the connection out of the pool, which may then open another in its place; this object
  /// closes it when it dies. Without effect when none is held.
  void detach() noexcept;

  bool is_detached() const { return is_detached_; }

  /// The program's notes on the connection. @pre a connection is held, and not detached.
  std::map<std::string, Value, std::less<>>& info() const {
    return pool_->record_of(*loan_.connection).info;
  }

 private:
  friend class Pool;

  PooledConnection(Pool& pool, Pool::Loan loan) : pool_(&pool), loan_(loan) {}

  void end(Pool::Return how) noexcept {
    if (Pool* pool = std::exchange(pool_, nullptr)) {
      const Pool::Loan loan = std::exchange(loan_, {});
      if (std::exchange(is_detached_, false)) {
        pool->close_detached(loan.connection);
      } else {
        pool->take_back(loan, how);
      }
    }
  }

  Pool* pool_ = nullptr;
  Pool::Loan loan_;
  bool is_detached_ = false;
};

}  // namespace azoth
