// SPDX-License-Identifier: MIT
// Hybrids: what a class computes of its columns, defined once for objects and for SQL.
//
//   Hybrid<"length", [](auto self) { return self[&Interval::end] - self[&Interval::start]; }>
//   length;
//
// `self` is an object (its columns are values) or the class, an alias, a subquery (its columns are
// expressions). Where one definition cannot serve both, say the other one:
//
//   Hybrid<"upper", [](auto self) { return to_upper(self[&T::label]); },
//          Expression<[](auto self) { return func::upper(self[&T::label]); }>> upper;
//
// A hybrid holds no value.
#pragma once
#include <azoth/orm/declare.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/sql/assign.hpp>

#include <string_view>
#include <type_traits>
#include <utility>

namespace azoth {

/// What a hybrid is in SQL, where that is not what it is for objects.
template <auto F>
struct Expression {
  static constexpr auto expression = F;
};

/// What assigning to a hybrid of an object does: `Setter<[](Interval& i, int v) { ... }>`.
template <auto F>
struct Setter {
  static constexpr auto set = F;
};

/// What setting a hybrid in an UPDATE sets: returns an Assign.
template <auto F>
struct UpdateExpression {
  static constexpr auto update = F;
};

namespace orm {

/// An object as hybrids see it.
template <class E>
class HybridInstance {
 public:
  explicit HybridInstance(const E& object) : object_(&object) {}

  /// Returns a column's value, or what a hybrid is of this object.
  template <class M, class C>
  decltype(auto) operator[](M C::* member) const {
    return (object_->*member).get();
  }

  const E* operator->() const { return object_; }

 private:
  const E* object_;
};

/// Returns an object as hybrids see it, for functions that serve objects and SQL.
template <class T>
HybridInstance<T> hybrid_of(const ptr<T>& object) {
  return HybridInstance<T>(*object);
}

/// A class as hybrids see it.
struct HybridClass {
  template <class M, class C>
  auto operator[](M C::* member) const {
    return col(member);
  }
};

namespace detail {
template <auto F, class... O>
struct ExpressionOf {
  static constexpr auto value = F;
};

template <auto F, auto G, class... O>
struct ExpressionOf<F, Expression<G>, O...> {
  static constexpr auto value = G;
};

template <auto F, class First, class... O>
struct ExpressionOf<F, First, O...> : ExpressionOf<F, O...> {};

template <class... O>
struct SetterOf {};

template <auto G, class... O>
struct SetterOf<Setter<G>, O...> : Setter<G> {};

template <class First, class... O>
struct SetterOf<First, O...> : SetterOf<O...> {};

template <class... O>
struct UpdateOf {};

template <auto G, class... O>
struct UpdateOf<UpdateExpression<G>, O...> : UpdateExpression<G> {};

template <class First, class... O>
struct UpdateOf<First, O...> : UpdateOf<O...> {};

// The hybrid's expression in a columns clause: functions and columns keep the name they have.
sql::Ref hybrid_output(const sql::Ref& expression, std::string_view name);
}  // namespace detail

/// Is what `Hybrid<"name", F, Options...>` names inside a mapped class `E`.
template <class E, Name N, auto F, class... O>
class MappedHybrid {
 public:
  using azoth_hybrid = MappedHybrid;
  using entity_type = E;

  MappedHybrid() {
    if (MapperBuilder* b = ClassState<E>::slot.building) [[unlikely]] {
      declare_member(*b, this, position_);
    }
  }

  /// Computes the value of the object.
  auto get() const { return F(HybridInstance<E>(owner())); }

  auto operator*() const { return get(); }

  template <class V>
    requires(!std::is_same_v<std::remove_cvref_t<V>, MappedHybrid>)
  MappedHybrid& operator=(V&& value) {
    static_assert(
        requires { detail::SetterOf<O...>::set; },
        "azoth: this hybrid can't be assigned: declare it with Setter<...>");
    if constexpr (requires { detail::SetterOf<O...>::set; }) {
      detail::SetterOf<O...>::set(owner(), std::forward<V>(value));
    }
    return *this;
  }

  MappedHybrid& operator=(MappedHybrid&&) = delete;
  MappedHybrid& operator=(const MappedHybrid&) = delete;

  static auto azoth_expression() { return azoth_expression_in(HybridClass{}); }

  template <class Holder>
  static auto azoth_expression_in(const Holder& holder) {
    return detail::ExpressionOf<F, O...>::value(holder);
  }

  static auto azoth_output() {
    auto expression = azoth_expression();
    return azoth::detail::KeyedOutput<typename decltype(expression)::value_type>{
        detail::hybrid_output(expression.node(), N.view()), N.view()};
  }

  template <class V>
  static Assign azoth_assign(V value) {
    static_assert(
        requires { detail::UpdateOf<O...>::update; },
        "azoth: this hybrid can't be set by an UPDATE: declare it with "
        "UpdateExpression<...>");
    return detail::UpdateOf<O...>::update(HybridClass{}, value);
  }

 private:
  friend E;
  MappedHybrid(MappedHybrid&&) = default;  // with its entity, by make()

  E& owner() const {
    return *reinterpret_cast<E*>(reinterpret_cast<char*>(const_cast<MappedHybrid*>(this)) -
                                 position_.offset);
  }

  static inline constinit Position position_{};
};

}  // namespace orm

}  // namespace azoth
