// SPDX-License-Identifier: MIT
// How class-level attributes and columns of tables become expressions: `col(&User::name)`,
// `table.c<std::string>("name")`.
#pragma once
#include <azoth/sql/expr.hpp>

namespace azoth {

/// Returns the class-level attribute of a mapped column: `col(&User::name)`. The attribute's own
/// type ends here; only `Expr<T>` goes on.
template <class M, class E>
  requires ColumnMember<M>
Expr<typename M::value_type> col(M E::*) {
  return Expr<typename M::value_type>(M::azoth_node());
}

template <class T>
Expr<T> col(Expr<T> e) {
  return e;
}

/// Returns what a hybrid is in SQL: `col(&Interval::length) > 5`.
template <class M, class E>
  requires HybridMember<M>
auto col(M E::*) {
  return M::azoth_expression();
}

template <class M, class E>
  requires(!ColumnMember<M> && !HybridMember<M> && !RelationshipMember<M>)
Any col(M E::*) {
  static_assert(ColumnMember<M>,
                "azoth: this member is not a column of a mapped class (declare it as "
                "Column<\"name\", T> in a class derived from Entity)");
  return Any(sql::Ref());
}

template <class T>
Expr<T> Table::c(std::string_view key) const {
  return Expr<T>(detail::table_column(node_, key, detail::sql_type<T>()));
}

}  // namespace azoth
