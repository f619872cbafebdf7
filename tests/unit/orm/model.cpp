// SPDX-License-Identifier: MIT
// The session without a database that the tests of the object layer use.
#include "unit/orm/model.hpp"

#include <azoth/orm/heap.hpp>

#include <set>
#include <utility>

namespace azoth::testing {

using orm::header;
using orm::Object;
using orm::ObjectState;

void FakeSession::set_key(Object& o, std::int64_t id) {
  const orm::Mapper& mapper = orm::mapper_of(o);
  *static_cast<std::int64_t*>(orm::member(o, mapper.columns[mapper.primary_key.front()])) = id;
}

void FakeSession::queue(Object& o) {
  if (header(o).is_queued) {
    return;
  }
  work.push_back(&o);
  header(o).is_queued = true;
}

void FakeSession::forget(Object& o, ObjectState state) {
  if (header(o).state == ObjectState::persistent || header(o).state == ObjectState::deleted) {
    map.erase(o);
  }
  header(o).state = state;
  header(o).session = nullptr;
}

// Looks first, so that a refusal changes nothing.
void FakeSession::add_graph(Object& start) {
  std::vector<Object*> stack{&start}, all;
  std::set<Object*> seen{&start};
  while (!stack.empty()) {
    Object* x = stack.back();
    stack.pop_back();
    if (header(*x).session == this) {
      continue;
    }
    if (header(*x).session) {
      throw InvalidRequestError("already attached to another session");
    }
    all.push_back(x);
    for (const auto& r : orm::mapper_of(*x).relationships) {
      orm::each_member(*x, r, [&](Object* t) {
        if (seen.insert(t).second) {
          stack.push_back(t);
        }
      });
    }
  }
  std::set<std::pair<std::uint32_t, std::int64_t>> keys;
  for (Object* x : all) {
    if (header(*x).state != ObjectState::detached) {
      continue;
    }
    const orm::Mapper& m = orm::mapper_of(*x);
    const std::int64_t key = orm::integer_identity(*x);
    if (map.find(m, key) || !keys.emplace(m.base_id, key).second) {
      throw InvalidRequestError(
          "another instance with this key is already present in this session");
    }
  }
  orm::Heap::merge(start, *this);
  for (Object* x : all) {
    header(*x).session = this;
    if (header(*x).state == ObjectState::detached) {
      header(*x).state = ObjectState::persistent;
      map.insert(*x);
      if (header(*x).is_dirty) {
        queue(*x);
      }
    } else {
      header(*x).state = ObjectState::pending;
      queue(*x);
    }
  }
}

void FakeSession::remove(Object& o) {
  if (header(o).session != this || header(o).state != ObjectState::persistent) {
    return;
  }
  header(o).state = ObjectState::deleted;
  queue(o);
}

void FakeSession::expunge(Object& o) {
  if (header(o).session != this) {
    throw InvalidRequestError("not in this session");
  }
  forget(o,
         header(o).state == ObjectState::pending ? ObjectState::transient : ObjectState::detached);
  if (header(o).is_queued) {
    std::erase(work, &o);
  }
  header(o).is_queued = false;
}

void FakeSession::end_work() {
  for (Object* o : work) {
    header(*o).is_queued = false;
  }
  work.clear();
  heap().boundary();
}

void FakeSession::flush() {
  for (Object* o : work) {
    if (header(*o).state == ObjectState::pending) {
      set_key(*o, next_id_++);
      header(*o).state = ObjectState::persistent;
      orm::commit_changes(*o);
      map.insert(*o);
    } else if (header(*o).state == ObjectState::deleted) {
      forget(*o, ObjectState::detached);
    }
    orm::commit_changes(*o);
  }
  end_work();
}

void FakeSession::rollback() {
  for (Object* o : work) {
    if (header(*o).state == ObjectState::pending) {
      forget(*o, ObjectState::transient);
      continue;
    }
    if (header(*o).state == ObjectState::deleted) {
      header(*o).state = ObjectState::persistent;
    }
    orm::commit_changes(*o);
  }
  end_work();
}

void FakeSession::close() {
  if (std::exchange(is_closed_, true)) {
    return;
  }
  work.clear();
  map.clear();
  leave_heap();
}

void FakeSession::mark_roots(orm::Marker& marker) {
  for (Object* o : work) {
    marker(o);
  }
}

void FakeSession::modified(Object& object, unsigned) {
  queue(object);
}

void FakeSession::load_column(Object& object, unsigned attribute) {
  log.push_back("load " + orm::mapper_of(object).column(attribute).name);
  orm::set_loaded(object, attribute);
}

bool FakeSession::load_relationship(Object& object,
                                    const orm::RelationshipAttribute& r,
                                    orm::Fetch fetch) {
  if (fetch == orm::Fetch::from_memory) {
    return false;
  }
  log.push_back("load " + r.full_name());
  if (on_load) {
    on_load(object, r);
  } else if (r.is_list) {
    orm::load_list(object, r, {});
  } else {
    orm::load_target(object, r, nullptr);
  }
  return true;
}

void FakeSession::cascade(Object&, const orm::RelationshipAttribute&, Object& child) {
  add_graph(child);
}

void FakeSession::removed(Object&, const orm::RelationshipAttribute& r, Object&) {
  log.push_back("removed " + r.full_name());
}

}  // namespace azoth::testing
