// SPDX-License-Identifier: MIT
// Compares what objects were given with what they have after their rows were written.
#include "orm/flush/refresh_flush.hpp"

#include <azoth/orm/events.hpp>

#include <string>

namespace azoth::orm {

FlushedValues::FlushedValues(const std::vector<Object*>& objects) {
  for (Object* object : objects) {
    const Mapper& mapper = mapper_of(*object);
    const event::Dispatch* listeners = mapper.listeners();
    if (!listeners || !listeners->has(event::refresh_flush)) {
      continue;
    }
    Entry& entry =
        entries_.emplace_back(Entry{object, header(*object).state == ObjectState::pending, {}});
    for (const ColumnAttribute& column : mapper.columns) {
      entry.given.push_back(is_modified(*object, column.index));
    }
  }
}

void FlushedValues::tell() const {
  for (const Entry& entry : entries_) {
    const Mapper& mapper = mapper_of(*entry.object);
    std::vector<std::string> names;
    for (const ColumnAttribute& column : mapper.columns) {
      const bool is_filled_in =
          is_modified(*entry.object, column.index) || (entry.is_new && column.has_default);
      if (is_filled_in && !entry.given[column.slot] && !column.is_primary_key) {
        names.push_back(column.name);
      }
    }
    if (!names.empty()) {
      mapper.listeners()->fire(
          event::refresh_flush, ptr<Object>(entry.object), std::span<const std::string>(names));
    }
  }
}

}  // namespace azoth::orm
