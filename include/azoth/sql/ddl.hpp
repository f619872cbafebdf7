// SPDX-License-Identifier: MIT
// The statements that make and drop schema objects. Each refers to a table and says which of its
// parts is meant; the texts are made in compile/.
#pragma once
#include <azoth/sql/table_node.hpp>

#include <vector>

namespace azoth::sql {

/// `CREATE TABLE`. Foreign keys that have a node in `altered` are left out: they are added later.
struct CreateTable final : NodeOf<CreateTable> {
  CreateTable(Ref t, bool guarded, Refs later)
      : NodeOf(Kind::create_table),
        table(std::move(t)),
        if_not_exists(guarded),
        altered(std::move(later)) {}

  Ref table;
  bool if_not_exists;
  Refs altered;  ///< AddConstraint nodes of this table

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.table, s.if_not_exists, s.altered);
  }
};

/// `DROP TABLE`.
struct DropTable final : NodeOf<DropTable> {
  DropTable(Ref t, bool guarded)
      : NodeOf(Kind::drop_table), table(std::move(t)), if_exists(guarded) {}

  Ref table;
  bool if_exists;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.table, s.if_exists);
  }
};

/// `CREATE INDEX` and, by kind, `DROP INDEX`; `is_guarded` is IF NOT EXISTS and IF EXISTS.
struct IndexStatement final : NodeOf<IndexStatement> {
  IndexStatement(Kind k, Ref t, std::uint32_t i, bool guarded)
      : NodeOf(k), table(std::move(t)), index(i), is_guarded(guarded) {}

  Ref table;
  std::uint32_t index;  ///< in `TableNode::indexes`
  bool is_guarded;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.table, s.index, s.is_guarded);
  }
};

/// `ALTER TABLE ... ADD` and, by kind, `DROP CONSTRAINT`.
struct ConstraintStatement final : NodeOf<ConstraintStatement> {
  ConstraintStatement(Kind k, Ref t, ConstraintKind c, std::uint32_t p)
      : NodeOf(k), table(std::move(t)), constraint(c), place(p) {}

  Ref table;
  ConstraintKind constraint;
  std::uint32_t
      place;  ///< in `TableNode::foreign_keys`, or in `constraints`; 0 for the primary key

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.table, s.constraint, s.place);
  }
};

Ref create_table(const Ref& table, bool if_not_exists = false, Refs altered = {});
Ref drop_table(const Ref& table, bool if_exists = false);
/// Makes the statement for the index at a position. @throws ArgumentError when there is none.
Ref create_index(const Ref& table, std::size_t index, bool if_not_exists = false);
Ref drop_index(const Ref& table, std::size_t index, bool if_exists = false);
/// Makes the statement for the constraint at a position of its kind's list.
/// @throws ArgumentError when there is none.
Ref add_constraint(const Ref& table, ConstraintKind kind, std::size_t place = 0);
Ref drop_constraint(const Ref& table, ConstraintKind kind, std::size_t place = 0);

/// Returns what creates these tables: each table before those that refer to it, followed by its
/// indexes. Foreign keys in cycles and those marked `use_alter` are added at the end when the
/// database can alter, else they stand within their tables.
Refs create_all_statements(const std::vector<const TableNode*>& tables, bool can_alter);

/// Returns what drops these tables: each table after those that refer to it. Foreign keys in cycles
/// are dropped first when the database can alter; else warns (SAWarning) and keeps the given order.
/// @throws CircularDependencyError when a key to be dropped has no name.
Refs drop_all_statements(const std::vector<const TableNode*>& tables, bool can_alter);

}  // namespace azoth::sql
