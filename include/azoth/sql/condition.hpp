// SPDX-License-Identifier: MIT
// Conditions, and what takes expressions of several forms: WHERE, ORDER BY, GROUP BY. Constants and
// small factories stand here too.
#pragma once
#include <azoth/sql/expr_operators.hpp>

namespace azoth {

/// A condition: a boolean expression, or an untyped one used as one.
class Predicate {
 public:
  Predicate(Expr<bool> e) : node_(std::move(e).release()) {}

  Predicate(Expr<std::optional<bool>> e) : node_(std::move(e).release()) {}

  Predicate(Any e) : node_(std::move(e).release()) {}

  template <class M, class E>
    requires(ColumnMember<M> && std::same_as<detail::bare_t<typename M::value_type>, bool>)
  Predicate(M E::* m) : node_(col(m).node()) {}

  sql::Ref release() && { return sql::as_condition(std::move(node_)); }

 private:
  sql::Ref node_;
};

Expr<bool> and_(Predicate a, Predicate b);
Expr<bool> or_(Predicate a, Predicate b);
Expr<bool> not_(Predicate a);

template <class... P>
  requires(sizeof...(P) > 0)
Expr<bool> and_(Predicate a, Predicate b, P... more) {
  return and_(and_(std::move(a), std::move(b)), std::move(more)...);
}

template <class... P>
  requires(sizeof...(P) > 0)
Expr<bool> or_(Predicate a, Predicate b, P... more) {
  return or_(or_(std::move(a), std::move(b)), std::move(more)...);
}

#define AZOTH_NEEDS_CONDITION(op) \
  "azoth: '" op "' joins conditions (bool); compare this expression with something"

template <class T, class U>
Expr<bool> operator&&(Expr<T> a, Expr<U> b) {
  constexpr bool ok =
      std::is_convertible_v<Expr<T>, Predicate> && std::is_convertible_v<Expr<U>, Predicate>;
  static_assert(ok, AZOTH_NEEDS_CONDITION("&&"));
  if constexpr (ok) {
    return and_(std::move(a), std::move(b));
  } else {
    return Expr<bool>(sql::Ref());
  }
}

template <class T, class U>
Expr<bool> operator||(Expr<T> a, Expr<U> b) {
  constexpr bool ok =
      std::is_convertible_v<Expr<T>, Predicate> && std::is_convertible_v<Expr<U>, Predicate>;
  static_assert(ok, AZOTH_NEEDS_CONDITION("||"));
  if constexpr (ok) {
    return or_(std::move(a), std::move(b));
  } else {
    return Expr<bool>(sql::Ref());
  }
}

template <class T>
Expr<bool> operator!(Expr<T> a) {
  constexpr bool ok = std::is_convertible_v<Expr<T>, Predicate>;
  static_assert(ok, AZOTH_NEEDS_CONDITION("!"));
  if constexpr (ok) {
    return not_(std::move(a));
  } else {
    return Expr<bool>(sql::Ref());
  }
}

#undef AZOTH_NEEDS_CONDITION

// C++ does not short-circuit here, and a bool is not SQL.
namespace detail {
template <class A, class B>
concept BoolBesideExpr =
    (std::same_as<A, bool> && ExprLike<B>) || (ExprLike<A> && std::same_as<B, bool>);
}  // namespace detail

#define AZOTH_REFUSE_BOOL(op)                                              \
  template <class A, class B>                                              \
    requires detail::BoolBesideExpr<A, B>                                  \
  Expr<bool> operator op(const A&, const B&) {                             \
    static_assert(std::is_void_v<A>,                                       \
                  "azoth: '" #op                                           \
                  "' joins SQL conditions; for a C++ bool write true_() "  \
                  "or false_(), or decide before the statement is built"); \
    return Expr<bool>(sql::Ref());                                         \
  }

AZOTH_REFUSE_BOOL(&&)
AZOTH_REFUSE_BOOL(||)
#undef AZOTH_REFUSE_BOOL

/// What order_by() and group_by() take: an expression, a column member, or a string that names a
/// label of the columns clause.
class OrderItem {
 public:
  template <class T>
  OrderItem(const Expr<T>& e) : node_(e.node()) {}

  template <class M, class E>
    requires ColumnMember<M>
  OrderItem(M E::* m) : node_(col(m).node()) {}

  // A literal 0 would be a null pointer; 1 is not a column number.
  template <class I>
    requires(std::is_arithmetic_v<I> || std::is_null_pointer_v<I>)
  OrderItem(I) {
    static_assert(std::is_void_v<I>,
                  "azoth: order_by() and group_by() take expressions, columns, or strings that "
                  "name a label of the columns clause; a number is none of these");
  }

  OrderItem(const char* label) : node_(sql::label_reference(label)) {}

  OrderItem(const std::string& label) : node_(sql::label_reference(label)) {}

  const sql::Ref& node() const { return node_; }

 private:
  sql::Ref node_;
};

template <class I>
concept OrderItemLike = std::is_constructible_v<OrderItem, I>;

Any desc(OrderItem item);
Any asc(OrderItem item);
Any nulls_first(OrderItem item);
Any nulls_last(OrderItem item);

Expr<bool> true_();
Expr<bool> false_();

/// A value as an expression: a bind parameter.
template <class T>
Expr<detail::bare_t<T>> literal(T value) {
  return Expr<detail::bare_t<T>>(sql::bind(detail::literal(value)));
}

/// A value of a SQL type, which says how it is sent and read.
Any literal(const Value& value, TypePtr type);

/// A column without a table; raw SQL of one.
template <class T = AnyType>
Expr<T> column(std::string_view name) {
  return Expr<T>(sql::column(name, detail::sql_type<T>()));
}

template <class T = AnyType>
Expr<T> literal_column(std::string_view sql_text) {
  return Expr<T>(sql::literal_column(sql_text, detail::sql_type<T>()));
}

/// A parameter whose value is given at execution.
template <class T = AnyType>
Expr<T> bindparam(std::string_view name) {
  return Expr<T>(sql::bindparam(name, detail::sql_type<T>()));
}

namespace detail {
// An argument of a function, of CASE or of VALUES as a node: expressions as they are, members as
// their column, values bound under `name`.
template <class X>
sql::Ref argument(const X& x, std::string_view name) {
  if constexpr (ExprLike<X>) {
    return x.node();
  } else if constexpr (std::is_member_object_pointer_v<X>) {
    return col(x).node();
  } else {
    return sql::bind(literal(x), name);
  }
}

template <class X>
struct ValueOf {
  using type = bare_t<X>;
};

template <class T>
struct ValueOf<Expr<T>> {
  using type = T;
};

template <class M, class E>
struct ValueOf<M E::*> {
  using type = typename M::value_type;
};
template <class X>
using value_t = typename ValueOf<X>::type;
}  // namespace detail

namespace detail {
// What is cast to a type: a value is sent as one of it.
template <class X>
sql::Ref argument_of(const X& x, TypePtr type) {
  if constexpr (ExprLike<X> || std::is_member_object_pointer_v<X>) {
    return argument(x, "param");
  } else {
    return azoth::literal(Value(literal(x)), type).node();
  }
}
}  // namespace detail

template <class T, class X>
Expr<T> cast(X x, TypePtr type) {
  return Expr<T>(sql::cast(detail::argument_of(x, type), type));
}

/// `CAST(x AS type of T)`; a value is sent as one of that type.
template <class T, class X>
Expr<T> cast(X x) {
  return cast<T>(x, CppType<T>::type());
}

template <class T, class X>
Expr<T> type_coerce(X x) {
  return Expr<T>(sql::type_coerce(detail::argument_of(x, CppType<T>::type()), CppType<T>::type()));
}

/// `EXTRACT(field FROM x)`: extract("year", &Invoice::date).
template <class X>
Expr<std::int64_t> extract(std::string_view field, X x) {
  return Expr<std::int64_t>(sql::extract(field, detail::argument(x, "param")));
}

template <class X>
auto distinct(X x) {
  return Expr<detail::value_t<X>>(sql::distinct(detail::argument(x, "param")));
}

/// The same expression where NULL is possible (behind an outer join).
template <class X>
auto nullable(X x) {
  return Expr<std::optional<detail::bare_t<detail::value_t<X>>>>(detail::argument(x, "param"));
}

}  // namespace azoth
