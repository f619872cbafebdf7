// SPDX-License-Identifier: MIT
// What the end of a transaction means for objects. A rollback undoes what its flushes did to their
// states: inserted ones are transient again and keep their values, deleted ones are persistent, and
// what may differ from the database is expired. A commit makes it final, or hands it to the
// transaction around the savepoint.
#include "orm/session_state.hpp"
#include <azoth/orm/changes.hpp>

#include <algorithm>
#include <iterator>

namespace azoth::orm {

namespace {
template <class T>
void move_behind(std::vector<T>& to, std::vector<T>& from) {
  if (to.empty()) {
    to.swap(from);
    return;
  }
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  from.clear();
}

void write_key(Object& object, const std::vector<Value>& key) {
  const Mapper& mapper = mapper_of(object);
  for (std::size_t i = 0; i < key.size(); ++i) {
    const ColumnAttribute& column = mapper.columns[mapper.primary_key[i]];
    store_cell(column.cell, member(object, column), key[i]);
  }
}
}  // namespace

// The object is as it was before add(): what it holds counts as given.
void SessionState::make_transient(Object& object) {
  ObjectHeader& h = header(object);
  h.session = nullptr;
  h.state = ObjectState::transient;
  h.is_queued = h.is_dirty = false;
  commit_changes(object);
  for (const ColumnAttribute& c : mapper_of(object).columns) {
    if (is_loaded(object, c.index)) {
      set_modified(object, c.index);
    }
  }
  for (const ColumnAttribute& c : mapper_of(object).expressions) {
    set_loaded(object, c.index);  // there is no row to compute it of
  }
}

// Those that the transaction inserted too are transient by now.
void SessionState::restore_deleted(TransactionRecord& record) {
  for (const TransactionRecord::Deleted& d : record.deleted) {
    ObjectHeader& h = header(*d.object);
    if (h.state == ObjectState::transient) {
      continue;
    }
    h.session = this;
    h.state = ObjectState::persistent;
    if (!identities.find(mapper_of(*d.object), d.key)) {
      identities.insert(mapper_of(*d.object), d.key, *d.object);
    }
    tell(event::deleted_to_persistent, *d.object);
  }
}

void SessionState::restore_snapshot(TransactionRecord& record) {
  for (auto s = record.key_switches.rbegin(); s != record.key_switches.rend(); ++s) {
    identities.erase(*s->object);
    commit_changes(*s->object);
    write_key(*s->object, s->old_key);
    identities.insert(*s->object);
  }
  for (Object* o : record.inserted) {
    if (header(*o).session != this) {
      continue;
    }
    const bool was_deleted = header(*o).state == ObjectState::deleted && !header(*o).is_queued;
    if (!was_deleted) {
      identities.erase(*o);
    }
    make_transient(*o);
    tell(was_deleted ? event::deleted_to_detached : event::persistent_to_transient, *o);
  }
  restore_deleted(record);
  const std::vector<Object*> waiting = std::exchange(queue, {});
  orphans.clear();
  for (Object* o : waiting) {
    ObjectHeader& h = header(*o);
    h.is_queued = false;
    if (h.state == ObjectState::pending) {
      h.session = nullptr;
      h.state = ObjectState::transient;
      tell(event::pending_to_transient, *o);
    } else if (h.state == ObjectState::deleted) {
      h.state = ObjectState::persistent;
    }
  }
  const auto expire_if_here = [&](Object* o) {
    if (header(*o).session == this && header(*o).state == ObjectState::persistent) {
      expire_all(*o);
      tell_expired(*o, {});
    }
  };
  if (record.is_nested) {  // only what may differ from the database
    std::for_each(waiting.begin(), waiting.end(), expire_if_here);
    std::for_each(record.altered.begin(), record.altered.end(), expire_if_here);
    for (const TransactionRecord::Deleted& d : record.deleted) {
      expire_if_here(d.object);
    }
  } else {
    expire_identities();
  }
  record.inserted.clear();
  record.altered.clear();
  record.deleted.clear();
  record.key_switches.clear();
}

// What a savepoint did is now of the transaction around it.
void SessionState::merge_into_parent(TransactionRecord& record) {
  TransactionRecord& parent = *record.parent;
  move_behind(parent.inserted, record.inserted);
  move_behind(parent.altered, record.altered);
  move_behind(parent.deleted, record.deleted);
  move_behind(parent.key_switches, record.key_switches);
}

void SessionState::remove_snapshot(TransactionRecord& record) {
  if (record.is_nested) {
    merge_into_parent(record);
    return;
  }
  record.inserted.clear();
  record.key_switches.clear();
  const std::vector<TransactionRecord::Deleted> deleted = std::exchange(record.deleted, {});
  for (const TransactionRecord::Deleted& d : deleted) {
    if (header(*d.object).session == this && header(*d.object).state == ObjectState::deleted) {
      header(*d.object).session = nullptr;  // it stays deleted, so that nobody adds it again
      tell(event::deleted_to_detached, *d.object);
    }
  }
  if (options.expire_on_commit) {
    expire_everything();
  }
}

}  // namespace azoth::orm
