// SPDX-License-Identifier: MIT
// Statements and expressions as texts, for reading: `statement.compile({...})`, `to_string`, and
// operator<<, without an engine and for any database.
#pragma once
#include <azoth/compile/dialect.hpp>
#include <azoth/compile/parameters.hpp>
#include <azoth/sql/comparable.hpp>

#include <iosfwd>

namespace azoth {

/// The arguments of `compile()` on statements and expressions.
struct CompileArguments {
  const Dialect* dialect = nullptr;  ///< none: one that has a text for everything
  bool literal_binds = false;        ///< render values in place
  bool render_postcompile = false;   ///< expand IN lists with the values in the statement
  /// INSERT, UPDATE: the columns that are given at execution, by their keys.
  std::optional<std::vector<std::string>> column_keys{};
  bool linting = false;  ///< look for cartesian products; what is found is in `warnings`
  std::optional<std::vector<SchemaTranslation>> schema_translate_map{};
};

/// A statement's text and the values of its parameters. Refers to nothing.
struct CompiledStatement {
  std::string string;
  std::vector<ParameterValue> params;       ///< in the order of the placeholders
  std::vector<std::string> warnings;        ///< found while compiling
  std::vector<std::string> result_columns;  ///< names of the rows' columns, where they are known
};

/// Compiles any statement, clause or type-free element for reading. Parameters that are required
/// and have no value are NULL in `params`. @throws CompileError
CompiledStatement compile_statement(const sql::Ref& statement, const CompileArguments& arguments);

template <class S>
concept Printable = requires(const S& s) {
  { s.node() } -> std::convertible_to<const sql::Ref&>;
};

/// Returns the text of a statement, expression or table: `to_string(stmt, dialect("mssql"))`.
template <Printable S>
std::string to_string(const S& statement, const Dialect& dialect = printing_dialect()) {
  return to_string(statement.node(), dialect);
}

std::ostream& print(std::ostream& out, const sql::Ref& statement);

template <Printable S>
  requires(SelectLike<S> || ExprLike<S> || requires { typename S::azoth_dml; })
std::ostream& operator<<(std::ostream& out, const S& statement) {
  return print(out, statement.node());
}

}  // namespace azoth
