// SPDX-License-Identifier: MIT
// Schema objects: `MetaData` and `Table`, as a program declares them; their parts stand in
// column.hpp and constraint.hpp. Their DDL text is made in compile/; what classes map to them, in
// orm/.
#pragma once
#include <azoth/fwd.hpp>
#include <azoth/sql/column.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

class ColumnCollection;
class ForeignKeyElement;

namespace event {
class Dispatch;
}

namespace sql {
struct TableNode;
struct MetaDataState;
}  // namespace sql

/// How constraints and indexes without a name are called: by `ix`, `uq`, `ck`, `fk`, `pk` or the
/// name of a class a text with tokens, as `{"uq", "uq_%(table_name)s_%(column_0_name)s"}`; further
/// entries name tokens of the program's own. See naming.hpp.
using NamingConvention = std::vector<std::pair<std::string, std::string>>;

/// Returns what names indexes that have no name, `ix_<column_0_label>`, and nothing else.
NamingConvention default_naming_convention();

/// The keyword arguments of `MetaData`.
struct MetaDataOptions {
  std::string schema{};  ///< of tables and sequences that name none
  NamingConvention naming_convention = default_naming_convention();
};

/// The keyword arguments of `Table`.
struct TableOptions {
  std::optional<std::string> schema{};  ///< default: that of the MetaData; empty: none
  std::vector<std::string> prefixes{};  ///< `TEMPORARY`
  std::optional<std::string> comment{};
  bool implicit_returning = true;
  DialectOptions dialect_options{};  ///< `{{"mysql_engine", "InnoDB"}}`
  /// Where the MetaData holds a table of that name: adds to it (a column replaces the one of its
  /// key), or leaves it as it is.
  bool extend_existing = false, keep_existing = false;
};

/// The keyword arguments of `Table::to_metadata`.
struct ToMetaDataOptions {
  std::optional<std::string> schema{};  ///< default: the table's own; empty: none
  std::string name{};                   ///< default: the table's own
};

/// Holds the tables of one schema. A cheap handle: copies share the same set. Adding tables is not
/// thread-safe; reading is.
class MetaData {
 public:
  MetaData();
  explicit MetaData(MetaDataOptions options);
  /// Returns the tables sorted so that referenced tables come first; ties by name. Warns
  /// (SAWarning) about cycles.
  std::vector<Table> sorted_tables() const;
  /// Returns the tables in order of declaration.
  std::vector<Table> tables() const;
  /// Returns the table of that name, or `schema.name`. @throws NoSuchTableError naming it.
  Table table(std::string_view name) const;
  bool contains(std::string_view name) const;
  /// Takes a table out, or all; those who hold it can use it further.
  void remove(const Table& table);
  void clear();
  /// Holds the listeners to create_all and drop_all; see schema_events.hpp.
  event::Dispatch& dispatch() const;

  const std::shared_ptr<sql::MetaDataState>& state() const { return state_; }

 private:
  std::shared_ptr<sql::MetaDataState> state_;
};

/// A table of the schema. A cheap handle; expressions made from its columns keep the table alive.
class Table {
 public:
  /// Declares a table, or without anything but a name returns the one that the MetaData holds.
  /// @throws DuplicateColumnError for two columns of one name, ArgumentError for an unknown column
  /// in a constraint; InvalidRequestError when the MetaData holds a table of that name already.
  Table(std::string_view name,
        const MetaData& metadata,
        std::vector<Column> columns = {},
        std::vector<Constraint> constraints = {},
        std::vector<Index> indexes = {},
        std::string_view schema = {});
  Table(std::string_view name,
        const MetaData& metadata,
        std::vector<Column> columns,
        std::vector<Constraint> constraints,
        std::vector<Index> indexes,
        TableOptions options);

  explicit Table(sql::Ref node) : node_(std::move(node)) {}

  /// Returns a column by key, untyped. @throws NoSuchColumnError naming column and table.
  Expr<AnyType> c(std::string_view key) const;
  /// Returns a column by key as a typed expression. @throws ArgumentError when the column's type is
  /// of another family.
  template <class T>
  Expr<T> c(std::string_view key) const;
  /// Returns all columns with their keys.
  ColumnCollection columns() const;
  /// Returns those of the primary key.
  ColumnCollection primary_key() const;
  const std::string& name() const;
  /// Returns `schema.name`, or the name of a table without a schema.
  std::string fullname() const;
  /// Returns the foreign keys, one a column; see table_parts.hpp.
  std::vector<ForeignKeyElement> foreign_keys() const;
  /// Returns all constraints, first that of the primary key.
  std::vector<Constraint> constraints() const;
  const std::vector<Index>& indexes() const;
  /// Returns a copy of the table in another MetaData. Foreign keys to tables of the same schema
  /// refer to the copy's schema. Warns (SAWarning) and returns what is there when there is a table
  /// of that name.
  Table to_metadata(const MetaData& metadata, const ToMetaDataOptions& options = {}) const;
  /// Adds a constraint or an index, which may speak of the table's columns as expressions; not
  /// while other threads use the table. @throws ArgumentError for an unknown column
  void append_constraint(Constraint constraint);
  void append_index(Index index);
  /// Holds the listeners to the table's creation and dropping; see schema_events.hpp.
  event::Dispatch& dispatch() const;

  const sql::Ref& node() const { return node_; }

 private:
  sql::Ref node_;
};

}  // namespace azoth
