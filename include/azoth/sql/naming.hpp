// SPDX-License-Identifier: MIT
// How constraints and indexes are called that the program gives no name, or half a name: by the
// naming convention of their MetaData.
//
// The tokens: table_name, constraint_name (the name given), referred_table_name, and of columns
// column_0_name, column_0_key, column_0_label (table_column), referred_column_0_name. With another
// number another column; with 0N all of them one behind the other, with 0_N joined by underscores.
#pragma once
#include <azoth/sql/table_node.hpp>

namespace azoth::sql {

/// Returns the name of a table's constraint, by convention where that applies; empty for none.
/// @throws InvalidRequestError when the convention needs a name and there is none.
ConstraintName constraint_name(const TableNode& table, ConstraintPlace place);
/// The same for a constraint that stands in the definition of a column.
ConstraintName constraint_name(const TableNode& table, const Constraint& constraint);
/// Returns the name of an index over columns of those keys.
ConstraintName index_name(const TableNode& table,
                          const ConstraintName& name,
                          const std::vector<std::string>& columns);

}  // namespace azoth::sql
