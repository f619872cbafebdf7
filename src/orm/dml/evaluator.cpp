// SPDX-License-Identifier: MIT
// NULL is SQL's: comparing with it gives NULL, AND and OR know three values.
#include "orm/dml/evaluator.hpp"

#include <azoth/sql/expression.hpp>
#include <azoth/sql/from_clause.hpp>
#include <azoth/sql/table_node.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm {

using sql::Kind;
using sql::Op;
using sql::Ref;

namespace {

bool is_number(const Value& v) {
  return v.kind() == ValueKind::integer || v.kind() == ValueKind::real;
}

double as_real(const Value& v) {
  return v.kind() == ValueKind::real ? v.get<double>() : static_cast<double>(v.get<std::int64_t>());
}

template <class T>
int order(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

// Less, equal or greater; nothing for what has no order here.
std::optional<int> compare(const Value& a, const Value& b) {
  if (is_number(a) && is_number(b) && a.kind() != b.kind()) {
    return order(as_real(a), as_real(b));
  }
  if (a.kind() != b.kind()) {
    return std::nullopt;
  }
  switch (a.kind()) {
    case ValueKind::integer:
      return order(a.get<std::int64_t>(), b.get<std::int64_t>());
    case ValueKind::real:
      return order(a.get<double>(), b.get<double>());
    case ValueKind::text:
      return order(a.get<std::string>(), b.get<std::string>());
    case ValueKind::boolean:
      return order(a.get<bool>(), b.get<bool>());
    case ValueKind::date:
      return order(a.get<Date>().days_since_epoch(), b.get<Date>().days_since_epoch());
    default:
      return a == b ? std::optional<int>(0) : std::nullopt;
  }
}

bool holds(Op op, int order) {
  switch (op) {
    case Op::eq:
      return order == 0;
    case Op::ne:
      return order != 0;
    case Op::lt:
      return order < 0;
    case Op::le:
      return order <= 0;
    case Op::gt:
      return order > 0;
    default:
      return order >= 0;
  }
}

bool is_comparison(Op op) {
  return op >= Op::eq && op <= Op::ge;
}

bool is_arithmetic(Op op) {
  return op == Op::add || op == Op::sub || op == Op::mul;
}

// Nothing where the sum would not fit or has no meaning: the database then says what it is.
std::optional<Value> compute(Op op, const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) {
    return Value();
  }
  if (!is_number(a) || !is_number(b)) {
    return std::nullopt;
  }
  if (a.kind() == ValueKind::real || b.kind() == ValueKind::real) {
    const double x = as_real(a), y = as_real(b);
    return Value(op == Op::add ? x + y : op == Op::sub ? x - y : x * y);
  }
  const std::int64_t x = a.get<std::int64_t>(), y = b.get<std::int64_t>();
  std::int64_t out = 0;
  const bool overflows = op == Op::add   ? __builtin_add_overflow(x, y, &out)
                         : op == Op::sub ? __builtin_sub_overflow(x, y, &out)
                                         : __builtin_mul_overflow(x, y, &out);
  return overflows ? std::nullopt : std::optional<Value>(Value(out));
}

bool is_true(const Value& v) {
  const bool* b = v.get_if<bool>();
  const std::int64_t* i = v.get_if<std::int64_t>();
  return (b && *b) || (i && *i != 0);
}

const std::vector<Value>& values_of(const Ref& list) {
  return sql::as<sql::BindParameter>(list).values;
}

std::string refused(std::string_view what) {
  return fmt::format("Cannot evaluate {}", what);
}

}  // namespace

const ColumnAttribute* Evaluator::column(const Ref& element) const {
  const auto& c = sql::as<sql::ColumnNode>(element);
  return c.owner->kind() == Kind::table
             ? mapper_.find_column(static_cast<const sql::TableNode&>(*c.owner), c.index)
             : nullptr;
}

std::optional<std::string> Evaluator::refusal(const Ref& element) const {
  switch (element->kind()) {
    case Kind::column:
      if (!column(element)) {
        return refused("a column that is not mapped by " + mapper_.class_name);
      }
      return std::nullopt;
    case Kind::bind:
      return sql::as<sql::BindParameter>(element).is_required
                 ? std::optional(refused("a parameter that is given at execution"))
                 : std::nullopt;
    case Kind::null:
    case Kind::true_:
    case Kind::false_:
      return std::nullopt;
    case Kind::grouping:
      return refusal(sql::as<sql::Grouping>(element).element);
    case Kind::asbool:
      return refusal(sql::as<sql::AsBoolean>(element).element);
    case Kind::unary:
      if (sql::as<sql::UnaryExpression>(element).op != Op::not_) {
        return refused("a unary operator other than NOT");
      }
      return refusal(sql::as<sql::UnaryExpression>(element).element);
    case Kind::clause_list:
      for (const Ref& clause : sql::as<sql::ClauseList>(element).clauses) {
        if (auto why = refusal(clause)) {
          return why;
        }
      }
      return std::nullopt;
    case Kind::binary:
      return refusal_of_binary(element);
    case Kind::function:
      return refused("function " + sql::as<sql::Function>(element).name + "()");
    default:
      return refused("an element of this kind");
  }
}

std::optional<std::string> Evaluator::refusal_of_binary(const Ref& element) const {
  const auto& binary = sql::as<sql::BinaryExpression>(element);
  const bool is_in = binary.op == Op::in || binary.op == Op::not_in;
  if (!is_comparison(binary.op) && !is_arithmetic(binary.op) && !is_in && binary.op != Op::is &&
      binary.op != Op::is_not) {
    std::string_view text = sql::info(binary.op).text;
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    text = text.substr(0, text.find_last_not_of(' ') + 1);
    return refused(fmt::format("BinaryExpression with operator {}", text));
  }
  if (is_in && binary.right->kind() != Kind::bind) {
    return refused("IN of a select");
  }
  auto why = refusal(binary.left);
  return why || is_in ? why : refusal(binary.right);
}

std::optional<Value> Evaluator::evaluate(const Ref& element, const Object& object) const {
  switch (element->kind()) {
    case Kind::column: {
      const ColumnAttribute& c = *column(element);
      if (!is_loaded(object, c.index)) {
        return std::nullopt;
      }
      Value scratch;
      return Value(load_cell(c.cell, member(object, c), scratch));
    }
    case Kind::bind:
      return sql::as<sql::BindParameter>(element).value;
    case Kind::true_:
      return Value(true);
    case Kind::false_:
      return Value(false);
    case Kind::grouping:
      return evaluate(sql::as<sql::Grouping>(element).element, object);
    case Kind::asbool:
      return evaluate(sql::as<sql::AsBoolean>(element).element, object);
    case Kind::unary: {
      const auto inner = evaluate(sql::as<sql::UnaryExpression>(element).element, object);
      if (!inner || inner->is_null()) {
        return inner;
      }
      return Value(!is_true(*inner));
    }
    case Kind::clause_list:
      return evaluate_list(element, object);
    case Kind::binary:
      return evaluate_binary(element, object);
    default:
      return Value();  // NULL
  }
}

std::optional<Value> Evaluator::evaluate_list(const Ref& element, const Object& object) const {
  const auto& list = sql::as<sql::ClauseList>(element);
  const bool decides = list.op == Op::or_;  // the value that settles it
  bool has_null = false;
  for (const Ref& clause : list.clauses) {
    const std::optional<Value> v = evaluate(clause, object);
    if (!v) {
      return v;
    }
    if (v->is_null()) {
      has_null = true;
    } else if (is_true(*v) == decides) {
      return Value(decides);
    }
  }
  return has_null ? Value() : Value(!decides);
}

std::optional<Value> Evaluator::evaluate_binary(const Ref& element, const Object& object) const {
  const auto& binary = sql::as<sql::BinaryExpression>(element);
  const std::optional<Value> left = evaluate(binary.left, object);
  if (!left) {
    return left;
  }
  if (binary.op == Op::in || binary.op == Op::not_in) {
    if (left->is_null()) {
      return Value();
    }
    const std::vector<Value>& values = values_of(binary.right);
    const bool found = std::any_of(values.begin(), values.end(), [&](const Value& v) {
      return compare(*left, v) == std::optional<int>(0);
    });
    return Value(found == (binary.op == Op::in));
  }
  const std::optional<Value> right = evaluate(binary.right, object);
  if (!right) {
    return right;
  }
  if (binary.op == Op::is || binary.op == Op::is_not) {
    const bool same = left->is_null() == right->is_null() &&
                      (left->is_null() || compare(*left, *right) == std::optional<int>(0));
    return Value(same == (binary.op == Op::is));
  }
  if (is_arithmetic(binary.op)) {
    return compute(binary.op, *left, *right);
  }
  if (left->is_null() || right->is_null()) {
    return Value();
  }
  const std::optional<int> order = compare(*left, *right);
  return order ? std::optional<Value>(Value(holds(binary.op, *order))) : std::nullopt;
}

}  // namespace azoth::orm
