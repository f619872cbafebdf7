// SPDX-License-Identifier: MIT
// The guard: forwards to its connection, and rolls back when it dies.
#include "engine/connection_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/transaction.hpp>

namespace azoth {

Transaction::Transaction(Transaction&&) noexcept = default;

Transaction& Transaction::operator=(Transaction&& other) noexcept {
  if (this != &other) {
    Transaction old(std::move(*this));
    record_ = std::move(other.record_);
  }
  return *this;
}

Transaction::~Transaction() {
  if (!record_ || !record_->is_open() || record_->connection() == nullptr) {
    return;
  }
  detail::ConnectionState& connection = *record_->connection();
  try {
    connection.rollback(*record_);
  } catch (const std::exception& error) {
    connection.logger().error(std::string("Exception while a transaction was rolled back: ") +
                              error.what());
  }
}

void TransactionHandle::commit() {
  if (record_->connection() == nullptr) {
    throw ResourceClosedError("This Connection is closed");
  }
  record_->connection()->commit(*record_);
}

void TransactionHandle::rollback() {
  if (record_->connection() != nullptr) {
    record_->connection()->rollback(*record_);
  }
}

void TransactionHandle::close() {
  if (record_->is_open()) {
    rollback();
  }
}

bool TransactionHandle::is_active() const {
  return record_ && record_->is_open();
}

void TwoPhaseTransaction::prepare() {
  if (record_->connection() == nullptr) {
    throw ResourceClosedError("This Connection is closed");
  }
  record_->connection()->prepare(*record_);
}

const std::string& TwoPhaseTransaction::xid() const {
  return record_->xid;
}

bool TransactionHandle::is_nested() const {
  return record_ && record_->is_nested;
}

}  // namespace azoth
