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
  Ref rewritten_select(const Ref& select) override {
    return number_rows(select, dialect().capabilities());
  }

  // SELECT DISTINCT TOP 10
  void render_distinct(const Statement& select) override {
    SqlCompiler::render_distinct(select);
    if (uses_top(select)) {
      put("TOP ");
      render_literally(*select.first(Clause::limit));
      put(' ');
    }
  }

  // A subquery has no order of its own unless that decides which rows there are.
  void render_select_order_by(const Statement& select) override {
    const bool limits =
        uses_top(select) || (select.has(Clause::offset) && dialect().capabilities().offset_fetch);
    if (!is_subquery() || limits) {
      SqlCompiler::render_select_order_by(select);
    }
  }

  // LIMIT 5 OFFSET 10 -> OFFSET 10 ROWS FETCH FIRST 5 ROWS ONLY
  void render_row_limit(const Statement& select) override {
    const Ref* limit = select.first(Clause::limit);
    const Ref* offset = select.first(Clause::offset);
    if (!dialect().capabilities().offset_fetch || (!limit && !offset) || uses_top(select)) {
      return;
    }
    check_row_limit(select);
    put("\n OFFSET ");
    offset ? render(*offset) : put("0");
    put(" ROWS");
    if (limit) {
      put("\n FETCH FIRST ");
      render(*limit);
      put(" ROWS ONLY");
    }
  }

  // RETURNING t.id -> OUTPUT inserted.id, ahead of VALUES and WHERE
  bool returning_comes_early() const override { return true; }

  void render_returning(const Statement& statement) override {
    if (!statement.has(Clause::returning)) {
      return;
    }
    put(" OUTPUT ");
    rename_owner(statement.table, statement.kind() == Kind::delete_ ? "deleted" : "inserted");
    render_returned_columns(statement);
    rename_owner({}, {});
  }

  // Locks are asked for by hints of the FROM elements.
  void render_locking(const Statement&) override {}

  // WITH RECURSIVE -> WITH
  std::string_view cte_keyword(bool) const override { return "WITH "; }

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
