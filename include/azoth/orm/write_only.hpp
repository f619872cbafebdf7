// SPDX-License-Identifier: MIT
// `Relationship<"posts", WriteOnlyMapped<Post>, ...>`: a collection that is never loaded, for those
// too large for memory. It takes members and gives them up, and makes statements about the rest:
//
//   user->posts.add(make<Post>({.title = "x"}));
//   for (auto post : session.scalars(user->posts.select().where(col(&Post::id) > 100))) ...
//
// Included by those who use it. The form that is also a query stands in dynamic.hpp.
#pragma once
#include <azoth/orm/list_relationship.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/select.hpp>

#include <initializer_list>
#include <utility>
#include <vector>

namespace azoth {

/// Marks a relationship as one to many targets that are never loaded.
template <class T>
struct WriteOnlyMapped {};

namespace orm {

// The erased work, done in src/orm/load/member_statements.cpp.
/// SELECT of the members; `labels`: under the names of Query. @throws InvalidRequestError for an
/// object without a key
sql::Ref select_members(Object& owner, unsigned attribute, bool labels);
sql::Ref change_members(Object& owner, unsigned attribute, sql::Kind kind);
/// What was added since the last flush, in order.
std::vector<Object*> added_since_flush(Object& owner, unsigned attribute);

namespace detail {
struct LazyWriteOnly {
  static constexpr void apply(RelationshipDeclaration& d) {
    d.lazy = "write_only";
    d.is_never_loaded = true;
  }
};

// What write-only and dynamic members have in common. `Word` says which it is.
template <class E, Name N, class T, class Word, class... O>
class NeverLoaded : public RelationshipPosition<E, N, T, true, Word, O...> {
 public:
  using target_type = T;
  using entity_type = E;
  using value_type = ptr<T>;
  static constexpr bool is_list = true;

  NeverLoaded() { this->declare_in_prototype(); }

  NeverLoaded(std::initializer_list<ptr<T>> targets) { add_all(targets); }

  NeverLoaded(const std::vector<ptr<T>>& targets) { add_all(targets); }

  NeverLoaded& operator=(const NeverLoaded&) = delete;

  ~NeverLoaded() {
    if (!list_.empty()) {
      destroy_list(this->owner(), list_);
    }
  }

  /// Adds a target, here and on its other side; nothing is loaded for it.
  /// @throws InvalidRequestError when the objects belong to two sessions; ArgumentError for an
  /// empty handle.
  void add(const ptr<T>& target) {
    orm::append(this->owner(), this->position_.index, list_, target.object());
  }

  template <class R>
  void add_all(const R& targets) {
    for (const ptr<T>& target : targets) {
      add(target);
    }
  }

  void add_all(std::initializer_list<ptr<T>> targets) {
    for (const ptr<T>& target : targets) {
      add(target);
    }
  }

  /// Removes a target, here and on its other side. Of an object with a row nobody looks whether it
  /// is a member; of others it is an InvalidRequestError when it is none.
  void remove(const ptr<T>& target) {
    if (!target) {
      throw_not_a_member(this->owner(), this->position_.index);
    }
    if (!orm::remove(this->owner(), this->position_.index, list_, target.object())) {
      throw_not_a_member(this->owner(), this->position_.index);
    }
  }

 protected:
  NeverLoaded(NeverLoaded&& other) noexcept : list_(std::move(other.list_)) {}

  unsigned attribute_index() const { return this->position_.index; }

 private:
  ObjectList list_;  // of objects without a row: what they were given
};
}  // namespace detail

/// Is what `Relationship<"name", WriteOnlyMapped<T>, Options...>` names inside a mapped class `E`.
template <class E, Name N, class T, class... O>
class MappedRelationship<E, N, WriteOnlyMapped<T>, O...>
    : public detail::NeverLoaded<E, N, T, detail::LazyWriteOnly, O...> {
  using Base = detail::NeverLoaded<E, N, T, detail::LazyWriteOnly, O...>;

 public:
  using azoth_relationship = MappedRelationship;
  using Base::Base;

  MappedRelationship() = default;

  /// SELECT of the members, in the order of OrderBy, for Session::scalars. Its values are those of
  /// now. @throws InvalidRequestError for an object without a key
  Select<T> select() const {
    return Select<T>(select_members(this->owner(), this->attribute_index(), false));
  }

  /// INSERT of members, for Session::execute with sets of values; the reference is filled in.
  /// @throws InvalidRequestError for many-to-many
  Insert<> insert() const { return Insert<>(change(sql::Kind::insert)); }

  /// UPDATE and DELETE of the members: add values(), where().
  Update<> update() const { return Update<>(change(sql::Kind::update)); }

  Delete<> delete_() const { return Delete<>(change(sql::Kind::delete_)); }

#define AZOTH_REFUSE(name)                                                                        \
  template <class X = T>                                                                          \
  std::vector<ptr<T>>::const_iterator name() const {                                              \
    static_assert(std::is_void_v<X>,                                                              \
                  "azoth: WriteOnly collections don't support iteration in-place; execute their " \
                  "select(): session.scalars(user->posts.select())");                             \
    return {};                                                                                    \
  }
  AZOTH_REFUSE(begin)
  AZOTH_REFUSE(end)
#undef AZOTH_REFUSE

 private:
  friend E;
  MappedRelationship(MappedRelationship&&) noexcept = default;  // with its entity, by make()

  sql::Ref change(sql::Kind kind) const {
    return change_members(this->owner(), this->attribute_index(), kind);
  }
};

}  // namespace orm
}  // namespace azoth
