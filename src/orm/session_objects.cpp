// SPDX-License-Identifier: MIT
// Objects entering and leaving a session, and the states they pass through:
//
//   transient --add--> pending --flush--> persistent --delete_--> deleted --commit--> detached
//
// What a flush and a rollback do to states stands in flush/states.cpp and
// transaction_snapshot.cpp.
#include "orm/session_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace azoth::orm {
namespace {

// Walks what a cascade reaches from an object, parents before their members, each once. `expand`
// says along which relationships, and may load them.
template <class Expand>
std::vector<Object*> reach(Object& start, Expand expand) {
  std::vector<Object*> found, stack{&start}, members;
  std::unordered_set<Object*> seen;
  while (!stack.empty()) {
    Object* o = stack.back();
    stack.pop_back();
    if (!seen.insert(o).second) {
      continue;
    }
    found.push_back(o);
    members.clear();
    for (const RelationshipAttribute& r : configured(mapper_of(*o)).relationships) {
      if (expand(*o, r)) {
        each_member(*o, r, [&](Object* m) { members.push_back(m); });
      }
    }
    stack.insert(stack.end(), members.rbegin(), members.rend());
  }
  return found;
}

bool is_lone(Object& object) {
  const Mapper& mapper = mapper_of(object);
  for (const RelationshipAttribute& r : mapper.relationships) {
    bool has_members = false;
    each_member(object, r, [&](Object*) { has_members = true; });
    if (has_members) {
      return false;
    }
  }
  return true;
}

std::string key_text(const std::vector<Value>& key) {
  std::string text = "(";
  for (std::size_t i = 0; i < key.size(); ++i) {
    text += (i ? ", " : "") + repr(Literal(key[i]));
  }
  return text + (key.size() == 1 ? ",)" : ")");
}

}  // namespace

namespace {
// Whether an object, as a flush that ran has left it, has no row any more.
bool has_lost_row(const Object& object) {
  return header(object).state == ObjectState::deleted && !header(object).is_queued;
}

void check_attachable(SessionState& session, Object& object) {
  const ObjectHeader& h = header(object);
  if (h.session && h.session != &session) {
    throw InvalidRequestError(
        fmt::format("Object '{}' is already attached to session '{}' (this is '{}')",
                    instance_name(object),
                    fmt::ptr(h.session),
                    fmt::ptr(static_cast<const ObjectSession*>(&session))));
  }
  if (has_lost_row(object)) {
    throw InvalidRequestError(
        "Instance '" + instance_name(object) +
        "' has been deleted.  Use the make_transient() function to send this object back to the "
        "transient state.");
  }
  if (h.state == ObjectState::detached) {
    const std::vector<Value> key = identity_key(object);
    const Object* other = session.identities.find(mapper_of(object), key);
    if (other && other != &object) {
      throw InvalidRequestError("Can't attach instance " + instance_name(object) +
                                "; another instance with key " + key_text(key) +
                                " is already present in this session.");
    }
  }
}

void attach(SessionState& session, Object& object) {
  ObjectHeader& h = header(object);
  if (h.state == ObjectState::deleted) {  // marked only: add() takes the mark back
    h.state = ObjectState::persistent;
    return;
  }
  if (h.session == &session) {
    return;
  }
  session.tell(event::before_attach, object);
  h.session = &session;
  h.loader_mark = 0;
  const bool is_detached = h.state == ObjectState::detached;
  h.state = is_detached ? ObjectState::persistent : ObjectState::pending;
  if (is_detached) {
    session.identities.insert(object);
  }
  if (!is_detached || h.is_dirty) {
    session.queue_object(object);
  }
  session.tell(event::after_attach, object);
  session.tell(is_detached ? event::detached_to_persistent : event::transient_to_pending, object);
}
}  // namespace

void SessionState::add(Object& object) {
  transaction();
  if (is_lone(object)) {
    check_attachable(*this, object);
    Heap::merge(object, *this);
    attach(*this, object);
    return;
  }
  const std::vector<Object*> all = reach(object, [](Object&, const RelationshipAttribute& r) {
    return r.cascade.save_update && !r.is_viewonly;
  });
  for (Object* o : all) {  // look first, so that a refusal changes nothing
    check_attachable(*this, *o);
  }
  Heap::merge(object, *this);
  for (Object* o : all) {
    attach(*this, *o);
  }
}

void SessionState::delete_object(Object& object) {
  const ObjectHeader& h = header(object);
  if (h.session && h.session != this) {
    throw InvalidRequestError(
        fmt::format("Object '{}' is already attached to session '{}' (this is '{}')",
                    instance_name(object),
                    fmt::ptr(h.session),
                    fmt::ptr(static_cast<const ObjectSession*>(this))));
  }
  if (h.state == ObjectState::detached) {
    add(object);
  }
  if (h.state == ObjectState::deleted) {
    return;
  }
  transaction();
  if (h.state != ObjectState::persistent) {
    throw InvalidRequestError("Instance '" + instance_name(object) + "' is not persisted");
  }
  const std::vector<Object*> all = reach(object, [&](Object& o, const RelationshipAttribute& r) {
    if (!r.cascade.delete_ || r.is_viewonly || header(o).state != ObjectState::persistent) {
      return false;
    }
    if (!is_loaded(o, r.index) && !r.has_passive_deletes) {
      load_relationship(o, r, Fetch::allowed);
    }
    return true;
  });
  for (Object* o : all) {
    if (header(*o).state == ObjectState::persistent) {
      header(*o).state = ObjectState::deleted;
      queue_object(*o);
    }
  }
}

void SessionState::expunge(Object& object) {
  ObjectHeader& h = header(object);
  if (h.session != this) {
    throw InvalidRequestError("Instance " + instance_name(object) +
                              " is not present in this Session");
  }
  const std::vector<Object*> all =
      reach(object, [](Object&, const RelationshipAttribute& r) { return r.cascade.expunge; });
  for (Object* o : all) {
    ObjectHeader& oh = header(*o);
    if (oh.session != this) {
      continue;
    }
    const bool was_pending = oh.state == ObjectState::pending;
    if (!was_pending) {
      identities.erase(*o);
    }
    oh.state = was_pending ? ObjectState::transient : ObjectState::detached;
    oh.session = nullptr;
    drop_from_queue(*o);
    for (TransactionRecord* r = current_.get(); r; r = r->parent.get()) {
      std::erase(r->inserted, o);
      std::erase(r->altered, o);
    }
    std::erase_if(orphans, [&](const Orphan& orphan) { return orphan.child == o; });
    tell(was_pending ? event::pending_to_transient : event::persistent_to_detached, *o);
  }
}

void SessionState::expunge_all() {
  std::vector<std::pair<Object*, bool>> left;  // whether it was pending; only for listeners
  const bool is_watched = events.is_used();
  const auto leave = [&](Object& o) {
    ObjectHeader& h = header(o);
    const bool was_pending = h.state == ObjectState::pending;
    if (is_watched && h.session == this && (was_pending || h.state == ObjectState::persistent)) {
      left.emplace_back(&o, was_pending);
    }
    h.is_queued = false;
    h.session = nullptr;
    h.state = was_pending ? ObjectState::transient : ObjectState::detached;
  };
  for (Object* o : queue) {
    leave(*o);
  }
  identities.each([&](Object& o) {
    if (header(o).session == this) {
      leave(o);
    }
  });
  for (TransactionRecord* r = current_.get(); r; r = r->parent.get()) {
    for (const TransactionRecord::Deleted& d : r->deleted) {
      header(*d.object).session = nullptr;
    }
    r->inserted.clear();
    r->altered.clear();
    r->deleted.clear();
    r->key_switches.clear();
  }
  queue.clear();
  orphans.clear();
  identities.clear();
  contexts.clear();
  for (const auto& [object, was_pending] : left) {
    tell(was_pending ? event::pending_to_transient : event::persistent_to_detached, *object);
  }
}

void SessionState::drop_from_queue(Object& object) {
  if (header(object).is_queued) {
    std::erase(queue, &object);
    header(object).is_queued = false;
  }
}

void SessionState::register_loaded(Object& object, std::int64_t key) {
  ObjectHeader& h = header(object);
  h.session = this;
  h.state = ObjectState::persistent;
  identities.insert(mapper_of(object), key, object);
}

void SessionState::register_loaded(Object& object, std::span<const Value> key) {
  ObjectHeader& h = header(object);
  h.session = this;
  h.state = ObjectState::persistent;
  identities.insert(mapper_of(object), key, object);
}

}  // namespace azoth::orm
