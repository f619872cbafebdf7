// SPDX-License-Identifier: MIT
// A session's flush: what surrounds the unit of work, with its events and its failure.
#include "orm/flush/unit_of_work.hpp"
#include "orm/session_state.hpp"
#include <azoth/base/error.hpp>

namespace azoth::orm {

void SessionState::flush() {
  if (is_flushing) {
    throw InvalidRequestError("Session is already flushing");
  }
  if (is_clean()) {
    return;
  }

  struct Guard {
    bool& flag;

    ~Guard() { flag = false; }
  } guard{is_flushing = true};

  fire(event::before_flush);
  if (is_clean()) {
    return;
  }
  run_flush();
}

void SessionState::run_flush() {
  check_active(transaction());
  // Listeners see the flush as a transaction within the transaction.
  std::shared_ptr<TransactionRecord> within;
  if (events.is_used()) {
    within = std::make_shared<TransactionRecord>();
    within->session = this;
    within->parent = current_;
    fire(event::after_transaction_create, SessionTransactionHandle(within));
  }
  const auto leave = [&] {
    if (within) {
      within->state = TransactionRecord::State::closed;
      fire(event::after_transaction_end, SessionTransactionHandle(within));
      within->session = nullptr;
    }
  };
  std::string message = "an exception that is not an azoth::Error";
  try {
    UnitOfWork work(*this);
    connection();
    try {
      work.write();
      fire(event::after_flush);
      work.finish();
      fire(event::after_flush_postexec);
    } catch (const Error& error) {
      message = error.what();
      throw;
    }
  } catch (...) {
    fail_flush(std::move(message));
    leave();
    if (within) {
      fire(event::after_soft_rollback, SessionTransactionHandle(within));
    }
    throw;
  }
  leave();
}

void SessionState::autoflush() {
  if (!options.autoflush || is_flushing || is_clean()) {
    return;
  }
  if (current_ && current_->state == TransactionRecord::State::deactive) {
    return;  // the statement that follows is refused
  }
  try {
    flush();
  } catch (StatementError& error) {
    error.add_detail(
        "raised as a result of Query-invoked autoflush; consider using a session.no_autoflush "
        "block "
        "if this flush is occurring prematurely");
    throw;
  }
}

}  // namespace azoth::orm
