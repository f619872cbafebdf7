// SPDX-License-Identifier: MIT
// What MySQL says otherwise than the default compiler.
#include "dialects/mysql/mysql_dialect.hpp"
#include <azoth/base/error.hpp>

namespace azoth::mysql {

using namespace sql;

namespace {

class MysqlCompiler final : public SqlCompiler {
 public:
  using SqlCompiler::SqlCompiler;

 protected:
  // MySQL has no OFFSET without LIMIT: the manual's number of rows that no table reaches.
  // LIMIT :n OFFSET :m -> LIMIT m, n
  void render_row_limit(const Statement& select) override {
    const Ref* limit = select.first(Clause::limit);
    const Ref* offset = select.first(Clause::offset);
    if (!limit && !offset) {
      return;
    }
    put(" \n LIMIT ");
    if (offset) {
      render(*offset);
      put(", ");
    }
    limit ? render(*limit) : put("18446744073709551615");
  }

  // 1 -> true: there are no booleans, but words for them.
  void render_boolean(bool value) override { put(value ? "true" : "false"); }

  // a IS NOT DISTINCT FROM b -> a <=> b
  void render_is_distinct_from(const BinaryExpression& expression) override {
    const bool negated = expression.op == Op::is_distinct_from;
    put(negated ? "NOT (" : "");
    render(expression.left);
    put(" <=> ");
    render(expression.right);
    put(negated ? ")" : "");
  }

  // MySQL casts to few types; the others are left as they are.
  void render_cast(const Cast& cast) override {
    const std::string target = cast_text(dialect(), *cast.type()->in_dialect(dialect().name()));
    if (target.empty()) {
      warn("Datatype " + dialect().type_name(cast.type()) +
           " does not support CAST on MySQL/MariaDb; the CAST will be skipped.");
      return render(cast.element);
    }
    put("CAST(");
    render(cast.element);
    put(" AS ");
    put(target);
    put(')');
  }

  std::string_view bare_function(const Function& function) const override {
    if (function.is_generic && function.name == "sysdate") {
      return "SYSDATE()";
    }
    return SqlCompiler::bare_function(function);
  }

  std::string_view function_name(const Function& function) const override {
    return function.is_generic && function.name == "random" ? std::string_view("rand")
                                                            : SqlCompiler::function_name(function);
  }
};

}  // namespace

std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options) {
  return std::make_unique<MysqlCompiler>(dialect, options);
}

}  // namespace azoth::mysql
