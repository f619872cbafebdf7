// SPDX-License-Identifier: MIT
// The doors of a connection but for execution, which stands in execution.cpp and many_rows.cpp.
#include "engine/connection_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/connection.hpp>

namespace azoth {

Connection::Connection(std::unique_ptr<detail::ConnectionState> state) : state_(std::move(state)) {}

Connection::Connection(Connection&&) noexcept = default;

Connection& Connection::operator=(Connection&&) noexcept = default;

Connection::~Connection() = default;

detail::ConnectionState& Connection::open_state() {
  if (closed()) {
    throw ResourceClosedError("This Connection is closed");
  }
  return *state_;
}

Transaction Connection::begin() {
  detail::ConnectionState& state = open_state();
  if (state.root) {
    throw InvalidRequestError(
        "This connection has already initialized a SQLAlchemy Transaction() object via begin() or "
        "autobegin; can't call begin() here "
        "unless rollback() or commit() is called first.");
  }
  state.ensure_transaction();
  return Transaction(state.root);
}

Transaction Connection::begin_nested() {
  return Transaction(open_state().begin_nested());
}

void Connection::in_block(Transaction transaction, base::FunctionRef<void()> body) {
  struct Block {  // while it lives, statements after the end of its transaction are refused

    Block(detail::ConnectionState& s, detail::TransactionRecord* record)
        : state(s), outer(s.block) {
      s.block = record;
    }

    ~Block() { state.block = outer; }

    detail::ConnectionState& state;
    detail::TransactionRecord* outer;
  };

  {
    const Block block(*state_, transaction.record_.get());
    body();
  }
  if (transaction.is_active()) {
    transaction.commit();
  }
}

void Connection::commit() {
  detail::ConnectionState& state = open_state();
  if (state.root) {
    state.commit(*state.root);
  }
}

void Connection::rollback() {
  detail::ConnectionState& state = open_state();
  if (state.root) {
    state.rollback(*state.root);
  }
}

void Connection::close() {
  if (state_) {
    state_->close(false);
  }
}

void Connection::invalidate() {
  open_state().close(true);
}

bool Connection::in_transaction() const {
  return !closed() && state_->root && state_->root->is_active;
}

bool Connection::in_nested_transaction() const {
  return !closed() && state_->nested && state_->nested->is_active;
}

bool Connection::closed() const {
  return !state_ || state_->driver == nullptr;
}

const Engine& Connection::engine() const {
  if (!state_) {
    throw ResourceClosedError("This Connection is closed");
  }
  return state_->engine;
}

const Dialect& Connection::dialect() const {
  return engine().dialect();
}

DriverConnection& Connection::driver_connection() {
  return *open_state().driver;
}

}  // namespace azoth
