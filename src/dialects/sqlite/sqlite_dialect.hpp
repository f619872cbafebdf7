// SPDX-License-Identifier: MIT
// What the files of this folder share.
#pragma once
#include <azoth/compile/ddl_compiler.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/compile/sql_compiler.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace azoth::sqlite {

/// Says whether the lower-case word must be quoted.
bool is_reserved_word(std::string_view word);
/// Renders dates and times in the form in which they are stored.
std::string temporal_literal(const Literal& value);
/// What is stored for a value of a number or moment that is not of the type's own kind; nothing for
/// other types. @throws TypeError, ValueError
std::optional<Value> stored_value(const Literal& value, const SqlType& type);

/// Renders a type in SQLite's words, or returns an empty text where the default's are its own.
std::string type_text(const SqlType& type);

std::unique_ptr<Dialect> make_dialect(const Capabilities& capabilities);
std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options);
std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect);

}  // namespace azoth::sqlite
