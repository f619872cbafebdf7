// SPDX-License-Identifier: MIT
// The typed arguments of ON CONFLICT and ON DUPLICATE KEY UPDATE; the methods that take them stand
// in dml.hpp.
#pragma once
#include <azoth/sql/from.hpp>

#include <optional>
#include <vector>

namespace azoth {

/// A column or expression of the unique index that a conflict is about: a column's name in the
/// database, a member, or an expression.
class ConflictColumn {
 public:
  template <class T>
  ConflictColumn(const Expr<T>& e) : node_(e.node()) {}

  template <class M, class E>
    requires ColumnMember<M>
  ConflictColumn(M E::* m) : node_(col(m).node()) {}

  ConflictColumn(const char* name) : node_(sql::column(name)) {}

  ConflictColumn(const std::string& name) : node_(sql::column(name)) {}

  const sql::Ref& node() const { return node_; }

 private:
  sql::Ref node_;
};

/// Which conflict is meant: that of a unique index, by its columns, or that of a constraint; by
/// default any.
struct ConflictTarget {
  std::vector<ConflictColumn> index_elements{};
  std::optional<Predicate> index_where{};  ///< of a partial index
  std::string_view constraint{};
};

/// The row that ON CONFLICT could not insert: `excluded(users).c("name")`.
inline From excluded(const From& table) {
  return alias(table, "excluded");
}

/// The row that ON DUPLICATE KEY UPDATE could not insert: `VALUES(name)`.
inline From inserted(const From& table) {
  return alias(table, "inserted");
}

namespace detail {
sql::Ref on_conflict_do_nothing(const sql::Ref& insert, const ConflictTarget& target);
}  // namespace detail

}  // namespace azoth
