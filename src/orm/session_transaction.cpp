// SPDX-License-Identifier: MIT
// The transactions of a session: a stack of records, the root first and savepoints above it. The
// session makes the root when it is first used; the database hears of each with the first statement
// that needs it. A failed flush rolls back at once and leaves the innermost one refusing further
// work until it is rolled back, so that nothing is lost unnoticed. What happens to objects stands
// in transaction_snapshot.cpp.
#include "orm/session_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/log.hpp>
#include <azoth/base/warning.hpp>

namespace azoth::orm {

using State = TransactionRecord::State;

// --- beginning ---

void SessionState::check_block() const {
  if (block_ && block_->state == State::closed) {
    throw InvalidRequestError(
        "Can't operate on closed transaction inside context manager.  Please complete the context "
        "manager before emitting further commands.");
  }
}

void SessionState::check_active(const TransactionRecord& record) const {
  if (record.state == State::deactive) {
    throw PendingRollbackError(
        "This Session's transaction has been rolled back due to a previous exception during flush. "
        "To begin a new transaction with this Session, first issue Session.rollback(). Original "
        "exception was: " +
            record.failure.value_or(""),
        "7s2a");
  }
}

void SessionState::push(std::shared_ptr<TransactionRecord> record) {
  record->session = this;
  record->parent = current_;
  current_ = std::move(record);
  fire(event::after_transaction_create, SessionTransactionHandle(current_));
}

void SessionState::require_transaction() {
  check_block();
  if (current_) {
    return;
  }
  if (is_closed_) {
    throw InvalidRequestError(
        "This Session has been permanently closed and is unable to handle any more transaction "
        "requests.");
  }
  if (!options.autobegin) {
    throw InvalidRequestError(
        "Autobegin is disabled on this Session; please call session.begin() to start a new "
        "transaction");
  }
  push(std::make_shared<TransactionRecord>());
}

std::shared_ptr<TransactionRecord> SessionState::begin() {
  check_block();
  if (current_) {
    throw InvalidRequestError("A transaction is already begun on this Session.");
  }
  if (is_closed_) {
    require_transaction();
  }
  push(std::make_shared<TransactionRecord>());
  return current_;
}

std::shared_ptr<TransactionRecord> SessionState::begin_nested() {
  check_active(transaction());
  if (!is_flushing) {
    flush();
  }
  auto record = std::make_shared<TransactionRecord>();
  record->is_nested = true;
  push(std::move(record));
  return current_;
}

Connection& SessionState::begin_connection() {
  check_active(transaction());
  begin_on_connection(current_);
  return at_hand();
}

// A savepoint needs those around it first.
void SessionState::begin_on_connection(const std::shared_ptr<TransactionRecord>& record) {
  if (record->has_begun) {
    return;
  }
  if (record->parent) {
    begin_on_connection(record->parent);
    record->savepoint.emplace(at_hand().begin_nested());
  } else if (external_) {
    join_external(*record);
  } else {
    connection_.reset();
    Connection taken = engine.connect();
    taken.autobegin();
    connection_.emplace(std::move(taken));
  }
  record->has_begun = true;
  fire(event::after_begin, SessionTransactionHandle(record), at_hand());
}

// Takes part in what has begun on the program's connection, or begins there.
void SessionState::join_external(TransactionRecord& record) {
  if (!external_->in_transaction()) {
    record.savepoint.emplace(external_->begin());
    return;
  }
  JoinTransactionMode mode = options.join_transaction_mode;
  if (mode == JoinTransactionMode::conditional_savepoint) {
    mode = external_->in_nested_transaction() ? JoinTransactionMode::create_savepoint
                                              : JoinTransactionMode::rollback_only;
  }
  if (mode == JoinTransactionMode::create_savepoint) {
    record.savepoint.emplace(external_->begin_nested());
    return;
  }
  record.joined = external_->in_nested_transaction() ? external_->get_nested_transaction()
                                                     : external_->get_transaction();
  record.controls_joined = mode == JoinTransactionMode::control_fully;
}

namespace {
void commit_on_connection(TransactionRecord& record, std::optional<Connection>& own) {
  if (record.savepoint) {
    record.savepoint->commit();
  } else if (!record.joined) {
    own->commit();
  } else if (record.controls_joined) {
    record.joined->commit();
  }
}

void rollback_on_connection(TransactionRecord& record, std::optional<Connection>& own) {
  if (record.savepoint) {
    record.savepoint->rollback();
  } else if (!record.joined) {
    own->rollback();
  } else if (record.joined->is_active()) {
    record.joined->rollback();
  }
}
}  // namespace

void SessionState::run_block(TransactionRecord& record, base::FunctionRef<void()> body) {
  struct Block {
    const TransactionRecord*& block;
    const TransactionRecord* outer;

    ~Block() { block = outer; }
  };

  {
    const Block block{block_, std::exchange(block_, &record)};
    body();
  }
  if (record.state == State::active) {
    commit(record);
  }
}

// --- ending ---

// The record is the innermost one; what it had on the connection is over.
void SessionState::pop(TransactionRecord& record) {
  const std::shared_ptr<TransactionRecord> ended = std::move(current_);
  current_ = ended->parent;
  if (!current_) {
    connection_.reset();  // gives it back, which rolls back
  }
  record.state = State::closed;
  fire(event::after_transaction_end, SessionTransactionHandle(ended));
  record.session = nullptr;
}

void SessionState::commit(TransactionRecord& record) {
  check_active(*current_);
  while (current_.get() != &record) {
    commit(*current_);
  }
  fire(event::before_commit);
  for (int flushes = 0; !is_flushing && !is_clean(); ++flushes) {
    if (flushes == 100) {
      throw FlushError(
          "Over 100 subsequent flushes have occurred within session.commit() - is an after_flush() "
          "hook creating new objects?");
    }
    flush();
  }
  if (record.has_begun) {
    try {
      commit_on_connection(record, connection_);
    } catch (...) {
      rollback(record);
      throw;
    }
  }
  fire(event::after_commit);
  remove_snapshot(record);
  pop(record);
}

// Rolls back on the connection, and objects with it; the record stays.
void SessionState::rollback_now(TransactionRecord& record) {
  if (record.has_begun) {
    rollback_on_connection(record, connection_);
  }
  restore_snapshot(record);
  fire(event::after_rollback);
}

void SessionState::rollback(TransactionRecord& record) {
  // Savepoints within go with it: their guards find them inactive when they die.
  std::vector<std::shared_ptr<TransactionRecord>> within;
  while (current_.get() != &record) {
    within.push_back(current_);
    merge_into_parent(*current_);
    pop(*current_);
  }
  const std::shared_ptr<TransactionRecord> kept = current_;
  if (record.state == State::active) {
    rollback_now(record);
  } else {
    if (!is_clean()) {
      warn(WarningCategory::sa_warning,
           "Session's state has been changed on a non-active transaction - this state will be "
           "discarded.");
    }
    restore_snapshot(record);
  }
  pop(record);
  fire(event::after_soft_rollback, SessionTransactionHandle(kept));
}

void SessionState::close(TransactionRecord& record) {
  rollback(record);
}

void SessionState::fail_flush(std::string message) {
  TransactionRecord& record = *current_;
  rollback_now(record);
  record.state = State::deactive;
  record.failure = std::move(message);
  if (!record.is_nested) {
    connection_.reset();
    record.savepoint.reset();
    record.joined.reset();
    record.has_begun = false;
  }
}

void SessionState::commit() {
  check_active(transaction());
  while (current_->parent) {
    commit(*current_);
  }
  commit(*current_);
}

void SessionState::rollback() {
  while (current_) {
    rollback(*current_);
  }
}

void SessionState::close() {
  expunge_all();
  if (!options.close_resets_only) {
    is_closed_ = true;
  }
  if (!current_) {
    return;
  }
  std::vector<std::shared_ptr<TransactionRecord>> records;  // their savepoints die afterwards
  for (auto record = current_; record; record = record->parent) {
    records.push_back(record);
  }
  connection_.reset();  // gives it back, which rolls back
  while (current_) {
    if (current_->joined && current_->controls_joined) {
      current_->joined->close();
    }
    pop(*current_);
  }
}

}  // namespace azoth::orm

namespace azoth {

using orm::TransactionRecord;

TransactionRecord& SessionTransactionHandle::open_record() const {
  if (!record_ || !record_->session) {
    throw ResourceClosedError("This transaction is closed");
  }
  return *record_;
}

void SessionTransactionHandle::commit() {
  TransactionRecord& record = open_record();
  record.session->commit(record);
}

void SessionTransactionHandle::rollback() {
  TransactionRecord& record = open_record();
  record.session->rollback(record);
}

void SessionTransactionHandle::close() {
  if (record_ && record_->session) {
    record_->session->close(*record_);
  }
}

bool SessionTransactionHandle::is_active() const {
  return record_ && record_->session && record_->state == TransactionRecord::State::active;
}

bool SessionTransactionHandle::is_nested() const {
  return record_ && record_->is_nested;
}

std::optional<SessionTransactionHandle> SessionTransactionHandle::parent() const {
  if (!record_ || !record_->parent) {
    return std::nullopt;
  }
  return SessionTransactionHandle(record_->parent);
}

SessionTransaction::SessionTransaction(SessionTransaction&&) noexcept = default;

SessionTransaction& SessionTransaction::operator=(SessionTransaction&& other) noexcept {
  SessionTransaction old(std::move(*this));  // ends as its destructor says
  record_ = std::move(other.record_);
  return *this;
}

SessionTransaction::~SessionTransaction() {
  try {
    close();
  } catch (const std::exception& error) {
    Logger("azoth.orm.session")
        .error(std::string("Exception while a transaction was rolled back: ") + error.what());
  }
}

}  // namespace azoth
