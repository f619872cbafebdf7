// SPDX-License-Identifier: MIT
// Which C++ types stand for which SQL values at the typed doors, and which of them compare without
// a cast. Concepts and traits only.
#pragma once
#include <azoth/fwd.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/table.hpp>
#include <azoth/types/cpp_type.hpp>

#include <initializer_list>

namespace azoth {

/// Stands for the C++ type of an expression whose type is not known (reflected tables, text()).
struct AnyType;
template <class T>
class Expr;
/// An expression whose C++ type is not known; compares with everything.
using Any = Expr<AnyType>;

template <class T>
concept ExprLike = requires { typename T::azoth_expr; };
/// A member of a mapped class that is a column: its class tells the value's type and the column's
/// node.
template <class M>
concept ColumnMember = requires { typename M::azoth_column; };
/// A member of a mapped class that is a relationship: its class has `azoth_join(statement,
/// is_outer, is_full)`.
template <class M>
concept RelationshipMember = requires { typename M::azoth_relationship; };
/// A member of a mapped class that is computed, in objects and in SQL: its class makes the
/// expression for any holder of the class's columns.
template <class M>
concept HybridMember = requires { typename M::azoth_hybrid; };
/// A relationship of an alias, or to one: has `azoth_join(statement, is_outer, is_full)`.
template <class R>
concept RelationshipPathLike = requires { typename R::azoth_relationship_path; };
/// A mapped class: has `azoth_entity_node()`, its Entity node.
template <class T>
concept Mapped = requires { typename T::azoth_entity; };

/// A select, typed or not.
template <class S>
concept SelectLike = requires { typename S::azoth_select; };
template <class R>
concept RangeLike = requires(const R& r) {
  r.begin();
  r.end();
};

namespace detail {
template <class T>
struct Bare {
  using type = T;
};

template <class T>
struct Bare<std::optional<T>> {
  using type = T;
};

template <>
struct Bare<const char*> {
  using type = std::string;
};

template <>
struct Bare<char*> {
  using type = std::string;
};

template <>
struct Bare<std::string_view> {
  using type = std::string;
};

template <class T>
struct Bare<Expr<T>> : Bare<T> {};
template <class T>
using bare_t = typename Bare<T>::type;

template <class T>
inline constexpr bool is_any = std::is_same_v<T, AnyType>;
template <class T>
inline constexpr bool is_null = std::is_same_v<T, std::nullopt_t>;
template <class T>
inline constexpr bool is_number =
    std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>;
template <class T>
inline constexpr bool is_integer = is_number<T> && std::is_integral_v<T>;
template <class A, class B>
inline constexpr bool is_decimal_pair =
    (std::is_same_v<A, Decimal> && is_integer<B>) || (std::is_same_v<B, Decimal> && is_integer<A>);
template <class A, class B>
inline constexpr bool same_family = std::is_same_v<A, B> || (is_number<A> && is_number<B>) ||
                                    is_decimal_pair<A, B> || is_any<A> || is_any<B>;

// The value of a plain operand as a literal: nullopt and empty optionals are NULL.
template <class T>
auto literal(const T& v) {
  if constexpr (std::convertible_to<const T&, Literal>) {
    return Literal(v);
  } else {
    return CppType<T>::cell().codec->encode(&v);
  }  // a user's type, as a Value
}

template <class T>
struct ItemOf {
  using type = bare_t<T>;
};

template <>
struct ItemOf<AnyType> {
  using type = Literal;
};

template <>
struct ItemOf<std::string> {
  using type = std::string_view;
};
template <class T>
using item_t = typename ItemOf<bare_t<T>>::type;

template <class T>
TypePtr sql_type() {
  if constexpr (is_any<T>) {
    return types::null_type();
  } else {
    return CppType<T>::type();
  }
}

sql::Ref in_values(sql::Op op, const sql::Ref& element, const Literal* values, std::size_t count);
sql::Ref in_values(sql::Op op, const sql::Ref& element, const std::vector<Value>& values);

template <class R>
sql::Ref in_range(sql::Op op, const sql::Ref& element, const R& range) {
  if constexpr (std::same_as<decltype(detail::literal(*range.begin())), Literal>) {
    std::vector<Literal> values(range.begin(), range.end());
    return in_values(op, element, values.data(), values.size());
  } else {
    std::vector<Value> values;
    for (const auto& v : range) {
      values.push_back(detail::literal(v));
    }
    return in_values(op, element, values);
  }
}

sql::Ref table_column(const sql::Ref& from, std::string_view key, TypePtr expected);

// An operand beside `element`: an expression as it is, a value bound under the element's name.
template <class X>
sql::Ref beside(const sql::Ref& element, const X& x) {
  if constexpr (ExprLike<X>) {
    return x.node();
  } else {
    return sql::bind(literal(x), sql::bind_name(element), element->type());
  }
}
}  // namespace detail

/// Holds when values of the two C++ types compare in SQL without a cast.
template <class T, class U>
concept ComparableWith = detail::is_null<U> || detail::is_null<T> ||
                         detail::same_family<detail::bare_t<T>, detail::bare_t<U>>;

namespace detail {
// Whether a select gives one column to compare with a T; what is not known to the compiler may.
template <class T, class S>
struct SelectsOne : std::false_type {};

template <class T>
struct SelectsOne<T, Select<>> : std::true_type {};

template <class T, class C>
struct SelectsOne<T, Select<C>> : std::bool_constant<ComparableWith<T, C>> {};
}  // namespace detail

template <class T>
concept TextLike = detail::same_family<detail::bare_t<T>, std::string>;
template <class T>
concept NumberLike = detail::is_number<detail::bare_t<T>> ||
                     std::is_same_v<detail::bare_t<T>, Decimal> || detail::is_any<T>;

}  // namespace azoth
