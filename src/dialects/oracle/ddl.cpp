// SPDX-License-Identifier: MIT
// What Oracle's DDL says otherwise than the default.
#include "dialects/oracle/oracle_dialect.hpp"

namespace azoth::oracle {

std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect) {
  return std::make_unique<DdlCompiler>(dialect);
}

}  // namespace azoth::oracle
