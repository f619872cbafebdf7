// SPDX-License-Identifier: MIT
// Answers what is known of an object, in SQLAlchemy's words for its states.
#include "orm/session_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/identity_map.hpp>
#include <azoth/orm/instance_state.hpp>

#include <algorithm>

namespace azoth {

using orm::ColumnAttribute;
using orm::header;
using orm::mapper_of;
using orm::ObjectState;

namespace {
// The object has no row any more as far as the session's transaction goes.
bool has_lost_row(const orm::Object& object) {
  return header(object).state == ObjectState::deleted && !header(object).is_queued;
}

bool has_row(const orm::Object& object) {
  const ObjectState state = header(object).state;
  return state != ObjectState::transient && state != ObjectState::pending;
}

bool has_value(const orm::Object& object, const ColumnAttribute& column) {
  return has_row(object) ? orm::is_loaded(object, column.index)
                         : orm::is_modified(object, column.index);
}

bool has_value(const orm::Object& object, const orm::RelationshipAttribute& relationship) {
  return has_row(object) ? orm::is_loaded(object, relationship.index)
                         : orm::is_modified(object, relationship.index);
}
}  // namespace

InstanceState inspect_object(orm::Object* object) {
  if (!object) {
    throw ArgumentError("inspect() needs an object, got an empty handle");
  }
  return InstanceState(ptr<orm::Object>(object));
}

bool InstanceState::transient() const {
  return header(object()).state == ObjectState::transient;
}

bool InstanceState::pending() const {
  return header(object()).state == ObjectState::pending;
}

bool InstanceState::persistent() const {
  const ObjectState state = header(object()).state;
  return state == ObjectState::persistent ||
         (state == ObjectState::deleted && header(object()).is_queued);
}

bool InstanceState::deleted() const {
  return has_lost_row(object()) && header(object()).session != nullptr;
}

bool InstanceState::detached() const {
  return header(object()).state == ObjectState::detached ||
         (has_lost_row(object()) && header(object()).session == nullptr);
}

bool InstanceState::was_deleted() const {
  return has_lost_row(object());
}

bool InstanceState::modified() const {
  const auto count = static_cast<unsigned>(mapper_of(object()).attributes.size());
  for (unsigned i = 0; i < count; ++i) {
    if (orm::is_modified(object(), i)) {
      return true;
    }
  }
  return false;
}

bool InstanceState::expired() const {
  const auto& columns = mapper_of(object()).columns;
  return has_row(object()) && std::none_of(columns.begin(), columns.end(), [&](const auto& c) {
           return orm::is_loaded(object(), c.index);
         });
}

Session* InstanceState::session() const {
  const auto* state = static_cast<const orm::SessionState*>(header(object()).session);
  return state ? state->owner : nullptr;
}

std::vector<Value> InstanceState::identity() const {
  return has_row(object()) ? orm::identity_key(object()) : std::vector<Value>();
}

std::set<std::string> InstanceState::unloaded() const {
  std::set<std::string> names;
  for (const ColumnAttribute& c : mapper_of(object()).columns) {
    if (!has_value(object(), c)) {
      names.insert(c.name);
    }
  }
  for (const ColumnAttribute& c : mapper_of(object()).expressions) {
    if (!has_row(object()) || !orm::is_loaded(object(), c.index)) {
      names.insert(c.name);
    }
  }
  for (const orm::RelationshipAttribute& r : mapper_of(object()).relationships) {
    if (!has_value(object(), r)) {
      names.insert(r.name);
    }
  }
  return names;
}

std::set<std::string> InstanceState::expired_attributes() const {
  std::set<std::string> names;
  if (!has_row(object())) {
    return names;
  }
  if (expired()) {
    return unloaded();
  }
  for (const ColumnAttribute& c : mapper_of(object()).columns) {
    if (!c.is_deferred && !orm::is_loaded(object(), c.index)) {
      names.insert(c.name);
    }
  }
  for (const ColumnAttribute& c : mapper_of(object()).expressions) {
    if (!c.is_deferred && !orm::is_loaded(object(), c.index)) {
      names.insert(c.name);
    }
  }
  return names;
}

bool InstanceState::is_loaded(std::string_view attribute) const {
  const orm::Mapper& mapper = mapper_of(object());
  if (const ColumnAttribute* c = mapper.find_value(attribute)) {
    return has_value(object(), *c);
  }
  if (const orm::RelationshipAttribute* r = mapper.find_relationship(attribute)) {
    return has_value(object(), *r);
  }
  throw InvalidRequestError("Entity '" + mapper.class_name + "' has no attribute '" +
                            std::string(attribute) + "'");
}

namespace orm {

namespace {
Object& required(Object* object, const char* what) {
  if (!object) {
    throw ArgumentError(std::string(what) + "() needs an object, got an empty handle");
  }
  return *object;
}
}  // namespace

void flag_modified(Object* given, const ColumnAttribute& column) {
  Object& object = required(given, "flag_modified");
  if (!is_loaded(object, column.index)) {
    throw InvalidRequestError("Can't flag attribute '" + column.name +
                              "' modified; it's not present in the object state");
  }
  forget_change(object, column.index);
  if (header(object).state == ObjectState::persistent && header(object).session) {
    header(object).session->modified(object, column.index);
  }
  set_modified(object, column.index);  // without a record of what it was: written for sure
}

void before_committed_value(Object* given, const ColumnAttribute& column) {
  Object& object = required(given, "set_committed_value");
  if (header(object).state != ObjectState::transient &&
      header(object).state != ObjectState::pending) {
    forget_change(object, column.index);
  }
}

}  // namespace orm
}  // namespace azoth
