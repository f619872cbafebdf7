// SPDX-License-Identifier: MIT
// What columns and FROM elements go back to, for those who compare or name them. Private to sql.
#pragma once
#include <azoth/sql/from_clause.hpp>

#include <string>

namespace azoth::sql {

/// Returns what an element stands for directly: a proxy column's base, what a label labels; or
/// null.
const Node* step_down(const Node* element);

/// Returns the schema column that an element stands for, or null.
const ColumnNode* schema_column(const Ref& element);

/// Returns a FROM element's name as messages show it.
std::string name_of_from(const Ref& from);

}  // namespace azoth::sql
