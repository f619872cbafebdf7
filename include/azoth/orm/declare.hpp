// SPDX-License-Identifier: MIT
// How a class is mapped:
//
//   struct User : Entity<User, "user_account"> {
//     Column<"id", std::int64_t, PrimaryKey> id;
//     Relationship<"addresses", List<Address>, BackPopulates<"user">> addresses;
//   };
//
// The class stays an aggregate. The first use of it default-constructs one prototype, whose
// attributes register themselves with the mapper in order of declaration; from then on the offset
// of an attribute is one number a type. Options stand in options.hpp and inheritance.hpp.
#pragma once
#include <azoth/orm/attribute.hpp>
#include <azoth/orm/class_options.hpp>
#include <azoth/orm/inheritance.hpp>
#include <azoth/orm/list_relationship.hpp>
#include <azoth/orm/mapping.hpp>

#include <new>
#include <type_traits>
#include <utility>

namespace azoth {

namespace orm {
namespace detail {
struct AsGiven {
  template <class V>
  V&& operator()(V&& value) const {
    return std::forward<V>(value);
  }
};

template <class D>
concept HasRules = requires(Mapping<D>& mapping) { D::configure(mapping); };
}  // namespace detail

template <class E, Name N, auto Target, auto Set>
class MappedSynonym;  // synonym.hpp
template <class E, Name N, auto F, class... O>
class MappedHybrid;  // hybrid.hpp
template <class E, Name N, class T, auto F, class... O>
class MappedExpression;  // column_property.hpp
template <class E, Name N, class T>
class MappedQueryExpression;
}  // namespace orm

/// Is the base of a mapped class `D`, whose rows are in the table of that name. See the head of
/// this file.
template <class D, orm::Name TableName, class... O>
struct Entity : orm::detail::ParentOf<O...>::type {
  using azoth_entity = D;
  using azoth_parent = typename orm::detail::ParentOf<O...>::type;
  static constexpr std::string_view azoth_table = TableName.view();

 private:
  static constexpr bool joins_parent = orm::detail::joins<azoth_parent, O...>(azoth_table);

 public:
  template <orm::Name N, class T, class... Options>
  using Column = std::conditional_t<joins_parent && orm::detail::is_key<Options...>,
                                    orm::MappedKey<D, N, T, Options...>,
                                    orm::MappedColumn<D, N, T, Options...>>;
  template <orm::Name N, class T, class... Options>
  using Relationship = orm::MappedRelationship<D, N, T, Options...>;
  template <orm::Name N, auto Target, auto Set = orm::detail::AsGiven{}>
  using Synonym = orm::MappedSynonym<D, N, Target, Set>;
  template <orm::Name N, auto F, class... Options>
  using Hybrid = orm::MappedHybrid<D, N, F, Options...>;
  template <orm::Name N, class T, auto F, class... Options>
  using ColumnProperty = orm::MappedExpression<D, N, T, F, Options...>;
  template <orm::Name N, class T>
  using QueryExpression = orm::MappedQueryExpression<D, N, T>;

  Entity() {
    if (!orm::ClassState<D>::slot.is_simple.load(std::memory_order_acquire)) [[unlikely]] {
      orm::enter(*this, orm::ClassState<D>::slot, &mapper);
    }
    static_cast<void>(&registration_);  // its use makes the class known before main()
  }

  /// Takes the parent's part by value: `make<Engineer>({Employee{.name = "x"}, "info"})`.
  Entity(azoth_parent&& parent)
    requires(!std::is_same_v<azoth_parent, orm::Object>)
      : azoth_parent(std::move(parent)) {
    orm::enter(*this, orm::ClassState<D>::slot, &mapper);
  }

  /// Returns the mapper of the class, built at the first call; it is never destroyed. Thread-safe.
  /// @throws ArgumentError for a wrong mapping.
  static const orm::Mapper& mapper() {
    static const orm::Mapper& built = orm::build_mapper(class_declaration());
    return built;
  }

  /// Returns the node by which the class enters statements.
  static const sql::Ref& azoth_entity_node() { return orm::entity_node(mapper()); }

  /// Returns the class's own table, for INSERT, UPDATE and DELETE.
  static const sql::Ref& azoth_table_node() { return orm::table_node(mapper()); }

 private:
  static orm::ClassDeclaration class_declaration() {
    static_assert(std::is_aggregate_v<D>,
                  "azoth: a mapped class is an aggregate: no constructors, no virtual functions, "
                  "no private members");
    orm::ClassDeclaration d{TableName.view(),
                            &typeid(D),
                            sizeof(D),
                            alignof(D),
                            [](void* at) -> orm::Object* { return ::new (at) D{}; },
                            [](orm::Object* o) { static_cast<D*>(o)->~D(); },
                            &orm::ClassState<D>::slot,
                            &mapper};
    if constexpr (!std::is_same_v<azoth_parent, orm::Object>) {
      d.parent = &azoth_parent::mapper;
    }
    if constexpr (requires { D::table_args(); }) {
      d.table_args = &D::table_args;
    }
    if constexpr (orm::detail::HasRules<D>) {
      d.configure = [](orm::MappingRules& rules) {
        Mapping<D> mapping(rules);
        D::configure(mapping);
      };
    }
    (O::apply(d), ...);
    return d;
  }

  static inline const orm::Registration registration_{&class_declaration};
};

}  // namespace azoth
