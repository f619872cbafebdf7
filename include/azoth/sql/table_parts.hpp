// SPDX-License-Identifier: MIT
// What a program asks of the parts of its tables: names of columns, where foreign keys lead.
#pragma once
#include <azoth/sql/expr.hpp>
#include <azoth/sql/table.hpp>

#include <string>
#include <string_view>

namespace azoth {

/// One column of a foreign key and the column that it refers to; keeps its table alive.
class ForeignKeyElement {
 public:
  ForeignKeyElement(Table table, std::uint32_t key, std::uint32_t place)
      : table_(std::move(table)), key_(key), place_(place) {}

  /// Returns the referring column.
  Any parent() const;
  /// Returns the column that it refers to, looked up at each call.
  /// @throws NoReferencedTableError, NoReferencedColumnError naming what is missing.
  Any column() const;
  /// Returns the target as it was declared: `table.column`, `schema.table.column`.
  std::string target_fullname() const;

 private:
  Table table_;
  std::uint32_t key_, place_;
};

/// Returns a column's name in the database. @throws ArgumentError for what is no column of a FROM
/// element, as all of these do.
std::string column_name(const Any& column);
/// Returns its name in the program.
std::string column_key(const Any& column);
/// Returns `table.column`.
std::string column_fullname(const Any& column);
/// Returns the table of a schema column.
Table table_of(const Any& column);
/// Says whether a foreign key leads from `column` to `referred`.
bool references(const Any& column, const Any& referred);
/// Returns a schema column as it is declared: `Column('id', Integer(), table=<t>, ...)`.
std::string repr(const Any& column);

/// Returns `UniqueConstraint` and so on.
std::string_view class_name(ConstraintKind kind);

}  // namespace azoth
