// SPDX-License-Identifier: MIT
// What the files of this folder share. MariaDB is MySQL with `Capabilities::is_mariadb`.
#pragma once
#include <azoth/compile/ddl_compiler.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/compile/sql_compiler.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace azoth::mysql {

/// Says whether the lower-case word must be quoted.
bool is_reserved_word(std::string_view word, bool in_mariadb);
/// Renders a type in MySQL's words, or returns an empty text where the default's are its own.
std::string type_text(const Dialect& dialect, const SqlType& type);
/// Renders a type as the target of CAST, or returns an empty text where MySQL has no such cast.
std::string cast_text(const Dialect& dialect, const SqlType& type);

/// Makes a dialect whose name says what the server is.
std::unique_ptr<Dialect> make_dialect(const Capabilities& capabilities);
std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options);
std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect);

}  // namespace azoth::mysql
