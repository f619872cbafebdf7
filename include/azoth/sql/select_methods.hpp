// SPDX-License-Identifier: MIT
// The methods that every SELECT has, whatever its row: generative, they return a statement and
// leave the one they are called on as it was (in place when it is a temporary). `Self` is its
// class.
#pragma once
#include <azoth/base/inline.hpp>
#include <azoth/sql/select_clauses.hpp>

namespace azoth {

// `Self` is the class that the methods return.
template <class Self>
class SelectMethods : public SelectClauses<Self> {
 public:
  using SelectClauses<Self>::along;
  using SelectClauses<Self>::cte;
  using SelectClauses<Self>::distinct;
  using SelectClauses<Self>::group_by;
  using SelectClauses<Self>::join;
  using SelectClauses<Self>::limit;
  using SelectClauses<Self>::offset;
  using SelectClauses<Self>::order_by;
  using SelectClauses<Self>::outerjoin;
  using SelectClauses<Self>::select_from;
  using azoth_select = Self;

  AZOTH_INLINE const sql::Ref& node() const { return node_; }

  /// Adds a criterion, joined to the others by AND.
  Self where(Predicate p) const& { return with(sql::Clause::where, std::move(p).release()); }

  AZOTH_INLINE Self where(Predicate p) && {
    return std::move(*this).with(sql::Clause::where, std::move(p).release());
  }

  template <class T>
    requires(!std::is_convertible_v<Expr<T>, Predicate>)
  Self where(Expr<T>) const {
    static_assert(
        std::is_void_v<T>,
        "azoth: where() needs a condition (bool); compare this expression with something");
    return Self(node_);
  }

  template <std::same_as<bool> B>
  Self where(B) const {
    static_assert(std::is_void_v<B>,
                  "azoth: where() needs a SQL condition; for a C++ bool write true_() or false_()");
    return Self(node_);
  }

  Self having(Predicate p) && {
    return std::move(*this).with(sql::Clause::having, std::move(p).release());
  }

  Self having(Predicate p) const& { return with(sql::Clause::having, std::move(p).release()); }

  template <OrderItemLike... I>
  Self group_by(I... items) && {
    return std::move(*this).each(sql::Clause::group_by, {OrderItem(items)...});
  }

  template <OrderItemLike... I>
  Self group_by(I... items) const& {
    return Self(node_).each(sql::Clause::group_by, {OrderItem(items)...});
  }

  /// Strings name labels of the columns clause; anything else is an expression, with desc() and the
  /// like around it.
  template <OrderItemLike... I>
  Self order_by(I... items) && {
    return std::move(*this).each(sql::Clause::order_by, {OrderItem(items)...});
  }

  template <OrderItemLike... I>
  Self order_by(I... items) const& {
    return Self(node_).each(sql::Clause::order_by, {OrderItem(items)...});
  }

  AZOTH_INLINE Self limit(std::int64_t n) && {
    return std::move(*this).with(sql::Clause::limit, sql::row_limit(n));
  }

  Self limit(std::int64_t n) const& { return with(sql::Clause::limit, sql::row_limit(n)); }

  AZOTH_INLINE Self offset(std::int64_t n) && {
    return std::move(*this).with(sql::Clause::offset, sql::row_limit(n));
  }

  Self offset(std::int64_t n) const& { return with(sql::Clause::offset, sql::row_limit(n)); }

  Self distinct() const {
    sql::Ref s = node_;
    sql::StatementBuilder::set_distinct(s);
    return Self(std::move(s));
  }

  Self select_from(const From& f) && { return std::move(*this).with(sql::Clause::from, f.node()); }

  Self select_from(const From& f) const& { return with(sql::Clause::from, f.node()); }

  template <SelectLike S>
  Self select_from(const S&) const {
    static_assert(std::is_void_v<S>,
                  "azoth: a select is not a FROM element; call .subquery() on it first");
    return Self(node_);
  }

  /// Joins along a relationship.
  template <class M, class E>
    requires RelationshipMember<M>
  Self join(M E::*) const {
    return along(&M::azoth_join, {});
  }

  template <class M, class E>
    requires RelationshipMember<M>
  Self outerjoin(M E::*) const {
    return along(&M::azoth_join, {.isouter = true});
  }

  /// Joins a FROM element; without a condition the foreign keys between the two sides give it.
  Self join(const From& f) && { return std::move(*this).join_step(f, {}, false); }

  Self join(const From& f) const& { return Self(node_).join_step(f, {}, false); }

  Self join(const From& f, Predicate on) && {
    return std::move(*this).join_step(f, std::move(on).release(), false);
  }

  Self join(const From& f, Predicate on) const& {
    return Self(node_).join_step(f, std::move(on).release(), false);
  }

  Self outerjoin(const From& f) && { return std::move(*this).join_step(f, {}, true); }

  Self outerjoin(const From& f) const& { return Self(node_).join_step(f, {}, true); }

  Self outerjoin(const From& f, Predicate on) && {
    return std::move(*this).join_step(f, std::move(on).release(), true);
  }

  Self outerjoin(const From& f, Predicate on) const& {
    return Self(node_).join_step(f, std::move(on).release(), true);
  }

  template <class E, class... P>
    requires Mapped<E>
  Self join(P... on) && {
    return std::move(*this).join(From(E::azoth_entity_node()), Predicate(on)...);
  }

  template <class E, class... P>
    requires Mapped<E>
  Self outerjoin(P... on) && {
    return std::move(*this).outerjoin(From(E::azoth_entity_node()), Predicate(on)...);
  }

  template <class M, class E>
    requires ColumnMember<M>
  Self join(M E::*) const {
    static_assert(std::is_void_v<M>,
                  "azoth: join() takes a relationship or a FROM element, not a column");
    return Self(node_);
  }

  template <SelectLike S>
  Self join(const S&) const {
    static_assert(std::is_void_v<S>,
                  "azoth: a select is not a FROM element; call .subquery() on it first");
    return Self(node_);
  }

  /// Adds loader options: selectinload(...), joinedload(...).
  template <class... O>
  Self options(const O&... o) && {
    (sql::StatementBuilder::append(node_, sql::Clause::option, o.node()), ...);
    return Self(std::move(node_));
  }

  template <class... O>
  Self options(const O&... o) const& {
    return Self(node_).options(o...);
  }

  Self set_label_style(sql::LabelStyle style) const {
    sql::Ref s = node_;
    sql::StatementBuilder::set_label_style(s, style);
    return Self(std::move(s));
  }

  Self apply_labels() const { return set_label_style(sql::LabelStyle::tablename_plus_col); }

  /// Makes the statement a FROM element: `(SELECT ...) AS name`; without a name `anon_1`.
  From subquery(std::string_view name = {}) const { return From(sql::subquery(node_, name)); }

  From alias(std::string_view name = {}) const { return From(sql::subquery(node_, name)); }

  From cte(std::string_view name = {}, bool recursive = false) const {
    return From(sql::cte(node_, name, recursive));
  }

  Expr<bool> exists() const { return Expr<bool>(sql::exists(node_)); }

 protected:
  AZOTH_INLINE explicit SelectMethods(sql::Ref node) : node_(std::move(node)) {}

  AZOTH_INLINE Self with(sql::Clause c, sql::Ref n) const& {
    sql::Ref s = node_;
    sql::StatementBuilder::append(s, c, std::move(n));
    return Self(std::move(s));
  }

  AZOTH_INLINE Self with(sql::Clause c, sql::Ref n) && {
    sql::StatementBuilder::append(node_, c, std::move(n));
    return Self(std::move(node_));
  }

  AZOTH_INLINE Self each(sql::Clause c, std::initializer_list<OrderItem> items) && {
    for (const OrderItem& i : items) {
      sql::StatementBuilder::append(node_, c, i.node());
    }
    return Self(std::move(node_));
  }

  Self join_step(const From& f, sql::Ref on, bool outer) && {
    sql::Ref step = sql::join_step({}, f.node(), std::move(on), outer);
    sql::StatementBuilder::append(node_, sql::Clause::join, std::move(step));
    return Self(std::move(node_));
  }

  sql::Ref node_;
};

}  // namespace azoth
