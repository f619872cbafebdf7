// SPDX-License-Identifier: MIT
// What INSERT does with a row that is there already: ON CONFLICT of PostgreSQL and SQLite, ON
// DUPLICATE KEY UPDATE of MySQL. One such part may stand under `Clause::post_values`.
#pragma once
#include <azoth/sql/constraint.hpp>
#include <azoth/sql/statement.hpp>

namespace azoth::sql {

/// `ON CONFLICT (a, b) WHERE ... DO UPDATE SET x = ... WHERE ...`, or DO NOTHING. The row that
/// could not be inserted is an alias of the table with the name `excluded`.
struct OnConflict final : NodeOf<OnConflict> {
  explicit OnConflict(bool updates) : NodeOf(Kind::on_conflict), does_update(updates) {}

  bool does_update;
  ConstraintName constraint;  ///< or, when empty:
  Refs index_elements;        ///< columns and expressions; none: any conflict
  Ref index_where;            ///< of a partial index, or empty
  Refs set;                   ///< Assignment
  Ref where;                  ///< which rows are updated, or empty

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.does_update,
      s.constraint.text,
      s.constraint.is_conv,
      s.index_elements,
      s.index_where,
      s.set,
      s.where);
  }
};

/// `ON DUPLICATE KEY UPDATE x = VALUES(x)`.
struct OnDuplicateKeyUpdate final : NodeOf<OnDuplicateKeyUpdate> {
  explicit OnDuplicateKeyUpdate(Ref i) : NodeOf(Kind::on_duplicate_key), inserted(std::move(i)) {}

  Ref inserted;  ///< an alias of the table: its columns are the values of the row
  Refs set;      ///< Assignment, in any order
  std::vector<std::string> ordering;  ///< keys that are set first; the others follow the table

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.inserted, s.set, s.ordering);
  }
};

/// Returns the INSERT with the part in place of the one it may have.
Ref with_post_values(Ref insert, Ref part);

}  // namespace azoth::sql
