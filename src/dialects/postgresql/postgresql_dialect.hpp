// SPDX-License-Identifier: MIT
// What the files of this folder share.
#pragma once
#include <azoth/compile/ddl_compiler.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/compile/sql_compiler.hpp>
#include <azoth/dialects/postgresql.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace azoth::postgresql {

/// Says whether the lower-case word must be quoted.
bool is_reserved_word(std::string_view word);
/// Renders a type in PostgreSQL's words, or returns an empty text where the default's are its own.
std::string type_text(const Dialect& dialect, const SqlType& type);

/// The INSERT of many rows from arrays, or an empty text; see `Dialect::insert_from_arrays`.
std::string insert_from_arrays(const Dialect& dialect,
                               const Compiled& insert,
                               std::string_view key);

std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options);
std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect);

}  // namespace azoth::postgresql
