// SPDX-License-Identifier: MIT
// The typed handle of an expression and its operators: `Expr<T>` carries the C++ type for checking and forwards to expression.hpp. Every
// body forwards; refusals are static_assert sentences, the only form whose first line is the sentence with every compiler.
#pragma once
#include <initializer_list>

#include <azoth/sql/expression.hpp>
#include <azoth/sql/table.hpp>
#include <azoth/types/cpp_type.hpp>

namespace azoth {

/// Stands for the C++ type of an expression whose type is not known (reflected tables, text()).
struct AnyType;
template <class T> class Expr;
/// An expression whose C++ type is not known; compares with everything.
using Any = Expr<AnyType>;

template <class T> concept ExprLike = requires { typename T::azoth_expr; };
/// A member of a mapped class that is a column: its class tells the value's type and the column's node.
template <class M> concept ColumnMember = requires { typename M::azoth_column; };
/// A member of a mapped class that is a relationship.
template <class M> concept RelationshipMember = requires { typename M::azoth_target; };
/// A mapped class.
template <class T> concept Mapped = requires { typename T::azoth_entity; };

namespace detail {
template <class T> struct Bare { using type = T; };
template <class T> struct Bare<std::optional<T>> { using type = T; };
template <> struct Bare<const char*> { using type = std::string; };
template <> struct Bare<char*> { using type = std::string; };
template <> struct Bare<std::string_view> { using type = std::string; };
template <class T> struct Bare<Expr<T>> : Bare<T> {};
template <class T> using bare_t = typename Bare<T>::type;

template <class T> inline constexpr bool is_any = std::is_same_v<T, AnyType>;
template <class T> inline constexpr bool is_null = std::is_same_v<T, std::nullopt_t>;
template <class T> inline constexpr bool is_number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>;
template <class T> inline constexpr bool is_integer = is_number<T> && std::is_integral_v<T>;
template <class A, class B> inline constexpr bool is_decimal_pair =
    (std::is_same_v<A, Decimal> && is_integer<B>) || (std::is_same_v<B, Decimal> && is_integer<A>);
template <class A, class B> inline constexpr bool same_family =
    std::is_same_v<A, B> || (is_number<A> && is_number<B>) || is_decimal_pair<A, B> || is_any<A> || is_any<B>;

// The value of a plain operand as a literal: nullopt and empty optionals are NULL.
template <class T> auto literal(const T& v) {
  if constexpr (std::convertible_to<const T&, Literal>) { return Literal(v); }
  else { return CppType<T>::cell().codec->encode(&v); }  // a user's type, as a Value
}

template <class T> struct ItemOf { using type = bare_t<T>; };
template <> struct ItemOf<AnyType> { using type = Literal; };
template <> struct ItemOf<std::string> { using type = std::string_view; };
template <class T> using item_t = typename ItemOf<bare_t<T>>::type;
template <class T> TypePtr sql_type() { if constexpr (is_any<T>) { return types::null_type(); } else { return CppType<T>::type(); } }
sql::Ref in_values(sql::Op op, const sql::Ref& element, const Literal* values, std::size_t count);
sql::Ref in_values(sql::Op op, const sql::Ref& element, const std::vector<Value>& values);
template <class R> sql::Ref in_range(sql::Op op, const sql::Ref& element, const R& range) {
  if constexpr (std::same_as<decltype(literal(*range.begin())), Literal>) {
    std::vector<Literal> values(range.begin(), range.end());
    return in_values(op, element, values.data(), values.size());
  } else {
    std::vector<Value> values;
    for (const auto& v : range) { values.push_back(literal(v)); }
    return in_values(op, element, values);
  }
}
sql::Ref table_column(const sql::Ref& from, std::string_view key, TypePtr expected);
}  // namespace detail

/// Holds when values of the two C++ types compare in SQL without a cast.
template <class T, class U> concept ComparableWith = detail::is_null<U> || detail::is_null<T> || detail::same_family<detail::bare_t<T>, detail::bare_t<U>>;
template <class T> concept TextLike = detail::same_family<detail::bare_t<T>, std::string>;
template <class T> concept NumberLike = detail::is_number<detail::bare_t<T>> || std::is_same_v<detail::bare_t<T>, Decimal> || detail::is_any<T>;

/// A SQL expression whose values have the C++ type `T` (`std::optional<…>` where NULL is possible). Immutable, cheap to copy, shared freely
/// between threads.
template <class T> class [[nodiscard]] Expr {
 public:
  using value_type = T;
  using azoth_expr = Expr;
  explicit Expr(sql::Ref node) : node_(std::move(node)) {}
  /// Any typed expression is an untyped one.
  template <class U> requires(detail::is_any<T> && !detail::is_any<U>) Expr(const Expr<U>& other) : node_(other.node()) {}
  const sql::Ref& node() const { return node_; }
  sql::Ref release() && { return std::move(node_); }
  explicit operator bool() const = delete;  // SQL is not evaluated here; use case_(), or compare values

  /// Gives the expression a name: `x AS name`.
  Expr label(std::string_view name) const { return Expr(sql::label(sql::Ref(node_), name)); }
  Expr<bool> is_null() const { return Expr<bool>(sql::compare(sql::Op::eq, sql::Ref(node_), Literal(std::nullopt))); }
  Expr<bool> is_not_null() const { return Expr<bool>(sql::compare(sql::Op::ne, sql::Ref(node_), Literal(std::nullopt))); }
  Expr<bool> like(std::string_view pattern, std::string_view escape = {}) const { return text_op(sql::Op::like, pattern, escape); }
  Expr<bool> not_like(std::string_view pattern, std::string_view escape = {}) const { return text_op(sql::Op::not_like, pattern, escape); }
  Expr<bool> ilike(std::string_view pattern, std::string_view escape = {}) const { return text_op(sql::Op::ilike, pattern, escape); }
  /// `x LIKE prefix || '%'`; with `autoescape` the percent signs and underscores of `other` stand for themselves.
  Expr<bool> startswith(std::string_view other, bool autoescape = false) const { return form(sql::LikeForm::startswith, other, autoescape); }
  Expr<bool> endswith(std::string_view other, bool autoescape = false) const { return form(sql::LikeForm::endswith, other, autoescape); }
  Expr<bool> contains(std::string_view other, bool autoescape = false) const { return form(sql::LikeForm::contains, other, autoescape); }
  /// `x IN (…)`; an empty list renders the database's empty set. The list does not change the compiled statement.
  Expr<bool> in(std::initializer_list<detail::item_t<T>> list) const { return Expr<bool>(detail::in_range(sql::Op::in, node_, list)); }
  template <class R> requires requires(const R& r) { r.begin(); r.end(); } Expr<bool> in(const R& range) const {
    return Expr<bool>(detail::in_range(sql::Op::in, node_, range));
  }
  template <class S> requires requires(const S& s) { typename S::azoth_select; } Expr<bool> in(const S& select) const {
    return Expr<bool>(sql::in_select(sql::Op::in, sql::Ref(node_), select.node()));
  }
  Expr<bool> not_in(std::initializer_list<detail::item_t<T>> list) const { return Expr<bool>(detail::in_range(sql::Op::not_in, node_, list)); }
  template <class R> requires requires(const R& r) { r.begin(); r.end(); } Expr<bool> not_in(const R& range) const {
    return Expr<bool>(detail::in_range(sql::Op::not_in, node_, range));
  }
  template <class S> requires requires(const S& s) { typename S::azoth_select; } Expr<bool> not_in(const S& select) const {
    return Expr<bool>(sql::in_select(sql::Op::not_in, sql::Ref(node_), select.node()));
  }
  template <class L, class H> Expr<bool> between(const L& low, const H& high) const {
    static_assert(ComparableWith<T, L> && ComparableWith<T, H>, "azoth: the bounds of between() have another type than the expression; cast() it, or bind other values");
    return Expr<bool>(sql::between(sql::Ref(node_), detail::literal(low), detail::literal(high)));
  }

 private:
  Expr<bool> text_op(sql::Op op, std::string_view pattern, std::string_view escape) const {
    static_assert(TextLike<T>, "azoth: like() needs a text expression; cast<std::string>() it first");
    return Expr<bool>(sql::like(op, sql::Ref(node_), Literal(pattern), escape));
  }
  Expr<bool> form(sql::LikeForm form, std::string_view other, bool autoescape) const {
    static_assert(TextLike<T>, "azoth: startswith(), endswith() and contains() need a text expression; cast<std::string>() it first");
    return Expr<bool>(sql::like_form(form, sql::Ref(node_), Literal(other), autoescape));
  }
  sql::Ref node_;
};

// Three templates a comparison. A plain operand is taken by value, so that literals of every length share one instantiation. All three are
// written: with (Expr, R) alone clang 14 chooses the reversed rewriting of C++20 for Expr == Expr and refuses its result.
#define AZOTH_DIFFERENT(op) "azoth: the two sides of '" #op "' have different types; cast() one, or bind another value"
#define AZOTH_COMPARISON(op, code)                                                                                               \
  template <class T, class U> Expr<bool> operator op(Expr<T> l, Expr<U> r) {                                                     \
    static_assert(ComparableWith<T, U>, AZOTH_DIFFERENT(op));                                                                    \
    return Expr<bool>(sql::compare(sql::Op::code, std::move(l).release(), std::move(r).release()));                              \
  }                                                                                                                              \
  template <class T, class R> requires(!ExprLike<R>) Expr<bool> operator op(Expr<T> l, R r) {                                    \
    static_assert(ComparableWith<T, R>, AZOTH_DIFFERENT(op));                                                                    \
    if constexpr (ComparableWith<T, R>) { return Expr<bool>(sql::compare(sql::Op::code, std::move(l).release(), detail::literal(r))); } \
    else { return Expr<bool>(sql::Ref()); }                                                                                      \
  }                                                                                                                              \
  template <class L, class T> requires(!ExprLike<L>) Expr<bool> operator op(L l, Expr<T> r) {                                    \
    static_assert(ComparableWith<T, L>, AZOTH_DIFFERENT(op));                                                                    \
    if constexpr (ComparableWith<T, L>) { return Expr<bool>(sql::compare_reversed(sql::Op::code, detail::literal(l), std::move(r).release())); } \
    else { return Expr<bool>(sql::Ref()); }                                                                                      \
  }
AZOTH_COMPARISON(==, eq) AZOTH_COMPARISON(!=, ne) AZOTH_COMPARISON(<, lt) AZOTH_COMPARISON(<=, le) AZOTH_COMPARISON(>, gt) AZOTH_COMPARISON(>=, ge)
#undef AZOTH_COMPARISON

namespace detail {
// What an arithmetic operator gives: the wider of the operands, optional when one of them is.
template <class A, class B> struct Arithmetic {
  using X = bare_t<A>;
  using Y = bare_t<B>;
  template <class L, class R> static auto wider() {
    if constexpr (is_any<L> || is_any<R>) { return static_cast<AnyType*>(nullptr); }
    else if constexpr (std::is_same_v<L, Decimal> || std::is_same_v<R, Decimal>) { return static_cast<Decimal*>(nullptr); }
    else if constexpr (is_number<L> && is_number<R>) { return static_cast<decltype(L() + R())*>(nullptr); }
    else { return static_cast<L*>(nullptr); }
  }
  using bare = std::remove_pointer_t<decltype(wider<X, Y>())>;
  static constexpr bool is_optional = !std::is_same_v<typename Bare<A>::type, A> && !std::is_same_v<A, const char*>;
  template <class V> static constexpr bool nullable = requires { typename V::value_type; } && std::is_same_v<V, std::optional<bare_t<V>>>;
  using type = std::conditional_t<!is_any<bare> && (nullable<A> || nullable<B>), std::optional<bare>, bare>;
};
template <> struct Arithmetic<AnyType, AnyType> { using type = AnyType; };
}  // namespace detail

#define AZOTH_ARITHMETIC(op, code)                                                                                               \
  template <class T, class U> auto operator op(Expr<T> l, Expr<U> r) {                                                           \
    static_assert(ComparableWith<T, U>, AZOTH_DIFFERENT(op));                                                                    \
    return Expr<typename detail::Arithmetic<T, U>::type>(sql::arithmetic(sql::Op::code, std::move(l).release(), std::move(r).release())); \
  }                                                                                                                              \
  template <class T, class R> requires(!ExprLike<R>) auto operator op(Expr<T> l, R r) {                                          \
    static_assert(ComparableWith<T, R>, AZOTH_DIFFERENT(op));                                                                    \
    return Expr<typename detail::Arithmetic<T, R>::type>(sql::arithmetic(sql::Op::code, std::move(l).release(), detail::literal(r))); \
  }                                                                                                                              \
  template <class L, class T> requires(!ExprLike<L>) auto operator op(L l, Expr<T> r) {                                          \
    static_assert(ComparableWith<T, L>, AZOTH_DIFFERENT(op));                                                                    \
    return Expr<typename detail::Arithmetic<T, L>::type>(sql::arithmetic_reversed(sql::Op::code, detail::literal(l), std::move(r).release())); \
  }
AZOTH_ARITHMETIC(+, add) AZOTH_ARITHMETIC(-, sub) AZOTH_ARITHMETIC(*, mul) AZOTH_ARITHMETIC(/, div) AZOTH_ARITHMETIC(%, mod)
#undef AZOTH_ARITHMETIC
#undef AZOTH_DIFFERENT
template <NumberLike T> Expr<T> operator-(Expr<T> e) { return Expr<T>(sql::negative(std::move(e).release())); }

/// Returns the class-level attribute of a mapped column: `col(&User::name)`. The attribute's own type ends here; only `Expr<T>` goes on.
template <class M, class E> requires ColumnMember<M> Expr<typename M::azoth_column> col(M E::*) { return Expr<typename M::azoth_column>(M::azoth_node()); }
template <class T> Expr<T> col(Expr<T> e) { return e; }
template <class M, class E> requires(!ColumnMember<M>) Any col(M E::*) {
  static_assert(ColumnMember<M>, "azoth: this member is not a column of a mapped class (declare it as Column<\"name\", T> in a class derived from Entity)");
  return Any(sql::Ref());
}

template <class T> Expr<T> Table::c(std::string_view key) const { return Expr<T>(detail::table_column(node_, key, detail::sql_type<T>())); }

}  // namespace azoth
