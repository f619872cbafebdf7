// SPDX-License-Identifier: MIT
// What a class says of its mapping beside its attributes, in two static functions that it may have:
//
//   static TableArgs table_args() { return {.constraints = {UniqueConstraint({"title", "part"})}};
//   } static void configure(Mapping<User>& mapping) {
//     mapping.relationship(&User::boston)
//         .primaryjoin(col(&User::id) == foreign(&Address::user_id) && col(&Address::city) ==
//         "Boston") .order_by(desc(&Address::id));
//   }
//
// and attributes that several classes share (MixinColumn). table_args() is called when the class is
// mapped, and names columns by their keys; configure() before its relationships are first used,
// when all classes are mapped.
#pragma once
#include <azoth/orm/attribute.hpp>
#include <azoth/orm/options.hpp>
#include <azoth/sql/condition.hpp>
#include <azoth/sql/select_clauses.hpp>

#include <utility>
#include <vector>

namespace azoth {

/// What a mapped class adds to its table.
struct TableArgs {
  std::vector<Constraint> constraints{};
  std::vector<Index> indexes{};
  TableOptions options{};  ///< prefixes, comment and options of dialects
};

/// Maps a class to a Table that the program declares, `MapsTable<&user_table>`, `const Table&
/// user_table();`, which lives as long as the program. The class's columns are those of the table
/// that it names; their C++ types say how values are read.
template <const Table& (*Of)()>
struct MapsTable {
  static constexpr void apply(orm::ClassDeclaration& d) { d.mapped_table = Of; }
};

namespace orm {

/// What configure() said of one relationship.
struct JoinRules {
  unsigned attribute = 0;
  sql::Ref primaryjoin{}, secondaryjoin{};
  sql::Refs order_by{};
};

/// Gathers what a class says in configure().
class MappingRules {
 public:
  JoinRules& of(unsigned attribute);

  const std::vector<JoinRules>& joins() const { return joins_; }

 private:
  std::vector<JoinRules> joins_;
};

/// Marks a column of a condition; see foreign() and remote().
sql::Ref annotated(sql::Ref column, bool is_foreign);
}  // namespace orm

/// Says how a relationship is joined.
class RelationshipMapping {
 public:
  explicit RelationshipMapping(orm::JoinRules& rules) : rules_(&rules) {}

  /// States the condition between parent and target (or association table), in place of the one
  /// that foreign keys imply. Equalities of a referring column, which has a foreign key or is
  /// marked by foreign(), and a referred one connect objects; what else it says, only related rows
  /// meet.
  const RelationshipMapping& primaryjoin(Predicate condition) const {
    rules_->primaryjoin = std::move(condition).release();
    return *this;
  }

  /// The same between association table and target.
  const RelationshipMapping& secondaryjoin(Predicate condition) const {
    rules_->secondaryjoin = std::move(condition).release();
    return *this;
  }

  /// Orders the collection by columns and expressions of the target.
  template <class... I>
  const RelationshipMapping& order_by(I... items) const {
    rules_->order_by = {OrderItem(items).node()...};
    return *this;
  }

 private:
  orm::JoinRules* rules_;
};

/// What the configure() of a mapped class is given; good until it returns.
template <class D>
class Mapping {
 public:
  explicit Mapping(orm::MappingRules& rules) : rules_(&rules) {}

  template <class M, class C>
    requires RelationshipMember<M>
  RelationshipMapping relationship(M C::*) const {
    return RelationshipMapping(rules_->of(M::attribute().index));
  }

 private:
  orm::MappingRules* rules_;
};

/// Marks a column of a primaryjoin as the one that refers, where no foreign key says so.
template <class A>
auto foreign(const A& column) {
  auto expression = col(column);
  return decltype(expression)(orm::annotated(expression.node(), true));
}

/// Marks a column of a primaryjoin as one of the target, where a class is related to itself.
template <class A>
auto remote(const A& column) {
  auto expression = col(column);
  return decltype(expression)(orm::annotated(expression.node(), false));
}

/// The option words for attributes that stand outside of a mapped class: `Words::PrimaryKey`.
using Words = orm::DeclarationWords;

namespace orm::detail {
template <int Rank>
struct OfMixin {
  static constexpr void apply(ColumnDeclaration& d) { d.mixin_rank = Rank; }
};
}  // namespace orm::detail

/// A column that a mixin brings to the mapped class `D`, whose own columns stand before it:
///
///   template <class D>
///   struct Timestamp { MixinColumn<D, "created", std::string> created; };
///   struct Doc : Entity<Doc, "doc">, Timestamp<Doc> { ... };
template <class D, orm::Name N, class T, class... O>
using MixinColumn = orm::MappedColumn<D, N, T, orm::detail::OfMixin<1>, O...>;
/// The same of a base class that itself derives from Entity; its columns stand last.
template <class D, orm::Name N, class T, class... O>
using AbstractColumn = orm::MappedColumn<D, N, T, orm::detail::OfMixin<2>, O...>;

namespace orm {
template <class E, Name N, class T, class... O>
class MappedRelationship;
}

/// A relationship that a mixin or an abstract base brings along.
template <class D, orm::Name N, class T, class... O>
using MixinRelationship = orm::MappedRelationship<D, N, T, O...>;

}  // namespace azoth
