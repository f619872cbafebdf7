// SPDX-License-Identifier: MIT
// What changed in an object since its last flush: committed values of changed columns, old targets,
// added and removed members. Read by the flush and by inspection; loaders fill relationships
// through it, so that changes made before the load are kept.
#pragma once
#include <azoth/orm/collection.hpp>
#include <azoth/orm/mapper.hpp>

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace azoth::orm {

/// The committed value of a changed column.
struct ColumnChange {
  std::uint32_t attribute = 0;
  bool is_known = false;  ///< false: it was not loaded when it was changed
  Value committed;
};

/// The changes of one relationship. `added` and `removed` are relative to what is (or, of an
/// unloaded list, will be) in the database.
struct RelationshipChange {
  std::uint32_t attribute = 0;
  bool is_known = false;  ///< of a scalar: its old target was loaded
  Object* old_target = nullptr;
  ObjectList added, removed;
};

/// What an object keeps beside its header: bits beyond 32, and changes. Changes exist for
/// persistent, deleted and detached objects only; of transient and pending ones everything that is
/// set counts as added.
struct ObjectExtra {
  std::vector<ColumnChange> columns;
  std::vector<RelationshipChange> relationships;
  /// SQL expressions that the next flush writes, by attribute.
  std::vector<std::pair<std::uint32_t, sql::Ref>> expressions;
  std::uint32_t words = 0;

  /// Returns `words` of unloaded bits, then `words` of modified ones; they lie behind the object.
  std::uint32_t* bits() { return reinterpret_cast<std::uint32_t*>(this + 1); }

  static ObjectExtra* create(std::uint32_t words);
  static void destroy(ObjectExtra* extra) noexcept;
};

/// Returns the recorded change of an attribute, or null.
const ColumnChange* find_change(const Object& object, const ColumnAttribute& column);
const RelationshipChange* find_change(const Object& object,
                                      const RelationshipAttribute& relationship);

/// Returns the value a column had when it was last loaded or flushed: the recorded one, else the
/// member's. NULL when it is not known.
Value committed_value(const Object& object, const ColumnAttribute& column);

/// The three parts of a column's history; each is there or not.
struct ColumnHistory {
  std::optional<Value> added, unchanged, deleted;

  bool has_changes() const { return added.has_value() || deleted.has_value(); }
};

/// The three parts of a relationship's history. The pointers are good until the next boundary of
/// the session.
struct RelationshipHistory {
  std::vector<Object*> added, unchanged, deleted;

  bool has_changes() const { return !added.empty() || !deleted.empty(); }
};

/// Returns the history without loading anything: what is not loaded is not among the unchanged.
ColumnHistory history_of(const Object& object, const ColumnAttribute& column);
RelationshipHistory history_of(const Object& object, const RelationshipAttribute& relationship);

/// Raw access to a relationship's member; whoever writes through it keeps both sides in step.
inline Object*& raw_target(Object& object, const RelationshipAttribute& r) {
  return *reinterpret_cast<Object**>(reinterpret_cast<char*>(&object) + r.offset);
}

inline ObjectList& raw_list(Object& object, const RelationshipAttribute& r) {
  return *reinterpret_cast<ObjectList*>(reinterpret_cast<char*>(&object) + r.offset);
}

/// Returns the SQL expression that waits to be written for a column, or null.
const sql::Ref* find_expression(const Object& object, unsigned attribute);

/// Says whether an object has any.
inline bool has_expressions(const Object& object) {
  return header(object).has_extra && !header(object).extra->expressions.empty();
}

/// Forgets that an attribute changed, and what it was; its value stays.
void forget_change(Object& object, unsigned attribute);

/// Calls `f(Object*)` for what the relationship holds in memory now.
template <class F>
void each_member(Object& object, const RelationshipAttribute& r, F&& f) {
  if (r.is_list) {
    raw_list(object, r).each(f);
  } else if (Object* t = raw_target(object, r)) {
    f(t);
  }
}

/// Fills a relationship from the database: no history, no back-references, marked loaded. Members
/// added or removed while the list was unloaded stay added or removed. @pre all objects are in one
/// heap.
void load_target(Object& object, const RelationshipAttribute& relationship, Object* target);
void load_list(Object& object,
               const RelationshipAttribute& relationship,
               std::span<Object* const> members);

/// Change a relationship as assignment does: both sides, history, cascade. Link is all or nothing.
/// @throws InvalidRequestError when the objects belong to two sessions.
void link(Object& object, const RelationshipAttribute& relationship, Object& target);
void unlink(Object& object, const RelationshipAttribute& relationship, Object& target);
/// Sets a scalar relationship to nothing. A many-to-one that is not loaded is not loaded for it.
void clear_target(Object& object, const RelationshipAttribute& relationship);

}  // namespace azoth::orm
