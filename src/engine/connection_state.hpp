// SPDX-License-Identifier: MIT
// What a Connection holds: the pooled connection, its transactions, its open results, and memory
// that executions use again.
#pragma once
#include "engine/engine_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/engine.hpp>

namespace azoth::detail {

struct ConnectionState;

/// One transaction or savepoint, shared by its guard and the connection.
struct TransactionRecord {
  std::shared_ptr<ConnectionState*> link{};  // to the connection; null once that is closed

  ConnectionState* connection() const { return *link; }

  bool is_nested = false;
  bool is_active = true;
  std::string savepoint{};
  std::shared_ptr<TransactionRecord> outer{};  // the savepoint around this one
};

using RecordRef = std::shared_ptr<TransactionRecord>;

struct ConnectionState {
  ConnectionState(const Engine& engine_handle, const std::shared_ptr<EngineState>& engine_state);
  ~ConnectionState();
  ConnectionState(const ConnectionState&) = delete;
  ConnectionState& operator=(const ConnectionState&) = delete;

  Logger& logger() const { return state->logger; }

  bool is_logging() const { return state->logger.enabled(LogLevel::info); }

  /// Begins the transaction if none has begun. @throws InvalidRequestError, PendingRollbackError
  /// when nothing may be executed.
  void ensure_transaction() {
    if (root && root->is_active && !nested && !block && !state->is_shared) {
      return;
    }
    check_transaction();
  }

  void check_transaction();
  void reconnect();
  RecordRef begin_root();
  RecordRef begin_nested();
  void commit(TransactionRecord& record);
  void rollback(TransactionRecord& record);
  void close_results() noexcept;
  void close(bool invalidate) noexcept;
  /// Notes what an error of the driver did to the transaction, and throws it again with its
  /// statement.
  [[noreturn]] void rethrow(const DBAPIError& error, StatementContext context);
  /// Executes text that returns nothing, logged as SQLAlchemy logs DDL.
  void execute_ddl_text(const std::string& sql);

  Engine engine;
  std::shared_ptr<EngineState> state;
  PooledConnection pooled;
  DriverConnection* driver = nullptr;      // null: closed
  std::shared_ptr<ConnectionState*> link;  // what records know of this connection
  RecordRef root, nested;
  TransactionRecord* block = nullptr;  // of the innermost begin(body) that runs
  bool is_invalidated = false;         // the connection is lost; the next transaction takes another
  int savepoints = 0;
  CursorResult* results = nullptr;               // those that are open
  std::vector<const sql::BindParameter*> binds;  // of the execution at hand; kept for its memory

 private:
  void end_root(TransactionRecord& record) noexcept;
  void end_nested(TransactionRecord& record);
};

}  // namespace azoth::detail
