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
  Ref rewritten_select(const Ref& select) override {
    CountedRows rows = count_rows(select, dialect().capabilities());
    for (const Ref& number : rows.executed_literally) {
      execute_literally(number);
    }
    return std::move(rows.select);
  }

  // ROWNUM does what LIMIT and OFFSET do.
  void render_row_limit(const Statement&) override {}

  void render_empty_from() override { put(" \nFROM DUAL"); }

  // FROM t AS u -> FROM t u
  std::string_view alias_keyword() const override { return " "; }

  // WITH RECURSIVE -> WITH
  std::string_view cte_keyword(bool) const override { return "WITH "; }

  // EXCEPT -> MINUS
  std::string_view set_operator(SetOp op) const override {
    return op == SetOp::except ? " MINUS " : SqlCompiler::set_operator(op);
  }

  void render_locking(const Statement& select) override {
    const Ref* part = select.first(Clause::for_update);
    if (!part) {
      return;
    }
    const auto& lock = as<ForUpdate>(*part);
    put(" FOR UPDATE");
    if (!lock.of.empty()) {
      put(" OF ");
      render_list(lock.of);
    }
    put(lock.is_nowait ? " NOWAIT" : "");
    put(lock.is_skip_locked ? " SKIP LOCKED" : "");
  }

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
