// SPDX-License-Identifier: MIT
// What operators make of their operands: parentheses by precedence, names and types of bound
// values, negation, result types.
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>

namespace azoth::sql {
namespace {

bool is_statement(Kind kind) {
  return kind == Kind::select || kind == Kind::compound_select || kind == Kind::text_select;
}

bool is_boolean(const Ref& e) {
  return e->type()->family() == TypeFamily::boolean;
}

// Elements that stand for themselves under any operator; as a condition a boolean one among them
// becomes AsBoolean.
bool is_atom(Kind kind) {
  switch (kind) {
    case Kind::column:
    case Kind::column_clause:
    case Kind::bind:
    case Kind::true_:
    case Kind::false_:
    case Kind::function:
    case Kind::case_:
    case Kind::cast:
    case Kind::try_cast:
    case Kind::type_coerce:
    case Kind::over:
      return true;
    default:
      return false;
  }
}

// Selects used as values become scalar subqueries.
Ref operand(Ref&& e) {
  if (!is_statement(e->kind())) {
    return std::move(e);
  }
  warn(WarningCategory::sa_warning,
       "implicitly coercing SELECT object to scalar subquery; please use the .scalar_subquery() "
       "method to produce a scalar subquery.");
  return scalar_select(e);
}

// What no operator but AND and OR puts into parentheses.
bool is_plain(const Ref& e) {
  return e->kind() == Kind::column || e->kind() == Kind::bind;
}

Ref binary(Op op, Ref&& left, Ref&& right, TypePtr type) {
  return make_node<BinaryExpression>(
      op,
      is_plain(left) ? std::move(left) : self_group(std::move(left), op),
      is_plain(right) ? std::move(right) : self_group(std::move(right), op),
      type);
}

Ref bind_beside(const Ref& other, const Literal& value) {
  return bind(value, bind_name(other), other->type());
}

// A named parameter without a type takes that of the element it is compared or computed with.
Ref typed_beside(const Ref& other, Ref&& e) {
  if (e->kind() != Kind::bind || e->type()->kind != TypeKind::null ||
      other->type()->kind == TypeKind::null) {
    return std::move(e);
  }
  auto* typed = new BindParameter(as<BindParameter>(e));
  Ref ref = Ref::adopt(typed);
  NodeAccess::set_type(*typed, other->type());
  seal(*typed);
  return ref;
}

TypePtr arithmetic_type(TypePtr a, TypePtr b) {
  if (a->kind == TypeKind::null) {
    return b;
  }
  if (b->kind == TypeKind::null || a->family() != b->family() ||
      a->family() != TypeFamily::number) {
    return a;
  }
  const auto rank = [](TypePtr t) {
    return t->kind == TypeKind::float_ || t->kind == TypeKind::double_ ? 2
           : t->kind == TypeKind::numeric                              ? 1
                                                                       : 0;
  };
  return rank(b) > rank(a) ? b : a;
}

}  // namespace

Op root_operator(const Ref& e) {
  switch (e->kind()) {
    case Kind::binary:
      return as<BinaryExpression>(e).op;
    case Kind::unary:  // a postfix modifies what ORDER BY sorts by; it is no operator
      return as<UnaryExpression>(e).is_postfix ? Op::none : as<UnaryExpression>(e).op;
    case Kind::clause_list:
      return as<ClauseList>(e).op;
    case Kind::exists:
      return Op::exists;
    case Kind::function_as_binary:
      return Op::getitem;  // binds as strongly
    case Kind::filter:
      return Op::concat;  // likewise
    case Kind::match_against:
      return Op::match;
    default:
      return Op::none;
  }
}

static Precedence custom_precedence(const Ref& options) {
  const auto& o = as<OperatorOptions>(options);
  return {Op::custom, o.precedence, o.precedence, o.is_self_precedent};
}

Precedence root_precedence(const Ref& e) {
  const Op op = root_operator(e);
  if (op != Op::custom) {
    return precedence(op);
  }
  return custom_precedence(e->kind() == Kind::binary ? as<BinaryExpression>(e).options
                                                     : as<UnaryExpression>(e).options);
}

Ref self_group(Ref e, Op outer) {
  return self_group(std::move(e), precedence(outer));
}

Ref self_group(Ref e, const Precedence& above) {
  const Op outer = above.op;
  if (is_statement(e->kind())) {
    return outer == Op::in || outer == Op::not_in ? make_node<Grouping>(std::move(e))
                                                  : scalar_select(e);
  }
  if (e->kind() == Kind::label) {
    Ref inner = self_group(as<Label>(e).element, above);
    return inner == as<Label>(e).element ? e
                                         : make_node<Label>(std::move(inner), as<Label>(e).name);
  }
  if (outer == Op::and_ || outer == Op::or_ || outer == Op::asbool_) {
    if (is_atom(e->kind()) && is_boolean(e)) {
      return make_node<AsBoolean>(std::move(e), Op::is_true);
    }
  }
  if (outer == Op::getitem && e->kind() == Kind::function && e->type()->kind == TypeKind::array) {
    return make_node<Grouping>(std::move(e));
  }
  if (e->kind() == Kind::array_literal || e->kind() == Kind::aggregate_order_by) {
    const bool takes_part = outer == Op::getitem || outer == Op::any_ || outer == Op::all_;
    return takes_part ? make_node<Grouping>(std::move(e)) : e;
  }
  return needs_grouping(root_precedence(e), above) ? make_node<Grouping>(std::move(e)) : e;
}

Ref compare(Op op, Ref&& left, Ref&& right) {
  left = operand(std::move(left));
  right = operand(std::move(right));
  if (left->kind() == Kind::null && right->kind() != Kind::null && info(op).mirror != Op::none) {
    std::swap(left, right);
    op = info(op).mirror;
  }
  const Kind constant = right->kind();
  if (constant == Kind::null || constant == Kind::true_ || constant == Kind::false_) {
    if (op == Op::lt || op == Op::le || op == Op::gt || op == Op::ge) {
      throw ArgumentError(
          "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' "
          "operators can be used with None/True/False");
    }
    if (constant == Kind::null) {
      op = op == Op::eq ? Op::is : op == Op::ne ? Op::is_not : op;
    }
  }
  right = typed_beside(left, std::move(right));
  return binary(op, std::move(left), std::move(right), types::Boolean());
}

Ref compare(Op op, Ref&& left, const Literal& right) {
  if (right.is_null()) {
    return compare(op, std::move(left), Ref(null()));
  }
  if (right.kind() == ValueKind::boolean) {
    return compare(op, std::move(left), Ref(right.boolean() ? true_() : false_()));
  }
  Ref value = bind_beside(left, right);
  return compare(op, std::move(left), std::move(value));
}

Ref compare_reversed(Op op, const Literal& left, Ref&& right) {
  const Op mirror = info(op).mirror;
  return compare(mirror == Op::none ? op : mirror, std::move(right), left);
}

Ref arithmetic(Op op, Ref&& left, Ref&& right) {
  left = operand(std::move(left));
  right = operand(std::move(right));
  right = typed_beside(left, std::move(right));
  const auto can_be_text = [](TypePtr t) { return t->is_string() || t->kind == TypeKind::null; };
  if (op == Op::add && (left->type()->is_string() || right->type()->is_string()) &&
      can_be_text(left->type()) && can_be_text(right->type())) {
    op = Op::concat;
  }
  const TypePtr type = arithmetic_type(left->type(), right->type());
  return binary(op, std::move(left), std::move(right), type);
}

Ref arithmetic(Op op, Ref&& left, const Literal& right) {
  Ref value = bind_beside(left, right);
  return arithmetic(op, std::move(left), std::move(value));
}

Ref arithmetic_reversed(Op op, const Literal& left, Ref&& right) {
  Ref value = bind_beside(right, left);
  return arithmetic(op, std::move(value), std::move(right));
}

Ref negative(Ref&& e) {
  const TypePtr type = e->type();
  return make_node<UnaryExpression>(Op::neg, self_group(std::move(e), Op::neg), type);
}

Ref conjunction(Op op, Ref&& a, Ref&& b) {
  Refs clauses;
  clauses.reserve(2);
  clauses.push_back(std::move(a));
  clauses.push_back(std::move(b));
  return conjunction(op, std::move(clauses));
}

// and_(x, true) is x, and_(x, false) is false; or_ the other way round. Chains of one operator are
// flattened.
Ref conjunction(Op op, Refs clauses) {
  const Kind neutral = op == Op::and_ ? Kind::true_ : Kind::false_;
  const Kind decisive = op == Op::and_ ? Kind::false_ : Kind::true_;
  Refs out;
  out.reserve(clauses.size());
  for (Ref& c : clauses) {
    if (c->kind() == neutral) {
      continue;
    }
    if (c->kind() == decisive) {
      return c;
    }
    if (c->kind() == Kind::clause_list && as<ClauseList>(c).op == op) {
      out.insert(out.end(), as<ClauseList>(c).clauses.begin(), as<ClauseList>(c).clauses.end());
    } else {
      out.push_back(std::move(c));
    }
  }
  if (out.empty()) {
    return op == Op::and_ ? true_() : false_();
  }
  if (out.size() == 1) {
    return self_group(std::move(out.front()), Op::asbool_);
  }
  for (Ref& c : out) {
    c = self_group(as_condition(std::move(c)), op);
  }
  return make_node<ClauseList>(op, std::move(out), types::Boolean());
}

Ref negate(Ref&& e) {
  switch (e->kind()) {
    case Kind::true_:
      return false_();
    case Kind::false_:
      return true_();
    case Kind::label:
      return negate(Ref(as<Label>(e).element));
    case Kind::asbool: {
      const auto& a = as<AsBoolean>(e);
      return make_node<AsBoolean>(a.element, info(a.op).negation);
    }
    case Kind::binary: {
      const auto& b = as<BinaryExpression>(e);
      const Op negation = info(b.op).negation;
      if (negation == Op::none) {
        break;
      }
      auto* copy = new BinaryExpression(b);
      Ref ref = Ref::adopt(copy);
      copy->op = negation;
      if (negation == Op::in ||
          negation == Op::not_in) {  // how an empty list renders depends on the operator
        if (b.right->kind() == Kind::bind) {
          auto* list = new BindParameter(as<BindParameter>(b.right));
          copy->right = Ref::adopt(list);
          list->expand_op = negation;
          seal(*list);
        }
      }
      seal(*copy);
      return ref;
    }
    default:
      break;
  }
  e = operand(std::move(e));
  if ((is_atom(e->kind()) || e->kind() == Kind::scalar_select) && is_boolean(e)) {
    return make_node<AsBoolean>(std::move(e), Op::is_false);
  }
  return make_node<UnaryExpression>(Op::not_, self_group(std::move(e), Op::not_), types::Boolean());
}

Ref between(Ref&& e, Ref&& low, Ref&& high) {
  Refs bounds;
  bounds.push_back(self_group(typed_beside(e, operand(std::move(low))), Op::between));
  bounds.push_back(self_group(typed_beside(e, operand(std::move(high))), Op::between));
  Ref right = make_node<ClauseList>(Op::and_, std::move(bounds), types::null_type());
  return make_node<BinaryExpression>(
      Op::between, self_group(std::move(e), Op::between), std::move(right), types::Boolean());
}

Ref between(Ref&& e, const Literal& low, const Literal& high) {
  Ref l = bind_beside(e, low), h = bind_beside(e, high);
  return between(std::move(e), std::move(l), std::move(h));
}

Ref like(Op op, Ref&& e, const Literal& pattern, std::string_view escape) {
  Ref value = bind_beside(e, pattern);
  auto* node =
      new BinaryExpression(op, self_group(std::move(e), op), std::move(value), types::Boolean());
  Ref ref = Ref::adopt(node);
  node->escape = escape;
  seal(*node);
  return ref;
}

namespace {
std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '/' || c == '%' || c == '_') {
      out += '/';
    }
    out += c;
  }
  return out;
}
}  // namespace

Ref like_form(LikeForm form, Ref&& e, const Literal& other, bool autoescape) {
  const Op op = form == LikeForm::startswith ? Op::startswith
                : form == LikeForm::endswith ? Op::endswith
                                             : Op::contains;
  if (autoescape && other.kind() == ValueKind::text) {
    const std::string text = escaped(other.text());
    return like(op, std::move(e), Literal(text), "/");
  }
  return like(op, std::move(e), other, {});
}

Ref in(Op op, Ref&& e, std::span<const Literal> values) {
  Ref list = expanding(values, bind_name(e), e->type(), op);
  return make_node<BinaryExpression>(
      op, self_group(std::move(e), op), std::move(list), types::Boolean());
}

Ref in_select(Op op, Ref&& e, const Ref& select) {
  const std::size_t width = e->kind() == Kind::tuple ? as<ClauseList>(e).clauses.size() : 1;
  const std::size_t columns = expanded_columns(select).size();
  if (columns != width) {
    throw ArgumentError("in_() needs a select of " + std::to_string(width) +
                        (width == 1 ? " column, got " : " columns, got ") +
                        std::to_string(columns));
  }
  return make_node<BinaryExpression>(
      op, self_group(std::move(e), op), make_node<Grouping>(select), types::Boolean());
}

Ref is(Op op, Ref&& e, Ref&& other) {
  if (other->kind() == Kind::bind && as<BindParameter>(other).is_unique) {
    const Value& value = as<BindParameter>(other).value;  // these are constants, not parameters
    if (value.is_null()) {
      other = null();
    } else if (const bool* truth = value.get_if<bool>()) {
      other = *truth ? true_() : false_();
    }
  }
  return binary(op, operand(std::move(e)), operand(std::move(other)), types::Boolean());
}

}  // namespace azoth::sql
