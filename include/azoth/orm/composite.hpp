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
#include <azoth/orm/changes.hpp>
#include <azoth/orm/declare.hpp>
#include <azoth/sql/assign.hpp>
#include <azoth/sql/condition.hpp>

#include <array>
#include <cstddef>
#include <optional>
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

/// The three parts of a composite's history. A part of the old value that is not known is empty.
template <class T>
struct CompositeHistory {
  std::optional<T> added, unchanged, deleted;

  bool has_changes() const { return added.has_value() || deleted.has_value(); }
};

namespace orm::detail {
// The value of a column in history: what the part asks for, else what did not change.
template <class V>
V part_of(const std::optional<Value>& part, const std::optional<Value>& unchanged) {
  V value{};
  const std::optional<Value>& given = part ? part : unchanged;
  if (given && (!given->is_null() || CppType<V>::cell().optional)) {
    store_cell(CppType<V>::cell(), &value, *given);
  }
  return value;
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

  /// What `update<Vertex>().values({{&Vertex::start, Point{1, 2}}})` sets.
  static Assign azoth_assign(const T& value) {
    const auto parts = orm::detail::composite_parts<sizeof...(Columns)>(value);
    return assign_parts(parts, std::index_sequence_for<decltype(Columns)...>());
  }

  /// What `inspect(vertex).history(&Vertex::start)` returns.
  static CompositeHistory<T> azoth_history(const orm::Object& object) {
    return history_of_parts({orm::history_of(object, member_type<Columns>::attribute())...},
                            std::index_sequence_for<decltype(Columns)...>());
  }

 private:
  friend E;
  Composite(Composite&&) = default;  // with its entity, by make()

  template <auto Column>
  using member_type = std::remove_cvref_t<decltype(std::declval<E&>().*Column)>;

  template <class P, std::size_t... I>
  static Assign assign_parts(const P& parts, std::index_sequence<I...>) {
    return Assign::several({Assign(Columns, std::get<I>(parts))...});
  }

  template <std::size_t... I>
  static CompositeHistory<T> history_of_parts(
      const std::array<orm::ColumnHistory, sizeof...(Columns)>& h, std::index_sequence<I...>) {
    const auto made = [&](std::optional<Value> orm::ColumnHistory::* part) {
      return T{orm::detail::part_of<typename member_type<Columns>::value_type>(h[I].*part,
                                                                               h[I].unchanged)...};
    };
    CompositeHistory<T> history;
    if ((h[I].has_changes() || ...)) {
      history.added = made(&orm::ColumnHistory::added);
      if ((h[I].deleted || ...)) {
        history.deleted = made(&orm::ColumnHistory::deleted);
      }
    } else if ((h[I].unchanged && ...)) {
      history.unchanged = made(&orm::ColumnHistory::unchanged);
    }
    return history;
  }

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
