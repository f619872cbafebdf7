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
#include <vector>

namespace azoth::mssql {

/// Says whether the lower-case word must be quoted.
bool is_reserved_word(std::string_view word);
/// Renders a type that SQL Server calls otherwise than the default does, or nothing.
std::optional<std::string> type_name(const SqlType& type, const Dialect& dialect);

/// The parts of a schema's name.
struct SchemaName {
  std::string database;  ///< or empty
  std::string owner;
  bool is_raw = false;  ///< the database's name is quoted already
};

SchemaName split_schema(std::string_view schema);
/// Appends `db.dbo`, each part quoted where needed.
void append_schema(std::string& out, std::string_view schema, const Dialect& dialect);

/// How many rows a select wants: LIMIT or FETCH, and OFFSET; null where it does not say.
struct RowCount {
  const sql::Ref* rows = nullptr;
  const sql::Ref* offset = nullptr;
  const sql::Fetch* fetch = nullptr;

  bool limits() const { return rows || offset; }
};

RowCount row_count(const sql::Statement& select);
/// Says whether TOP can limit the rows of a select.
bool uses_top(const sql::Statement& select);
/// Returns the select around the rows that ROW_NUMBER() has counted, or nothing when this one needs
/// none. @throws CompileError when there is no order to count in.
sql::Ref number_rows(const sql::Ref& select, const Capabilities& can);
/// @throws CompileError when rows are skipped, or their number is no plain one, without an order.
void check_row_limit(const sql::Statement& select);

std::unique_ptr<Dialect> make_dialect(const Capabilities& capabilities);
std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options);
std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect);

}  // namespace azoth::mssql
