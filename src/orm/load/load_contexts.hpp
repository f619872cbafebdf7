// SPDX-License-Identifier: MIT
// Which options loaded which object of a session. An object remembers a number of one byte
// (ObjectHeader::loader_mark), 0 for none; the session keeps what the numbers stand for.
#pragma once
#include <azoth/orm/object.hpp>
#include <azoth/sql/node.hpp>

#include <memory>
#include <vector>

namespace azoth::orm {

class IdentityMap;
struct LoadContext;

class LoadContexts {
 public:
  explicit LoadContexts(const IdentityMap& identities) : identities_(identities) {}

  /// Returns the number of a context, taking it in. When all numbers are in use, the oldest context
  /// is given up: its objects then load as if no option had been given. One with criteria never is.
  /// @throws InvalidRequestError when all of them have criteria
  std::uint8_t mark_of(const std::shared_ptr<const LoadContext>& context);

  /// Returns the context that is `plain` (or null) with criteria besides. The same criteria with
  /// the same values give the same one.
  std::shared_ptr<const LoadContext> with_criteria(const std::shared_ptr<const LoadContext>& plain,
                                                   const sql::Refs& criteria) const;

  /// Returns what the object remembers, or null.
  const LoadContext* of(const Object& object) const {
    const std::uint8_t mark = header(object).loader_mark;
    return mark == 0 ? nullptr : entries_[mark - 1].context.get();
  }

  /// Drops what the object remembers of columns, since it has expired.
  void expire(Object& object) const {
    if (const std::uint8_t mark = header(object).loader_mark) {
      header(object).loader_mark = entries_[mark - 1].expired;
    }
  }

  /// Forgets everything. @pre no object of the session is left
  void clear() { entries_.clear(); }

 private:
  struct Entry {
    std::shared_ptr<const LoadContext> context;
    std::uint8_t expired;  ///< the number that takes its place when an object expires
  };

  std::size_t free_entry();
  std::size_t first_without_criteria() const;
  const IdentityMap& identities_;
  std::vector<Entry> entries_;
};

}  // namespace azoth::orm
