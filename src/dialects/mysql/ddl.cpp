// SPDX-License-Identifier: MIT
// What MySQL's DDL says otherwise than the default.
#include "dialects/mysql/mysql_dialect.hpp"

namespace azoth::mysql {

namespace {

class MysqlDdlCompiler final : public DdlCompiler {
 public:
  using DdlCompiler::DdlCompiler;
};

}  // namespace

std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect) {
  return std::make_unique<MysqlDdlCompiler>(dialect);
}

}  // namespace azoth::mysql
