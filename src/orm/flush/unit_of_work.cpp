// SPDX-License-Identifier: MIT
// Collecting: from the session's queue to lists of rows to write. What must be looked at may have
// to be loaded first (children of a deleted parent), so this comes before planning, which touches
// no connection.
#include "orm/flush/unit_of_work.hpp"

#include "orm/flush/dependency.hpp"
#include "orm/flush/object_values.hpp"
#include "orm/flush/persistence.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>

#include <algorithm>

namespace azoth::orm {

bool UnitOfWork::is_nulled(const Object& object, std::uint32_t slot) const {
  if (nulled_.empty()) {
    return false;
  }
  const auto it = nulled_.find(&object);
  return it != nulled_.end() &&
         std::find(it->second.begin(), it->second.end(), slot) != it->second.end();
}

void UnitOfWork::add_save(Object& object) {
  session_.queue_object(object);  // collect() is walking the queue
}

void UnitOfWork::write() {
  collect();
  if (replaced_.empty()) {
    run(build_plan(saves_, deletes_));
    return;
  }
  std::vector<Object*> rows_to_delete;
  std::copy_if(
      deletes_.begin(), deletes_.end(), std::back_inserter(rows_to_delete), [&](Object* o) {
        return replaced_.count(o) == 0;
      });
  run(build_plan(saves_, rows_to_delete));
}

// A new object whose key is that of an object of the session: of a deleted one it takes the row,
// which is updated; any other the database will refuse.
void UnitOfWork::look_at_key(Object& object) {
  const Mapper& mapper = mapper_of(object);
  for (const std::uint32_t slot : mapper.primary_key) {
    if (!is_modified(object, mapper.columns[slot].index)) {
      return;  // to be generated, or copied from a reference
    }
  }
  Object* present = mapper.has_integer_key
                        ? session_.identities.find(mapper, integer_identity(object))
                        : session_.identities.find(mapper, identity_key(object));
  if (!present || present == &object) {
    return;
  }
  if (is_deleted(*present)) {
    row_switches_.insert(&object);
    replaced_.insert(present);
    return;
  }
  std::string key;
  for (const Value& value : identity_key(object)) {
    key += repr(Literal(value)) + ", ";
  }
  if (mapper.primary_key.size() == 1) {
    key.pop_back();
  } else {
    key.resize(key.size() - 2);
  }
  warn(WarningCategory::sa_warning,
       "New instance " + instance_name(object) + " with identity key (" + mapper.base->class_name +
           ", (" + key + "), None) conflicts with persistent instance " + instance_name(*present));
}

void UnitOfWork::collect() {
  collect_orphans();
  const std::vector<Object*>& queue = session_.queue;  // may grow in every loop
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (header(*queue[i]).state == ObjectState::deleted && deleting_.insert(queue[i]).second) {
      deletes_.push_back(queue[i]);
    }
  }
  for (std::size_t i = 0; i < deletes_.size(); ++i) {
    collect_deleted(*deletes_[i]);
  }
  saves_.reserve(queue.size());
  for (std::size_t i = 0; i < queue.size(); ++i) {
    Object& o = *queue[i];
    const ObjectState state = header(o).state;
    if ((state == ObjectState::pending || state == ObjectState::persistent) && !is_deleted(o)) {
      saves_.push_back(&o);
      collect_saved(o);
    }
  }
  if (session_.identities.size() != 0) {
    for (Object* o : saves_) {
      if (header(*o).state == ObjectState::pending) {
        look_at_key(*o);
      }
    }
  }
}

// A child that left its parent under delete-orphan, and that no other parent has taken, goes: a
// pending one leaves the session, a persistent one is deleted with what its own cascades reach.
void UnitOfWork::collect_orphans() {
  const std::vector<SessionState::Orphan> orphans = std::exchange(session_.orphans, {});
  for (const SessionState::Orphan& o : orphans) {
    if (!has_parent(session_, *o.relationship, *o.child)) {
      delete_orphan(*o.child);
    }
  }
}

void UnitOfWork::delete_orphan(Object& child) {
  const ObjectHeader& h = header(child);
  if (h.session != &session_) {
    return;
  }
  if (h.state == ObjectState::pending) {
    session_.expunge(child);
  }
  if (h.state == ObjectState::persistent) {
    session_.delete_object(child);
  }
}

// The rows that refer to a deleted object: children lose their reference unless they are deleted
// too, association rows go.
void UnitOfWork::collect_deleted(Object& object) {
  for (const RelationshipAttribute& r : configured(mapper_of(object)).relationships) {
    if (r.is_viewonly || r.direction == Direction::many_to_one) {
      continue;
    }
    if (!is_loaded(object, r.index)) {
      if (r.has_passive_deletes) {
        continue;
      }
      session_.load_relationship(object, r, Fetch::allowed);
    }
    if (r.direction == Direction::one_to_many) {
      detach_children(object, r);
      continue;
    }
    for (Object* child : stored_members(object, r)) {
      associate(unlinked_, r, object, *child);
    }
  }
}

void UnitOfWork::detach_children(Object& parent, const RelationshipAttribute& r) {
  for (Object* child : stored_members(parent, r)) {
    if (deleting_.count(child) || header(*child).state != ObjectState::persistent) {
      continue;
    }
    if (refers_to_another(*child, r, parent)) {
      continue;
    }
    clear_reference(*this, r, *child);
    add_save(*child);
  }
}

void UnitOfWork::collect_saved(Object& object) {
  for (const RelationshipAttribute& r : configured(mapper_of(object)).relationships) {
    if (r.is_viewonly) {
      continue;
    }
    switch (r.direction) {
      case Direction::many_to_many:
        for (Object* child : added_members(object, r)) {
          associate(linked_, r, object, *child);
        }
        for (Object* child : removed_members(object, r)) {
          associate(unlinked_, r, object, *child);
        }
        break;
      case Direction::one_to_many:
        if (header(object).state == ObjectState::persistent) {
          collect_key_change(object, r);
        }
        if (r.back) {  // the child's own reference tells
          warn_of_outsiders(object, r);
          break;
        }
        for (Object* child : added_members(object, r)) {
          if (header(*child).session == &session_) {
            add_save(*child);
          }
        }
        for (Object* child : removed_members(object, r)) {
          if (header(*child).state == ObjectState::persistent && !is_deleted(*child) &&
              !has_parent(session_, r, *child)) {
            clear_reference(*this, r, *child);
            add_save(*child);
          }
        }
        break;
      default:
        break;
    }
  }
}

namespace {
template <class F>
void each_added(Object& object, const RelationshipAttribute& r, F&& f) {
  if (header(object).state == ObjectState::pending) {
    each_member(object, r, f);
  } else if (const RelationshipChange* change = find_change(object, r)) {
    change->added.each(f);
  }
}
}  // namespace

// The children of an object whose key changes: their rows are updated, or, where the database does
// that, only their members.
void UnitOfWork::collect_key_change(Object& object, const RelationshipAttribute& r) {
  const Mapper& mapper = mapper_of(object);
  const bool is_changed = std::any_of(r.pairs.begin(), r.pairs.end(), [&](const auto& pair) {
    const ColumnAttribute& column = mapper.column_at(pair.local);
    return is_modified(object, column.index) && history_of(object, column).has_changes();
  });
  if (!is_changed) {
    return;
  }
  if (!r.has_passive_updates) {
    if (!is_loaded(object, r.index)) {
      session_.load_relationship(object, r, Fetch::allowed);
    }
    each_member(object, r, [&](Object* child) {
      if (header(*child).state == ObjectState::persistent && !is_deleted(*child)) {
        add_save(*child);
      }
    });
  }
  key_changes_.push_back({&object, &r});
}

void UnitOfWork::spread_key_changes(const Mapper& mapper) {
  for (const KeyChange& change : key_changes_) {
    if (mapper_of(*change.parent).base == &mapper) {
      copy_changed_key(*this, *change.relationship, *change.parent);
    }
  }
}

void UnitOfWork::warn_of_outsiders(Object& object, const RelationshipAttribute& r) {
  each_added(object, r, [&](Object* child) {
    if (header(*child).session != &session_) {
      warn(WarningCategory::sa_warning,
           "Object of type <" + mapper_of(*child).class_name +
               "> not in session, add operation along '" + r.full_name() + "' will not proceed");
    }
  });
}

void UnitOfWork::associate(std::vector<AssociationRow>& rows,
                           const RelationshipAttribute& r,
                           Object& parent,
                           Object& child) {
  if (header(child).session != &session_) {
    warn(WarningCategory::sa_warning,
         "Object of type <" + mapper_of(child).class_name +
             "> not in session, add operation along '" + r.full_name() + "' will not proceed");
    return;
  }
  // Both sides of a relationship report the row: it is taken from the side whose key stands first
  // in it.
  if (r.back && r.secondary_pairs.front().local < r.pairs.front().remote) {
    associate(rows, *r.back, child, parent);
    return;
  }
  if (associated_.insert({&r, &parent, &child, &rows == &linked_}).second) {
    rows.push_back({&r, &parent, &child});
  }
}

void UnitOfWork::run(const FlushPlan& plan) {
  for (const FlushPlan::Step& step : plan.saves) {
    const bool is_family = step.mapper->is_related();
    if (is_family || has_references(*step.mapper)) {
      for (Object* o : step.objects) {
        copy_references(*this, *o);
      }
    }
    save_objects(*this, *step.mapper, step.objects);
    if (!key_changes_.empty()) {
      spread_key_changes(*step.mapper);
    }
    if (is_family || gives_keys_to_children(*step.mapper)) {
      for (Object* o : step.objects) {
        copy_keys_to_children(*this, *o);
      }
    }
  }
  for (const FlushPlan::Step& step : plan.saves) {
    if (step.mapper->is_related() || has_postponed_references(*step.mapper)) {
      connect_postponed(*this, *step.mapper, step.objects);
    }
  }
  write_associations(*this, unlinked_, false);
  write_associations(*this, linked_, true);
  for (const FlushPlan::Step& step : plan.deletes) {
    if (step.mapper->is_related() || has_postponed_references(*step.mapper)) {
      disconnect_postponed(*this, *step.mapper, step.objects);
    }
  }
  for (const FlushPlan::Step& step : plan.deletes) {
    delete_objects(*this, *step.mapper, step.objects);
  }
}

void UnitOfWork::finish() {
  TransactionRecord& transaction = session_.transaction();
  const bool is_watched = session_.events.is_used();
  for (Object* o : deletes_) {
    std::vector<Value> key = identity_key(*o);
    session_.identities.erase(*o);
    header(*o).is_queued = false;
    transaction.deleted.push_back({o, std::move(key)});
  }
  for (Object* o : saves_) {
    ObjectHeader& h = header(*o);
    const bool was_pending = h.state == ObjectState::pending;
    if (was_pending) {
      finish_insert(session_, *o);
    } else {
      finish_update(session_, *o);
    }
    h.is_queued = false;
    if (is_watched && was_pending) {
      session_.tell(event::pending_to_persistent, *o);
    }
  }
  if (transaction.is_nested) {
    transaction.altered.insert(transaction.altered.end(), saves_.begin(), saves_.end());
  }
  if (is_watched) {
    for (Object* o : deletes_) {
      session_.tell(event::persistent_to_deleted, *o);
    }
  }
  std::erase_if(session_.queue, [](const Object* o) { return !header(*o).is_queued; });
}

}  // namespace azoth::orm
