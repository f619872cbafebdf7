// SPDX-License-Identifier: MIT
// Chooses the class behind a PoolKind.
#include "azoth/pool/pool.hpp"

#include "azoth/base/error.hpp"
#include "pool/queue_pool.hpp"
#include "pool/shared_pool.hpp"

namespace azoth {

std::unique_ptr<Pool> Pool::create(const PoolOptions& options, ConnectionFactory& factory) {
  switch (options.kind) {
    case PoolKind::queue:
      return std::make_unique<pool::QueuePool>(options, factory);
    case PoolKind::null:
      return std::make_unique<pool::NullPool>(factory);
    case PoolKind::static_:
    case PoolKind::singleton_thread:
      return std::make_unique<pool::SharedPool>(options, factory);
  }
  throw ArgumentError("PoolOptions::kind is not one of queue, null, static_ and singleton_thread");
}

}  // namespace azoth
