// SPDX-License-Identifier: MIT
// Expressions in Oracle's words; each before -> after.
#include "dialects/oracle/oracle_compiler.hpp"
#include <azoth/base/text.hpp>

#include <algorithm>
#include <array>

namespace azoth::oracle {

using namespace sql;

namespace {

// Functions that are called without parentheses.
constexpr std::array<std::string_view, 6> bare_functions{
    "current_date", "current_time", "current_timestamp", "sysdate", "uid", "user"};

}  // namespace

// a % b -> mod(a, b)
void OracleCompiler::render_binary(const BinaryExpression& expression) {
  if (expression.op != Op::mod) {
    return SqlCompiler::render_binary(expression);
  }
  put("mod(");
  render(expression.left);
  put(", ");
  render(expression.right);
  put(')');
}

// a IS DISTINCT FROM b -> DECODE(a, b, 0, 1) = 1
void OracleCompiler::render_is_distinct_from(const BinaryExpression& expression) {
  put("DECODE(");
  render(expression.left);
  put(", ");
  render(expression.right);
  put(expression.op == Op::is_distinct_from ? ", 0, 1) = 1" : ", 0, 1) = 0");
}

// a MATCH b -> CONTAINS (a, b)
void OracleCompiler::render_match(const BinaryExpression& expression) {
  put("CONTAINS (");
  render(expression.left);
  put(", ");
  render(expression.right);
  put(')');
}

// REGEXP_LIKE(a, b, 'i')
void OracleCompiler::render_regexp_match(const BinaryExpression& expression) {
  put(expression.op == Op::not_regexp_match ? "NOT REGEXP_LIKE(" : "REGEXP_LIKE(");
  render(expression.left);
  put(", ");
  render(expression.right);
  render_flags(expression);
  put(')');
}

// REGEXP_REPLACE(a, b, c, 'i'); pattern and replacement are the right side.
void OracleCompiler::render_regexp_replace(const BinaryExpression& expression) {
  put("REGEXP_REPLACE(");
  render(expression.left);
  put(", ");
  render(expression.right);
  render_flags(expression);
  put(')');
}

void OracleCompiler::render_flags(const BinaryExpression& expression) {
  if (!expression.options) {
    return;
  }
  const auto& options = as<OperatorOptions>(expression.options);
  if (const TypeOption* flags = options.word("flags"); flags && !flags->text.empty()) {
    put(", " + dialect().literal(flags->text, types::String()));
  }
}

std::string_view OracleCompiler::function_name(const Function& function) const {
  return function.is_generic && function.name == "aggregate_strings"
             ? "LISTAGG"
             : SqlCompiler::function_name(function);
}

// now() -> CURRENT_TIMESTAMP; char_length(a) -> LENGTH(a); uid() -> uid
void OracleCompiler::render_function(const Function& function) {
  const std::string name = base::ascii_lower(function.name);
  if (name == "now") {
    return put("CURRENT_TIMESTAMP");
  }
  if (name == "char_length") {
    put("LENGTH(");
    render_list(function.arguments);
    return put(')');
  }
  const bool is_bare = function.arguments.empty() && !function.is_generic &&
                       std::binary_search(bare_functions.begin(), bare_functions.end(), name);
  if (!is_bare) {
    return SqlCompiler::render_function(function);
  }
  for (const std::string& package : function.packages) {
    put_identifier(package);
    put('.');
  }
  put(function.name);
}

// FROM f(x) -> FROM TABLE (f(x))
void OracleCompiler::render_table_function_call(const Ref& function) {
  put("TABLE (");
  render(function);
  put(')');
}

// The column of a collection of scalars.
void OracleCompiler::render_table_valued_column(const TableValuedColumn& column) {
  SqlCompiler::render_table_valued_column(column);
  put(".COLUMN_VALUE");
}

// s.nextval
void OracleCompiler::render_next_value(const NextValue& next) {
  put_sequence(as<SequenceNode>(next.sequence));
  put(".nextval");
}

}  // namespace azoth::oracle
