// SPDX-License-Identifier: MIT
// Sharing a connection by counting its users, and lending without keeping.
#include "pool/shared_pool.hpp"

#include "azoth/base/assert.hpp"
#include "azoth/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::pool {
namespace {

// Numbers threads from 1 on. Unlike a std::thread::id, a number is never given to a second thread,
// which would then find the database in memory of one that has ended.
std::uint64_t this_thread_number() {
  static std::atomic<std::uint64_t> last{0};
  thread_local const std::uint64_t number = ++last;
  return number;
}

}  // namespace

Pool::Loan NullPool::lend() {
  const Loan loan{open_connection(), 0};
  ++lent_;
  return loan;
}

void NullPool::take_back(Loan loan, Return how) noexcept {
  --lent_;
  if (how == Return::detached) {
    return;
  }
  const bool is_alive = how != Return::invalidated;
  if (is_alive) {
    reset_connection(*loan.connection, how);
  } else {
    close_connection(loan.connection);
  }
  tell_checkin(is_alive ? loan.connection : nullptr);
  if (is_alive) {
    close_connection(loan.connection);
  }
}

SharedPool::SharedPool(const PoolOptions& options, ConnectionFactory& factory)
    : Pool(factory),
      kind_(options.kind),
      most_kept_(static_cast<std::size_t>(std::max(options.size, 1))) {
  if (options.size < 0) {
    throw ArgumentError(fmt::format(
        "pool_size {} is negative; expected the number of threads to keep connections for",
        options.size));
  }
}

SharedPool::~SharedPool() {
  dispose();
  AZOTH_ASSERT(entries_.empty());  // a connection that is still lent would return to a dead pool
}

SharedPool::Entry* SharedPool::find(std::uint32_t id) {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.id == id; });
  return found == entries_.end() ? nullptr : &*found;
}

SharedPool::Entry* SharedPool::find_for(std::uint64_t owner) {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) {
    return e.owner == owner && !e.doomed;
  });
  return found == entries_.end() ? nullptr : &*found;
}

Pool::Loan SharedPool::lend() {
  const std::uint64_t owner = kind_ == PoolKind::singleton_thread ? this_thread_number() : 0;
  std::unique_lock lock(mutex_);
  const auto has_user = [](const Entry& entry) { return entry.users > 0; };
  if (kind_ == PoolKind::assertion && std::any_of(entries_.begin(), entries_.end(), has_user)) {
    throw InvalidRequestError(
        "connection is already checked out: an AssertionPool lends one at a time; give the other "
        "back first, or choose another poolclass");
  }
  for (;;) {
    Entry* entry = find_for(owner);
    if (!entry) {
      return open(owner, lock);
    }
    if (!entry->busy) {
      ++entry->users;
      return {entry->connection, entry->id};
    }
    available_.wait(lock);
  }
}

Pool::Loan SharedPool::open(std::uint64_t owner, std::unique_lock<std::mutex>& lock) {
  const std::uint32_t id = next_id_++;
  const auto surplus = kind_ == PoolKind::singleton_thread ? remove_idle(most_kept_ - 1, false)
                                                           : std::vector<DriverConnection*>();
  entries_.push_back({id, owner, nullptr, 1, true, false});
  lock.unlock();
  close_all(surplus);
  DriverConnection* connection = nullptr;
  try {
    connection = open_connection();
  } catch (...) {
    lock.lock();
    std::erase_if(entries_, [&](const Entry& e) { return e.id == id; });
    available_.notify_all();
    throw;
  }
  lock.lock();
  Entry& entry = *find(id);
  entry.connection = connection;
  entry.busy = false;
  available_.notify_all();
  return {connection, id};
}

void SharedPool::take_back(Loan loan, Return how) noexcept {
  std::unique_lock lock(mutex_);
  Entry* entry = find(loan.slot);
  AZOTH_ASSERT(entry && entry->users > 0);
  if (how == Return::invalidated || how == Return::detached) {
    entry->doomed = true;
  }
  if (how == Return::detached) {
    entry->connection = nullptr;
  }
  if (entry->users > 1) {
    --entry->users;
    return;
  }
  // The last user resets it while still counted, so that nobody closes it meanwhile.
  if (!entry->doomed) {
    entry->busy = true;
    lock.unlock();
    const bool is_usable = reset_connection(*loan.connection, how);
    tell_checkin(loan.connection);
    lock.lock();
    entry = find(loan.slot);
    entry->busy = false;
    entry->doomed = entry->doomed || !is_usable;
    available_.notify_all();
  }
  --entry->users;
  const auto dead = remove_idle(0, true);
  lock.unlock();
  close_all(dead);
}

void SharedPool::replace_later(Loan loan) noexcept {
  const std::lock_guard lock(mutex_);
  find(loan.slot)->doomed = true;
}

// Forgets connections without users, oldest first: the doomed ones, or also others until no more
// than `keep` are left.
std::vector<DriverConnection*> SharedPool::remove_idle(std::size_t keep, bool doomed_only) {
  std::vector<DriverConnection*> removed;
  std::size_t count = entries_.size();
  std::erase_if(entries_, [&](const Entry& entry) {
    const bool goes = entry.users == 0 && (entry.doomed || (!doomed_only && count > keep));
    if (!goes) {
      return false;
    }
    --count;
    if (entry.connection) {
      removed.push_back(entry.connection);
    }
    return true;
  });
  return removed;
}

void SharedPool::close_all(const std::vector<DriverConnection*>& connections) noexcept {
  for (DriverConnection* connection : connections) {
    close_connection(connection);
  }
}

void SharedPool::invalidate_all() {
  std::unique_lock lock(mutex_);
  for (Entry& entry : entries_) {
    if (entry.connection) {
      entry.doomed = true;
    }
  }
  const auto dead = remove_idle(0, true);
  lock.unlock();
  close_all(dead);
}

void SharedPool::dispose() {
  invalidate_all();
}

std::string_view SharedPool::name() const {
  switch (kind_) {
    case PoolKind::assertion:
      return "AssertionPool";
    case PoolKind::singleton_thread:
      return "SingletonThreadPool";
    default:
      return "StaticPool";
  }
}

std::string SharedPool::status() const {
  if (kind_ != PoolKind::singleton_thread) {
    return std::string(name());
  }
  const std::lock_guard lock(mutex_);
  return fmt::format("SingletonThreadPool id:{} size: {}",
                     reinterpret_cast<std::uintptr_t>(this),
                     entries_.size());
}

int SharedPool::checked_in() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(
      std::count_if(entries_.begin(), entries_.end(), [](const Entry& e) { return e.users == 0; }));
}

int SharedPool::checked_out() const {
  const std::lock_guard lock(mutex_);
  int users = 0;
  for (const Entry& entry : entries_) {
    users += entry.users;
  }
  return users;
}

}  // namespace azoth::pool
