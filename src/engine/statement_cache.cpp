// SPDX-License-Identifier: MIT
// The LRU of compiled statements behind a mutex. Compiling happens outside the lock: two threads
// may compile one statement at the same time, and the second keeps what the first stored.
#include <azoth/base/lru_cache.hpp>
#include <azoth/engine/execution.hpp>
#include <azoth/engine/statement_cache.hpp>

#include <mutex>

namespace azoth {

struct StatementCache::State {
  // As SQLAlchemy's, it is pruned when it is half as large again.
  explicit State(std::size_t capacity) : entries(capacity, capacity / 2) {}

  mutable std::mutex mutex;
  base::LruCache<Hash, CachedRef, base::HashOfHash> entries;
  std::uint64_t hits = 0, misses = 0;
};

StatementCache::StatementCache(std::size_t capacity) : state_(std::make_unique<State>(capacity)) {}

StatementCache::~StatementCache() = default;

CachedRef StatementCache::find(const Hash& key) {
  const std::lock_guard lock(state_->mutex);
  if (const CachedRef* found = state_->entries.get(key)) {
    ++state_->hits;
    return *found;
  }
  ++state_->misses;
  return nullptr;
}

CachedRef StatementCache::store(const Hash& key, CachedRef entry) {
  const std::lock_guard lock(state_->mutex);
  if (const CachedRef* present = state_->entries.get(key)) {
    return *present;
  }
  state_->entries.put(key, entry);
  return entry;
}

void StatementCache::clear() {
  const std::lock_guard lock(state_->mutex);
  state_->entries.clear();
}

CacheStatistics StatementCache::statistics() const {
  const std::lock_guard lock(state_->mutex);
  return {state_->entries.size(), state_->entries.capacity(), state_->hits, state_->misses};
}

std::size_t StatementCache::capacity() const {
  return state_->entries.capacity();
}

void StatementRewriter::choose_readers(const void*, const Compiled&, const DriverCursor&) {}

}  // namespace azoth
