// SPDX-License-Identifier: MIT
// What the files of this folder share.
#pragma once
#include <azoth/compile/ddl_compiler.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/compile/sql_compiler.hpp>
#include <azoth/sql/statement.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace azoth::oracle {

/// Says whether the lower-case word must be quoted.
bool is_reserved_word(std::string_view word);
/// Says whether a name of a bind parameter must be quoted.
bool is_unusual_name(std::string_view name);
/// Renders a type that Oracle calls otherwise than the default does, or nothing.
std::optional<std::string> type_name(const SqlType& type, const Dialect& dialect);

/// A select around another one whose rows ROWNUM has counted.
struct CountedRows {
  sql::Ref select;               ///< empty: this select needs none
  sql::Refs executed_literally;  ///< bind parameters whose values must stand in the text
};

CountedRows count_rows(const sql::Ref& select, const Capabilities& can);
/// Returns the select with the conditions of its joins among its criteria, where `(+)` marks the
/// columns that an outer join may lack; nothing when it joins nothing.
sql::Ref without_joins(const sql::Ref& select);

std::unique_ptr<Dialect> make_dialect(const Capabilities& capabilities);
std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options);
std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect);

}  // namespace azoth::oracle
