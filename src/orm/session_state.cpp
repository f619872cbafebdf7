// SPDX-License-Identifier: MIT
// What heaps and objects ask of a session: roots for sweeps, notice of changes, loads, cascades.
#include "orm/session_state.hpp"

#include "orm/flush/dependency.hpp"
#include "orm/load/loader.hpp"
#include <azoth/orm/changes.hpp>

#include <algorithm>

namespace azoth::orm {

SessionState::SessionState(const Engine& engine, SessionOptions options, Connection* external)
    : engine(engine), options(options), external_(external) {}

SessionState::~SessionState() {
  connection_.reset();  // gives it back, which rolls back
  for (std::shared_ptr<TransactionRecord> r = current_; r; r = r->parent) {
    for (const TransactionRecord::Deleted& d : r->deleted) {
      header(*d.object).session = nullptr;
    }
    r->state = TransactionRecord::State::closed;
    r->session = nullptr;
  }
  queue.clear();
  orphans.clear();
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
  const auto is_swept = [&](const Object* o) { return header(*o).mark != mark; };
  const auto is_owner_swept = [&](const auto& entry) { return header(*entry.object).mark != mark; };
  for (TransactionRecord* r = current_.get(); r; r = r->parent.get()) {
    std::erase_if(r->inserted, is_swept);
    std::erase_if(r->altered, is_swept);
    std::erase_if(r->deleted, is_owner_swept);
    std::erase_if(r->key_switches, is_owner_swept);
  }
}

void SessionState::modified(Object& object, unsigned) {
  transaction();
  header(object).is_dirty = true;
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
  if (!relationship.cascade.delete_orphan) {
    return;
  }
  if (header(child).session == this && header(child).state == ObjectState::pending &&
      !has_parent(*this, relationship, child)) {
    expunge(child);  // its row was never wanted
    return;
  }
  orphans.push_back({&relationship, &child});
}

}  // namespace azoth::orm
