// SPDX-License-Identifier: MIT
// The nodes of DDL statements. Each refers to a table, sequence or type and says which part of it
// is meant.
#pragma once
#include <azoth/sql/table_node.hpp>

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
  ConstraintStatement(Kind k, Ref t, ConstraintKind c, std::uint32_t p, bool cascades)
      : NodeOf(k), table(std::move(t)), constraint(c), is_cascade(cascades), place(p) {}

  Ref table;
  ConstraintKind constraint;
  bool is_cascade;
  std::uint32_t
      place;  ///< in `TableNode::foreign_keys`, or in `constraints`; 0 for the primary key

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.table, s.constraint, s.is_cascade, s.place);
  }
};

/// By kind: a column's definition, or what sets or removes a comment; of a table the column is -1.
struct TableStatement final : NodeOf<TableStatement> {
  TableStatement(Kind k, Ref t, std::int32_t c = -1) : NodeOf(k), table(std::move(t)), column(c) {}

  Ref table;
  std::int32_t column;  ///< in `TableNode::columns`

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.table, s.column);
  }
};

/// `CREATE SEQUENCE` and, by kind, `DROP SEQUENCE`.
struct SequenceStatement final : NodeOf<SequenceStatement> {
  SequenceStatement(Kind k, Ref s) : NodeOf(k), sequence(std::move(s)) {}

  Ref sequence;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.sequence);
  }
};

/// `CREATE SCHEMA` and, by kind, `DROP SCHEMA`.
struct SchemaStatement final : NodeOf<SchemaStatement> {
  SchemaStatement(Kind k, std::string_view n, bool cascades, std::optional<bool> q)
      : NodeOf(k), name(n), is_cascade(cascades), has_quote(q.has_value()), quote(q == true) {}

  std::string name;
  bool is_cascade;
  bool has_quote, quote;  ///< given: always or never in quotes

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name, s.is_cascade, s.has_quote, s.quote);
  }
};

/// `CREATE TYPE ... AS ENUM` and, by kind, `DROP TYPE`; the type is the node's.
struct EnumStatement final : NodeOf<EnumStatement> {
  EnumStatement(Kind k, TypePtr t) : NodeOf(k, t) {}

  template <class S, class F>
  static void fields(S&, F&& f) {
    f();
  }
};

/// A text of the program's own; see `ddl`.
struct DdlText final : NodeOf<DdlText> {
  DdlText(std::string t, Ref target)
      : NodeOf(Kind::ddl), text(std::move(t)), table(std::move(target)) {}

  std::string text;
  Ref table;  ///< may be empty

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.text, s.table);
  }
};

}  // namespace azoth::sql
