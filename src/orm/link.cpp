// SPDX-License-Identifier: MIT
// How two objects are related: both sides, their records, their sessions. Everything that can fail
// (sessions, threads, memory) comes first; then the pointers change.
//
// A side that is not loaded is not loaded for this: a list keeps what was added and removed until
// it is (load_list() merges), a scalar takes its new target and remembers that the old one is
// unknown, unless the identity map can tell it.
#include "orm/bits.hpp"
#include "orm/tracking.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/heap.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm {

namespace {

RelationshipChange& change_of(Object& object, const RelationshipAttribute& r) {
  auto& changes = extra_of(object, mapper_of(object).words()).relationships;
  const auto at = std::find_if(
      changes.begin(), changes.end(), [&](const auto& c) { return c.attribute == r.index; });
  if (at != changes.end()) {
    return *at;
  }
  RelationshipChange& change = changes.emplace_back();
  change.attribute = r.index;
  if (!r.is_list && is_loaded(object, r.index)) {
    change.is_known = true;
    change.old_target = raw_target(object, r);
  }
  return change;
}

// Makes one side ready for one change: session told, record made, room reserved. What follows does
// not throw.
void prepare(Object& object, const RelationshipAttribute& r) {
  touch(object, r.index);
  if (keeps_changes(object)) {
    RelationshipChange& change = change_of(object, r);
    change.added.reserve_more(1);
    change.removed.reserve_more(1);
  }
  if (r.is_list && is_loaded(object, r.index)) {
    raw_list(object, r).reserve_more(1);
  }
}

void put(Object& object, const RelationshipAttribute& r, Object& target) {
  if (!r.is_list) {
    raw_target(object, r) = &target;
    set_loaded(object, r.index);
    return;
  }
  if (keeps_changes(object)) {
    RelationshipChange& change = change_of(object, r);
    if (!change.removed.erase(&target)) {
      change.added.push_back(&target);
    }
  }
  if (is_loaded(object, r.index)) {
    raw_list(object, r).push_back(&target);
  }
}

void take(Object& object, const RelationshipAttribute& r, Object& target) {
  if (!r.is_list) {
    if (!is_loaded(object, r.index) || raw_target(object, r) == &target) {
      raw_target(object, r) = nullptr;
      set_loaded(object, r.index);
    }
    return;
  }
  if (is_loaded(object, r.index) && !raw_list(object, r).erase(&target)) {
    return;
  }
  if (keeps_changes(object)) {
    RelationshipChange& change = change_of(object, r);
    if (!change.added.erase(&target)) {
      change.removed.push_back(&target);
    }
  }
}

bool holds(Object& object, const RelationshipAttribute& r, Object& target) {
  if (!is_loaded(object, r.index)) {
    const RelationshipChange* change = find_change(object, r);
    return r.is_list && change && change->added.contains(&target);
  }
  if (!r.is_list) {
    return raw_target(object, r) == &target;
  }
  if (r.back && !r.back->is_list && !keeps_changes(target)) {  // never loaded: in step for sure
    return raw_target(target, *r.back) == &object;
  }
  return raw_list(object, r).contains(&target);
}

// The target that a scalar side gives up, if it is known or can be had.
Object* known_target(Object& object, const RelationshipAttribute& r, Fetch fetch) {
  if (!is_loaded(object, r.index)) {
    ObjectSession* session = header(object).session;
    if (!session || !session->load_relationship(object, r, fetch)) {
      return nullptr;
    }
  }
  return raw_target(object, r);
}

// A one-to-one needs its old target, whose foreign key is to be cleared; a many-to-one only if it
// can be had without SQL.
Fetch fetch_before_change(const RelationshipAttribute& r) {
  return r.direction == Direction::one_to_many ? Fetch::allowed : Fetch::from_memory;
}

void check_sessions(Object& object, Object& target) {
  ObjectSession* of_object = header(object).session;
  ObjectSession* of_target = header(target).session;
  if (of_object && of_target && of_object != of_target) {
    throw InvalidRequestError(
        fmt::format("Object '{}' is already attached to session '{}' (this is '{}')",
                    instance_name(target),
                    fmt::ptr(of_target),
                    fmt::ptr(of_object)));
  }
}

void prepare_both(Object& object, const RelationshipAttribute& r, Object& target) {
  prepare(object, r);
  if (r.back) {
    prepare(target, *r.back);
  }
}

void tell_removed(Object& object, const RelationshipAttribute& r, Object& target) {
  if (ObjectSession* session = header(object).session) {
    session->removed(object, r, target);
  }
}

// Parts two objects that prepare_both() made ready.
void part(Object& object, const RelationshipAttribute& r, Object& target) {
  take(object, r, target);
  if (r.back) {
    take(target, *r.back, object);
  }
}

}  // namespace

void link(Object& object, const RelationshipAttribute& r, Object& target) {
  if (holds(object, r, target)) {
    return;
  }
  check_sessions(object, target);
  if (header(object).session && !header(target).session && r.cascade.save_update) {
    header(object).session->cascade(object, r, target);
  }
  Heap::merge(object, target);

  Object* old_target = r.is_list ? nullptr : known_target(object, r, fetch_before_change(r));
  if (old_target == &target) {
    return;
  }
  const bool takes_over = r.back && !r.back->is_list;
  Object* old_owner = takes_over ? known_target(target, *r.back, Fetch::from_memory) : nullptr;
  if (old_owner == &object) {
    old_owner = nullptr;
  }  // a list that was not loaded, or the two sides were out of step
  prepare_both(object, r, target);
  if (old_target) {
    prepare_both(object, r, *old_target);
  }
  if (old_owner) {
    prepare_both(*old_owner, r, target);
  }

  if (old_target) {
    part(object, r, *old_target);
  }
  if (old_owner) {
    part(*old_owner, r, target);
  }
  put(object, r, target);
  if (r.back && !(&object == &target && r.back->index == r.index)) {
    put(target, *r.back, object);
  }
  if (old_target) {
    tell_removed(object, r, *old_target);
  }
  if (old_owner) {
    tell_removed(*old_owner, r, target);
  }
}

void unlink(Object& object, const RelationshipAttribute& r, Object& target) {
  prepare_both(object, r, target);
  part(object, r, target);
  tell_removed(object, r, target);
  if (r.back) {
    tell_removed(target, *r.back, object);
  }
}

void clear_target(Object& object, const RelationshipAttribute& r) {
  Object* old_target = known_target(object, r, fetch_before_change(r));
  if (old_target) {
    unlink(object, r, *old_target);
    return;
  }
  if (is_loaded(object, r.index)) {
    return;
  }
  prepare(object, r);
  raw_target(object, r) = nullptr;
  set_loaded(object, r.index);
}

}  // namespace azoth::orm
