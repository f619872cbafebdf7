// SPDX-License-Identifier: MIT
// What PostgreSQL's DDL says otherwise than the default.
#include "dialects/postgresql/postgresql_dialect.hpp"

namespace azoth::postgresql {

namespace {

class PostgresqlDdlCompiler final : public DdlCompiler {
 public:
  using DdlCompiler::DdlCompiler;
};

}  // namespace

std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect) {
  return std::make_unique<PostgresqlDdlCompiler>(dialect);
}

}  // namespace azoth::postgresql
