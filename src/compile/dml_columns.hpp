// SPDX-License-Identifier: MIT
// Which columns an INSERT or UPDATE names and what each is set to: values of the statement, values
// that come at execution, column defaults; and what the database will have made that the program
// has to ask for. Decides; renders nothing.
#pragma once
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::compile {

/// One column with what it is set to: an expression, a constant, or else a parameter that is given
/// at execution. The views live as long as the statement.
struct DmlColumn {
  std::string_view name;  ///< in the database
  std::string_view key;   ///< in the program
  std::string parameter;  ///< the name that a value is bound under: the key, in later rows `key_m1`
  TypePtr type = nullptr;
  sql::Ref value;  ///< an expression; a unique bind parameter takes `parameter` as its name
  const Value* constant = nullptr;
  const ValueFunction* generator = nullptr;  ///< makes the value at execution
  sql::Ref target;          ///< rendered in place of the name: of another table, part of an array
  bool is_default = false;  ///< the keyword DEFAULT
};

/// What is to be set, and what comes back. The keys are those of the target's columns.
struct DmlPlan {
  std::vector<std::vector<DmlColumn>> rows;  ///< of UPDATE: one
  std::vector<std::string> prefetch;         ///< computed ahead: defaults that the client makes
  std::vector<std::string> postfetch;        ///< to be selected afterwards: the database makes them
  sql::Refs returning;             ///< columns that RETURNING fetches though nobody asked for them
  bool fetches_lastrowid = false;  ///< the driver tells the new key
};

/// Returns the rows of INSERT ... VALUES, at least one; without columns: nothing is to be said.
/// @throws CompileError for keys that are no columns, or a row that lacks a column of the first;
/// InvalidRequestError for single values and rows in one statement.
DmlPlan plan_insert(const sql::Statement& insert,
                    const Capabilities& can,
                    const CompileOptions& options,
                    std::vector<std::string>& warnings);

/// Returns the columns that INSERT ... SELECT names: those of the statement, in its order, then
/// those with defaults, whose values the select is to give in addition.
DmlPlan plan_insert_select(const sql::Statement& insert, const Capabilities& can);

/// Returns the columns of SET; `others` are the other tables that the statement draws on.
/// @throws CompileError for keys that are no columns.
DmlPlan plan_update(const sql::Statement& update,
                    const sql::Refs& others,
                    const Capabilities& can,
                    const CompileOptions& options);

/// Returns the FROM elements beside the target that criteria and values draw on.
sql::Refs other_froms(const sql::Statement& statement);

}  // namespace azoth::compile
