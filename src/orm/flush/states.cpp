// SPDX-License-Identifier: MIT
// What an object becomes when its row is written: persistent, unchanged, known by its key. Nothing
// here emits SQL.
#include "orm/expressions.hpp"
#include "orm/flush/persistence.hpp"
#include <azoth/base/error.hpp>

#include <algorithm>

namespace azoth::orm {

namespace {
// What the database made of them is read when it is asked for.
void forget_expressions(Object& object) {
  expire_expressions(object);
  if (has_expressions(object)) {
    for (const auto& [attribute, expression] : header(object).extra->expressions) {
      set_unloaded(object, attribute);
    }
  }
}
}  // namespace

void finish_insert(SessionState& session, Object& object) {
  ObjectHeader& h = header(object);
  const Mapper& mapper = mapper_of(object);
  forget_expressions(object);
  for (const ColumnAttribute& c : mapper.columns) {
    const bool was_given = is_modified(object, c.index) || c.has_default;
    if (!was_given && (c.has_server_default || c.has_default_expression || !c.cell.optional)) {
      set_unloaded(object, c.index);
    }  // read back when asked for
  }
  for (const RelationshipAttribute& r : mapper.relationships) {
    if (r.is_never_loaded) [[unlikely]] {
      raw_list(object, r).clear();  // what it was given is in the database
      set_unloaded(object, r.index);
    } else if (!is_modified(object, r.index)) {
      bool has_members = false;
      each_member(object, r, [&](Object*) { has_members = true; });
      if (!has_members) {
        set_unloaded(object, r.index);
      }
    }
  }
  for (std::uint32_t slot : mapper.primary_key) {
    if (!is_modified(object, mapper.columns[slot].index) && !mapper.columns[slot].has_default) {
      throw FlushError("Instance " + instance_name(object) +
                       " has a NULL identity key.  If this is an auto-generated value, check that "
                       "the database table "
                       "allows generation of new primary key values, and that the mapped Column "
                       "object is configured to expect these generated values.");
    }
  }
  h.state = ObjectState::persistent;
  commit_changes(object);
  const std::vector<Value> key =
      mapper.has_integer_key ? std::vector<Value>() : identity_key(object);
  Object* other = mapper.has_integer_key ? session.identities.find(mapper, integer_identity(object))
                                         : session.identities.find(mapper, key);
  if (other && other != &object) {  // its row was replaced behind the session's back
    session.identities.erase(*other);
    header(*other).session = nullptr;
    header(*other).state = ObjectState::detached;
  }
  session.identities.insert(object);
  session.current()->inserted.push_back(&object);
}

void finish_update(SessionState& session, Object& object) {
  const Mapper& mapper = mapper_of(object);
  const bool key_changed =
      std::any_of(mapper.primary_key.begin(), mapper.primary_key.end(), [&](std::uint32_t slot) {
        return is_modified(object, mapper.columns[slot].index);
      });
  if (key_changed) {
    session.current()->key_switches.push_back({&object, identity_key(object)});
    session.identities.erase(object);
  }
  forget_expressions(object);
  commit_changes(object);
  if (key_changed) {
    session.identities.insert(object);
  }
}

}  // namespace azoth::orm
