// SPDX-License-Identifier: MIT
// Several columns as one value:
//
//   struct Point { int x, y; };
//   struct Vertex : Entity<Vertex, "vertex"> { ...
//     Column<"x1", int> x1;
//     Column<"y1", int> y1;
//     Composite<Vertex, Point, &Vertex::x1, &Vertex::y1> start;
//   };
//   vertex->start = Point{3, 4};
//   select<Vertex>().where(col(&Vertex::start) == Point{3, 4})
//
// It holds nothing: reading makes the value of the columns, assigning gives each column its part. A
// value is made by braces from the columns in order, and taken apart by its composite_values(),
// which returns a tuple, or as an aggregate of up to four members. Not part of <azoth/orm.hpp>.
#pragma once
#include <azoth/orm/declare.hpp>
#include <azoth/sql/condition.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace azoth {

namespace orm::detail {
template <std::size_t N, class T>
auto composite_parts(const T& value) {
  if constexpr (requires { value.composite_values(); }) {
    return value.composite_values();
  } else if constexpr (N == 2) {
    const auto& [a, b] = value;
    return std::tuple(a, b);
  } else if constexpr (N == 3) {
    const auto& [a, b, c] = value;
    return std::tuple(a, b, c);
  } else {
    static_assert(N == 4,
                  "azoth: give a composite of this many columns a composite_values() that returns "
                  "a tuple of its parts");
    const auto& [a, b, c, d] = value;
    return std::tuple(a, b, c, d);
  }
}
}  // namespace orm::detail

/// A composite in SQL: equal when all its columns are.
template <class T, auto... Columns>
class CompositeExpression {
 public:
  friend Expr<bool> operator==(const CompositeExpression&, const T& value) {
    return equal(value, std::index_sequence_for<decltype(Columns)...>());
  }

  friend Expr<bool> operator!=(const CompositeExpression& self, const T& value) {
    return not_(self == value);
  }

 private:
  template <std::size_t... I>
  static Expr<bool> equal(const T& value, std::index_sequence<I...>) {
    const auto parts = orm::detail::composite_parts<sizeof...(Columns)>(value);
    return and_((col(Columns) == std::get<I>(parts))...);
  }
};

/// Is an attribute of class `E` that is made of columns of it, which stand before it.
template <class E, class T, auto... Columns>
class Composite {
  static_assert(sizeof...(Columns) >= 2, "azoth: a composite is of two columns or more");

 public:
  using azoth_hybrid = Composite;
  using entity_type = E;
  using value_type = T;

  Composite() {
    if (orm::MapperBuilder* b = orm::ClassState<E>::slot.building) [[unlikely]] {
      orm::declare_member(*b, this, position_);
    }
  }

  /// Gives the columns their values, in `make<E>({.name = ...})`.
  Composite(const T& value) { *this = value; }

  /// Makes the value of the columns as they are; loads those that are expired.
  /// @throws DetachedInstanceError
  T get() const { return T{(owner().*Columns).get()...}; }

  T operator*() const { return get(); }

  operator T() const { return get(); }

  Composite& operator=(const T& value) {
    assign(value, std::index_sequence_for<decltype(Columns)...>());
    return *this;
  }

  Composite& operator=(Composite&&) = delete;

  Composite& operator=(const Composite& other) { return *this = other.get(); }

  static CompositeExpression<T, Columns...> azoth_expression() { return {}; }

 private:
  friend E;
  Composite(Composite&&) = default;  // with its entity, by make()

  template <std::size_t... I>
  void assign(const T& value, std::index_sequence<I...>) {
    const auto parts = orm::detail::composite_parts<sizeof...(Columns)>(value);
    ((owner().*Columns = std::get<I>(parts)), ...);
  }

  E& owner() const {
    return *reinterpret_cast<E*>(reinterpret_cast<char*>(const_cast<Composite*>(this)) -
                                 position_.offset);
  }

  static inline constinit orm::Position position_{};
};

}  // namespace azoth
