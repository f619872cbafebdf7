// SPDX-License-Identifier: MIT
// The typed SELECT: `Select<C...>` knows the C++ types of its row; `Select<>` is the same statement
// where they are not known.
#pragma once
#include <azoth/sql/select_methods.hpp>

namespace azoth {

template <class... C>
class Select;
template <class... C>
class Result;

namespace detail {
template <class T>
struct EntityOutput {
  sql::Ref node;
};

template <class E>
EntityOutput<E> output(const EntityOutput<E>& e) {
  return e;
}

template <class T>
Expr<T> output(const Expr<T>& e) {
  return e;
}

// A column that the program knows by another name than SQL: a hybrid, a synonym.
template <class T>
struct KeyedOutput {
  using value_type = T;
  sql::Ref node;
  std::string_view key;
};

template <class M, class E>
auto output(M E::* m) {
  if constexpr (requires { M::azoth_output(); }) {
    return M::azoth_output();
  } else {
    return col(m);
  }
}

template <class E>
EntityOutput<E> output(const Aliased<E>& a) {
  return {aliased_entity(E::azoth_entity_node(), a.node(), a.adapts_on_names())};
}

template <class W>
  requires requires { typename W::azoth_polymorphic; }
EntityOutput<typename W::entity> output(const W& w) {
  return {w.azoth_entity()};
}

template <class T>
void add_output(sql::Ref& s, Expr<T>&& e) {
  sql::StatementBuilder::append(s, sql::Clause::column, std::move(e).release());
}

template <class T>
void add_output(sql::Ref& s, KeyedOutput<T>&& e) {
  sql::StatementBuilder::append(s, sql::Clause::column, std::move(e.node));
  append_result_key(s, e.key);
}

template <class E>
void add_output(sql::Ref& s, EntityOutput<E>&& e) {
  sql::StatementBuilder::append(s, sql::Clause::column, std::move(e.node));
}

template <class X>
sql::Ref output_node(const X& x) {
  if constexpr (std::convertible_to<const X&, From>) {
    return From(x).node();
  } else {
    return col(x).node();
  }
}

template <template <class> class... X, class... T>
Select<T...> select_of(X<T>... x) {
  sql::Ref s = sql::StatementBuilder::make(sql::Kind::select);
  (add_output(s, std::move(x)), ...);
  return Select<T...>(std::move(s));
}

template <class... X>
auto select_of_kept(sql::Ref s, const X&... x) {
  (add_output(s, output(x)), ...);
  return Select<typename decltype(output(x))::value_type...>(std::move(s));
}

}  // namespace detail

/// A SELECT whose row types are not known to the compiler.
template <>
class [[nodiscard]] Select<> : public SelectMethods<Select<>> {
 public:
  using result_type = Result<>;

  AZOTH_INLINE explicit Select(sql::Ref node) : SelectMethods(std::move(node)) {}

  template <SelectLike S>
  Select(const S& typed) : SelectMethods(typed.node()) {}

  /// Adds a column at run time.
  Select add_columns(Any e) const { return with(sql::Clause::column, std::move(e).release()); }

  /// Keeps everything but the columns clause.
  template <class... X>
    requires(sizeof...(X) > 0)
  auto with_only_columns(X... x) const {
    return detail::select_of_kept(detail::without(node_, sql::Clause::column), x...);
  }

  Any scalar_subquery() const { return Any(sql::scalar_select(node_)); }
};

/// A SELECT whose row is a tuple of `C...`; a mapped class among them is an entity, which only a
/// Session can load.
template <class... C>
class [[nodiscard]] Select : public SelectMethods<Select<C...>> {
 public:
  using result_type = Result<C...>;

  AZOTH_INLINE explicit Select(sql::Ref node) : SelectMethods<Select>(std::move(node)) {}

  /// Keeps everything but the columns clause: `s.with_only_columns(func::count())`.
  template <class... X>
    requires(sizeof...(X) > 0)
  auto with_only_columns(X... x) const {
    return detail::select_of_kept(detail::without(this->node_, sql::Clause::column), x...);
  }

  /// Adds a column at run time; the row's types are then not known to the compiler.
  Select<> add_columns(Any e) const { return Select<>(*this).add_columns(std::move(e)); }

  /// The select as a value, which has one column. NULL where it finds no row.
  auto scalar_subquery() const {
    static_assert(sizeof...(C) == 1,
                  "azoth: scalar_subquery() needs a select of exactly one column");
    using T = detail::bare_t<std::tuple_element_t<0, std::tuple<C...>>>;
    if constexpr (detail::is_any<T>) {
      return Any(sql::scalar_select(this->node_));
    } else {
      return Expr<std::optional<T>>(sql::scalar_select(this->node_));
    }
  }
};

/// A mapped class among the columns of a select: `select(entity<User>(),
/// func::count(&Address::id))`.
template <class E>
detail::EntityOutput<E> entity() {
  static_assert(Mapped<E>, "azoth: entity<E>() needs a mapped class (derived from Entity)");
  return {E::azoth_entity_node()};
}

/// Holds for tables, subqueries and aliases, but not for aliased mapped classes.
template <class X>
concept FromLike = std::convertible_to<const X&, From> && !requires { typename X::entity; };

/// Selects columns and expressions: `select(&User::name, func::count(&Address::id))`. A table or
/// subquery among them stands for all its columns; the row's types are then not known.
template <class... X>
  requires(sizeof...(X) > 0)
auto select(X... x) {
  if constexpr ((FromLike<X> || ...)) {
    sql::Ref s = sql::StatementBuilder::make(sql::Kind::select);
    (sql::StatementBuilder::append(s, sql::Clause::column, detail::output_node(x)), ...);
    return Select<>(std::move(s));
  } else {
    return detail::select_of(detail::output(x)...);
  }
}

/// Selects mapped classes: `select<User>()`, `select<User, Address>()`.
template <class... E>
  requires(sizeof...(E) > 0)
Select<E...> select() {
  static_assert((Mapped<E> && ...),
                "azoth: select<E>() needs mapped classes (derived from Entity)");
  sql::Ref s = sql::StatementBuilder::make(sql::Kind::select);
  if constexpr ((Mapped<E> && ...)) {
    (sql::StatementBuilder::append(s, sql::Clause::column, E::azoth_entity_node()), ...);
  }
  return Select<E...>(std::move(s));
}

namespace detail {
sql::Ref compound(sql::SetOp op, std::initializer_list<sql::Ref> members);
Select<> compound(sql::SetOp op, std::initializer_list<Select<>> members);
}  // namespace detail

#define AZOTH_SET_OPERATION(name, word)                                                      \
  template <class... C, class... M>                                                          \
    requires(sizeof...(M) > 0)                                                               \
  Select<C...> name(const Select<C...>& first, const M&... more) {                           \
    return Select<C...>(detail::compound(sql::SetOp::word, {first.node(), more.node()...})); \
  }

// The rows of all the selects together, in the columns of the first; they must have as many
// columns.
AZOTH_SET_OPERATION(union_, union_)
AZOTH_SET_OPERATION(union_all, union_all)
AZOTH_SET_OPERATION(except_, except)
AZOTH_SET_OPERATION(except_all, except_all)
AZOTH_SET_OPERATION(intersect, intersect)
AZOTH_SET_OPERATION(intersect_all, intersect_all)
#undef AZOTH_SET_OPERATION

/// Of any number of selects whose rows the compiler does not know. Their numbers of columns are
/// compared when the statement is compiled.
inline Select<> union_(std::initializer_list<Select<>> selects) {
  return detail::compound(sql::SetOp::union_, selects);
}

inline Select<> union_all(std::initializer_list<Select<>> selects) {
  return detail::compound(sql::SetOp::union_all, selects);
}

/// Says whether a select finds rows: `exists(select(...))`.
template <SelectLike S>
Expr<bool> exists(const S& select) {
  return select.exists();
}

}  // namespace azoth
