// SPDX-License-Identifier: MIT
// What SQL Server's DDL says otherwise than the default.
#include "dialects/mssql/mssql_dialect.hpp"

namespace azoth::mssql {

std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect) {
  return std::make_unique<DdlCompiler>(dialect);
}

}  // namespace azoth::mssql
