// SPDX-License-Identifier: MIT
// What PostgreSQL says otherwise than the default compiler.
#include "dialects/postgresql/postgresql_dialect.hpp"
#include <azoth/base/error.hpp>

namespace azoth::postgresql {

using namespace sql;

namespace {

class PostgresqlCompiler final : public SqlCompiler {
 public:
  using SqlCompiler::SqlCompiler;

 protected:
  // DISTINCT -> DISTINCT ON (a, b)
  void render_distinct(const Statement& select) override {
    if (!select.has(Clause::distinct_on)) {
      return SqlCompiler::render_distinct(select);
    }
    put("DISTINCT ON (");
    bool first = true;
    select.each(Clause::distinct_on, [&](const Ref& element) {
      put(first ? "" : ", ");
      first = false;
      render(element);
    });
    put(") ");
  }

  // LIMIT -1 OFFSET n -> LIMIT ALL OFFSET n
  void render_row_limit(const Statement& select) override {
    const Ref* limit = select.first(Clause::limit);
    const Ref* offset = select.first(Clause::offset);
    if (limit) {
      put(" \n LIMIT ");
      render(*limit);
    }
    if (offset) {
      put(limit ? " OFFSET " : "\n LIMIT ALL OFFSET ");
      render(*offset);
    }
  }

  // lower(a) LIKE lower(b) -> a ILIKE b
  void render_ilike(const BinaryExpression& expression) override {
    render(expression.left);
    put(expression.op == Op::ilike ? " ILIKE " : " NOT ILIKE ");
    render(expression.right);
    render_escape(expression);
  }
};

}  // namespace

std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options) {
  return std::make_unique<PostgresqlCompiler>(dialect, options);
}

}  // namespace azoth::postgresql
