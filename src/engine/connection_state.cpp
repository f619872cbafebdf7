// SPDX-License-Identifier: MIT
// What a Connection does with the pooled connection: takes it with its options, loses it, gives it
// back. Its transactions stand in connection_transactions.cpp.
#include "engine/connection_state.hpp"

#include <azoth/base/error.hpp>

namespace azoth::detail {

ConnectionState::ConnectionState(const Engine& engine_handle,
                                 const std::shared_ptr<EngineState>& engine_state)
    : engine(engine_handle), state(engine_state) {
  take_connection();
  link = std::make_shared<ConnectionState*>(this);
  try {
    set_options(engine.get_execution_options());
  } catch (...) {
    close();
    throw;
  }
  fire(event::engine_connect);
}

ConnectionState::~ConnectionState() {
  close();
}

void ConnectionState::take_connection() {
  if (state->is_shared) {
    state->enter_shared();
  }
  try {
    pooled = state->pool->connect();
  } catch (const DBAPIError& error) {
    if (state->is_shared) {
      state->leave_shared();
    }
    ExceptionContext context;
    context.original = &error;
    state->dispatch.fire(event::handle_error, context);
    throw;
  } catch (...) {
    if (state->is_shared) {
      state->leave_shared();
    }
    throw;
  }
  driver = pooled.get();
}

void ConnectionState::reconnect() {
  if (nested || root) {
    throw PendingRollbackError(
        nested ? "Can't reconnect until invalid savepoint transaction is rolled back.  Please "
                 "rollback() fully before proceeding"
               : "Can't reconnect until invalid transaction is rolled back.  Please rollback() "
                 "fully before proceeding",
        "8s2b");
  }
  take_connection();
  if (has_isolation_level) {
    driver->set_isolation_level(*options.isolation_level);
  }
  if (has_transaction_options) {
    driver->set_transaction_options(options.postgresql_readonly, options.postgresql_deferrable);
  }
}

void ConnectionState::set_options(const ExecutionOptions& changed) {
  if (changed.isolation_level) {
    if (root) {
      throw InvalidRequestError(
          "This connection has already initialized a SQLAlchemy Transaction() object via begin() "
          "or autobegin; isolation_level may not be altered unless rollback() or commit() is "
          "called first.");
    }
    driver->set_isolation_level(*changed.isolation_level);
    has_isolation_level = true;
  }
  if (changed.postgresql_readonly || changed.postgresql_deferrable) {
    set_transaction_options(changed);
  }
  options.update(changed);
}

void ConnectionState::set_transaction_options(const ExecutionOptions& changed) {
  if (root) {
    throw InvalidRequestError(
        "This connection has already initialized a SQLAlchemy Transaction() object via begin() or "
        "autobegin; postgresql_readonly and postgresql_deferrable may not be altered unless "
        "rollback() or commit() is called first.");
  }
  driver->set_transaction_options(
      changed.postgresql_readonly ? changed.postgresql_readonly : options.postgresql_readonly,
      changed.postgresql_deferrable ? changed.postgresql_deferrable
                                    : options.postgresql_deferrable);
  has_transaction_options = true;
}

void ConnectionState::log(std::string_view message) const {
  if (options.logging_token) {
    logger().info("[" + *options.logging_token + "] " + std::string(message));
  } else {
    logger().info(message);
  }
}

void ConnectionState::close_results() noexcept {
  while (results != nullptr) {
    results->close();
  }
}

void ConnectionState::close() noexcept {
  if (is_closed) {
    return;
  }
  close_results();
  const bool had_transaction = root != nullptr;
  try {
    if (root) {
      rollback(*root);
    }
  } catch (const std::exception& error) {
    logger().error(std::string("Exception while closing a connection: ") + error.what());
  }
  for (RecordRef open = nested; open; open = open->outer) {
    open->is_active = false;
  }
  if (root) {
    root->is_active = root->is_prepared = false;
  }
  is_closed = true;
  if (link) {
    *link = nullptr;
  }
  nested.reset();
  root.reset();
  give_connection_back(had_transaction);
}

void ConnectionState::give_connection_back(bool transaction_was_reset) noexcept {
  if (driver == nullptr) {
    return;
  }
  if (has_transaction_options) {
    driver->set_transaction_options(std::nullopt, std::nullopt);
  }
  if (has_isolation_level) {
    try {
      driver->set_isolation_level(state->default_isolation_level);
    } catch (const std::exception& error) {
      logger().error(std::string("Exception while an isolation level was reset: ") + error.what());
      pooled.invalidate(&error);
    }
  }
  driver = nullptr;
  pooled.close(transaction_was_reset);
  if (state->is_shared) {
    state->leave_shared();
  }
}

void ConnectionState::invalidate(const std::exception* error) noexcept {
  if (driver == nullptr) {
    return;
  }
  close_results();
  driver = nullptr;
  pooled.invalidate(error);
  if (state->is_shared) {
    state->leave_shared();
  }
}

void ConnectionState::rethrow(const DBAPIError& error, StatementContext context) {
  ExceptionContext shown;
  shown.original = &error;
  shown.statement = context.statement;
  shown.is_disconnect = error.invalidates_connection();
  if (listeners().is_used()) {
    const BorrowedConnection self(*this);
    shown.connection = &self.connection;
    listeners().fire(event::handle_error, shown);
  }
  if ((error.invalidates_transaction() || shown.is_disconnect) && root) {
    root->is_active = false;
  }
  DBAPIErrorInfo info = error.info();
  info.context = std::move(context);
  info.invalidates_connection = shown.is_disconnect;
  if (shown.is_disconnect && driver != nullptr) {
    if (shown.invalidate_pool_on_disconnect) {
      state->pool->invalidate_all();
    }
    invalidate(&error);
  }
  throw_dbapi_error(error.kind(), std::move(info));
}

}  // namespace azoth::detail
