// SPDX-License-Identifier: MIT
// Expressions in SQL Server's words; each before -> after.
#include "dialects/mssql/mssql_compiler.hpp"
#include <azoth/base/text.hpp>
#include <azoth/dialects/mssql.hpp>
#include <azoth/sql/expression.hpp>

#include <array>
#include <utility>

namespace azoth::mssql {

using namespace sql;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> date_parts{{
    {"doy", "dayofyear"},
    {"dow", "weekday"},
    {"milliseconds", "millisecond"},
    {"microseconds", "microsecond"},
}};

}  // namespace

void MssqlCompiler::render_binary(const BinaryExpression& expression) {
  const bool left_is_bind = expression.left->kind() == Kind::bind;
  const bool right_is_bind = expression.right->kind() == Kind::bind;
  switch (expression.op) {
    case Op::eq:  // :x = a -> a = :x
      if (left_is_bind && !right_is_bind) {
        render(expression.right);
        put(" = ");
        return render(expression.left);
      }
      break;
    case Op::concat:  // a || b -> a + b
      return render_operands(expression, " + ");
    case Op::collate:  // names of collations are never quoted
      if (expression.right->kind() == Kind::collation) {
        render(expression.left);
        put(" COLLATE ");
        return put(as<Collation>(expression.right).name);
      }
      break;
    case Op::startswith:
    case Op::not_startswith:
    case Op::endswith:
    case Op::not_endswith:
    case Op::contains:
    case Op::not_contains:
      return render_pattern(expression);
    case Op::in:
    case Op::not_in:  // a backend that takes no list of parameters gets their values
      if (has_ansi_binds() && right_is_bind) {
        execute_literally(expression.right);
        return render_operands(expression, expression.op == Op::in ? " IN " : " NOT IN ");
      }
      break;
    default:
      break;
  }
  if (has_ansi_binds() && left_is_bind && right_is_bind) {
    execute_literally(expression.left);
    execute_literally(expression.right);
  }
  SqlCompiler::render_binary(expression);
}

// a LIKE '%' || b || '%' -> a LIKE '%' + b + '%'
void MssqlCompiler::render_pattern(const BinaryExpression& expression) {
  const Op op = expression.op;
  render(expression.left);
  put(info(op).text);
  put(op == Op::startswith || op == Op::not_startswith ? "" : "'%' + ");
  render(expression.right);
  put(op == Op::endswith || op == Op::not_endswith ? "" : " + '%'");
  render_escape(expression);
}

// a IS DISTINCT FROM b -> NOT EXISTS (SELECT a INTERSECT SELECT b)
void MssqlCompiler::render_is_distinct_from(const BinaryExpression& expression) {
  put(expression.op == Op::is_distinct_from ? "NOT EXISTS (SELECT " : "EXISTS (SELECT ");
  render(expression.left);
  put(" INTERSECT SELECT ");
  render(expression.right);
  put(')');
}

// a MATCH b -> CONTAINS (a, b)
void MssqlCompiler::render_match(const BinaryExpression& expression) {
  put("CONTAINS (");
  render(expression.left);
  put(", ");
  render(expression.right);
  put(')');
}

void MssqlCompiler::render_json_call(std::string_view word, const BinaryExpression& expression) {
  put(word);
  put('(');
  render(expression.left);
  put(", ");
  render(expression.right);
  put(')');
}

// An element of JSON as a value: JSON_QUERY gives JSON, JSON_VALUE text, which is cast to the type
// that the program wants; a NULL has no type to be cast to.
void MssqlCompiler::render_getitem(const BinaryExpression& expression) {
  const SqlType& type = *expression.type();
  if (expression.op == Op::getitem) {
    return SqlCompiler::render_getitem(expression);
  }
  if (type.family() == TypeFamily::json) {
    return render_json_call("JSON_QUERY", expression);
  }
  put("CASE ");
  render_json_call("JSON_VALUE", expression);
  put(" WHEN NULL THEN NULL");
  switch (type.family()) {
    case TypeFamily::boolean:
      return put(" WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE NULL END");
    case TypeFamily::number: {
      const bool is_integer =
          type.kind == TypeKind::integer || type.kind == TypeKind::small_integer ||
          type.kind == TypeKind::big_integer || type.kind == TypeKind::sql_integer ||
          type.kind == TypeKind::sql_smallint || type.kind == TypeKind::sql_bigint;
      const bool is_exact = type.kind == TypeKind::numeric || type.kind == TypeKind::sql_numeric ||
                            type.kind == TypeKind::sql_decimal;
      put(" ELSE CAST(");
      render_json_call("JSON_VALUE", expression);
      put(" AS " + (is_integer ? "INTEGER"
                    : is_exact ? type_with_scale("NUMERIC", type)
                               : "FLOAT"));
      return put(") END");
    }
    case TypeFamily::text:
      put(" ELSE ");
      render_json_call("JSON_VALUE", expression);
      return put(" END");
    default:
      put(" ELSE ");
      render_json_call("JSON_QUERY", expression);
      return put(" END");
  }
}

std::string_view MssqlCompiler::function_name(const Function& function) const {
  return function.is_generic && function.name == "aggregate_strings"
             ? "string_agg"
             : SqlCompiler::function_name(function);
}

// char_length(a), length(a) -> LEN(a); now() -> CURRENT_TIMESTAMP; CURRENT_DATE -> GETDATE()
void MssqlCompiler::render_function(const Function& function) {
  const std::string name = base::ascii_lower(function.name);
  if (name == "now") {
    return put("CURRENT_TIMESTAMP");
  }
  if (name == "current_date") {
    return put("GETDATE()");
  }
  if (name != "length" && name != "char_length") {
    return SqlCompiler::render_function(function);
  }
  put("LEN(");
  render_list(function.arguments);
  put(')');
}

// EXTRACT(doy FROM a) -> DATEPART(dayofyear, a)
void MssqlCompiler::render_extract(const Extract& extract) {
  std::string_view part = extract.field;
  for (const auto& [field, word] : date_parts) {
    part = field == part ? word : part;
  }
  put("DATEPART(");
  put(part);
  put(", ");
  render(extract.element);
  put(')');
}

// NEXT VALUE FOR s
void MssqlCompiler::render_next_value(const NextValue& next) {
  put("NEXT VALUE FOR ");
  put_sequence(as<SequenceNode>(next.sequence));
}

// TRY_CAST (a AS INTEGER)
void MssqlCompiler::render_other(const Ref& node) {
  if (node->kind() != Kind::try_cast) {
    return SqlCompiler::render_other(node);
  }
  put("TRY_CAST (");
  render(as<Cast>(node).element);
  put(" AS ");
  put(dialect().type_name(node->type()));
  put(')');
}

Ref try_cast(Ref element, TypePtr type) {
  return make_node<Cast>(std::move(element), type, Kind::try_cast);
}

}  // namespace azoth::mssql
