// SPDX-License-Identifier: MIT
// Performs the actions of PoolState: waits, opens, closes, pings. It decides nothing about who gets
// which connection.
#include "pool/queue_pool.hpp"

#include "azoth/base/assert.hpp"
#include "azoth/base/error.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace azoth::pool {
namespace {

using Clock = std::chrono::steady_clock;

Moment read_clock() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch())
      .count();
}

Clock::time_point to_time_point(Moment moment) {
  return Clock::time_point(
      std::chrono::duration_cast<Clock::duration>(std::chrono::nanoseconds(moment)));
}

Moment after(Moment now, double seconds) {
  constexpr double longest = 1e9;  // about 30 years, which is never
  return seconds < longest ? now + static_cast<Moment>(seconds * 1e9) : PoolState::never - 1;
}

}  // namespace

QueuePool::QueuePool(const PoolOptions& options, ConnectionFactory& factory)
    : Pool(factory), state_(options) {}

QueuePool::~QueuePool() {
  AZOTH_ASSERT(state_.checked_out() ==
               0);  // a connection that is still lent would return to a dead pool
  dispose();
}

// Waits until there is something to do other than waiting. The clock is only read when time
// matters: most checkouts find an idle connection at once.
QueuePool::Turn QueuePool::acquire() {
  std::unique_lock lock(mutex_);
  Moment now = state_.reads_clock() ? read_clock() : 0;
  Moment deadline = PoolState::never;
  for (;;) {
    if (connections_.size() <= state_.slot_count()) {
      connections_.resize(state_.slot_count() + 1);
    }
    const Action action = state_.acquire(now, deadline);
    if (action.verb == Action::Verb::refuse) {
      return {action, nullptr};
    }
    if (action.verb != Action::Verb::wait) {
      return {action, connections_[action.slot]};
    }
    now = read_clock();
    if (deadline == PoolState::never) {
      deadline = after(now, state_.options().timeout);
      continue;
    }
    ++waiting_;
    returned_.wait_until(lock, to_time_point(deadline));
    --waiting_;
    now = read_clock();
  }
}

Pool::Loan QueuePool::lend() {
  auto [action, connection] = acquire();
  if (action.verb == Action::Verb::hand_out) {
    return {connection, action.slot};
  }
  if (action.verb == Action::Verb::refuse) {
    refuse();
  }
  if (action.verb == Action::Verb::ping) {
    const bool alive = ping_connection(*connection);
    const Moment now = read_clock();
    const std::lock_guard lock(mutex_);
    action = state_.pinged(action.slot, alive, now);
    if (action.verb == Action::Verb::hand_out) {
      return {connection, action.slot};
    }
  }
  if (action.verb == Action::Verb::reopen) {
    close_connection(connection);
  }
  return open(action.slot);
}

Pool::Loan QueuePool::open(Slot slot) {
  DriverConnection* connection = nullptr;
  try {
    connection = open_connection();
  } catch (...) {
    const std::lock_guard lock(mutex_);
    connections_[slot] = nullptr;
    state_.open_failed(slot);
    wake_one();
    throw;
  }
  AZOTH_ASSERT(connection != nullptr);
  const Moment now = read_clock();
  const std::lock_guard lock(mutex_);
  connections_[slot] = connection;
  state_.opened(slot, now);
  return {connection, slot};
}

void QueuePool::take_back(Loan loan, Return how) noexcept {
  DriverConnection* connection = loan.connection;
  const bool is_usable = reset_connection(*connection, how);
  if (!is_usable) {
    if (how != Return::detached) {
      close_connection(connection);
    }
    connection = nullptr;
  }
  if (how != Return::detached) {
    tell_checkin(connection);
  }
  std::unique_lock lock(mutex_);
  connections_[loan.slot] = connection;
  const Action action = state_.release(loan.slot, is_usable);
  if (action.verb == Action::Verb::keep) {
    wake_one();
  } else {
    lock.unlock();
    close(connection, loan.slot);
  }
}

void QueuePool::replace_later(Loan loan) noexcept {
  const std::lock_guard lock(mutex_);
  state_.replace_later(loan.slot);
}

void QueuePool::close(DriverConnection* connection, Slot slot) noexcept {
  close_connection(connection);
  const std::lock_guard lock(mutex_);
  connections_[slot] = nullptr;
  state_.closed(slot);
  wake_one();
}

void QueuePool::wake_one() noexcept {
  if (waiting_ > 0) {
    returned_.notify_one();
  }
}

void QueuePool::refuse() const {
  const std::lock_guard lock(mutex_);
  throw TimeoutError(
      fmt::format(
          "QueuePool limit of size {} overflow {} reached, connection timed out, timeout {:.2f}",
          state_.size(),
          state_.overflow(),
          state_.options().timeout),
      "3o7r");
}

void QueuePool::invalidate_all() {
  const Moment now = read_clock();
  const std::lock_guard lock(mutex_);
  state_.invalidate_before(now);
}

void QueuePool::dispose() {
  std::vector<std::pair<DriverConnection*, Slot>> idle;
  {
    const std::lock_guard lock(mutex_);
    for (const Slot slot : state_.dispose()) {
      idle.emplace_back(connections_[slot], slot);
    }
  }
  for (const auto& [connection, slot] : idle) {
    close(connection, slot);
  }
  if (logger().enabled(LogLevel::info)) {
    logger().info("Pool disposed. " + status());
  }
}

std::string QueuePool::status() const {
  const std::lock_guard lock(mutex_);
  return fmt::format(
      "Pool size: {}  Connections in pool: {} Current Overflow: {} Current Checked out "
      "connections: {}",
      state_.size(),
      state_.checked_in(),
      state_.overflow(),
      state_.checked_out());
}

int QueuePool::checked_in() const {
  const std::lock_guard lock(mutex_);
  return state_.checked_in();
}

int QueuePool::size() const {
  return state_.size();
}

int QueuePool::overflow() const {
  const std::lock_guard lock(mutex_);
  return state_.overflow();
}

int QueuePool::checked_out() const {
  const std::lock_guard lock(mutex_);
  return state_.checked_out();
}

}  // namespace azoth::pool
