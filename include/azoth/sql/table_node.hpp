// SPDX-License-Identifier: MIT
// The schema table as a node, with everything DDL, DML and the ORM need to know of it. Built once
// by `Table` or by a mapper, immutable from then on but for the resolution of foreign keys.
#pragma once
#include <azoth/sql/from_clause.hpp>
#include <azoth/sql/table.hpp>

namespace azoth::sql {

/// Returns `schema.name`, or the name alone without a schema.
std::string full_name(std::string_view schema, std::string_view name);

/// The schema description of one column; `TableNode::columns[i]` describes `TableNode::column(i)`.
struct ColumnInfo {
  std::string name, key;
  TypePtr type = nullptr;
  ColumnOptions options;
  bool is_nullable = true;
};

/// One foreign key constraint; the columns are positions in their tables.
struct ForeignKeyInfo {
  std::string name;
  std::vector<std::uint32_t> columns;
  std::string target_table, target_schema;
  std::vector<std::string> target_columns;  ///< names, resolved by `resolve`
  std::string ondelete, onupdate;
  bool use_alter = false;
};

struct TableNode final : NodeOf<TableNode, FromNode> {
  TableNode(std::string_view n, std::string_view sch, std::vector<ColumnInfo> c);
  std::string name, schema;
  std::uint64_t id;  ///< unique in the process: two tables of one name are different tables
  std::vector<ColumnInfo> columns;
  std::vector<std::uint32_t> primary_key;
  std::string primary_key_name;
  std::vector<ForeignKeyInfo> foreign_keys;
  std::vector<Constraint> constraints;  ///< unique and check constraints
  std::vector<Index> indexes;
  std::weak_ptr<MetaDataState> metadata;
  /// The position of the column whose integer key the database generates, or -1.
  int autoincrement_column() const;

  std::string fullname() const { return full_name(schema, name); }

  static constexpr bool is_copyable = false;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name, s.schema, s.id);
  }
};

struct MetaDataState {
  Refs tables;         ///< in order of declaration
  Refs sequences;      ///< in order of declaration
  std::string schema;  ///< of tables and sequences that name none
  const TableNode* find(std::string_view schema, std::string_view name) const;
};

/// Makes a table node, checks the declaration and adds it to the MetaData; `eternal` nodes are
/// never destroyed (mapped tables).
Ref make_table(std::string_view name,
               std::string_view schema,
               const std::shared_ptr<MetaDataState>& metadata,
               std::vector<Column> columns,
               std::vector<Constraint> constraints,
               std::vector<Index> indexes,
               bool eternal);

/// Returns the table a foreign key refers to. @throws NoReferencedTableError,
/// NoReferencedColumnError with SQLAlchemy's texts.
const TableNode& resolve(const TableNode& table, const ForeignKeyInfo& key);

/// Sorts tables so that referenced ones come first, ties by name; foreign keys in cycles are
/// returned in `cyclic` when given.
std::vector<const TableNode*> sort_tables(const std::vector<const TableNode*>& tables,
                                          std::vector<const ForeignKeyInfo*>* cyclic = nullptr);

}  // namespace azoth::sql
