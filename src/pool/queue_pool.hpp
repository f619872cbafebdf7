// SPDX-License-Identifier: MIT
// The thread-safe shell of PoolState: it holds the connections, tells the time, waits, and performs
// what the state decides.
#pragma once
#include "azoth/pool/pool.hpp"
#include "azoth/pool/pool_state.hpp"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace azoth::pool {

/// Lends up to `size + max_overflow` connections and keeps up to `size`. One mutex guards all;
/// opening, closing, resetting and pinging happen outside it.
class QueuePool final : public Pool {
 public:
  QueuePool(const PoolOptions& options, ConnectionFactory& factory);
  ~QueuePool() override;

  std::string status() const override;

  std::string_view name() const override { return "QueuePool"; }

  void invalidate_all() override;
  void dispose() override;
  int checked_in() const override;
  int checked_out() const override;
  int size() const override;
  int overflow() const override;

 protected:
  Loan lend() override;
  void take_back(Loan loan, Return how) noexcept override;
  void replace_later(Loan loan) noexcept override;

 private:
  /// What to do now, and the connection that the slot holds already.
  struct Turn {
    Action action;
    DriverConnection* connection;
  };

  Turn acquire();
  Loan open(Slot slot);
  void close(DriverConnection* connection, Slot slot) noexcept;
  void wake_one() noexcept;
  [[noreturn]] void refuse() const;

  mutable std::mutex mutex_;
  std::condition_variable returned_;
  int waiting_ = 0;
  PoolState state_;
  std::vector<DriverConnection*> connections_;  // by slot; null in slots without one
};

}  // namespace azoth::pool
