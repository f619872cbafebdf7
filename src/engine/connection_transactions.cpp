// SPDX-License-Identifier: MIT
// Beginning and ending of transactions and savepoints, with SQLAlchemy's rules on what may follow
// what.
#include "engine/connection_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/savepoint.hpp>

namespace azoth::detail {
namespace {

// In the words of the database.
std::string savepoint_text(const ConnectionState& state,
                           sql::Kind kind,
                           const TransactionRecord& record) {
  return to_string(sql::make_node<sql::Savepoint>(kind, record.savepoint),
                   *state.state->dialect.load());
}

}  // namespace

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
  if (is_beginning) {
    driver->begin();  // what the listener executes is the transaction's first statement
  } else if (!root) {
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

void ConnectionState::announce_begin(const std::string& xid) {
  struct Beginning {
    explicit Beginning(ConnectionState& s) : state(s) { state.is_beginning = true; }

    ~Beginning() { state.is_beginning = false; }

    ConnectionState& state;
  };

  const Beginning beginning(*this);
  if (xid.empty()) {
    fire(event::begin);
  } else {
    fire(event::begin_twophase, xid);
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
  announce_begin(xid);
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
  execute_ddl_text(savepoint_text(*this, sql::Kind::savepoint, *record));
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
    execute_ddl_text(savepoint_text(*this, sql::Kind::release_savepoint, record));
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
        execute_ddl_text(savepoint_text(*this, sql::Kind::rollback_to_savepoint, record));
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

}  // namespace azoth::detail
