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
    if (!rows.select && !dialect().capabilities().use_ansi) {
      return without_joins(select);
    }
    return std::move(rows.select);
  }

  // Without ANSI joins the tables are listed, and the conditions stand among the criteria.
  void render_join(const Join& join) override {
    if (dialect().capabilities().use_ansi) {
      return SqlCompiler::render_join(join);
    }
    render_from_element(join.left);
    put(", ");
    render_from_element(join.right);
  }

  // ROWNUM does what LIMIT and OFFSET do.
  void render_row_limit(const Statement&) override {}

  void render_empty_from(const Statement&) override { put(" \nFROM DUAL"); }

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

  // RETURNING t.id INTO :ret_0
  void render_returning(const Statement& statement) override {
    if (!statement.has(Clause::returning)) {
      return;
    }
    put(" RETURNING ");
    render_returned_columns(statement, false);
    put(" INTO ");
    std::size_t i = 0;
    for (const Ref& column : expanded_columns(Ref(&statement))) {
      put(i == 0 ? "" : ", ");
      render_out_parameter("ret_" + std::to_string(i++), column->type());
    }
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
