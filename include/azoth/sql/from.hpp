// SPDX-License-Identifier: MIT
// The handles of FROM elements: subqueries, CTEs, aliases of tables and of mapped classes.
#pragma once
#include <azoth/sql/column_collection.hpp>
#include <azoth/sql/condition.hpp>
#include <azoth/sql/statement_builder.hpp>

namespace azoth {

/// A FROM element with its columns: a subquery, a CTE, an alias of a table.
class From {
 public:
  explicit From(sql::Ref node) : node_(std::move(node)) {}

  From(const Table& table) : node_(table.node()) {}

  const sql::Ref& node() const { return node_; }

  /// Returns a column by its key. @throws NoSuchColumnError naming it.
  Any c(std::string_view key) const {
    return Any(detail::table_column(node_, key, types::null_type()));
  }

  /// Returns all columns with their keys.
  ColumnCollection columns() const { return detail::columns_of(node_); }

  template <class T>
  Expr<T> c(std::string_view key) const {
    return Expr<T>(detail::table_column(node_, key, detail::sql_type<T>()));
  }

  /// Returns the column that stands for a mapped attribute or an expression of the inner statement.
  template <class M, class E>
    requires ColumnMember<M>
  auto operator[](M E::* m) const {
    return Expr<typename M::value_type>(detail::corresponding(node_, col(m).node()));
  }

  /// Returns what a hybrid is of these columns.
  template <class M, class E>
    requires HybridMember<M>
  auto operator[](M E::*) const {
    return M::azoth_expression_in(*this);
  }

  template <class T>
  Expr<T> operator[](const Expr<T>& e) const {
    return Expr<T>(detail::corresponding(node_, e.node()));
  }

  /// Completes a recursive common table expression: `r.union_all(select(...).where(r.c("n") < 5))`.
  /// @throws InvalidRequestError when this is none.
  template <SelectLike S>
  From union_all(const S& select) const {
    return From(sql::restate(node_, sql::SetOp::union_all, select.node()));
  }

  template <SelectLike S>
  From union_(const S& select) const {
    return From(sql::restate(node_, sql::SetOp::union_, select.node()));
  }

 private:
  sql::Ref node_;
};

/// An alias of a table: `FROM t AS name`; without a name `t_1`.
From alias(const From& from, std::string_view name = {});

template <class Parent, class Target, bool IsList>
class RelationshipPath;

namespace detail {
/// Returns the column of `from` that stands for a mapped column: by its lineage, else, if
/// `on_names`, by its name.
sql::Ref adapted(const sql::Ref& from, const sql::Ref& column, bool on_names);
}  // namespace detail

/// A mapped class under another name: `auto u = aliased<User>("u"); u[&User::name]`.
template <class E>
class Aliased : public From {
 public:
  using entity = E;

  explicit Aliased(std::string_view name)
      : From(detail::aliased_from(E::azoth_entity_node(), name)) {}

  Aliased(const From& from, bool adapt_on_names) : From(from), adapts_on_names_(adapt_on_names) {}

  using From::operator[];

  template <class M, class D>
    requires(ColumnMember<M> && std::is_base_of_v<D, E>)
  auto operator[](M D::* m) const {
    return Expr<typename M::value_type>(detail::adapted(node(), col(m).node(), adapts_on_names_));
  }

  /// A relationship of the alias: `s.join(u[&User::addresses])`.
  template <class M, class D>
    requires(RelationshipMember<M> && std::is_base_of_v<D, E>)
  auto operator[](M D::*) const {
    return RelationshipPath<D, typename M::target_type, M::is_list>({&M::attribute(), node()});
  }

  bool adapts_on_names() const { return adapts_on_names_; }

 private:
  bool adapts_on_names_ = false;
};

template <class E>
Aliased<E> aliased(std::string_view name = {}) {
  static_assert(Mapped<E>, "azoth: aliased<E>() needs a mapped class (derived from Entity)");
  return Aliased<E>(name);
}

/// A mapped class over a subquery or CTE that selects its columns: `aliased<User>(subquery)`; with
/// `adapt_on_names` also over columns that are merely called like its own.
template <class E>
Aliased<E> aliased(const From& from, bool adapt_on_names = false) {
  static_assert(Mapped<E>, "azoth: aliased<E>() needs a mapped class (derived from Entity)");
  return Aliased<E>(from, adapt_on_names);
}

}  // namespace azoth
