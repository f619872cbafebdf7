// SPDX-License-Identifier: MIT
// The doors of a connection but for execution, which stands in execution.cpp and many_rows.cpp.
#include "engine/connection_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/connection.hpp>

namespace azoth {

namespace detail {

BorrowedConnection::BorrowedConnection(ConnectionState& state)
    : connection(std::unique_ptr<ConnectionState>(&state)) {}

BorrowedConnection::~BorrowedConnection() {
  static_cast<void>(connection.state_.release());
}

}  // namespace detail

Connection::Connection(std::unique_ptr<detail::ConnectionState> state) : state_(std::move(state)) {}

Connection::Connection(Connection&&) noexcept = default;

Connection& Connection::operator=(Connection&&) noexcept = default;

Connection::~Connection() = default;

detail::ConnectionState& Connection::open_state() {
  if (closed()) {
    throw ResourceClosedError("This Connection is closed");
  }
  state_->ensure_connection();
  return *state_;
}

Transaction Connection::begin() {
  detail::ConnectionState& state = open_state();
  if (state.root || state.is_beginning) {
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

void Connection::autobegin() {
  open_state().ensure_transaction();
}

void Connection::run_block(Transaction& transaction, base::FunctionRef<void()> body) {
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
  if (closed()) {
    throw ResourceClosedError("This Connection is closed");
  }
  if (state_->root) {
    state_->commit(*state_->root);
  }
}

void Connection::rollback() {
  if (closed()) {
    throw ResourceClosedError("This Connection is closed");
  }
  if (state_->root) {
    state_->rollback(*state_->root);
  }
}

void Connection::close() {
  if (state_) {
    state_->close();
  }
}

void Connection::invalidate(const std::exception* error) {
  if (closed()) {
    throw ResourceClosedError("This Connection is closed");
  }
  state_->invalidate(error);
}

void Connection::detach() {
  open_state().pooled.detach();
}

bool Connection::in_transaction() const {
  return !closed() && state_->root && state_->root->is_open();
}

bool Connection::in_nested_transaction() const {
  return !closed() && state_->nested && state_->nested->is_active;
}

std::optional<TransactionHandle> Connection::get_transaction() const {
  if (closed() || !state_->root) {
    return std::nullopt;
  }
  return TransactionHandle(state_->root);
}

std::optional<TransactionHandle> Connection::get_nested_transaction() const {
  if (closed() || !state_->nested) {
    return std::nullopt;
  }
  return TransactionHandle(state_->nested);
}

bool Connection::closed() const {
  return !state_ || state_->is_closed;
}

bool Connection::invalidated() const {
  return !closed() && state_->driver == nullptr;
}

std::map<std::string, Value, std::less<>>& Connection::info() {
  return open_state().pooled.info();
}

Connection& Connection::execution_options(const ExecutionOptions& options) {
  open_state().set_options(options);
  return *this;
}

const ExecutionOptions& Connection::get_execution_options() const {
  static const ExecutionOptions none;
  return closed() ? none : state_->options;
}

std::string Connection::get_isolation_level() {
  return open_state().driver->isolation_level();
}

std::string Connection::default_isolation_level() {
  return open_state().state->default_isolation_level;
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
