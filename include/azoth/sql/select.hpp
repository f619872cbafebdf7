// SPDX-License-Identifier: MIT
// The typed SELECT: `Select<C...>` knows the C++ types of its row; `Select<>` is the same statement where they are not known. All methods
// are generative: they return a statement and leave the one they are called on as it was (in place when it is a temporary).
#pragma once
#include <azoth/sql/condition.hpp>
#include <azoth/sql/statement_builder.hpp>

namespace azoth {

template <class... C> class Select;
template <class... C> class Result;

/// A FROM element with its columns: a subquery, a CTE, an alias of a table.
class From {
 public:
  explicit From(sql::Ref node) : node_(std::move(node)) {}
  From(const Table& table) : node_(table.node()) {}
  const sql::Ref& node() const { return node_; }
  /// Returns a column by its key. @throws NoSuchColumnError naming it.
  Any c(std::string_view key) const { return Any(detail::table_column(node_, key, types::null_type())); }
  template <class T> Expr<T> c(std::string_view key) const { return Expr<T>(detail::table_column(node_, key, detail::sql_type<T>())); }
  /// Returns the column that stands for a mapped attribute or an expression of the inner statement.
  template <class M, class E> requires ColumnMember<M> auto operator[](M E::* m) const { return Expr<typename M::azoth_column>(detail::corresponding(node_, col(m).node())); }
  template <class T> Expr<T> operator[](const Expr<T>& e) const { return Expr<T>(detail::corresponding(node_, e.node())); }

 private:
  sql::Ref node_;
};
/// An alias of a table: `FROM t AS name`; without a name `t_1`.
From alias(const From& from, std::string_view name = {});

/// A mapped class under another name: `auto u = aliased<User>("u"); u[&User::name]`.
template <class E> class Aliased : public From {
 public:
  using entity = E;
  explicit Aliased(std::string_view name) : From(sql::alias(E::azoth_entity_node().from_node(), name)) {}
};
template <class E> Aliased<E> aliased(std::string_view name = {}) {
  static_assert(Mapped<E>, "azoth: aliased<E>() needs a mapped class (derived from Entity)");
  return Aliased<E>(name);
}

/// Options of with_for_update().
struct ForUpdateOptions { bool nowait = false, read = false, skip_locked = false, key_share = false; };

namespace detail {
template <class T> struct EntityOutput { sql::Ref node; };
template <class T> Expr<T> output(const Expr<T>& e) { return e; }
template <class M, class E> auto output(M E::* m) { return col(m); }
template <class E> EntityOutput<E> output(const Aliased<E>& a) { return {aliased_entity(E::azoth_entity_node(), a.node())}; }
template <class T> void add_output(sql::Ref& s, Expr<T>&& e) { sql::StatementBuilder::append(s, sql::Clause::column, std::move(e).release()); }
template <class E> void add_output(sql::Ref& s, EntityOutput<E>&& e) { sql::StatementBuilder::append(s, sql::Clause::column, std::move(e.node)); }
template <template <class> class... X, class... T> Select<T...> select_of(X<T>... x) {
  sql::Ref s = sql::StatementBuilder::make(sql::Kind::select);
  (add_output(s, std::move(x)), ...);
  return Select<T...>(std::move(s));
}
struct JoinOptions { bool outer = false, full = false; };
}  // namespace detail

// What every SELECT has, whatever its row; `Self` is the class that the methods return.
template <class Self> class SelectMethods {
 public:
  using azoth_select = Self;
  const sql::Ref& node() const { return node_; }

  /// Adds a criterion, joined to the others by AND.
  Self where(Predicate p) const& { return with(sql::Clause::where, std::move(p).release()); }
  Self where(Predicate p) && { return std::move(*this).with(sql::Clause::where, std::move(p).release()); }
  template <class T> requires(!std::is_convertible_v<Expr<T>, Predicate>) Self where(Expr<T>) const {
    static_assert(std::is_void_v<T>, "azoth: where() needs a condition (bool); compare this expression with something");
    return Self(node_);
  }
  Self having(Predicate p) && { return std::move(*this).with(sql::Clause::having, std::move(p).release()); }
  Self having(Predicate p) const& { return with(sql::Clause::having, std::move(p).release()); }
  template <class... I> Self group_by(I... items) && { return std::move(*this).each(sql::Clause::group_by, {OrderItem(items)...}); }
  template <class... I> Self group_by(I... items) const& { return Self(node_).each(sql::Clause::group_by, {OrderItem(items)...}); }
  /// Strings name labels of the columns clause; anything else is an expression, with desc() and the like around it.
  template <class... I> Self order_by(I... items) && { return std::move(*this).each(sql::Clause::order_by, {OrderItem(items)...}); }
  template <class... I> Self order_by(I... items) const& { return Self(node_).each(sql::Clause::order_by, {OrderItem(items)...}); }
  Self limit(std::int64_t n) && { return std::move(*this).with(sql::Clause::limit, sql::row_limit(n)); }
  Self limit(std::int64_t n) const& { return with(sql::Clause::limit, sql::row_limit(n)); }
  Self offset(std::int64_t n) && { return std::move(*this).with(sql::Clause::offset, sql::row_limit(n)); }
  Self offset(std::int64_t n) const& { return with(sql::Clause::offset, sql::row_limit(n)); }
  Self distinct() const { sql::Ref s = node_; sql::StatementBuilder::set_distinct(s); return Self(std::move(s)); }
  Self with_for_update(ForUpdateOptions o = {}) const { return with(sql::Clause::for_update, sql::for_update(o.nowait, o.read, o.skip_locked, o.key_share)); }

  Self select_from(const From& f) && { return std::move(*this).with(sql::Clause::from, f.node()); }
  Self select_from(const From& f) const& { return with(sql::Clause::from, f.node()); }
  template <class S> requires requires { typename S::azoth_select; } Self select_from(const S&) const {
    static_assert(std::is_void_v<S>, "azoth: a select is not a FROM element; call .subquery(\"name\") on it first");
    return Self(node_);
  }
  /// Joins along a relationship: `join(&User::addresses)`.
  template <class M, class E> requires RelationshipMember<M> Self join(M E::*) && { return std::move(*this).along(&M::azoth_join, false); }
  template <class M, class E> requires RelationshipMember<M> Self join(M E::*) const& { return Self(node_).along(&M::azoth_join, false); }
  template <class M, class E> requires RelationshipMember<M> Self outerjoin(M E::*) && { return std::move(*this).along(&M::azoth_join, true); }
  template <class M, class E> requires RelationshipMember<M> Self outerjoin(M E::*) const& { return Self(node_).along(&M::azoth_join, true); }
  /// Joins a FROM element; without a condition the foreign keys between the two sides give it.
  Self join(const From& f) && { return std::move(*this).join_step(f, {}, false); }
  Self join(const From& f) const& { return Self(node_).join_step(f, {}, false); }
  Self join(const From& f, Predicate on) && { return std::move(*this).join_step(f, std::move(on).release(), false); }
  Self join(const From& f, Predicate on) const& { return Self(node_).join_step(f, std::move(on).release(), false); }
  Self outerjoin(const From& f) && { return std::move(*this).join_step(f, {}, true); }
  Self outerjoin(const From& f) const& { return Self(node_).join_step(f, {}, true); }
  Self outerjoin(const From& f, Predicate on) && { return std::move(*this).join_step(f, std::move(on).release(), true); }
  Self outerjoin(const From& f, Predicate on) const& { return Self(node_).join_step(f, std::move(on).release(), true); }
  template <class E, class... P> requires Mapped<E> Self join(P... on) && { return std::move(*this).join(From(E::azoth_entity_node().from_node()), Predicate(on)...); }
  template <class E, class... P> requires Mapped<E> Self outerjoin(P... on) && { return std::move(*this).outerjoin(From(E::azoth_entity_node().from_node()), Predicate(on)...); }
  template <class S> requires requires { typename S::azoth_select; } Self join(const S&) const {
    static_assert(std::is_void_v<S>, "azoth: a select is not a FROM element; call .subquery(\"name\") on it first");
    return Self(node_);
  }

  /// Adds loader options: selectinload(...), joinedload(...).
  template <class... O> Self options(const O&... o) && { (sql::StatementBuilder::append(node_, sql::Clause::option, o.node()), ...); return Self(std::move(node_)); }
  template <class... O> Self options(const O&... o) const& { return Self(node_).options(o...); }
  Self set_label_style(sql::LabelStyle style) const { sql::Ref s = node_; sql::StatementBuilder::set_label_style(s, style); return Self(std::move(s)); }

  /// Makes the statement a FROM element: `(SELECT ...) AS name`; without a name `anon_1`.
  From subquery(std::string_view name = {}) const { return From(sql::subquery(node_, name)); }
  From cte(std::string_view name = {}, bool recursive = false) const { return From(sql::cte(node_, name, recursive)); }
  Expr<bool> exists() const { return Expr<bool>(sql::exists(node_)); }

 protected:
  explicit SelectMethods(sql::Ref node) : node_(std::move(node)) {}
  Self with(sql::Clause c, sql::Ref n) const& { sql::Ref s = node_; sql::StatementBuilder::append(s, c, std::move(n)); return Self(std::move(s)); }
  Self with(sql::Clause c, sql::Ref n) && { sql::StatementBuilder::append(node_, c, std::move(n)); return Self(std::move(node_)); }
  Self each(sql::Clause c, std::initializer_list<OrderItem> items) && {
    for (const OrderItem& i : items) { sql::StatementBuilder::append(node_, c, i.node()); }
    return Self(std::move(node_));
  }
  Self along(void (*join)(sql::Ref&, bool), bool outer) && { join(node_, outer); return Self(std::move(node_)); }
  Self join_step(const From& f, sql::Ref on, bool outer) && {
    sql::StatementBuilder::append(node_, sql::Clause::join, sql::join_step({}, f.node(), std::move(on), outer));
    return Self(std::move(node_));
  }
  template <class S> friend class SelectMethods;
  sql::Ref node_;
};

/// A SELECT whose row types are not known to the compiler.
template <> class [[nodiscard]] Select<> : public SelectMethods<Select<>> {
 public:
  using result_type = Result<>;
  explicit Select(sql::Ref node) : SelectMethods(std::move(node)) {}
  template <class S> requires requires { typename S::azoth_select; } Select(const S& typed) : SelectMethods(typed.node()) {}
  /// Adds a column at run time.
  Select add_columns(Any e) const { return with(sql::Clause::column, std::move(e).release()); }
  Any scalar_subquery() const { return Any(sql::scalar_select(node_)); }
};

/// A SELECT whose row is a tuple of `C...`; a mapped class among them is an entity, which only a Session can load.
template <class... C> class [[nodiscard]] Select : public SelectMethods<Select<C...>> {
 public:
  using result_type = Result<C...>;
  explicit Select(sql::Ref node) : SelectMethods<Select>(std::move(node)) {}
  /// The select as a value, which has one column. NULL where it finds no row.
  auto scalar_subquery() const {
    static_assert(sizeof...(C) == 1, "azoth: scalar_subquery() needs a select of exactly one column");
    return Expr<std::optional<detail::bare_t<std::tuple_element_t<0, std::tuple<C...>>>>>(sql::scalar_select(this->node_));
  }
};

/// Selects columns and expressions: `select(&User::name, func::count(&Address::id))`.
template <class... X> requires(sizeof...(X) > 0) auto select(X... x) { return detail::select_of(detail::output(x)...); }
/// Selects mapped classes: `select<User>()`, `select<User, Address>()`.
template <class... E> requires(sizeof...(E) > 0) Select<E...> select() {
  static_assert((Mapped<E> && ...), "azoth: select<E>() needs mapped classes (derived from Entity)");
  sql::Ref s = sql::StatementBuilder::make(sql::Kind::select);
  if constexpr ((Mapped<E> && ...)) { (sql::StatementBuilder::append(s, sql::Clause::column, E::azoth_entity_node().node()), ...); }
  return Select<E...>(std::move(s));
}
/// Selects all columns of a FROM element; the row's types are not known.
Select<> select(const From& from);

namespace detail { sql::Ref compound(sql::SetOp op, std::initializer_list<sql::Ref> members); }
template <class... C> Select<C...> union_(const Select<C...>& a, const Select<C...>& b) { return Select<C...>(detail::compound(sql::SetOp::union_, {a.node(), b.node()})); }
template <class... C> Select<C...> union_all(const Select<C...>& a, const Select<C...>& b) { return Select<C...>(detail::compound(sql::SetOp::union_all, {a.node(), b.node()})); }
template <class... C> Select<C...> except_(const Select<C...>& a, const Select<C...>& b) { return Select<C...>(detail::compound(sql::SetOp::except, {a.node(), b.node()})); }
template <class... C> Select<C...> intersect(const Select<C...>& a, const Select<C...>& b) { return Select<C...>(detail::compound(sql::SetOp::intersect, {a.node(), b.node()})); }

}  // namespace azoth
