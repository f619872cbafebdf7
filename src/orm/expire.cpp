// SPDX-License-Identifier: MIT
// Expiring: what an object holds is forgotten and loaded again when it is read.
#include "orm/bits.hpp"
#include "orm/load/loader.hpp"
#include "orm/session_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>

#include <algorithm>

namespace azoth::orm {

namespace {
// The number of the bits of an attribute.
std::uint32_t attribute_named(const Mapper& mapper, std::string_view name) {
  if (const ColumnAttribute* c = mapper.find_value(name)) {
    return c->index;
  }
  if (const RelationshipAttribute* r = mapper.find_relationship(name)) {
    return r->index;
  }
  throw InvalidRequestError("Entity '" + mapper.class_name + "' has no attribute '" +
                            std::string(name) + "'");
}
}  // namespace

std::vector<std::uint32_t> attributes_named(const Mapper& mapper, const AttributeNames& names) {
  std::vector<std::uint32_t> found;
  found.reserve(names.size());
  for (const std::string_view name : names) {
    found.push_back(attribute_named(mapper, name));
  }
  return found;
}

void SessionState::tell_expired(Object& object, std::span<const std::string> names) {
  if (const event::Dispatch* listeners = mapper_of(object).listeners()) [[unlikely]] {
    listeners->fire(event::expire, ptr<Object>(&object), names);
  }
}

void SessionState::expire(Object& object, const AttributeNames& names) {
  ObjectHeader& h = header(object);
  if (h.session != this || h.state != ObjectState::persistent) {
    throw InvalidRequestError("Instance '" + instance_name(object) +
                              "' is not persistent within this Session");
  }
  if (!names.empty()) {
    const std::vector<std::uint32_t> attributes = attributes_named(mapper_of(object), names);
    for (const std::uint32_t attribute : attributes) {
      forget_change(object, attribute);
      set_unloaded(object, attribute);
    }
    expire_context(*this, object, attributes);
    const std::vector<std::string> copies(names.begin(), names.end());
    return tell_expired(object, copies);
  }
  expire_all(object);
  contexts.expire(object);
  drop_from_queue(object);
  tell_expired(object, {});
}

void SessionState::expire_identities() {
  identities.each([this](Object& o) {
    azoth::orm::expire_all(o);
    contexts.expire(o);
  });
  if (!Mapper::has_any_listeners()) [[likely]] {
    return;
  }
  std::vector<ptr<Object>> all;
  identities.each([&](Object& o) { all.emplace_back(&o); });
  for (const ptr<Object>& o : all) {
    tell_expired(*o.object(), {});
  }
}

void SessionState::expire_everything() {
  for (Object* o : queue) {
    header(*o).is_queued = header(*o).state == ObjectState::pending;
  }
  std::erase_if(queue, [](const Object* o) { return !header(*o).is_queued; });
  expire_identities();
}

}  // namespace azoth::orm
