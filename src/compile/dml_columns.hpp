// SPDX-License-Identifier: MIT
// Which columns an INSERT or UPDATE names and what each is set to: values of the statement, values
// that come at execution, column defaults. Decides; renders nothing.
#pragma once
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/statement.hpp>

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
};

/// Returns the rows of INSERT ... VALUES, at least one; without columns: nothing is to be said.
/// @throws CompileError for keys that are no columns, or a row that lacks a column of the first;
/// InvalidRequestError for single values and rows in one statement.
std::vector<std::vector<DmlColumn>> insert_rows(const sql::Statement& insert,
                                                const CompileOptions& options,
                                                std::vector<std::string>& warnings);

/// Returns the columns of SET. @throws CompileError for keys that are no columns.
std::vector<DmlColumn> update_columns(const sql::Statement& update, const CompileOptions& options);

/// Returns the columns that INSERT ... SELECT names, in the order of the program.
std::vector<DmlColumn> named_columns(const sql::Statement& insert);

}  // namespace azoth::compile
