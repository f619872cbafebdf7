// SPDX-License-Identifier: MIT
// What heaps and objects ask of a session: roots for sweeps, notice of changes, loads, cascades.
#include "orm/session_state.hpp"

#include "orm/load/loader.hpp"
#include <azoth/orm/changes.hpp>

#include <algorithm>

namespace azoth::orm {

SessionState::SessionState(const Engine& engine, SessionOptions options)
    : engine(engine), options(options) {}

SessionState::~SessionState() {
  connection_.reset();  // gives it back, which rolls back
  for (const Deleted& d : deleted) {
    header(*d.object).session = nullptr;
  }
  queue.clear();
  orphans.clear();
  inserted.clear();
  deleted.clear();
  identities.clear();
  leave_heap();  // detaches the objects that anybody holds
}

void SessionState::queue_object(Object& object) {
  ObjectHeader& h = header(object);
  if (!h.is_queued) {
    h.is_queued = true;
    queue.push_back(&object);
  }
}

void SessionState::mark_roots(Marker& marker) {
  for (Object* o : queue) {
    marker(o);
  }
  for (const Orphan& o : orphans) {
    marker(o.child);
  }
}

void SessionState::keep_marked(std::uint8_t mark) noexcept {
  identities.keep_marked(mark);
  std::erase_if(inserted, [&](const Object* o) { return header(*o).mark != mark; });
  std::erase_if(deleted, [&](const Deleted& d) { return header(*d.object).mark != mark; });
}

void SessionState::modified(Object& object, unsigned) {
  ObjectHeader& h = header(object);
  h.is_dirty = true;
  queue_object(object);
}

void SessionState::load_column(Object& object, unsigned attribute) {
  load_attribute(*this, object, attribute);
}

bool SessionState::load_relationship(Object& object,
                                     const RelationshipAttribute& relationship,
                                     Fetch fetch) {
  if (load_related(*this, object, relationship, Fetch::from_memory)) {
    return true;
  }
  if (fetch == Fetch::from_memory) {
    return false;
  }
  autoflush();  // only where SQL is emitted
  return load_related(*this, object, relationship, Fetch::allowed);
}

void SessionState::cascade(Object&, const RelationshipAttribute& relationship, Object& child) {
  if (relationship.cascade.save_update && header(child).session != this) {
    add(child);
  }
}

void SessionState::removed(Object&, const RelationshipAttribute& relationship, Object& child) {
  if (relationship.cascade.delete_orphan) {
    orphans.push_back({&relationship, &child});
  }
}

}  // namespace azoth::orm
