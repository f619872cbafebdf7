// SPDX-License-Identifier: MIT
// The pools without waiting: one connection that all share, one per thread, or none kept at all.
// They serve databases whose data lives in the connection (SQLite in memory) and programs that want
// no pool.
#pragma once
#include "azoth/pool/pool.hpp"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace azoth::pool {

/// Opens a connection for each loan and closes it on return.
class NullPool final : public Pool {
 public:
  explicit NullPool(ConnectionFactory& factory) : Pool(factory) {}

  std::string status() const override { return "NullPool"; }

  std::string_view name() const override { return "NullPool"; }

  void invalidate_all() override {}

  void dispose() override {}

  int checked_in() const override { return 0; }

  int checked_out() const override { return lent_; }

 protected:
  Loan lend() override;
  void take_back(Loan loan, Return how) noexcept override;

  void replace_later(Loan) noexcept override {}

 private:
  std::atomic<int> lent_{0};
};

/// Lends one connection to all who ask: to everybody (StaticPool), to all of one thread
/// (SingletonThreadPool), or to one at a time, so that a program can assert that it uses no more
/// (AssertionPool). It is reset when the last of them gives it back, and an invalidated one
/// is closed only then, since the others still hold it.
class SharedPool final : public Pool {
 public:
  SharedPool(const PoolOptions& options, ConnectionFactory& factory);
  ~SharedPool() override;

  std::string status() const override;

  std::string_view name() const override;

  void invalidate_all() override;
  void dispose() override;
  int checked_in() const override;
  int checked_out() const override;

 protected:
  Loan lend() override;
  void take_back(Loan loan, Return how) noexcept override;
  void replace_later(Loan loan) noexcept override;

 private:
  /// One connection and its users.
  struct Entry {
    std::uint32_t id = 0;
    std::uint64_t owner = 0;  // a thread's number; 0 in a StaticPool
    DriverConnection* connection = nullptr;
    int users = 0;
    bool busy = false;    // being opened or reset: who wants to share it waits
    bool doomed = false;  // not lent any more; closed when the last user has gone
  };

  Entry* find(std::uint32_t id);
  Entry* find_for(std::uint64_t owner);
  std::vector<DriverConnection*> remove_idle(std::size_t keep, bool doomed_only);
  Loan open(std::uint64_t owner, std::unique_lock<std::mutex>& lock);
  void close_all(const std::vector<DriverConnection*>& connections) noexcept;

  const PoolKind kind_;
  const std::size_t most_kept_;
  mutable std::mutex mutex_;
  std::condition_variable available_;
  std::uint32_t next_id_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace azoth::pool
