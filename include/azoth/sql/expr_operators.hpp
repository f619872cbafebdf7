// SPDX-License-Identifier: MIT
// The C++ operators of expressions: comparisons and arithmetic, typed. condition.hpp brings them.
#pragma once
#include <azoth/sql/col.hpp>

namespace azoth {

// Three templates a comparison. A plain operand is taken by value, so that literals of every length
// share one instantiation. All three are written: with (Expr, R) alone clang 14 chooses the
// reversed rewriting of C++20 for Expr == Expr and refuses its result.
#define AZOTH_DIFFERENT(op) \
  "azoth: the two sides of '" #op "' have different types; cast() one, or bind another value"
#define AZOTH_COMPARISON(op, code)                                                                \
  template <class T, class U>                                                                     \
  Expr<bool> operator op(Expr<T> l, Expr<U> r) {                                                  \
    static_assert(ComparableWith<T, U>, AZOTH_DIFFERENT(op));                                     \
    return Expr<bool>(                                                                            \
        sql::compare(sql::Op::code, std::move(l).release(), std::move(r).release()));             \
  }                                                                                               \
  template <class T, class R>                                                                     \
    requires(!ExprLike<R> && !ColumnMember<R>)                                                    \
  Expr<bool> operator op(Expr<T> l, R r) {                                                        \
    static_assert(ComparableWith<T, R>, AZOTH_DIFFERENT(op));                                     \
    if constexpr (ComparableWith<T, R>) {                                                         \
      return Expr<bool>(sql::compare(sql::Op::code, std::move(l).release(), detail::literal(r))); \
    } else {                                                                                      \
      return Expr<bool>(sql::Ref());                                                              \
    }                                                                                             \
  }                                                                                               \
  template <class L, class T>                                                                     \
    requires(!ExprLike<L> && !ColumnMember<L>)                                                    \
  Expr<bool> operator op(L l, Expr<T> r) {                                                        \
    static_assert(ComparableWith<T, L>, AZOTH_DIFFERENT(op));                                     \
    if constexpr (ComparableWith<T, L>) {                                                         \
      return Expr<bool>(                                                                          \
          sql::compare_reversed(sql::Op::code, detail::literal(l), std::move(r).release()));      \
    } else {                                                                                      \
      return Expr<bool>(sql::Ref());                                                              \
    }                                                                                             \
  }                                                                                               \
  template <class T, class M>                                                                     \
    requires ColumnMember<M>                                                                      \
  Expr<bool> operator op(Expr<T> l, const M & r) { /* a mapped object's attribute: its value */   \
    return std::move(l) op r.get();                                                               \
  }                                                                                               \
  template <class M, class T>                                                                     \
    requires ColumnMember<M>                                                                      \
  Expr<bool> operator op(const M & l, Expr<T> r) {                                                \
    return l.get() op std::move(r);                                                               \
  }

AZOTH_COMPARISON(==, eq)

AZOTH_COMPARISON(!=, ne)

AZOTH_COMPARISON(<, lt)

AZOTH_COMPARISON(<=, le)

AZOTH_COMPARISON(>, gt)
AZOTH_COMPARISON(>=, ge)
#undef AZOTH_COMPARISON

namespace detail {

// What an arithmetic operator gives: the wider of the operands, optional when one of them is.
template <class A, class B>
struct Arithmetic {
  using X = bare_t<A>;
  using Y = bare_t<B>;

  template <class L, class R>
  static auto wider() {
    if constexpr (is_any<L> || is_any<R>) {
      return static_cast<AnyType*>(nullptr);
    } else if constexpr (std::is_same_v<L, Decimal> || std::is_same_v<R, Decimal>) {
      return static_cast<Decimal*>(nullptr);
    } else if constexpr (is_number<L> && is_number<R>) {
      return static_cast<decltype(L() + R())*>(nullptr);
    } else {
      return static_cast<L*>(nullptr);
    }
  }

  using bare = std::remove_pointer_t<decltype(wider<X, Y>())>;
  static constexpr bool is_optional =
      !std::is_same_v<typename Bare<A>::type, A> && !std::is_same_v<A, const char*>;
  template <class V>
  static constexpr bool nullable =
      requires { typename V::value_type; } && std::is_same_v<V, std::optional<bare_t<V>>>;
  using type =
      std::conditional_t<!is_any<bare> && (nullable<A> || nullable<B>), std::optional<bare>, bare>;
};

template <>
struct Arithmetic<AnyType, AnyType> {
  using type = AnyType;
};
}  // namespace detail

#define AZOTH_ARITHMETIC(op, code)                                                            \
  template <class T, class U>                                                                 \
  auto operator op(Expr<T> l, Expr<U> r) {                                                    \
    static_assert(ComparableWith<T, U>, AZOTH_DIFFERENT(op));                                 \
    return Expr<typename detail::Arithmetic<T, U>::type>(                                     \
        sql::arithmetic(sql::Op::code, std::move(l).release(), std::move(r).release()));      \
  }                                                                                           \
  template <class T, class R>                                                                 \
    requires(!ExprLike<R>)                                                                    \
  auto operator op(Expr<T> l, R r) {                                                          \
    static_assert(ComparableWith<T, R>, AZOTH_DIFFERENT(op));                                 \
    return Expr<typename detail::Arithmetic<T, R>::type>(                                     \
        sql::arithmetic(sql::Op::code, std::move(l).release(), detail::literal(r)));          \
  }                                                                                           \
  template <class L, class T>                                                                 \
    requires(!ExprLike<L>)                                                                    \
  auto operator op(L l, Expr<T> r) {                                                          \
    static_assert(ComparableWith<T, L>, AZOTH_DIFFERENT(op));                                 \
    return Expr<typename detail::Arithmetic<T, L>::type>(                                     \
        sql::arithmetic_reversed(sql::Op::code, detail::literal(l), std::move(r).release())); \
  }

AZOTH_ARITHMETIC(+, add)

AZOTH_ARITHMETIC(-, sub)

AZOTH_ARITHMETIC(*, mul)

AZOTH_ARITHMETIC(/, div)
AZOTH_ARITHMETIC(%, mod)
#undef AZOTH_ARITHMETIC
#undef AZOTH_DIFFERENT

template <NumberLike T>
Expr<T> operator-(Expr<T> e) {
  return Expr<T>(sql::negative(std::move(e).release()));
}

}  // namespace azoth
