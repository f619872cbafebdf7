// SPDX-License-Identifier: MIT
// LruCache: the bounded map behind the statement caches. When full, `put` drops the entry used
// longest ago. Not thread-safe: its owner holds the lock or keeps it to one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <unordered_map>
#include <utility>

namespace azoth::base {

/// Maps at most `capacity` keys to values, forgetting the least recently used. A capacity of 0
/// keeps nothing.
template <class Key, class T, class KeyHash = std::hash<Key>, class KeyEqual = std::equal_to<Key>>
class LruCache {
 public:
  /// Holds up to `excess` entries above its capacity before it drops down to that.
  explicit LruCache(std::size_t capacity, std::size_t excess = 0)
      : capacity_(capacity), excess_(excess) {}

  LruCache(LruCache&&) noexcept = default;
  LruCache& operator=(LruCache&&) noexcept = default;
  LruCache(const LruCache&) = delete;  // the index points into the list
  LruCache& operator=(const LruCache&) = delete;

  /// Finds a value and makes it the most recently used; null if absent. The pointer is good until
  /// the entry leaves.
  T* get(const Key& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) {
      return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  /// Stores or replaces a value as the most recently used and drops what exceeds the capacity.
  /// Returns the stored value, or null when the capacity is 0.
  T* put(Key key, T value) {
    if (capacity_ == 0) {
      return nullptr;
    }
    if (T* present = get(key)) {
      *present = std::move(value);
      return present;
    }
    entries_.emplace_front(std::move(key), std::move(value));
    try {
      index_.emplace(entries_.front().first, entries_.begin());
    } catch (...) {
      entries_.pop_front();
      throw;
    }
    if (entries_.size() > capacity_ + excess_) {
      while (entries_.size() > capacity_) {
        drop_oldest();
      }
    }
    return &entries_.front().second;
  }

  /// Removes an entry; returns whether it was there.
  bool erase(const Key& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) {
      return false;
    }
    entries_.erase(found->second);
    index_.erase(found);
    return true;
  }

  /// Removes everything.
  void clear() noexcept {
    index_.clear();
    entries_.clear();
  }

  std::size_t size() const noexcept { return entries_.size(); }

  std::size_t capacity() const noexcept { return capacity_; }

 private:
  void drop_oldest() {
    index_.erase(entries_.back().first);
    entries_.pop_back();
  }

  using Entries = std::list<std::pair<const Key, T>>;
  std::size_t capacity_, excess_;
  Entries entries_;
  std::unordered_map<Key, typename Entries::iterator, KeyHash, KeyEqual> index_;
};

}  // namespace azoth::base
