// SPDX-License-Identifier: MIT
// What a Connection holds: the pooled connection, its transactions, its open results, and memory
// that executions use again.
#pragma once
#include "engine/engine_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/engine/events.hpp>

namespace azoth::detail {

struct ConnectionState;

/// One transaction or savepoint, shared by its guard and the connection.
struct TransactionRecord {
  std::shared_ptr<ConnectionState*> link{};  // to the connection; null once that is closed

  ConnectionState* connection() const { return *link; }

  /// Neither committed nor rolled back, nor has the database ended it.
  bool is_open() const { return is_active || is_prepared; }

  bool is_nested = false;
  bool is_active = true;     // statements may be executed in it
  bool is_prepared = false;  // only the end may follow
  std::string xid{};         // of a two-phase transaction
  std::string savepoint{};
  std::shared_ptr<TransactionRecord> outer{};  // the savepoint around this one
};

using RecordRef = std::shared_ptr<TransactionRecord>;

/// Shows a state as the Connection that listeners are called with.
struct BorrowedConnection {
  explicit BorrowedConnection(ConnectionState& state);
  ~BorrowedConnection();
  BorrowedConnection(const BorrowedConnection&) = delete;
  BorrowedConnection& operator=(const BorrowedConnection&) = delete;
  mutable Connection connection;
};

struct ConnectionState {
  ConnectionState(const Engine& engine_handle, const std::shared_ptr<EngineState>& engine_state);
  ~ConnectionState();
  ConnectionState(const ConnectionState&) = delete;
  ConnectionState& operator=(const ConnectionState&) = delete;

  Logger& logger() const { return state->logger; }

  const event::Dispatch& listeners() const { return state->dispatch; }

  /// Calls the engine's listeners with this connection and what else the event says.
  template <class... A, class... Given>
  void fire(const event::Event<void(Connection&, A...)>& happened, Given&&... given) {
    if (listeners().is_used()) {
      const BorrowedConnection self(*this);
      listeners().fire(happened, self.connection, std::forward<Given>(given)...);
    }
  }

  bool is_logging() const { return state->logger.enabled(LogLevel::info); }

  /// Returns a cursor for the text, which reads values as the dialect's types make them.
  DriverConnection::CursorHandle prepare(std::string_view sql, std::size_t hash) {
    DriverConnection::CursorHandle cursor = driver->prepare(sql, hash);
    cursor->use(*state->dialect.load());
    return cursor;
  }

  DriverConnection::CursorHandle prepare(std::string_view sql) {
    return prepare(sql, DriverConnection::hash_of(sql));
  }

  /// Begins the transaction if none has begun. @throws InvalidRequestError, PendingRollbackError
  /// when nothing may be executed.
  void ensure_transaction() {
    if (root && root->is_active && !nested && !block && !state->is_shared) {
      return;
    }
    check_transaction();
  }

  void check_transaction();
  RecordRef begin_root(std::string xid = {});
  RecordRef begin_nested();
  void commit(TransactionRecord& record);
  void prepare(TransactionRecord& record);
  void rollback(TransactionRecord& record);
  void close_results() noexcept;
  void close() noexcept;
  /// Gives the driver's connection up.
  void invalidate(const std::exception* error) noexcept;

  /// Makes sure that there is a driver's connection. @throws PendingRollbackError while a
  /// transaction of a lost one has not been rolled back.
  void ensure_connection() {
    if (driver == nullptr) {
      reconnect();
    }
  }

  void reconnect();
  /// Sets the options' isolation level. @throws ArgumentError, InvalidRequestError
  void set_options(const ExecutionOptions& changed);
  /// Writes a line to the log, behind the token if there is one.
  void log(std::string_view message) const;
  /// Notes what an error of the driver did to the transaction, and throws it again with its
  /// statement.
  [[noreturn]] void rethrow(const DBAPIError& error, StatementContext context);
  /// Executes text that returns nothing, logged as SQLAlchemy logs DDL.
  void execute_ddl_text(const std::string& sql);
  /// Calls `body` for a statement that is not compiled, logged as such.
  void run_driver(const std::string& sql, base::FunctionRef<void(DriverConnection&)> body);

  Engine engine;
  ExecutionOptions options;
  std::shared_ptr<EngineState> state;
  PooledConnection pooled;
  DriverConnection* driver = nullptr;  // null: closed, or invalidated
  bool is_closed = false;
  bool is_beginning = false;               // listeners of `begin` are called
  bool has_isolation_level = false;        // one of its own, to be reset
  bool has_transaction_options = false;    // the same
  std::shared_ptr<ConnectionState*> link;  // what records know of this connection
  RecordRef root, nested;
  TransactionRecord* block = nullptr;  // of the innermost begin(body) that runs
  int savepoints = 0;
  CursorResult* results = nullptr;               // those that are open
  std::vector<const sql::BindParameter*> binds;  // of the execution at hand; kept for its memory

  /// Executes what a step of a two-phase transaction says; false when it is a plain one's.
  bool run_two_phase(TwoPhaseStep step, const std::string& xid);

 private:
  void end_two_phase(TransactionRecord& record, bool commits);
  void run_driver_end(bool commits);
  void log_and_run(const std::string& sql,
                   std::string_view how,
                   base::FunctionRef<void(DriverConnection&)> body);
  void end_root(TransactionRecord& record) noexcept;
  void end_nested(TransactionRecord& record);
  void set_transaction_options(const ExecutionOptions& changed);
  void announce_begin(const std::string& xid);
  void take_connection();
  void give_connection_back(bool transaction_was_reset) noexcept;
};

}  // namespace azoth::detail
