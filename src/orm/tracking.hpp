// SPDX-License-Identifier: MIT
// What attributes and relationships share when they change: telling the session, and knowing
// whether there is a past to record.
#pragma once
#include <azoth/orm/object_session.hpp>

namespace azoth::orm {

/// Says whether the object has a row, so that changes are relative to it. Of others everything that
/// is set is new.
inline bool keeps_changes(const Object& object) {
  const ObjectState state = header(object).state;
  return state != ObjectState::transient && state != ObjectState::pending;
}

/// Marks an attribute as changed and tells the session, before the change.
inline void touch(Object& object, unsigned attribute) {
  if (is_modified(object, attribute)) {
    return;
  }
  ObjectHeader& h = header(object);
  if (keeps_changes(object)) {
    if (h.session) {
      h.session->modified(object, attribute);
    }
    h.is_dirty = true;
  }
  set_modified(object, attribute);
}

}  // namespace azoth::orm
