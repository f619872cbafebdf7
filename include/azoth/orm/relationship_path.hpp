// SPDX-License-Identifier: MIT
// A relationship as an expression: `col(&User::addresses)`, or of an alias `u[&User::addresses]`.
// It is what select.join() and the loader options take where the member pointer alone does not say
// enough, and what criteria about related objects are made of.
#pragma once
#include <azoth/orm/ptr.hpp>
#include <azoth/orm/relationship_position.hpp>
#include <azoth/sql/from.hpp>

namespace azoth {

namespace orm {

/// The erased part of a relationship path: where the parent stands, and where the target.
struct PathPlace {
  const RelationshipAttribute* relationship;
  sql::Ref parent{};  ///< a FROM element in place of the parent's table; empty: that table
  sql::Ref target{};  ///< likewise of the target
  sql::Ref entity{};  ///< of the target with columns of its subclasses; it stands at `target`
};

void join_along(sql::Ref& statement, const PathPlace& path, bool is_outer, bool is_full);
/// `EXISTS (SELECT 1 FROM target WHERE <joined> AND criterion)`; the criterion may be empty.
sql::Ref related_exists(const PathPlace& path, sql::Ref criterion);
/// The condition that `target` is the related object, or among the related ones; without a target,
/// that there is none. @throws ArgumentError for a target without a key
sql::Ref related_is(const PathPlace& path, const Object* target);

}  // namespace orm

/// A relationship of a mapped class or of an alias of it. A value; cheap to copy.
template <class Parent, class Target, bool IsList>
class RelationshipPath {
 public:
  using azoth_relationship_path = RelationshipPath;
  using entity_type = Parent;
  using target_type = Target;

  explicit RelationshipPath(orm::PathPlace place) : place_(std::move(place)) {}

  /// Names the alias at which the target is to stand.
  RelationshipPath of_type(const Aliased<Target>& target) const {
    return RelationshipPath({place_.relationship, place_.parent, target.node()});
  }

  /// Names the class with columns of subclasses that the target is to be.
  template <class P>
    requires requires { typename P::azoth_polymorphic; }
  RelationshipPath of_type(const P& target) const {
    static_assert(std::is_same_v<typename P::entity, Target>,
                  "azoth: of_type() takes a with_polymorphic() of the relationship's target");
    return RelationshipPath(
        {place_.relationship, place_.parent, target.node(), target.azoth_entity()});
  }

  void azoth_join(sql::Ref& statement, bool is_outer, bool is_full) const {
    orm::join_along(statement, place_, is_outer, is_full);
  }

  /// Says whether any related object meets the criterion; of lists.
  Expr<bool> any() const {
    static_assert(IsList, "azoth: any() is of list relationships; use has()");
    return Expr<bool>(orm::related_exists(place_, {}));
  }

  Expr<bool> any(Predicate criterion) const {
    static_assert(IsList, "azoth: any() is of list relationships; use has()");
    return Expr<bool>(orm::related_exists(place_, std::move(criterion).release()));
  }

  /// Says whether the related object meets the criterion; of single targets.
  Expr<bool> has() const {
    static_assert(!IsList, "azoth: has() is of relationships to one object; use any()");
    return Expr<bool>(orm::related_exists(place_, {}));
  }

  Expr<bool> has(Predicate criterion) const {
    static_assert(!IsList, "azoth: has() is of relationships to one object; use any()");
    return Expr<bool>(orm::related_exists(place_, std::move(criterion).release()));
  }

  /// Says whether an object is among the related ones; of lists.
  Expr<bool> contains(const ptr<Target>& object) const {
    static_assert(IsList, "azoth: contains() is of list relationships; compare with ==");
    return Expr<bool>(orm::related_is(place_, object.object()));
  }

  const orm::PathPlace& place() const { return place_; }

  friend Expr<bool> operator==(const RelationshipPath& path, const ptr<Target>& object) {
    static_assert(!IsList, "azoth: a list relationship cannot be compared; use contains()");
    return Expr<bool>(orm::related_is(path.place_, object.object()));
  }

  friend Expr<bool> operator==(const RelationshipPath& path, std::nullptr_t) {
    static_assert(!IsList, "azoth: a list relationship cannot be compared; use !path.any()");
    return Expr<bool>(orm::related_is(path.place_, nullptr));
  }

 private:
  orm::PathPlace place_;
};

/// Returns the class-level attribute of a relationship: `col(&User::addresses).any()`.
template <class M, class E>
  requires RelationshipMember<M>
RelationshipPath<E, typename M::target_type, M::is_list> col(M E::*) {
  return RelationshipPath<E, typename M::target_type, M::is_list>({&M::attribute()});
}

}  // namespace azoth
