// SPDX-License-Identifier: MIT
// The operators and functions that PostgreSQL writes in its own way.
#include "dialects/postgresql/postgresql_compiler.hpp"
#include <azoth/base/text.hpp>
#include <azoth/sql/function.hpp>
#include <azoth/sql/sequence_node.hpp>
#include <azoth/sql/vendor_elements.hpp>

namespace azoth::postgresql {

using namespace sql;

namespace {

// The text of a word among the options of an operator, or an empty one.
std::string_view word_of(const BinaryExpression& expression, std::string_view name) {
  const TypeOption* word = expression.word(name);
  return word ? std::string_view(word->text) : std::string_view();
}

}  // namespace

// lower(a) LIKE lower(b) -> a ILIKE b
void PostgresqlCompiler::render_ilike(const BinaryExpression& expression) {
  render(expression.left);
  put(expression.op == Op::ilike ? " ILIKE " : " NOT ILIKE ");
  render(expression.right);
  render_escape(expression);
}

// a MATCH b -> a @@ to_tsquery('english', b)
void PostgresqlCompiler::render_match(const BinaryExpression& expression) {
  render(expression.left);
  put(" @@ to_tsquery(");
  if (const std::string_view configuration = word_of(expression, "postgresql_regconfig");
      !configuration.empty()) {
    put(dialect().literal(configuration, types::String()));
    put(", ");
  }
  render(expression.right);
  put(')');
}

// a ~ b; without regard to case a ~* b; other flags stand in the pattern.
void PostgresqlCompiler::render_regexp_match(const BinaryExpression& expression) {
  const std::string_view flags = word_of(expression, "flags");
  const std::string_view word = expression.op == Op::regexp_match ? " ~" : " !~";
  if (flags.empty() || flags == "i") {
    return render_operands(expression, std::string(word) + (flags.empty() ? " " : "* "));
  }
  render(expression.left);
  put(word);
  put(" CONCAT('(?', ");
  put(dialect().literal(flags, types::String()));
  put(", ')', ");
  render(expression.right);
  put(')');
}

void PostgresqlCompiler::render_regexp_replace(const BinaryExpression& expression) {
  put("REGEXP_REPLACE(");
  render(expression.left);
  put(", ");
  render(expression.right);
  if (const std::string_view flags = word_of(expression, "flags"); !flags.empty()) {
    put(", ");
    put(dialect().literal(flags, types::String()));
  }
  put(')');
}

void PostgresqlCompiler::render_getitem(const BinaryExpression& expression) {
  if (expression.op != Op::getitem) {
    return render_json_item(expression, expression.op == Op::json_path_getitem);
  }
  render(expression.left);
  put('[');
  render(expression.right);
  put(']');
}

// a -> b; as another type than JSON: CAST((a ->> b) AS t)
void PostgresqlCompiler::render_json_item(const BinaryExpression& expression, bool is_path) {
  if (expression.type()->family() == TypeFamily::json) {
    return render_operands(expression, is_path ? " #> " : " -> ", true);
  }
  put("CAST(");
  render_operands(expression, is_path ? " #>> " : " ->> ", true);
  put(" AS ");
  put(dialect().type_name(expression.type()));
  put(')');
}

// %(x)s -> %(x)s::INTEGER[]: drivers do not tell the server what an array is of.
std::string PostgresqlCompiler::value_suffix(TypePtr type) const {
  const bool is_cast = dialect().capabilities().array_casts &&
                       type->in_dialect(dialect().name())->kind == TypeKind::array;
  return is_cast ? "::" + dialect().type_name(type) : std::string();
}

// The name is a text of its own.
void PostgresqlCompiler::render_next_value(const NextValue& next) {
  put("nextval('");
  put_sequence(as<SequenceNode>(next.sequence));
  put("')");
}

std::string_view PostgresqlCompiler::function_name(const Function& function) const {
  return function.is_generic && function.name == "aggregate_strings"
             ? "string_agg"
             : SqlCompiler::function_name(function);
}

// substring(a, b, c) -> SUBSTRING(a FROM b FOR c)
void PostgresqlCompiler::render_function(const Function& function) {
  if (!base::ascii_iequal(function.name, "substring") || function.arguments.size() < 2) {
    return SqlCompiler::render_function(function);
  }
  put("SUBSTRING(");
  render(function.arguments[0]);
  put(" FROM ");
  render(function.arguments[1]);
  if (function.arguments.size() > 2) {
    put(" FOR ");
    render(function.arguments[2]);
  }
  put(')');
}

void PostgresqlCompiler::render_other(const Ref& node) {
  switch (node->kind()) {
    case Kind::array_literal:
      put("ARRAY[");
      render_list(as<ArrayLiteral>(node).clauses);
      return put(']');
    case Kind::aggregate_order_by:
      render(as<AggregateOrderBy>(node).target);
      put(" ORDER BY ");
      return render_list(as<AggregateOrderBy>(node).order_by);
    default:
      return SqlCompiler::render_other(node);
  }
}

}  // namespace azoth::postgresql
