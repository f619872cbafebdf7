// SPDX-License-Identifier: MIT
// Schema objects: `MetaData`, `Table`, `Column` and the constraints, as a program declares them.
// Their DDL text is made in compile/; what classes map to them, in orm/.
#pragma once
#include <azoth/fwd.hpp>
#include <azoth/sql/node.hpp>
#include <azoth/types/value.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

template <class T>
class Expr;
struct AnyType;

namespace sql {
struct TableNode;
struct MetaDataState;
}  // namespace sql

/// Names the column that a foreign key refers to, as `table.column` or `schema.table.column`, with
/// the actions of the constraint.
struct ForeignKey {
  std::string target;
  std::string ondelete{}, onupdate{};
  std::string name{};
  bool use_alter = false;
  ForeignKey() = default;

  ForeignKey(const char* t) : target(t) {}

  ForeignKey(std::string_view t) : target(t) {}

  ForeignKey(std::string t, std::string on_delete, std::string on_update = {})
      : target(std::move(t)), ondelete(std::move(on_delete)), onupdate(std::move(on_update)) {}
};

/// Whether the database generates values of an integer primary key; `automatic`: when it is the
/// only key column and has no foreign key.
enum class AutoIncrement : std::uint8_t { automatic, always, never };

/// The keyword arguments of `Column`.
struct ColumnOptions {
  bool primary_key = false;
  std::optional<bool> nullable{};  ///< default: not nullable exactly when part of the primary key
  bool unique = false;
  bool index = false;
  AutoIncrement autoincrement = AutoIncrement::automatic;
  std::optional<ForeignKey> foreign_key{};
  std::optional<Value> default_{};              ///< a value used when an INSERT gives none
  sql::Ref default_expression{};                ///< or a SQL expression
  std::optional<std::string> server_default{};  ///< a string rendered as a literal in DDL
  sql::Ref server_default_expression{};         ///< or text()/an expression
  std::optional<Value> onupdate{};
  std::string key{};  ///< name in the program; default: the name
  std::string comment{};
};

/// Declares one column of a table; a plain value until it is given to `Table`.
struct Column {
  Column(std::string_view column_name, TypePtr column_type, ColumnOptions column_options = {})
      : name(column_name), type(column_type), options(std::move(column_options)) {}

  std::string name;
  TypePtr type;
  ColumnOptions options;
};

/// Which constraint a `Constraint` is.
enum class ConstraintKind : std::uint8_t { primary_key, unique, check, foreign_key };

/// Declares a table constraint; made by the functions below.
struct Constraint {
  ConstraintKind kind = ConstraintKind::check;
  std::string name{};
  std::vector<std::string> columns{};     ///< keys
  std::vector<std::string> refcolumns{};  ///< of foreign keys: `table.column`
  sql::Ref sqltext{};                     ///< of check constraints
  std::string ondelete{}, onupdate{};
  bool use_alter = false;
};

Constraint PrimaryKeyConstraint(std::vector<std::string> columns, std::string name = {});
Constraint UniqueConstraint(std::vector<std::string> columns, std::string name = {});
Constraint CheckConstraint(std::string_view sqltext, std::string name = {});
Constraint ForeignKeyConstraint(std::vector<std::string> columns,
                                std::vector<std::string> refcolumns,
                                ForeignKey actions = {});

/// Declares an index over columns of a table.
struct Index {
  std::string name;
  std::vector<std::string> columns;
  bool is_unique = false;
};

/// Holds the tables of one schema. A cheap handle: copies share the same set. Adding tables is not
/// thread-safe; reading is.
class MetaData {
 public:
  MetaData();
  /// Returns the tables sorted so that referenced tables come first; ties by name. Warns
  /// (SAWarning) about cycles.
  std::vector<Table> sorted_tables() const;
  /// Returns the tables in order of declaration.
  std::vector<Table> tables() const;
  /// Returns the table of that name. @throws NoSuchTableError naming it.
  Table table(std::string_view name) const;
  bool contains(std::string_view name) const;

  const std::shared_ptr<sql::MetaDataState>& state() const { return state_; }

 private:
  std::shared_ptr<sql::MetaDataState> state_;
};

/// A table of the schema. A cheap handle; expressions made from its columns keep the table alive.
class Table {
 public:
  /// Declares a table. @throws ArgumentError for two columns of one name, an unknown column in a
  /// constraint; InvalidRequestError when the MetaData holds a table of that name already.
  Table(std::string_view name,
        const MetaData& metadata,
        std::vector<Column> columns,
        std::vector<Constraint> constraints = {},
        std::vector<Index> indexes = {},
        std::string_view schema = {});

  explicit Table(sql::Ref node) : node_(std::move(node)) {}

  /// Returns a column by key, untyped. @throws NoSuchColumnError naming column and table.
  Expr<AnyType> c(std::string_view key) const;
  /// Returns a column by key as a typed expression. @throws ArgumentError when the column's type is
  /// of another family.
  template <class T>
  Expr<T> c(std::string_view key) const;
  const std::string& name() const;

  const sql::Ref& node() const { return node_; }

 private:
  sql::Ref node_;
};

}  // namespace azoth
