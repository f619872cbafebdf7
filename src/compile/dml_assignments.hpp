// SPDX-License-Identifier: MIT
// How the assignments of a statement are found by the columns they set.
#pragma once
#include "compile/dml_columns.hpp"

namespace azoth::compile {

using Assignments = std::vector<const sql::Assignment*>;

const sql::FromNode& target_of(const sql::Statement& statement);
/// Returns the description of a column, or null when the target is no schema table.
const sql::ColumnInfo* info_of(const sql::Node& table, std::size_t i);
/// Returns the key of the target's column that an assignment sets; empty when it sets something
/// else.
std::string_view key_of(const sql::Assignment& assignment, const sql::Node& target);
/// Returns the assignment to a column, the last one where there are several, or null.
const sql::Assignment* find(const Assignments& assignments,
                            std::string_view key,
                            const sql::Node& target);
Assignments assignments_of(const sql::Statement& statement);
Assignments assignments_of(const sql::ValuesRow& row);
/// A misspelt key must not vanish. @throws CompileError "Unconsumed column names: x"
void check_consumed(const Assignments& assignments, const sql::FromNode& target);
bool is_given(const CompileOptions& options, std::string_view key);
DmlColumn describe(const sql::ColumnSpec& spec);
/// Sets what the client makes when nobody gave a value: a constant, or what a function returns.
void set_client_default(DmlColumn& column, const ColumnOptions& options);
/// Says whether the program wants a column's generated value back: it named the column, or none.
bool wants_back(const sql::Statement& statement, const sql::Ref& column);
/// Says whether the database has to compute the value.
bool is_expression(const sql::Ref& value);

}  // namespace azoth::compile
