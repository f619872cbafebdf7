// SPDX-License-Identifier: MIT
// Collecting: from the session's queue to lists of rows to write. What must be looked at may have
// to be loaded first (children of a deleted parent), so this comes before planning, which touches
// no connection.
#include "orm/flush/unit_of_work.hpp"

#include "orm/flush/dependency.hpp"
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

void UnitOfWork::execute() {
  collect();
  run(build_plan(saves_, deletes_));
  finish();
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
        if (r.back) {
          break;
        }  // the child's own reference tells
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
    if (is_family || gives_keys_to_children(*step.mapper)) {
      for (Object* o : step.objects) {
        copy_keys_to_children(*this, *o);
      }
    }
  }
  write_associations(*this, unlinked_, false);
  write_associations(*this, linked_, true);
  for (const FlushPlan::Step& step : plan.deletes) {
    delete_objects(*this, *step.mapper, step.objects);
  }
}

// The objects take the states that their rows have now.
void UnitOfWork::finish() {
  for (Object* o : saves_) {
    ObjectHeader& h = header(*o);
    if (h.state == ObjectState::pending) {
      finish_insert(session_, *o);
    } else {
      finish_update(session_, *o);
    }
    h.is_queued = false;
  }
  for (Object* o : deletes_) {
    std::vector<Value> key = identity_key(*o);
    session_.identities.erase(*o);
    header(*o).is_queued = false;
    session_.deleted.push_back({o, std::move(key)});
  }
  for (Object* o : session_.queue) {
    header(*o).is_queued = false;
  }
  session_.queue.clear();
  session_.orphans.clear();
}

}  // namespace azoth::orm
