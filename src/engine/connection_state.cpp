// SPDX-License-Identifier: MIT
// Beginning and ending of transactions and savepoints, with SQLAlchemy's rules on what may follow
// what.
#include "engine/connection_state.hpp"

#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>

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
    options.isolation_level = changed.isolation_level;
    has_isolation_level = true;
  }
  if (changed.postgresql_readonly || changed.postgresql_deferrable) {
    set_transaction_options(changed);
  }
  if (changed.logging_token) {
    options.logging_token = changed.logging_token;
  }
  if (changed.schema_translate_map) {
    options.schema_translate_map = changed.schema_translate_map;
  }
  if (changed.compiled_cache != nullptr) {
    options.compiled_cache = changed.compiled_cache;
  }
  options.use_cache = options.use_cache && changed.use_cache;
}

void ConnectionState::set_transaction_options(const ExecutionOptions& changed) {
  if (root) {
    throw InvalidRequestError(
        "This connection has already initialized a SQLAlchemy Transaction() object via begin() or "
        "autobegin; postgresql_readonly and postgresql_deferrable may not be altered unless "
        "rollback() or commit() is called first.");
  }
  if (changed.postgresql_readonly) {
    options.postgresql_readonly = changed.postgresql_readonly;
  }
  if (changed.postgresql_deferrable) {
    options.postgresql_deferrable = changed.postgresql_deferrable;
  }
  driver->set_transaction_options(options.postgresql_readonly, options.postgresql_deferrable);
  has_transaction_options = true;
}

void ConnectionState::log(std::string_view message) const {
  if (options.logging_token) {
    logger().info("[" + *options.logging_token + "] " + std::string(message));
  } else {
    logger().info(message);
  }
}

void ConnectionState::check_transaction() {
  if (block != nullptr && !block->is_active) {
    throw InvalidRequestError(
        "Can't operate on closed transaction inside context manager.  Please complete the context "
        "manager before emitting further "
        "commands.");
  }
  if (nested && !nested->is_active) {
    throw PendingRollbackError(
        "Can't reconnect until invalid savepoint transaction is rolled back.  Please rollback() "
        "fully before proceeding",
        "8s2b");
  }
  if (!root) {
    begin_root();
  } else if (!root->is_active && driver == nullptr) {
    throw PendingRollbackError(
        "Can't reconnect until invalid transaction is rolled back.  Please rollback() fully before "
        "proceeding",
        "8s2b");
  } else if (root->is_prepared) {
    throw InvalidRequestError(
        "This connection's two-phase transaction has been prepared; only commit() or rollback() "
        "may follow.");
  } else if (!root->is_active) {
    throw PendingRollbackError(
        "This connection is on an inactive transaction.  Please rollback() fully before proceeding",
        "8s2a");
  } else if (state->is_shared && !driver->in_transaction()) {
    driver->begin();  // another user of the one connection has ended the transaction of all
  }
}

RecordRef ConnectionState::begin_root(std::string xid) {
  ensure_connection();
  const bool is_autocommit = driver->is_autocommit();
  if (is_logging()) {
    log(is_autocommit ? "BEGIN (implicit; DBAPI should not BEGIN due to autocommit mode)"
        : xid.empty() ? "BEGIN (implicit)"
                      : "BEGIN TWOPHASE (implicit)");
  }
  if (xid.empty()) {
    fire(event::begin);
  } else {
    fire(event::begin_twophase, xid);
  }
  if (xid.empty() || !run_two_phase(TwoPhaseStep::begin, xid)) {
    try {
      driver->begin();
    } catch (const DBAPIError& error) {
      rethrow(error, {"BEGIN", {}, state->options.hide_parameters});
    }
  }
  root = std::make_shared<TransactionRecord>();
  root->link = link;
  root->xid = std::move(xid);
  return root;
}

RecordRef ConnectionState::begin_nested() {
  ensure_transaction();
  auto record = std::make_shared<TransactionRecord>();
  record->link = link;
  record->is_nested = true;
  record->savepoint = "sa_savepoint_" + std::to_string(++savepoints);
  record->outer = nested;
  fire(event::savepoint, record->savepoint);
  execute_ddl_text("SAVEPOINT " + record->savepoint);
  nested = record;
  return record;
}

void ConnectionState::end_root(TransactionRecord& record) noexcept {
  record.is_active = record.is_prepared = false;
  for (RecordRef open = nested; open; open = open->outer) {
    open->is_active = false;
  }
  nested.reset();
  if (root.get() == &record) {
    root.reset();
  }
}

void ConnectionState::end_nested(TransactionRecord& record) {
  record.is_active = false;
  if (nested.get() == &record) {
    nested = record.outer;
  } else {
    warn(WarningCategory::sa_warning, "nested transaction already deassociated from connection");
  }
}

void ConnectionState::commit(TransactionRecord& record) {
  if (!record.is_open()) {
    throw InvalidRequestError(record.is_nested ? "This nested transaction is inactive"
                                               : "This transaction is inactive");
  }
  if (record.is_nested) {
    fire(event::release_savepoint, record.savepoint);
    execute_ddl_text("RELEASE SAVEPOINT " + record.savepoint);
    end_nested(record);
    return;
  }
  const RecordRef keep = root;
  if (driver == nullptr) {
    throw PendingRollbackError(
        "Can't reconnect until invalid transaction is rolled back.  Please rollback() fully before "
        "proceeding",
        "8s2b");
  }
  if (!record.xid.empty()) {
    return end_two_phase(record, true);
  }
  fire(event::commit);
  if (is_logging()) {
    log(driver->is_autocommit()
            ? "COMMIT using DBAPI connection.commit(), DBAPI should ignore due to autocommit mode"
            : "COMMIT");
  }
  try {
    driver->commit();
  } catch (const DBAPIError& error) {
    // The database may have kept the transaction open; it is over for the program, so nothing of it
    // must stay.
    close_results();
    end_root(record);
    state->reset(*driver);
    rethrow(error, {});
  }
  end_root(record);
}

void ConnectionState::rollback(TransactionRecord& record) {
  if (record.is_nested) {
    const RecordRef keep = nested;
    if (record.is_active) {
      record.is_active = false;
      close_results();
      if (driver != nullptr) {
        fire(event::rollback_savepoint, record.savepoint);
        execute_ddl_text("ROLLBACK TO SAVEPOINT " + record.savepoint);
      }
    }
    end_nested(record);
    return;
  }
  if (root.get() != &record) {
    warn(WarningCategory::sa_warning, "transaction already deassociated from connection");
    return;
  }
  const RecordRef keep = root;
  close_results();
  if (!record.xid.empty()) {
    return end_two_phase(record, false);
  }
  fire(event::rollback);
  if (is_logging() && driver != nullptr) {
    log(driver->is_autocommit() ? "ROLLBACK using DBAPI connection.rollback(), DBAPI "
                                  "should ignore due to autocommit mode"
                                : "ROLLBACK");
  }
  end_root(record);
  if (driver == nullptr) {
    return;
  }
  try {
    driver->rollback();
  } catch (const DBAPIError& error) {
    rethrow(error, {});
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
