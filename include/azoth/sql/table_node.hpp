// SPDX-License-Identifier: MIT
// The schema table as a node, with everything DDL, DML and the ORM need to know of it. Built once
// by `Table` or by a mapper, immutable from then on unless it is extended (`extend_existing`).
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
  std::vector<std::uint32_t> columns;
  std::string target_table, target_schema;
  std::vector<std::string> target_columns;  ///< keys, or names with `link_to_name`
  ForeignKeyOptions options;
  bool is_inline = true;
  Ref target;  ///< the referred table when it belongs to another MetaData, else empty
};

/// Where one constraint of a table stands: in `TableNode::foreign_keys`, or in `constraints`.
struct ConstraintPlace {
  ConstraintKind kind;
  std::uint32_t place;
};

struct TableNode final : NodeOf<TableNode, FromNode> {
  TableNode(std::string_view n, const TableOptions& o, std::vector<ColumnInfo> c);
  ~TableNode() override;
  /// Adds a column at the end, or puts it in the place of the one of its key. Returns the place.
  std::uint32_t put_column(ColumnInfo column);
  std::string name, schema;
  std::uint64_t id;  ///< unique in the process: two tables of one name are different tables
  std::vector<ColumnInfo> columns;
  TableOptions options;
  std::vector<std::uint32_t> primary_key;
  Constraint primary_key_constraint;     ///< its name and options; the columns stand above
  bool has_implicit_primary_key = true;  ///< made of what the columns declare
  std::vector<ForeignKeyInfo> foreign_keys;
  std::vector<Constraint> constraints;            ///< those of other kinds
  std::vector<ConstraintPlace> constraint_order;  ///< in which CREATE TABLE renders all these
  std::vector<Index> indexes;
  std::weak_ptr<MetaDataState> metadata;
  std::shared_ptr<event::Dispatch> dispatch;  ///< of creating and dropping it
  std::vector<const ColumnNode*> replaced;    ///< columns that expressions may still speak of
  /// The position of the column whose integer key the database generates, or -1.
  int autoincrement_column() const;
  /// The position of the column of that key, or -1.
  int position_of(std::string_view key) const;

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
  NamingConvention naming_convention;
  std::shared_ptr<event::Dispatch> dispatch;  ///< of creating and dropping all tables
  const TableNode* find(std::string_view schema, std::string_view name) const;
};

/// Makes a table node, checks the declaration and adds it to the MetaData, or does with the table
/// that is there what the options say; `eternal` nodes are never destroyed (mapped tables).
Ref make_table(std::string_view name,
               const TableOptions& options,
               const std::shared_ptr<MetaDataState>& metadata,
               std::vector<Column> columns,
               std::vector<Constraint> constraints,
               std::vector<Index> indexes,
               bool eternal);

/// Adds to a table while it is being declared. @throws ArgumentError for an unknown column
void append_constraint(TableNode& table, Constraint constraint);
void append_index(TableNode& table, Index index);

/// Returns the element with the columns of `table` replaced by columns without a table, so that the
/// table can keep it; `keys` receives the keys of those columns in order.
Ref without_table(const Ref& element,
                  const TableNode& table,
                  std::vector<std::string>* keys = nullptr);

/// Returns the table a foreign key refers to. @throws NoReferencedTableError,
/// NoReferencedColumnError with SQLAlchemy's texts.
const TableNode& resolve(const TableNode& table, const ForeignKeyInfo& key);

/// Returns the position in `target` of the column that the key's column number `i` refers to, or
/// -1.
int referred_position(const TableNode& target, const ForeignKeyInfo& key, std::size_t i);

/// Sorts tables so that referenced ones come first, ties by name; foreign keys in cycles are
/// returned in `cyclic` when given.
std::vector<const TableNode*> sort_tables(const std::vector<const TableNode*>& tables,
                                          std::vector<const ForeignKeyInfo*>* cyclic = nullptr);

}  // namespace azoth::sql
