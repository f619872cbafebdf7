// SPDX-License-Identifier: MIT
// The event refresh_flush: which attributes a flush has filled in by itself.
#pragma once
#include <azoth/orm/mapper.hpp>

#include <vector>

namespace azoth::orm {

/// Remembers what objects were given before their rows are written. Made only when there are
/// listeners to mapped classes.
class FlushedValues {
 public:
  explicit FlushedValues(const std::vector<Object*>& objects);
  /// Tells the listeners of each class which of its attributes have got values since: defaults,
  /// versions, what a row returned; without primary keys, as SQLAlchemy does.
  void tell() const;

 private:
  struct Entry {
    Object* object;
    bool is_new;
    std::vector<bool> given;  // by slot
  };

  std::vector<Entry> entries_;
};

}  // namespace azoth::orm
