// SPDX-License-Identifier: MIT
// Constraints and indexes as a program declares them; plain values until they are given to a Table.
#pragma once
#include <azoth/sql/dialect_options.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// A constraint's name that no naming convention changes, and that is shortened where it is too
/// long for a database: `UniqueConstraint({"a"}, conv("uq_a"))`.
struct conv {
  explicit conv(std::string_view text) : name(text) {}

  std::string name;
};

/// The name of a constraint or index; empty: the naming convention's, or none.
struct ConstraintName {
  ConstraintName() = default;

  ConstraintName(const char* name) : text(name) {}

  ConstraintName(std::string_view name) : text(name) {}

  ConstraintName(std::string name) : text(std::move(name)) {}

  ConstraintName(conv name) : text(std::move(name.name)), is_conv(true) {}

  bool empty() const { return text.empty(); }

  bool operator==(std::string_view name) const { return text == name; }

  std::string text;
  bool is_conv = false;
};

/// The keyword arguments of constraints.
struct ConstraintOptions {
  std::optional<bool> deferrable{};
  std::string initially{};  ///< DEFERRED or IMMEDIATE
  DialectOptions dialect_options{};
  bool is_inline = true;  ///< false: left out of CREATE TABLE, ALTER TABLE adds it
};

/// The keyword arguments of foreign keys.
struct ForeignKeyOptions {
  std::string ondelete{}, onupdate{};
  ConstraintName name{};
  bool use_alter = false;  ///< added by ALTER TABLE where the database can
  std::optional<bool> deferrable{};
  std::string initially{}, match{};
  bool link_to_name = false;  ///< the target is called by its name, not by its key
  DialectOptions dialect_options{};
};

/// Names the column that a foreign key refers to, as `table.column` or `schema.table.column`, or
/// gives it, with the actions of the constraint.
struct ForeignKey : ForeignKeyOptions {
  ForeignKey() = default;

  ForeignKey(const char* t) : target(t) {}

  ForeignKey(std::string_view t) : target(t) {}

  ForeignKey(sql::Ref t) : column(std::move(t)) {}

  ForeignKey(std::string t, std::string on_delete, std::string on_update = {})
      : target(std::move(t)) {
    ondelete = std::move(on_delete);
    onupdate = std::move(on_update);
  }

  ForeignKey(std::string_view t, ForeignKeyOptions options)
      : ForeignKeyOptions(std::move(options)), target(t) {}

  std::string target{};
  sql::Ref column{};  ///< instead of `target`
};

/// Which constraint a `Constraint` is.
enum class ConstraintKind : std::uint8_t { primary_key, unique, check, foreign_key, exclude };

/// What a foreign key refers to: `table.column`, or a column.
struct RefColumn {
  RefColumn(const char* t) : target(t) {}

  RefColumn(std::string t) : target(std::move(t)) {}

  RefColumn(sql::Ref c) : column(std::move(c)) {}

  std::string target{};
  sql::Ref column{};
};

/// A part of an index or of an EXCLUDE constraint: a column's key, or an expression.
struct IndexElement {
  IndexElement(const char* key) : column(key) {}

  IndexElement(std::string key) : column(std::move(key)) {}

  IndexElement(sql::Ref element) : expression(std::move(element)) {}

  std::string column{};
  sql::Ref expression{};
};

/// `element WITH op` of an EXCLUDE constraint; `operator_class` may be empty.
struct ExcludeElement {
  IndexElement element;
  std::string op;
  std::string operator_class{};
};

/// Declares a table constraint; made by the functions below.
struct Constraint {
  ConstraintKind kind = ConstraintKind::check;
  ConstraintName name{};
  std::vector<std::string> columns{};  ///< keys; of CHECK those that the expression is about
  std::vector<RefColumn> refcolumns{};
  sql::Ref sqltext{};  ///< of check constraints
  std::string ondelete{}, onupdate{}, match{};
  bool use_alter = false, link_to_name = false;
  std::optional<bool> deferrable{};
  std::string initially{};
  bool is_inline = true;
  bool is_type_bound = false;  ///< the CHECK that a column's Boolean or Enum brings along
  DialectOptions dialect_options{};
  std::vector<ExcludeElement> elements{};  ///< of EXCLUDE
  std::string using_{};                    ///< of EXCLUDE: the index's method
  sql::Ref where{};                        ///< of EXCLUDE
};

Constraint PrimaryKeyConstraint(std::vector<std::string> columns,
                                ConstraintName name = {},
                                ConstraintOptions options = {});
Constraint UniqueConstraint(std::vector<std::string> columns,
                            ConstraintName name = {},
                            ConstraintOptions options = {});
Constraint CheckConstraint(std::string_view sqltext,
                           ConstraintName name = {},
                           ConstraintOptions options = {});
Constraint CheckConstraint(sql::Ref sqltext,
                           ConstraintName name = {},
                           ConstraintOptions options = {});
/// Says where among the constraints the one stands that a column's type brings along, which would
/// otherwise follow those of its column.
Constraint TypeBoundConstraint(std::string column, ConstraintName name = {});
Constraint ForeignKeyConstraint(std::vector<std::string> columns,
                                std::vector<RefColumn> refcolumns,
                                ForeignKey actions = {});

/// The keyword arguments of `ExcludeConstraint`.
struct ExcludeOptions {
  ConstraintName name{};
  std::string using_ = "gist";
  sql::Ref where{};
  std::optional<bool> deferrable{};
  std::string initially{};
  bool is_inline = true;
};

/// PostgreSQL's EXCLUDE: no two rows may compare so.
Constraint ExcludeConstraint(std::vector<ExcludeElement> elements, ExcludeOptions options = {});

/// Declares an index over columns and expressions of a table.
struct Index {
  ConstraintName name;
  std::vector<IndexElement> columns;
  bool is_unique = false;
  DialectOptions dialect_options{};
};

}  // namespace azoth
