// SPDX-License-Identifier: MIT
// The compiled forms an engine keeps, by the structural key of their statements. Entries are
// immutable once stored and shared by all connections; who executes one holds it, so that eviction
// never takes it away.
#pragma once
#include <azoth/compile/compiled.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace azoth {

/// One compiled statement with what was prepared for executing it.
struct CachedStatement {
  Compiled compiled;
  std::shared_ptr<const void> plan;  ///< what a StatementRewriter left: the ORM's row plan
  std::size_t text_hash = 0;         ///< DriverConnection::hash_of(compiled.text)
  std::int64_t created = 0;          ///< nanoseconds of the steady clock
  double generation_seconds = 0;     ///< what compiling took
  std::vector<std::int32_t>
      key_slots;  ///< INSERT: the slot of each primary key column, or -1: the database generates it
  mutable std::atomic<bool> has_readers{
      false};  ///< StatementRewriter::choose_readers has run for the plan
};

using CachedRef = std::shared_ptr<const CachedStatement>;

/// Tells how a cache fares.
struct CacheStatistics {
  std::size_t size = 0, capacity = 0;
  std::uint64_t hits = 0, misses = 0;
};

/// A bounded LRU of compiled statements. Thread-safe.
class StatementCache {
 public:
  explicit StatementCache(std::size_t capacity);
  ~StatementCache();
  /// Returns the entry of a key and counts a hit, or an empty pointer and counts a miss.
  CachedRef find(const Hash& key);
  /// Stores an entry; when another thread was faster, returns that thread's.
  CachedRef store(const Hash& key, CachedRef entry);
  void clear();
  CacheStatistics statistics() const;
  std::size_t capacity() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace azoth
