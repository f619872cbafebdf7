// SPDX-License-Identifier: MIT
// What a relationship member does: on the stack it counts its targets, in a heap it links. The
// linking itself is in link.cpp.
#include "orm/tracking.hpp"
#include <azoth/base/assert.hpp>
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/events.hpp>
#include <azoth/orm/list_relationship.hpp>
#include <azoth/orm/make.hpp>
#include <azoth/orm/object_session.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <unordered_set>

namespace azoth::orm {

namespace {

const RelationshipAttribute& relationship_of(const Object& owner, unsigned attribute) {
  return configured(mapper_of(owner)).relationship(attribute);
}

void require_target(Object* target) {
  if (!target) {
    throw ArgumentError("an empty ptr cannot be a member of a list relationship; leave it out");
  }
}

// Appends to a list on the stack, which counts its members.
void append_counted(Object& owner, unsigned attribute, ObjectList& list, Object& target) {
  if (list.contains(&target)) {
    return;
  }
  list.push_back(&target);
  retain(target);
  set_modified(owner, attribute);
}

void assign_counted(Object& owner,
                    unsigned attribute,
                    ObjectList& list,
                    Object* const* targets,
                    std::size_t count) {
  ObjectList old;
  old.swap(list);
  for (std::size_t i = 0; i < count; ++i) {
    append_counted(owner, attribute, list, *targets[i]);
  }
  set_modified(owner, attribute);
  old.each([](Object* o) { release(*o); });
}

// Gives the list the order of `targets`, which are its members.
void reorder(ObjectList& list, Object* const* targets, std::size_t count) {
  ObjectList ordered;
  ordered.reserve_more(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (!ordered.contains(targets[i])) {
      ordered.push_back(targets[i]);
    }
  }
  list.swap(ordered);
}

void assign_linked(Object& owner,
                   const RelationshipAttribute& r,
                   ObjectList& list,
                   Object* const* targets,
                   std::size_t count) {
  const std::unordered_set<Object*> wanted(targets, targets + count);
  std::vector<Object*> leaving, linked;
  list.each([&](Object* o) {
    if (!wanted.contains(o)) {
      leaving.push_back(o);
    }
  });
  linked.reserve(count);
  try {
    for (std::size_t i = 0; i < count; ++i) {
      if (list.contains(targets[i])) {
        continue;
      }
      link(owner, r, *targets[i]);
      linked.push_back(targets[i]);
    }
  } catch (...) {
    for (Object* o : linked) {
      unlink(owner, r, *o);
    }
    throw;
  }
  for (Object* o : leaving) {
    unlink(owner, r, *o);
  }
  reorder(list, targets, count);
}

}  // namespace

void load_relationship_before_use(Object& owner, unsigned attribute) {
  if (is_loaded(owner, attribute)) {
    return;
  }
  const RelationshipAttribute& r = relationship_of(owner, attribute);
  ObjectSession* session = header(owner).session;
  if (!session) {
    throw DetachedInstanceError(
        fmt::format("Parent instance {} is not bound to a Session; lazy load operation of "
                    "attribute '{}' cannot proceed",
                    instance_name(owner),
                    r.name));
  }
  session->load_relationship(owner, r, Fetch::allowed);
  AZOTH_ASSERT(is_loaded(owner, attribute));
}

void assign_target(Object& owner, unsigned attribute, Object*& member, Object* target) {
  if (!header(owner).slab) {
    if (target) {
      retain(*target);
    }
    Object* old = std::exchange(member, target);
    if (old) {
      release(*old);
    }
    set_modified(owner, attribute);
    return;
  }
  const RelationshipAttribute& r = relationship_of(owner, attribute);
  if (target) {
    link(owner, r, *target);
    return;
  }
  clear_target(owner, r);
}

void destroy_target(Object& owner, Object* member) noexcept {
  if (!header(owner).slab) {
    release(*member);
  }
}

Object* list_at(const ObjectList& list, std::size_t place) {
  if (place >= list.size()) {
    throw std::out_of_range(fmt::format(
        "list index {} out of range: the relationship has {} members", place, list.size()));
  }
  return list[place];
}

void append(Object& owner, unsigned attribute, ObjectList& list, Object* target) {
  require_target(target);
  if (!header(owner).slab) {
    append_counted(owner, attribute, list, *target);
    return;
  }
  const RelationshipAttribute& r = relationship_of(owner, attribute);
  if (!r.is_never_loaded) {
    load_relationship_before_use(owner, attribute);
  }
  link(owner, r, *target);
}

bool remove(Object& owner, unsigned attribute, ObjectList& list, Object* target) {
  if (!header(owner).slab) {
    if (!list.erase(target)) {
      return false;
    }
    release(*target);
    return true;
  }
  const RelationshipAttribute& r = relationship_of(owner, attribute);
  const bool is_known = !r.is_never_loaded || !keeps_changes(owner);
  if (is_known) {
    load_relationship_before_use(owner, attribute);
  }
  if (is_known && !list.contains(target)) {
    return false;
  }
  unlink(owner, r, *target);
  return true;
}

void clear(Object& owner, unsigned attribute, ObjectList& list) {
  assign_list(owner, attribute, list, nullptr, 0);
}

void assign_list(Object& owner,
                 unsigned attribute,
                 ObjectList& list,
                 Object* const* targets,
                 std::size_t count) {
  std::for_each(targets, targets + count, require_target);
  if (!header(owner).slab) {
    assign_counted(owner, attribute, list, targets, count);
    return;
  }
  load_relationship_before_use(owner, attribute);
  touch(owner, attribute);  // also when nothing changes: it was given
  assign_linked(owner, relationship_of(owner, attribute), list, targets, count);
}

void destroy_list(Object& owner, ObjectList& list) noexcept {
  if (!header(owner).slab) {
    list.each([](Object* o) { release(*o); });
  }
}

const RelationshipAttribute& relationship_attribute(const Mapper& mapper, unsigned attribute) {
  return mapper.relationship(attribute);
}

void throw_not_a_member(const Object& owner, unsigned attribute) {
  throw InvalidRequestError(fmt::format(
      "the object to remove is not a member of {}; look with contains(), or use erase()",
      header(owner).slab ? mapper_of(owner).relationship(attribute).full_name() : "the list"));
}

void unreachable_mapper() {
  std::abort();
}

// ---- make ----

OwnedSlab lone_slab(const Mapper& mapper) {
  OwnedSlab slab(Slab::create(mapper, 1));
  slab->open(0);
  return slab;
}

namespace {
void tell_made(const Mapper& mapper, const ptr<Object>& object) {
  std::vector<std::string> given;
  const auto add = [&](const auto& attribute) {
    if (is_modified(*object.object(), attribute.index)) {
      given.push_back(attribute.name);
    }
  };
  std::for_each(mapper.columns.begin(), mapper.columns.end(), add);
  std::for_each(mapper.relationships.begin(), mapper.relationships.end(), add);
  mapper.listeners()->fire(event::init, object, given);
}
}  // namespace

ptr<Object> settle(OwnedSlab slab, Object& object) {
  const Mapper& mapper = *slab->mapper;

  struct Given {
    std::uint32_t relationship;
    ptr<Object> target;
  };

  std::vector<Given> given;
  try {  // take the counted targets out; the handles keep them until they are linked
    for (std::uint32_t i = 0; i < mapper.relationships.size(); ++i) {
      const RelationshipAttribute& r = mapper.relationships[i];
      each_member(object, r, [&](Object* o) { given.push_back({i, ptr<Object>(o)}); });
    }
  } catch (...) {
    mapper.destroy(&object);
    throw;
  }
  for (const Given& g : given) {
    const RelationshipAttribute& r = mapper.relationships[g.relationship];
    if (r.is_list) {
      raw_list(object, r).clear();
    } else {
      raw_target(object, r) = nullptr;
    }
    release(*g.target.object());
  }
  slab->used = 1;
  header(object).slab = slab.release();
  if (mapper.discriminator >= 0) {
    set_polymorphic_identity(object, mapper);
  }
  if (has_expressions(object)) [[unlikely]] {
    for (const auto& [attribute, expression] : header(object).extra->expressions) {
      set_unloaded(object, attribute);
    }
  }
  ptr<Object> handle(&object);
  if (mapper.listeners()) [[unlikely]] {
    tell_made(mapper, handle);
  }
  if (given.empty()) {
    return handle;
  }
  const Mapper& ready = configured(mapper);
  try {
    for (const Given& g : given) {
      link(object, ready.relationships[g.relationship], *g.target.object());
    }
  } catch (...) {
    for (const Given& g : given) {
      const RelationshipAttribute& r = ready.relationships[g.relationship];
      const bool holds = r.is_list ? raw_list(object, r).contains(g.target.object())
                                   : raw_target(object, r) == g.target.object();
      if (holds) {
        unlink(object, r, *g.target.object());
      }
    }
    throw;
  }
  return handle;
}

}  // namespace azoth::orm
