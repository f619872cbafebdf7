// SPDX-License-Identifier: MIT
// The operators, casts and functions that MySQL writes in its own way.
#include "dialects/mysql/mysql_compiler.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/text.hpp>
#include <azoth/sql/function.hpp>
#include <azoth/sql/sequence_node.hpp>
#include <azoth/sql/vendor_elements.hpp>

namespace azoth::mysql {

using namespace sql;

namespace {

std::string_view flags_of(const BinaryExpression& expression) {
  const TypeOption* flags = expression.word("flags");
  return flags ? std::string_view(flags->text) : std::string_view();
}

bool is_on(const BinaryExpression& expression, std::string_view name, bool otherwise) {
  const TypeOption* word = expression.word(name);
  return word ? word->number != 0 : otherwise;
}

}  // namespace

// 1 -> true: there are no booleans, but words for them.
void MysqlCompiler::render_boolean(bool value) {
  put(value ? "true" : "false");
}

// a || b -> concat(a, b)
void MysqlCompiler::render_binary(const BinaryExpression& expression) {
  if (expression.op != Op::concat) {
    return SqlCompiler::render_binary(expression);
  }
  put("concat(");
  render(expression.left);
  put(", ");
  render(expression.right);
  put(')');
}

// a LIKE '%' || b || '%' -> a LIKE concat(concat('%', b), '%')
void MysqlCompiler::render_pattern(const BinaryExpression& expression) {
  const Op op = expression.op;
  const bool any_start = op != Op::startswith && op != Op::not_startswith;
  const bool any_end = op != Op::endswith && op != Op::not_endswith;
  const std::string percent = dialect().literal("%", types::String());
  render(expression.left);
  put(info(op).text);
  put(any_end ? "concat(" : "");
  put(any_start ? "concat(" + percent + ", " : "");
  render(expression.right);
  put(any_start ? ")" : "");
  put(any_end ? ", " + percent + ")" : "");
  render_escape(expression);
}

// a IS NOT DISTINCT FROM b -> a <=> b
void MysqlCompiler::render_is_distinct_from(const BinaryExpression& expression) {
  const bool negated = expression.op == Op::is_distinct_from;
  put(negated ? "NOT (" : "");
  render(expression.left);
  put(" <=> ");
  render(expression.right);
  put(negated ? ")" : "");
}

namespace {

struct MatchMode {
  bool in_boolean_mode, in_natural_language_mode, with_query_expansion;

  // The combinations of the manual; natural language is what a search is in anyway.
  void check() const {
    if (!(in_boolean_mode && (in_natural_language_mode || with_query_expansion))) {
      return;
    }
    const auto word = [](bool on) { return on ? "True" : "False"; };
    throw CompileError(std::string("Invalid MySQL match flags: in_boolean_mode=") +
                       word(in_boolean_mode) +
                       ", in_natural_language_mode=" + word(in_natural_language_mode) +
                       ", with_query_expansion=" + word(with_query_expansion));
  }

  std::string text() const {
    std::string out = in_boolean_mode ? " IN BOOLEAN MODE" : "";
    out += in_natural_language_mode ? " IN NATURAL LANGUAGE MODE" : "";
    out += with_query_expansion ? " WITH QUERY EXPANSION" : "";
    return out;
  }
};

}  // namespace

// a MATCH b -> MATCH (a) AGAINST (b IN BOOLEAN MODE)
void MysqlCompiler::render_match(const BinaryExpression& expression) {
  const MatchMode mode{is_on(expression, "mysql_boolean_mode", true),
                       is_on(expression, "mysql_natural_language", false),
                       is_on(expression, "mysql_query_expansion", false)};
  mode.check();
  put("MATCH (");
  render(expression.left);
  put(") AGAINST (");
  render(expression.right);
  put(mode.text());
  put(')');
}

void MysqlCompiler::render_other(const Ref& node) {
  if (node->kind() != Kind::match_against) {
    return SqlCompiler::render_other(node);
  }
  const auto& match = as<MatchAgainst>(node);
  const MatchMode mode{
      match.in_boolean_mode, match.in_natural_language_mode, match.with_query_expansion};
  mode.check();
  put("MATCH (");
  render_list(match.columns);
  put(") AGAINST (");
  render(match.against);
  put(mode.text());
  put(')');
}

// MariaDB has flags within patterns only.
void MysqlCompiler::render_flagged_pattern(const Ref& pattern, std::string_view flags) {
  put("CONCAT('(?', ");
  put(dialect().literal(flags, types::String()));
  put(", ')', ");
  render(pattern);
  put(')');
}

// a REGEXP b; with flags REGEXP_LIKE(a, b, 'flags')
void MysqlCompiler::render_regexp_match(const BinaryExpression& expression) {
  const std::string_view flags = flags_of(expression);
  const bool negated = expression.op == Op::not_regexp_match;
  const std::string_view word = negated ? " NOT REGEXP " : " REGEXP ";
  if (flags.empty()) {
    return render_operands(expression, word);
  }
  if (dialect().capabilities().is_mariadb) {
    render(expression.left);
    put(word);
    return render_flagged_pattern(expression.right, flags);
  }
  put(negated ? "NOT REGEXP_LIKE(" : "REGEXP_LIKE(");
  render(expression.left);
  put(", ");
  render(expression.right);
  put(", ");
  put(dialect().literal(flags, types::String()));
  put(')');
}

// The right side holds the pattern and the replacement.
void MysqlCompiler::render_regexp_replace(const BinaryExpression& expression) {
  const std::string_view flags = flags_of(expression);
  const Refs& sides = as<ClauseList>(expression.right).clauses;
  const bool in_pattern = !flags.empty() && dialect().capabilities().is_mariadb;
  put("REGEXP_REPLACE(");
  render(expression.left);
  put(", ");
  in_pattern ? render_flagged_pattern(sides[0], flags) : render(sides[0]);
  put(", ");
  render(sides[1]);
  if (!flags.empty() && !in_pattern) {
    put(", ");
    put(dialect().literal(flags, types::String()));
  }
  put(')');
}

void MysqlCompiler::render_getitem(const BinaryExpression& expression) {
  if (expression.op == Op::getitem) {
    return SqlCompiler::render_getitem(expression);
  }
  if (expression.type()->family() == TypeFamily::json) {
    return render_json_extract(expression);
  }
  render_json_value(expression);
}

void MysqlCompiler::render_json_extract(const BinaryExpression& expression) {
  put("JSON_EXTRACT(");
  render(expression.left);
  put(", ");
  render(expression.right);
  put(')');
}

namespace {

enum class JsonValue : std::uint8_t { integer, decimal, number, boolean, text, other };

JsonValue json_value(const SqlType& type) {
  switch (type.kind) {
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::sql_smallint:
    case TypeKind::sql_integer:
    case TypeKind::sql_bigint:
      return JsonValue::integer;
    default:
      break;
  }
  switch (type.family()) {
    case TypeFamily::number:
      return type.precision >= 0 && type.scale >= 0 ? JsonValue::decimal : JsonValue::number;
    case TypeFamily::boolean:
      return JsonValue::boolean;
    case TypeFamily::text:
      return JsonValue::text;
    default:
      return JsonValue::other;
  }
}

}  // namespace

// A value of JSON as another type; JSON's null is not NULL, it must be told apart.
void MysqlCompiler::render_json_value(const BinaryExpression& expression) {
  const SqlType& type = *expression.type();
  put("CASE ");
  render_json_extract(expression);
  put(" WHEN 'null' THEN NULL ");
  switch (json_value(type)) {
    case JsonValue::boolean:
      return put("WHEN true THEN true ELSE false END");
    case JsonValue::integer:
      put("ELSE CAST(");
      render_json_extract(expression);
      return put(" AS SIGNED INTEGER) END");
    case JsonValue::decimal:
      put("ELSE CAST(");
      render_json_extract(expression);
      put(" AS ");
      put(type_with_scale("DECIMAL", type));
      return put(") END");
    case JsonValue::number:  // casts to floating point are new; a sum does what they do
      put("ELSE ");
      render_json_extract(expression);
      return put("+0.0000000000000000000000 END");
    case JsonValue::text:
      put("ELSE JSON_UNQUOTE(");
      render_json_extract(expression);
      return put(") END");
    default:
      put("ELSE ");
      render_json_extract(expression);
      put(" END");
  }
}

void MysqlCompiler::render_next_value(const NextValue& next) {
  put("nextval(");
  put_sequence(as<SequenceNode>(next.sequence));
  put(')');
}

// MySQL casts to few types; what it does not cast to is left as it is.
void MysqlCompiler::render_cast(const Cast& cast) {
  const std::string target = cast_text(dialect(), *cast.type()->in_dialect(dialect().name()));
  if (target.empty()) {
    warn("Datatype " + dialect().type_name(cast.type()) +
         " does not support CAST on MySQL/MariaDb; the CAST will be skipped.");
    return render_grouped(cast.element);
  }
  put("CAST(");
  render(cast.element);
  put(" AS ");
  put(target);
  put(')');
}

// EXTRACT(milliseconds FROM a) -> EXTRACT(millisecond FROM a)
void MysqlCompiler::render_extract(const Extract& extract) {
  if (extract.field != "milliseconds") {
    return SqlCompiler::render_extract(extract);
  }
  put("EXTRACT(millisecond FROM ");
  render(extract.element);
  put(')');
}

std::string_view MysqlCompiler::bare_function(const Function& function) const {
  return base::ascii_iequal(function.name, "sysdate") ? "SYSDATE()"
                                                      : SqlCompiler::bare_function(function);
}

// aggregate_strings(a, s) -> group_concat(a SEPARATOR s)
void MysqlCompiler::render_function(const Function& function) {
  if (!function.is_generic || function.name != "aggregate_strings" ||
      function.arguments.size() != 2) {
    return SqlCompiler::render_function(function);
  }
  put("group_concat(");
  render(function.arguments[0]);
  put(" SEPARATOR ");
  render(function.arguments[1]);
  put(')');
}

std::string_view MysqlCompiler::function_name(const Function& function) const {
  return base::ascii_iequal(function.name, "random") ? "rand"
                                                     : SqlCompiler::function_name(function);
}

}  // namespace azoth::mysql
