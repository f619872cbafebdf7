// SPDX-License-Identifier: MIT
// Beginning and ending of transactions and savepoints, with SQLAlchemy's rules on what may follow
// what.
#include "engine/connection_state.hpp"

#include "engine/statement_log.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>

namespace azoth::detail {

ConnectionState::ConnectionState(const Engine& engine_handle,
                                 const std::shared_ptr<EngineState>& engine_state)
    : engine(engine_handle), state(engine_state) {
  if (state->is_shared) {
    state->enter_shared();
  }
  try {
    pooled = state->pool->connect();
  } catch (...) {
    if (state->is_shared) {
      state->leave_shared();
    }
    throw;
  }
  driver = pooled.get();
  link = std::make_shared<ConnectionState*>(this);
}

ConnectionState::~ConnectionState() {
  close(false);
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
  } else if (!root->is_active && is_invalidated) {
    throw PendingRollbackError(
        "Can't reconnect until invalid transaction is rolled back.  Please rollback() fully before "
        "proceeding",
        "8s2b");
  } else if (!root->is_active) {
    throw PendingRollbackError(
        "This connection is on an inactive transaction.  Please rollback() fully before proceeding",
        "8s2a");
  } else if (state->is_shared && !driver->in_transaction()) {
    driver->begin();  // another user of the one connection has ended the transaction of all
  }
}

// Takes another connection from the pool in place of one that is lost.
void ConnectionState::reconnect() {
  pooled.invalidate();
  driver = nullptr;  // closed, should the pool have none
  pooled = state->pool->connect();
  driver = pooled.get();
  is_invalidated = false;
}

RecordRef ConnectionState::begin_root() {
  if (is_invalidated) {
    reconnect();
  }
  const bool is_autocommit = driver->is_autocommit();
  if (is_logging()) {
    logger().info(is_autocommit ? "BEGIN (implicit; DBAPI should not BEGIN due to autocommit mode)"
                                : "BEGIN (implicit)");
  }
  try {
    driver->begin();
  } catch (const DBAPIError& error) {
    rethrow(error, {"BEGIN", {}, state->options.hide_parameters});
  }
  root = std::make_shared<TransactionRecord>();
  root->link = link;
  return root;
}

RecordRef ConnectionState::begin_nested() {
  ensure_transaction();
  auto record = std::make_shared<TransactionRecord>();
  record->link = link;
  record->is_nested = true;
  record->savepoint = "sa_savepoint_" + std::to_string(++savepoints);
  record->outer = nested;
  execute_ddl_text("SAVEPOINT " + record->savepoint);
  nested = record;
  return record;
}

void ConnectionState::end_root(TransactionRecord& record) noexcept {
  record.is_active = false;
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
  if (!record.is_active) {
    throw InvalidRequestError(record.is_nested ? "This nested transaction is inactive"
                                               : "This transaction is inactive");
  }
  if (record.is_nested) {
    execute_ddl_text("RELEASE SAVEPOINT " + record.savepoint);
    end_nested(record);
    return;
  }
  const RecordRef keep = root;
  if (is_logging()) {
    logger().info(
        driver->is_autocommit()
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
      execute_ddl_text("ROLLBACK TO SAVEPOINT " + record.savepoint);
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
  if (is_logging()) {
    logger().info(driver->is_autocommit() ? "ROLLBACK using DBAPI connection.rollback(), DBAPI "
                                            "should ignore due to autocommit mode"
                                          : "ROLLBACK");
  }
  end_root(record);
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

void ConnectionState::close(bool invalidate) noexcept {
  if (driver == nullptr) {
    return;
  }
  close_results();
  try {
    if (root && !invalidate) {
      rollback(*root);
    }
  } catch (const std::exception& error) {
    logger().error(std::string("Exception while closing a connection: ") + error.what());
  }
  for (RecordRef open = nested; open; open = open->outer) {
    open->is_active = false;
  }
  if (root) {
    root->is_active = false;
  }
  *link = nullptr;
  nested.reset();
  root.reset();
  driver = nullptr;
  if (invalidate) {
    pooled.invalidate();
  } else {
    pooled.close();
  }
  if (state->is_shared) {
    state->leave_shared();
  }
}

void ConnectionState::rethrow(const DBAPIError& error, StatementContext context) {
  if (error.invalidates_connection() && !is_invalidated) {
    is_invalidated = true;
    state->pool->invalidate_all();  // what ended this connection has probably ended all
  }
  if ((error.invalidates_transaction() || error.invalidates_connection()) && root) {
    root->is_active = false;
  }
  DBAPIErrorInfo info = error.info();
  info.context = std::move(context);
  throw_dbapi_error(error.kind(), std::move(info));
}

void ConnectionState::execute_ddl_text(const std::string& sql) {
  if (is_logging()) {
    logger().info(sql);
    logger().info("[no key " + seconds_text(0) + "] " +
                  (state->options.hide_parameters ? hidden_parameters : "()"));
  }
  try {
    driver->execute_plain(sql);
  } catch (const DBAPIError& error) {
    rethrow(error, {sql, {}, state->options.hide_parameters});
  }
}

}  // namespace azoth::detail
