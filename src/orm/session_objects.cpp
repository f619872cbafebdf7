// SPDX-License-Identifier: MIT
// Objects entering and leaving a session, and the states they pass through:
//
//   transient --add--> pending --flush--> persistent --delete_--> deleted --commit--> detached
//
// What a flush and a rollback do to states stands in flush/persistence.cpp and
// session_transaction.cpp.
#include "orm/session_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>

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
    throw InvalidRequestError("Object '" + instance_name(object) +
                              "' is already attached to another session; expunge it there first");
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
  h.session = &session;
  if (h.state == ObjectState::detached) {
    h.state = ObjectState::persistent;
    session.identities.insert(object);
    if (h.is_dirty) {
      session.queue_object(object);
    }
    return;
  }
  h.state = ObjectState::pending;
  session.queue_object(object);
}
}  // namespace

void SessionState::add(Object& object) {
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
    throw InvalidRequestError("Object '" + instance_name(object) +
                              "' is already attached to another session; delete it there");
  }
  if (h.state == ObjectState::detached) {
    add(object);
  }
  if (h.state == ObjectState::deleted) {
    return;
  }
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
    if (oh.state == ObjectState::pending) {
      oh.state = ObjectState::transient;
    } else {
      identities.erase(*o);
      oh.state = ObjectState::detached;
    }
    oh.session = nullptr;
    if (oh.is_queued) {
      std::erase(queue, o);
      oh.is_queued = false;
    }
    std::erase(inserted, o);
    std::erase_if(orphans, [&](const Orphan& orphan) { return orphan.child == o; });
  }
}

void SessionState::expunge_all() {
  for (Object* o : queue) {
    ObjectHeader& h = header(*o);
    h.is_queued = false;
    h.session = nullptr;
    h.state = h.state == ObjectState::pending ? ObjectState::transient : ObjectState::detached;
  }
  identities.each([](Object& o) {
    header(o).session = nullptr;
    header(o).state = ObjectState::detached;
  });
  for (const Deleted& d : deleted) {
    header(*d.object).session = nullptr;
  }
  queue.clear();
  orphans.clear();
  inserted.clear();
  deleted.clear();
  identities.clear();
}

void SessionState::expire(Object& object) {
  ObjectHeader& h = header(object);
  if (h.session != this || h.state != ObjectState::persistent) {
    throw InvalidRequestError("Instance " + instance_name(object) +
                              " is not persistent within this Session");
  }
  expire_all(object);
  if (h.is_queued) {
    std::erase(queue, &object);
    h.is_queued = false;
  }
}

void SessionState::expire_everything() {
  for (Object* o : queue) {
    header(*o).is_queued = header(*o).state == ObjectState::pending;
  }
  std::erase_if(queue, [](const Object* o) { return !header(*o).is_queued; });
  identities.each([](Object& o) { azoth::orm::expire_all(o); });
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
