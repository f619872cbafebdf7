// SPDX-License-Identifier: MIT
// Operators. Parentheses are in the tree where precedence asks for them; here are only those that
// belong to an operator's own text, as those around NOT IN.
#include "compile/compile_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;
using compile::Setting;

bool compile::has_operator(const Node& element) {
  switch (element.kind()) {
    case Kind::binary:
      return true;
    case Kind::unary:
      return !as<UnaryExpression>(element).is_postfix;
    case Kind::exists:
      return true;
    case Kind::clause_list:
      return as<ClauseList>(element).clauses.size() > 1;
    default:
      return false;
  }
}

void SqlCompiler::render_binary(const BinaryExpression& expression) {
  switch (expression.op) {
    case Op::in:
    case Op::not_in:
      return render_in(expression);
    case Op::ilike:
    case Op::not_ilike:
      return render_ilike(expression);
    case Op::is_distinct_from:
    case Op::is_not_distinct_from:
      return render_is_distinct_from(expression);
    case Op::startswith:
    case Op::not_startswith:
    case Op::endswith:
    case Op::not_endswith:
    case Op::contains:
    case Op::not_contains:
      return render_pattern(expression);
    case Op::between:
    case Op::not_between: {
      const bool symmetric =
          expression.options && as<OperatorOptions>(expression.options).is_symmetric;
      const bool negated = expression.op == Op::not_between;
      return render_operands(expression,
                             negated ? (symmetric ? " NOT BETWEEN SYMMETRIC " : " NOT BETWEEN ")
                                     : (symmetric ? " BETWEEN SYMMETRIC " : " BETWEEN "));
    }
    case Op::match:
      return render_match(expression);
    case Op::not_match:
      put("NOT ");
      return render_match(expression);
    case Op::regexp_match:
    case Op::not_regexp_match:
      return render_regexp_match(expression);
    case Op::regexp_replace:
      return render_regexp_replace(expression);
    case Op::getitem:
    case Op::json_getitem:
    case Op::json_path_getitem:
      return render_getitem(expression);
    case Op::custom:
      return render_custom(expression);
    case Op::mod:
      return render_operands(expression, raw_text(info(Op::mod).text));
    default:
      return render_operands(expression, info(expression.op).text);
  }
}

void SqlCompiler::render_operands(const BinaryExpression& expression,
                                  std::string_view text,
                                  bool is_eager) {
  const bool grouped = is_eager && state_->in_binary;
  const Setting<bool> inside(state_->in_binary, true);
  put(grouped ? "(" : "");
  render(expression.left);
  put(text);
  render(expression.right);
  render_escape(expression);
  put(grouped ? ")" : "");
}

void SqlCompiler::render_custom(const BinaryExpression& expression) {
  const auto& options = as<OperatorOptions>(expression.options);
  render_operands(expression, " " + raw_text(options.text) + " ", options.is_eager);
}

void SqlCompiler::render_match(const BinaryExpression& expression) {
  render_operands(expression, " MATCH ");
}

void SqlCompiler::render_regexp_match(const BinaryExpression&) {
  throw CompileError(std::string(dialect_.name()) +
                     " dialect does not support regular expressions");
}

void SqlCompiler::render_regexp_replace(const BinaryExpression&) {
  throw CompileError(std::string(dialect_.name()) +
                     " dialect does not support regular expression replacements");
}

void SqlCompiler::render_getitem(const BinaryExpression& expression) {
  throw UnsupportedCompilationError("SQLCompiler",
                                    expression.op == Op::getitem ? "<function getitem>"
                                    : expression.op == Op::json_getitem
                                        ? "<function json_getitem_op>"
                                        : "<function "
                                          "json_path_getitem_op>");
}

void SqlCompiler::render_slice(const Slice& slice) {
  render(slice.start);
  put(':');
  render(slice.stop);
}

// a IN (...); a NOT IN with parentheses of its own: (a NOT IN (...))
void SqlCompiler::render_in(const BinaryExpression& expression) {
  const bool negated = expression.op == Op::not_in;
  if (negated) {
    put('(');
  }
  render(expression.left);
  put(negated ? " NOT IN " : " IN ");
  const Kind right = expression.right->kind();
  const bool bare = right == Kind::clause_list || right == Kind::text;
  if (bare) {
    put('(');
  }
  render(expression.right);
  if (bare) {
    put(')');
  }
  if (negated) {
    put(')');
  }
}

void SqlCompiler::render_ilike(const BinaryExpression& expression) {
  put("lower(");
  render(expression.left);
  put(expression.op == Op::ilike ? ") LIKE lower(" : ") NOT LIKE lower(");
  render(expression.right);
  put(')');
  render_escape(expression);
}

void SqlCompiler::render_is_distinct_from(const BinaryExpression& expression) {
  render(expression.left);
  put(info(expression.op).text);
  render(expression.right);
}

// startswith, endswith, contains: a LIKE '%' || b || '%'
void SqlCompiler::render_pattern(const BinaryExpression& expression) {
  const Op op = expression.op;
  const bool any_start = op != Op::startswith && op != Op::not_startswith;
  const bool any_end = op != Op::endswith && op != Op::not_endswith;
  const std::string percent = dialect_.literal("%", types::String());
  render(expression.left);
  put(info(op).text);
  put(any_start ? percent + " || " : "");
  render(expression.right);
  put(any_end ? " || " + percent : "");
  render_escape(expression);
}

void SqlCompiler::render_escape(const BinaryExpression& expression) {
  if (!expression.escape.empty()) {
    put(" ESCAPE ");
    put(dialect_.literal(expression.escape, types::String()));
  }
}

void SqlCompiler::render_unary(const UnaryExpression& expression) {
  const std::string text =
      expression.op == Op::custom ? raw_text(as<OperatorOptions>(expression.options).text) : "";
  if (expression.is_postfix) {
    render(expression.element);
    return expression.op == Op::custom ? put(" " + text) : put(info(expression.op).text);
  }
  expression.op == Op::custom ? put(text + " ") : put(info(expression.op).text);
  render(expression.element);
}

namespace {

// A conjunction of nothing says nothing.
bool is_empty(const Node& node) {
  if (node.kind() == Kind::grouping) {
    return is_empty(*as<Grouping>(node).element);
  }
  if (node.kind() != Kind::clause_list) {
    return false;
  }
  const auto& clauses = as<ClauseList>(node).clauses;
  return std::all_of(clauses.begin(), clauses.end(), [](const Ref& c) { return is_empty(*c); });
}

}  // namespace

void SqlCompiler::render_clause_list(const ClauseList& list) {
  // The bounds of BETWEEN are joined by AND too, but are no conditions.
  if ((list.op != Op::and_ && list.op != Op::or_) || list.type()->kind != TypeKind::boolean) {
    return render_list(list.clauses, info(list.op).text);
  }
  bool first = true;
  for (const Ref& clause : list.clauses) {
    if (is_empty(*clause)) {
      continue;
    }
    if (!first) {
      put(info(list.op).text);
    }
    first = false;
    render_condition(clause);
  }
}

}  // namespace azoth
