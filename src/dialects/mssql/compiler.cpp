// SPDX-License-Identifier: MIT
// What SQL Server says otherwise than the default compiler.
#include "dialects/mssql/mssql_dialect.hpp"

namespace azoth::mssql {

using namespace sql;

namespace {

class MssqlCompiler final : public SqlCompiler {
 public:
  using SqlCompiler::SqlCompiler;

 protected:
  // a IS DISTINCT FROM b -> NOT EXISTS (SELECT a INTERSECT SELECT b)
  void render_is_distinct_from(const BinaryExpression& expression) override {
    put(expression.op == Op::is_distinct_from ? "NOT EXISTS (SELECT " : "EXISTS (SELECT ");
    render(expression.left);
    put(" INTERSECT SELECT ");
    render(expression.right);
    put(')');
  }

  std::string_view bare_function(const Function& function) const override {
    if (function.is_generic && function.name == "now") {
      return "CURRENT_TIMESTAMP";
    }
    if (function.is_generic && function.name == "current_date") {
      return "GETDATE()";
    }
    return SqlCompiler::bare_function(function);
  }

  std::string_view function_name(const Function& function) const override {
    if (function.name == "length" || (function.is_generic && function.name == "char_length")) {
      return "LEN";
    }
    return SqlCompiler::function_name(function);
  }
};

}  // namespace

std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options) {
  return std::make_unique<MssqlCompiler>(dialect, options);
}

}  // namespace azoth::mssql
