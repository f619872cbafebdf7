// SPDX-License-Identifier: MIT
// Attributes that are SQL expressions: read with the object, never written.
//
//   ColumnProperty<"fullname", std::string, [](auto self) {
//     return self[&User::first] + " " + self[&User::last];
//   }> fullname;
//   QueryExpression<"balance", std::optional<double>> balance;
//
// The value of a QueryExpression is what a statement says:
// `.options(with_expression(&User::balance,
// ...))`; without that it is empty.
#pragma once
#include <azoth/orm/hybrid.hpp>
#include <azoth/orm/load.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace azoth {

namespace orm {

/// The label by which an expression of a class enters statements.
sql::Ref expression_node(const Mapper& mapper, unsigned attribute);
/// Says whether the last statement that read the object gave the attribute a value.
bool has_query_value(const Object& object, unsigned attribute);

/// Is what `ColumnProperty<"name", T, F, Options...>` names inside a mapped class `E`. `F` is
/// called with the class as hybrids see it, or without arguments, once; options are Deferred,
/// DeferredGroup and DeferredRaiseload.
template <class E, Name N, class T, auto F, class... O>
class MappedExpression {
  static_assert(ColumnType<T>,
                "azoth: this C++ type cannot be a column; specialise azoth::CppType for it");

 public:
  using azoth_column = MappedExpression;
  using value_type = T;
  using entity_type = E;

  MappedExpression() {
    if (MapperBuilder* b = ClassState<E>::slot.building) [[unlikely]] {
      declare_expression(*b, this, position_, declaration, [] { return make(); });
    }
  }

  /// Returns the value; loads it first when it is expired or deferred. Of a new object it is empty.
  /// @throws DetachedInstanceError
  const T& get() const {
    if (header(owner()).has_unloaded_columns) [[unlikely]] {
      load_before_read(owner(), position_.index);
    }
    return value_;
  }

  operator const T&() const { return get(); }

  const T& operator*() const { return get(); }

  const T* operator->() const { return &get(); }

  MappedExpression& operator=(MappedExpression&&) = delete;
  MappedExpression& operator=(const MappedExpression&) = delete;

  static const ColumnAttribute& attribute() {
    const Mapper& m = E::mapper();
    return column_attribute(m, position_.index);
  }

  static sql::Ref azoth_node() {
    const Mapper& m = E::mapper();
    return expression_node(m, position_.index);
  }

  static std::string_view azoth_key() { return N.view(); }

  /// What select(&E::name) selects, under the attribute's name.
  static auto azoth_output() { return azoth::detail::KeyedOutput<T>{azoth_node(), N.view()}; }

 private:
  friend E;
  MappedExpression(MappedExpression&&) = default;  // with its entity, by make()

  static sql::Ref make() {
    if constexpr (requires { F(HybridClass{}); }) {
      return F(HybridClass{}).node();
    } else {
      return F().node();
    }
  }

  Object& owner() const {
    return *reinterpret_cast<Object*>(reinterpret_cast<char*>(const_cast<MappedExpression*>(this)) -
                                      position_.offset);
  }

  static constexpr ColumnDeclaration declaration = detail::declare<T, O...>(N.view());
  static inline constinit Position position_{};
  T value_{};
};

/// Is what `QueryExpression<"name", T>` names inside a mapped class `E`.
template <class E, Name N, class T>
class MappedQueryExpression {
  static_assert(ColumnType<T>,
                "azoth: this C++ type cannot be a column; specialise azoth::CppType for it");

 public:
  using azoth_column = MappedQueryExpression;
  using azoth_query_expression = MappedQueryExpression;
  using value_type = T;
  using entity_type = E;

  MappedQueryExpression() {
    if (MapperBuilder* b = ClassState<E>::slot.building) [[unlikely]] {
      declare_expression(*b, this, position_, declaration, nullptr);
    }
  }

  /// Returns the value that the statement made, or an empty one. Emits no SQL.
  const T& get() const {
    static const T nothing{};
    return has_query_value(owner(), position_.index) ? value_ : nothing;
  }

  operator const T&() const { return get(); }

  const T& operator*() const { return get(); }

  const T* operator->() const { return &get(); }

  MappedQueryExpression& operator=(MappedQueryExpression&&) = delete;
  MappedQueryExpression& operator=(const MappedQueryExpression&) = delete;

  static const ColumnAttribute& attribute() {
    const Mapper& m = E::mapper();
    return column_attribute(m, position_.index);
  }

  static sql::Ref azoth_node() {
    const Mapper& m = E::mapper();
    return expression_node(m, position_.index);
  }

  static std::string_view azoth_key() { return N.view(); }

 private:
  friend E;
  MappedQueryExpression(MappedQueryExpression&&) = default;

  Object& owner() const {
    return *reinterpret_cast<Object*>(
        reinterpret_cast<char*>(const_cast<MappedQueryExpression*>(this)) - position_.offset);
  }

  static constexpr ColumnDeclaration declaration = detail::declare<T>(N.view());
  static inline constinit Position position_{};
  T value_{};
};

}  // namespace orm

/// Gives a QueryExpression its value in the objects that a statement makes, or reads anew.
template <class M, class E, ExprLike X>
  requires requires { typename M::azoth_query_expression; }
Load<E> with_expression(M E::*, const X& expression) {
  return Load<E>(orm::expression_option({}, E::mapper(), M::attribute(), expression.node()));
}

}  // namespace azoth
