// SPDX-License-Identifier: MIT
// References with PostUpdate: two rows that refer to each other are inserted without them, and an
// UPDATE of its own connects them; before deletes one disconnects them.
#include "orm/flush/dependency.hpp"
#include "orm/flush/object_values.hpp"

#include <algorithm>
#include <iterator>

namespace azoth::orm {

namespace {

// Updates the columns of these references that changed, in batches of equal columns.
void write_postponed(UnitOfWork& work, const Mapper& base, const std::vector<Object*>& objects) {
  std::vector<Object*> sorted = objects, batch;
  sort_by_identity(base, sorted);
  std::vector<const ColumnAttribute*> current;
  const auto write = [&] {
    if (!batch.empty()) {
      update_columns(work, mapper_of(*batch.front()), batch, current);
    }
    batch.clear();
  };
  for (Object* o : sorted) {
    std::vector<const ColumnAttribute*> changed;
    for (const ColumnAttribute* c : postponed_columns(mapper_of(*o))) {
      if (is_modified(*o, c->index)) {
        changed.push_back(c);
      }
    }
    if (changed.empty()) {
      continue;
    }
    if (changed != current) {
      write();
      current = changed;
    }
    batch.push_back(o);
  }
  write();
}

}  // namespace

void connect_postponed(UnitOfWork& work,
                       const Mapper& mapper,
                       const std::vector<Object*>& objects) {
  for (Object* o : objects) {
    copy_postponed_references(work, *o);
  }
  write_postponed(work, mapper, objects);
}

void disconnect_postponed(UnitOfWork& work,
                          const Mapper& mapper,
                          const std::vector<Object*>& objects) {
  for (Object* o : objects) {
    clear_postponed_references(work, *o);
  }
  write_postponed(work, mapper, objects);
}

}  // namespace azoth::orm
