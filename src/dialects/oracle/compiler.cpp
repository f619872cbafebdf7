// SPDX-License-Identifier: MIT
// What Oracle says otherwise than the default compiler.
#include "dialects/oracle/oracle_dialect.hpp"

namespace azoth::oracle {

using namespace sql;

namespace {

class OracleCompiler final : public SqlCompiler {
 public:
  using SqlCompiler::SqlCompiler;

 protected:
  // a IS DISTINCT FROM b -> DECODE(a, b, 0, 1) = 1
  void render_is_distinct_from(const BinaryExpression& expression) override {
    put("DECODE(");
    render(expression.left);
    put(", ");
    render(expression.right);
    put(expression.op == Op::is_distinct_from ? ", 0, 1) = 1" : ", 0, 1) = 0");
  }

  std::string_view bare_function(const Function& function) const override {
    if (function.is_generic && function.name == "now") {
      return "CURRENT_TIMESTAMP";
    }
    return SqlCompiler::bare_function(function);
  }

  std::string_view function_name(const Function& function) const override {
    if (function.is_generic && function.name == "char_length") {
      return "LENGTH";
    }
    return SqlCompiler::function_name(function);
  }
};

}  // namespace

std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options) {
  return std::make_unique<OracleCompiler>(dialect, options);
}

}  // namespace azoth::oracle
