// SPDX-License-Identifier: MIT
// The options of a mapped class that inherits from another one, and the key column that joined
// tables share:
//
//   struct Employee : Entity<Employee, "employee", PolymorphicOn<"type">,
//                            PolymorphicIdentity<"employee">> { ... };
//   struct Engineer : Entity<Engineer, "engineer", Inherits<Employee>,     // joined: a table of
//   its
//                            PolymorphicIdentity<"engineer">> {            // own, with a key to
//                            the
//     Column<"id", std::int64_t, PrimaryKey, ForeignKey<"employee.id">> id;        // parent's
//     ... };
//   struct Intern : Entity<Intern, "employee", Inherits<Employee>,         // single: the parent's
//                          PolymorphicIdentity<"intern">> { ... };         // table
//   struct Temp : Entity<Temp, "temp", Inherits<Employee>, Concrete> { ... };  // all columns again
//
// How rows find their class stands in docs/architecture/inheritance.md.
#pragma once
#include <azoth/orm/attribute.hpp>

#include <string_view>
#include <type_traits>
#include <utility>

namespace azoth {

/// Makes a class inherit the attributes of a mapped class. A table of another name is joined to the
/// parent's by its primary key, the parent's own name is single table inheritance.
template <class Parent>
struct Inherits {
  static constexpr void apply(orm::ClassDeclaration&) {}
};

/// Gives a class that inherits a table with all columns, which shares no row with the parent's.
struct Concrete {
  static constexpr void apply(orm::ClassDeclaration& d) { d.is_concrete = true; }
};

/// Makes selects of this class, and of the Concrete classes that inherit from it, find the rows of
/// subclasses too: in a union of all their tables, told apart by their PolymorphicIdentity.
struct ConcreteBase {
  static constexpr void apply(orm::ClassDeclaration& d) { d.is_concrete_base = true; }
};

/// Names the attribute whose value tells the class of a row.
template <orm::Name Attribute>
struct PolymorphicOn {
  static constexpr void apply(orm::ClassDeclaration& d) { d.polymorphic_on = Attribute.view(); }
};

/// The value that rows of this class have in the PolymorphicOn attribute: a string, a number or an
/// enumerator. New objects get it.
template <orm::Constant V>
struct PolymorphicIdentity {
  static constexpr void apply(orm::ClassDeclaration& d) {
    d.polymorphic_identity = [] { return Value(Literal(V.get())); };
  }
};

/// `PolymorphicLoad<"inline">`: selects of a parent class load the columns of this class too;
/// `PolymorphicLoad<"selectin">`: with a second statement for the objects of this class.
template <orm::Name How>
struct PolymorphicLoad {
  static constexpr void apply(orm::ClassDeclaration& d) { d.polymorphic_load = How.view(); }
};

/// `WithPolymorphic<"*">`: selects of this class load the columns of all its subclasses too.
template <orm::Name Which>
struct WithPolymorphic {
  static constexpr void apply(orm::ClassDeclaration& d) { d.with_polymorphic = Which.view(); }
};

namespace orm::detail {
template <class... O>
struct ParentOf {
  using type = Object;
};

template <class P, class... O>
struct ParentOf<Inherits<P>, O...> {
  using type = P;
};

template <class First, class... O>
struct ParentOf<First, O...> : ParentOf<O...> {};

template <class Parent, class... O>
constexpr bool joins([[maybe_unused]] std::string_view table) {
  if constexpr (std::is_same_v<Parent, Object> || (std::is_same_v<O, Concrete> || ...)) {
    return false;
  } else {
    return table != Parent::azoth_table;
  }
}

template <class... Options>
inline constexpr bool is_key = (std::is_same_v<Options, DeclarationWords::PrimaryKey> || ...);
}  // namespace orm::detail

namespace orm {

/// Is what `Column<"id", T, PrimaryKey, ForeignKey<"parent.id">>` names in a class whose table is
/// joined to its parent's: the column of its own table in statements, the parent's member in
/// objects. It holds no value.
template <class E, Name N, class T, class... O>
class MappedKey {
  static_assert(ColumnType<T>,
                "azoth: this C++ type cannot be a column; specialise azoth::CppType for it");

 public:
  using azoth_column = MappedKey;
  using value_type = T;
  using entity_type = E;

  MappedKey() {
    if (MapperBuilder* b = ClassState<E>::slot.building) [[unlikely]] {
      declare_key(*b, this, position_, declaration);
    }
  }

  /// Returns the parent's key. @throws DetachedInstanceError
  const T& get() const {
    if (header(owner()).has_unloaded_columns) [[unlikely]] {
      load_before_read(owner(), position_.index);
    }
    return value();
  }

  operator const T&() const { return get(); }

  const T& operator*() const { return get(); }

  const T* operator->() const { return &get(); }

  template <class U>
    requires(detail::takes<T, U> && !std::is_same_v<std::remove_cvref_t<U>, MappedKey>)
  MappedKey& operator=(U&& given) {
    record_before_change(owner(), position_.index);
    value() = detail::take<T>(std::forward<U>(given));
    return *this;
  }

  MappedKey& operator=(MappedKey&&) = delete;

  MappedKey& operator=(const MappedKey& other) { return *this = other.get(); }

  static const ColumnAttribute& attribute() {
    const Mapper& m = E::mapper();
    return column_attribute(m, position_.index);
  }

  /// Returns the column of the class's own table, for expressions.
  static sql::Ref azoth_node() { return key_node(E::mapper(), position_.index); }

  static std::string_view azoth_key() { return N.view(); }

 private:
  friend E;
  MappedKey(MappedKey&&) = default;  // with its entity, by make()

  Object& owner() const {
    return *reinterpret_cast<Object*>(reinterpret_cast<char*>(const_cast<MappedKey*>(this)) -
                                      position_.offset);
  }

  T& value() const {
    return *reinterpret_cast<T*>(reinterpret_cast<char*>(&owner()) + position_.value_offset);
  }

  static constexpr ColumnDeclaration declaration = detail::declare<T, O...>(N.view());
  static inline constinit KeyPosition position_{};
};

}  // namespace orm

}  // namespace azoth
