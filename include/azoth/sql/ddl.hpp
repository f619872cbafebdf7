// SPDX-License-Identifier: MIT
// Makes the statements that create, change and drop schema objects, one by one or for all tables of
// a MetaData in the order that their foreign keys ask for. Their nodes stand in ddl_nodes.hpp,
// their texts are made in compile/.
#pragma once
#include <azoth/sql/ddl_nodes.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::sql {

/// Makes CREATE TABLE; keys that have an AddConstraint node in `altered` are left out.
Ref create_table(const Ref& table, bool if_not_exists = false, Refs altered = {});
/// Makes CREATE TABLE with those foreign keys only, by their places in `TableNode::foreign_keys`.
/// @throws ArgumentError when there is none at one of the places.
Ref create_table_with_keys(const Ref& table,
                           const std::vector<std::size_t>& foreign_keys,
                           bool if_not_exists = false);
Ref drop_table(const Ref& table, bool if_exists = false);
/// Makes the statement for the index at a position. @throws ArgumentError when there is none.
Ref create_index(const Ref& table, std::size_t index, bool if_not_exists = false);
Ref drop_index(const Ref& table, std::size_t index, bool if_exists = false);
/// Makes the statement for an index that is in no table, which cannot be compiled.
Ref create_index(Index index);
/// Makes the statement for the constraint at a position of its kind's list.
/// @throws ArgumentError when there is none.
Ref add_constraint(const Ref& table, ConstraintKind kind, std::size_t place = 0);
Ref drop_constraint(const Ref& table,
                    ConstraintKind kind,
                    std::size_t place = 0,
                    bool cascade = false);

/// Makes the definition of one column as it stands in CREATE TABLE.
/// @throws ArgumentError when there is none at the position.
Ref create_column(const Ref& table, std::size_t column);
/// The same for a column that is in no table.
Ref create_column(Column column);

/// Makes the statements that set a table's or column's comment to what the schema says, or remove
/// it.
Ref set_table_comment(const Ref& table);
Ref drop_table_comment(const Ref& table);
Ref set_column_comment(const Ref& table, std::size_t column);
Ref drop_column_comment(const Ref& table, std::size_t column);

Ref create_sequence(const Ref& sequence);
Ref drop_sequence(const Ref& sequence);
/// `quote` set: always or never in quotes.
Ref create_schema(std::string_view name, std::optional<bool> quote = {});
Ref drop_schema(std::string_view name, bool cascade = false, std::optional<bool> quote = {});
/// For databases with types of their own for each Enum.
Ref create_enum_type(TypePtr type);
Ref drop_enum_type(TypePtr type);

/// Makes a statement of the program's own: `%(table)s`, `%(schema)s` and `%(fullname)s` are those
/// of `table` (which may be empty), further tokens stand in `context`; `%%` is a percent sign.
Ref ddl(std::string_view text,
        const Ref& table = {},
        const std::vector<std::pair<std::string, std::string>>& context = {});

/// Returns what creates these tables: each table before those that refer to it, followed by its
/// indexes. Foreign keys in cycles and those marked `use_alter` are added at the end when the
/// database can alter, else they stand within their tables.
Refs create_all_statements(const std::vector<const TableNode*>& tables, bool can_alter);

/// Returns what drops these tables: each table after those that refer to it. Foreign keys in cycles
/// are dropped first when the database can alter; else warns (SAWarning) and keeps the given order.
/// @throws CircularDependencyError when a key to be dropped has no name.
Refs drop_all_statements(const std::vector<const TableNode*>& tables, bool can_alter);

}  // namespace azoth::sql
