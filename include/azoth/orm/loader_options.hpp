// SPDX-License-Identifier: MIT
// Loader options: how relationships of the entities of one statement are loaded.
// `selectinload(&Playlist::tracks).joinedload(&Track::album)` is a path; each step names a
// relationship of the class that the step before leads to.
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/comparable.hpp>

namespace azoth {

namespace orm {
/// Makes the node of one step behind `parent` (empty: the path begins here).
sql::Ref loader_option(const sql::Ref& parent,
                       const RelationshipAttribute& relationship,
                       LazyStrategy strategy);

/// Throws the error of a path whose step does not belong to the class before it.
template <class M, class E>
const RelationshipAttribute& path_step(M E::*) {
  return M::attribute();
}
}  // namespace orm

/// A path of loader options that has arrived at the class `Target`. A value; cheap to copy.
template <class Target>
class Load {
 public:
  explicit Load(sql::Ref node) : node_(std::move(node)) {}

  const sql::Ref& node() const { return node_; }

  template <class M, class E>
    requires RelationshipMember<M>
  auto selectinload(M E::* m) const {
    return step(m, orm::LazyStrategy::selectin);
  }

  template <class M, class E>
    requires RelationshipMember<M>
  auto joinedload(M E::* m) const {
    return step(m, orm::LazyStrategy::joined);
  }

  template <class M, class E>
    requires RelationshipMember<M>
  auto lazyload(M E::* m) const {
    return step(m, orm::LazyStrategy::select);
  }

  template <class M, class E>
    requires RelationshipMember<M>
  auto raiseload(M E::* m) const {
    return step(m, orm::LazyStrategy::raise);
  }

 private:
  template <class M, class E>
  Load<typename M::target_type> step(M E::* m, orm::LazyStrategy strategy) const {
    static_assert(std::is_base_of_v<E, Target> || std::is_base_of_v<Target, E>,
                  "azoth: this relationship does not belong to the class that the loader option "
                  "before it leads to");
    return Load<typename M::target_type>(orm::loader_option(node_, orm::path_step(m), strategy));
  }

  sql::Ref node_;
};

/// Loads the related objects of all entities of the result by further statements `... WHERE key IN
/// (...)`.
template <class M, class E>
  requires RelationshipMember<M>
Load<typename M::target_type> selectinload(M E::* m) {
  return Load<typename M::target_type>(
      orm::loader_option({}, orm::path_step(m), orm::LazyStrategy::selectin));
}

/// Loads the related objects in the same statement, by a LEFT OUTER JOIN.
template <class M, class E>
  requires RelationshipMember<M>
Load<typename M::target_type> joinedload(M E::* m) {
  return Load<typename M::target_type>(
      orm::loader_option({}, orm::path_step(m), orm::LazyStrategy::joined));
}

/// Loads the related objects when they are first read.
template <class M, class E>
  requires RelationshipMember<M>
Load<typename M::target_type> lazyload(M E::* m) {
  return Load<typename M::target_type>(
      orm::loader_option({}, orm::path_step(m), orm::LazyStrategy::select));
}

/// Refuses to load: reading the relationship throws InvalidRequestError.
template <class M, class E>
  requires RelationshipMember<M>
Load<typename M::target_type> raiseload(M E::* m) {
  return Load<typename M::target_type>(
      orm::loader_option({}, orm::path_step(m), orm::LazyStrategy::raise));
}

}  // namespace azoth
