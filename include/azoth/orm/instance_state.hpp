// SPDX-License-Identifier: MIT
// What the ORM knows of one object: `inspect(user).pending()`,
// `inspect(user).history(&User::name)`. Looking loads and changes nothing.
#pragma once
#include <azoth/orm/changes.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/orm/relationship_position.hpp>
#include <azoth/sql/comparable.hpp>

#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

namespace azoth {

class Session;

/// The three parts of a relationship's history.
template <class T>
struct TargetHistory {
  std::vector<ptr<T>> added, unchanged, deleted;

  bool has_changes() const { return !added.empty() || !deleted.empty(); }
};

/// Answers questions about an object; keeps it alive.
class InstanceState {
 public:
  explicit InstanceState(ptr<orm::Object> object) : object_(std::move(object)) {}

  bool transient() const;    ///< not in a session, has no row
  bool pending() const;      ///< added, to be inserted by the next flush
  bool persistent() const;   ///< in a session, has a row
  bool deleted() const;      ///< its row was deleted by a flush that is not committed
  bool detached() const;     ///< has (or had) a row, not in a session
  bool was_deleted() const;  ///< its row was deleted
  bool modified() const;     ///< was given values since it was made, loaded or flushed
  bool expired() const;      ///< all its columns will be loaded when one is read
  /// The session, or null.
  Session* session() const;
  /// Its primary key as it stands in the database; empty when it has no row.
  std::vector<Value> identity() const;
  /// Names of the attributes without a value: those that were not loaded, or (of an object without
  /// a row) not given.
  std::set<std::string> unloaded() const;
  /// Names of the unloaded attributes that one read will load together, and of relationships that
  /// were expired with them.
  std::set<std::string> expired_attributes() const;
  bool is_loaded(std::string_view attribute) const;

  /// Returns what a column holds, or nothing when it is not loaded (or, of a new object, not
  /// given).
  template <class M, class E>
    requires ColumnMember<M>
  std::optional<typename M::value_type> loaded_value(M E::* member) const {
    return is_loaded(M::attribute().name) ? std::optional<typename M::value_type>(
                                                (static_cast<const E&>(object()).*member).get())
                                          : std::nullopt;
  }

  /// Returns an attribute's history: a ColumnHistory, a TargetHistory of a relationship, or a
  /// CompositeHistory.
  template <class M, class E>
  auto history(M E::*) const {
    if constexpr (orm::RelationshipMember<M>) {
      return targets<typename M::target_type>(orm::history_of(*object_.object(), M::attribute()));
    } else if constexpr (requires { M::azoth_history(object()); }) {
      return M::azoth_history(object());
    } else {
      return orm::history_of(*object_.object(), M::attribute());
    }
  }

 private:
  template <class T>
  static TargetHistory<T> targets(const orm::RelationshipHistory& raw) {
    TargetHistory<T> typed;
    for (orm::Object* o : raw.added) {
      typed.added.emplace_back(o);
    }
    for (orm::Object* o : raw.unchanged) {
      typed.unchanged.emplace_back(o);
    }
    for (orm::Object* o : raw.deleted) {
      typed.deleted.emplace_back(o);
    }
    return typed;
  }

  const orm::Object& object() const { return *object_.object(); }

  ptr<orm::Object> object_;
};

/// Returns what the ORM knows of an object.
/// @throws ArgumentError for an empty handle.
InstanceState inspect_object(orm::Object* object);

template <class T>
InstanceState inspect(const ptr<T>& object) {
  return inspect_object(object.object());
}

/// Returns the session that an object is in, or null.
template <class T>
Session* object_session(const ptr<T>& object) {
  return inspect(object).session();
}

namespace orm {
/// Marks an attribute as changed, so that a flush writes it although its value is the same.
/// @throws ArgumentError, InvalidRequestError when it is not loaded.
void flag_modified(Object* object, const ColumnAttribute& column);
/// Readies a column for a value that counts as loaded.
void before_committed_value(Object* object, const ColumnAttribute& column);
}  // namespace orm

/// Marks a column as changed, so that the next flush writes it: `flag_modified(user, &User::data)`.
/// @throws InvalidRequestError when it is not loaded.
template <class T, class M, class E>
void flag_modified(const ptr<T>& object, M E::*) {
  orm::flag_modified(object.object(), M::attribute());
}

/// Sets a column as if the value had been loaded: no history, nothing to flush.
template <class T, class M, class E, class U>
void set_committed_value(const ptr<T>& object, M E::* member, U&& value) {
  const orm::ColumnAttribute& column = M::attribute();
  (*object).*member = std::forward<U>(value);
  orm::before_committed_value(object.object(), column);
}

}  // namespace azoth
