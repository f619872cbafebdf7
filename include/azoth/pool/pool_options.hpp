// SPDX-License-Identifier: MIT
// What can be chosen of a pool. It says nothing of URLs; which kind suits a database is the
// dialect's to say.
#pragma once
#include <cstdint>
#include <string>

namespace azoth {

/// Names the pools, after SQLAlchemy's classes.
enum class PoolKind : std::uint8_t {
  queue,    ///< QueuePool: keeps up to `size` connections, lends up to `size + max_overflow`
  null,     ///< NullPool: opens one for each checkout and closes it on return
  static_,  ///< StaticPool: one connection that all share, also between threads
  singleton_thread,  ///< SingletonThreadPool: one per thread, which all checkouts of that thread
                     ///< share (SQLite in memory)
  assertion,         ///< AssertionPool: one connection, which only one at a time may have
};

/// Chooses how a pool behaves. All but `kind` is of the queue pool; `size` is also of the singleton
/// thread pool.
struct PoolOptions {
  PoolKind kind = PoolKind::queue;
  int size = 5;           ///< connections kept open; 0: no limit on those kept and lent
  int max_overflow = 10;  ///< connections lent above `size`, for peaks; -1: no limit
  double timeout = 30;    ///< seconds to wait for a connection when all are lent
  double recycle =
      -1;  ///< seconds after which a connection is replaced before it is lent; -1: never
  bool use_lifo =
      false;  ///< lend the one returned last, so that servers can close those idle for long
  bool pre_ping = false;  ///< ask each connection whether it is alive before it is lent; a round
                          ///< trip that most do not need
  std::string logging_name{};  ///< behind the logger's name: azoth.pool.impl.QueuePool.<name>
};

}  // namespace azoth
