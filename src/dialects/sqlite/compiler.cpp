// SPDX-License-Identifier: MIT
// What SQLite says otherwise than the default compiler.
#include "dialects/sqlite/sqlite_dialect.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/upsert.hpp>

#include <array>
#include <utility>

namespace azoth::sqlite {

using namespace sql;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> strftime_formats{{
    {"month", "%m"},
    {"day", "%d"},
    {"year", "%Y"},
    {"second", "%S"},
    {"hour", "%H"},
    {"doy", "%j"},
    {"minute", "%M"},
    {"epoch", "%s"},
    {"dow", "%w"},
    {"week", "%W"},
}};

class SqliteCompiler final : public SqlCompiler {
 public:
  using SqlCompiler::SqlCompiler;

 protected:
  // SQLite has no OFFSET without LIMIT: LIMIT -1 OFFSET n. A lone LIMIT gets an OFFSET of 0, so
  // that both forms of a statement have one text.
  void render_row_limit(const Statement& select) override {
    const Ref* limit = select.first(Clause::limit);
    const Ref* offset = select.first(Clause::offset);
    if (!limit && !offset) {
      return;
    }
    put("\n LIMIT ");
    limit ? render(*limit) : render_constant(-1);
    put(" OFFSET ");
    offset ? render(*offset) : render_constant(0);
  }

  // The values of a partial index's criteria must stand in the text.
  void render_post_values(const Ref& clause) override {
    clause->kind() == Kind::on_conflict ? render_on_conflict(as<OnConflict>(clause), true)
                                        : SqlCompiler::render_post_values(clause);
  }

  // data['x'] -> JSON_QUOTE(JSON_EXTRACT(data, ?)), which keeps JSON; a value of another type is
  // taken out of its quotes.
  void render_getitem(const BinaryExpression& expression) override {
    if (expression.op == Op::getitem) {
      return SqlCompiler::render_getitem(expression);
    }
    const bool is_json = expression.type()->family() == TypeFamily::json;
    put(is_json ? "JSON_QUOTE(JSON_EXTRACT(" : "JSON_EXTRACT(");
    render(expression.left);
    put(", ");
    render(expression.right);
    put(is_json ? "))" : ")");
  }

  void render_regexp_match(const BinaryExpression& expression) override {
    render_operands(expression, expression.op == Op::regexp_match ? " REGEXP " : " NOT REGEXP ");
  }

  // RETURNING t.id -> RETURNING id
  void render_returning(const Statement& statement) override {
    render_unqualified_returning(statement);
  }

  // SQLite locks the whole database; there is nothing to ask for.
  void render_locking(const Statement&) override {}

  // a IS DISTINCT FROM b -> a IS NOT b
  void render_is_distinct_from(const BinaryExpression& expression) override {
    render(expression.left);
    put(expression.op == Op::is_distinct_from ? " IS NOT " : " IS ");
    render(expression.right);
  }

  // EXTRACT(year FROM a) -> CAST(STRFTIME('%Y', a) AS INTEGER)
  void render_extract(const Extract& extract) override {
    for (const auto& [field, format] : strftime_formats) {
      if (field == extract.field) {
        put("CAST(STRFTIME('");
        put(format);
        put("', ");
        render(extract.element);
        return put(") AS INTEGER)");
      }
    }
    throw CompileError(extract.field + " is not a valid extract argument.");
  }

  std::string_view bare_function(const Function& function) const override {
    if (function.is_generic && function.name == "now") {
      return "CURRENT_TIMESTAMP";
    }
    if (function.is_generic && function.name == "localtimestamp") {
      return "DATETIME(CURRENT_TIMESTAMP, \"localtime\")";
    }
    return SqlCompiler::bare_function(function);
  }

  std::string_view function_name(const Function& function) const override {
    if (function.is_generic && function.name == "aggregate_strings") {
      return "group_concat";
    }
    return function.name == "char_length" ? std::string_view("length") : function.name;
  }
};

}  // namespace

std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options) {
  return std::make_unique<SqliteCompiler>(dialect, options);
}

}  // namespace azoth::sqlite
