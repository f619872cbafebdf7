// SPDX-License-Identifier: MIT
// A connection's bounded cache of prepared statements, by text, for the drivers. A statement that
// is in use is not shared: a second use of the same text prepares another one, and both stay.
#pragma once
#include <algorithm>
#include <cstddef>
#include <list>
#include <string_view>
#include <unordered_map>

namespace azoth::detail {

/// Keeps cursors and lends them, the most recently used first. `Cursor` has `is_busy`, `hash()` and
/// `is_text(sql, hash)`.
template <class Cursor>
class PreparedStatements {
 public:
  explicit PreparedStatements(std::size_t capacity)
      : capacity_(std::max<std::size_t>(capacity, 1)) {}

  /// Returns an idle cursor of the text, marked as busy; when there is none, one that is made of
  /// `arguments`, and the oldest idle one is destroyed if there are too many.
  template <class... Arguments>
  Cursor& lend(std::string_view sql, std::size_t hash, Arguments&&... arguments) {
    if (!statements_.empty() && is_free(statements_.front(), sql, hash)) {
      return lend(statements_.begin());
    }
    const auto [first, last] = by_hash_.equal_range(hash);
    for (auto at = first; at != last; ++at) {
      if (is_free(*at->second, sql, hash)) {
        return lend(at->second);
      }
    }
    if (statements_.size() >= capacity_) {
      drop_oldest_idle();
    }
    statements_.emplace_front(arguments..., sql, hash);
    try {
      by_hash_.emplace(hash, statements_.begin());
    } catch (...) {
      statements_.pop_front();
      throw;
    }
    return lend(statements_.begin());
  }

  void clear() noexcept {
    by_hash_.clear();
    statements_.clear();
  }

 private:
  using List = std::list<Cursor>;

  static bool is_free(const Cursor& cursor, std::string_view sql, std::size_t hash) {
    return !cursor.is_busy && cursor.is_text(sql, hash);
  }

  Cursor& lend(typename List::iterator at) {
    at->is_busy = true;
    if (at != statements_.begin()) {
      statements_.splice(statements_.begin(), statements_, at);
    }
    return *at;
  }

  void drop_oldest_idle() {
    for (auto at = statements_.end(); at != statements_.begin();) {
      --at;
      if (at->is_busy) {
        continue;
      }
      const auto [first, last] = by_hash_.equal_range(at->hash());
      by_hash_.erase(
          std::find_if(first, last, [&](const auto& entry) { return entry.second == at; }));
      statements_.erase(at);
      return;
    }
  }

  List statements_;  // the most recently used first
  std::unordered_multimap<std::size_t, typename List::iterator> by_hash_;
  std::size_t capacity_;
};

}  // namespace azoth::detail
