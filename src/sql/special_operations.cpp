// SPDX-License-Identifier: MIT
// Operators beyond the standard ones: custom, indexes, collations, searches, regular expressions;
// windows, WITHIN GROUP and FILTER.
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/function.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>

namespace azoth::sql {

namespace {

// Wraps both sides as the operator needs it and hands the node out for its options to be set.
BinaryExpression* fresh(Op op, const Precedence& above, Ref&& left, Ref&& right, TypePtr type) {
  return new BinaryExpression(
      op, self_group(std::move(left), above), self_group(std::move(right), above), type);
}

Ref sealed(BinaryExpression* node, Ref options) {
  Ref ref = Ref::adopt(node);
  node->options = std::move(options);
  seal(*node);
  return ref;
}

Ref flags_option(std::string_view flags) {
  if (flags.empty()) {
    return {};
  }
  auto* options = new OperatorOptions;
  Ref ref = Ref::adopt(options);
  options->words = {{"flags", std::string(flags)}};
  seal(*options);
  return ref;
}

}  // namespace

const TypeOption* OperatorOptions::word(std::string_view name) const {
  const auto it =
      std::find_if(words.begin(), words.end(), [&](const TypeOption& o) { return o.name == name; });
  return it == words.end() ? nullptr : &*it;
}

Ref custom(const CustomOperator& op, Ref&& left, Ref&& right) {
  auto* options = new OperatorOptions;
  Ref ref = Ref::adopt(options);
  options->text = op.text;
  options->precedence = op.precedence;
  options->is_comparison = op.is_comparison;
  options->is_self_precedent = op.is_self_precedent;
  options->is_eager = op.is_eager;
  seal(*options);
  const TypePtr type = op.type ? op.type : op.is_comparison ? types::Boolean() : left->type();
  return sealed(fresh(Op::custom,
                      {Op::custom, op.precedence, op.precedence, op.is_self_precedent},
                      std::move(left),
                      std::move(right),
                      type),
                std::move(ref));
}

Ref custom(const CustomOperator& op, Ref&& left, const Literal& right) {
  Ref value = bind(right, bind_name(left), left->type());
  return custom(op, std::move(left), std::move(value));
}

Ref custom(const CustomUnaryOperator& op, Ref&& element) {
  if (op.op.empty() == op.modifier.empty()) {
    throw CompileError(op.op.empty() ? "Unary expression has no operator or modifier"
                                     : "Unary expression does not support operator and modifier "
                                       "simultaneously");
  }
  auto* options = new OperatorOptions;
  Ref ref = Ref::adopt(options);
  options->text = op.op.empty() ? op.modifier : op.op;
  options->precedence = op.precedence;
  seal(*options);
  const TypePtr type = op.type ? op.type : element->type();
  auto* node = new UnaryExpression(
      Op::custom,
      self_group(std::move(element), Precedence{Op::custom, op.precedence, op.precedence, false}),
      type,
      op.op.empty());
  Ref unary = Ref::adopt(node);
  node->options = std::move(ref);
  seal(*node);
  return unary;
}

Ref getitem(Ref&& left, Ref&& right, TypePtr type) {
  const Op op = left->type()->kind == TypeKind::json ? Op::json_getitem : Op::getitem;
  return sealed(fresh(op, precedence(op), std::move(left), std::move(right), type), {});
}

Ref slice(Ref start, Ref stop, Ref step) {
  return make_node<Slice>(std::move(start), std::move(stop), std::move(step));
}

Ref collate(Ref&& left, std::string_view collation) {
  const TypePtr type = left->type();
  return sealed(fresh(Op::collate,
                      precedence(Op::collate),
                      std::move(left),
                      make_node<Collation>(collation),
                      type),
                {});
}

Ref match(Ref&& left, Ref&& right, std::vector<TypeOption> words) {
  Ref ref;
  if (!words.empty()) {
    auto* options = new OperatorOptions;
    ref = Ref::adopt(options);
    options->words = std::move(words);
    seal(*options);
  }
  return sealed(
      fresh(
          Op::match, precedence(Op::match), std::move(left), std::move(right), types::MatchType()),
      std::move(ref));
}

Ref regexp_match(Ref&& left, Ref&& pattern, std::string_view flags) {
  return sealed(fresh(Op::regexp_match,
                      precedence(Op::regexp_match),
                      std::move(left),
                      std::move(pattern),
                      types::Boolean()),
                flags_option(flags));
}

Ref regexp_replace(Ref&& left, Ref&& pattern, Ref&& replacement, std::string_view flags) {
  const TypePtr type = left->type();
  Refs both{self_group(std::move(pattern), Op::comma),
            self_group(std::move(replacement), Op::comma)};
  return sealed(
      new BinaryExpression(Op::regexp_replace,
                           self_group(std::move(left), Op::regexp_replace),
                           make_node<ClauseList>(Op::comma, std::move(both), types::null_type()),
                           type),
      flags_option(flags));
}

Ref collection_aggregate(Op op, Ref&& element) {
  const bool is_select =
      element->kind() == Kind::select || element->kind() == Kind::compound_select;
  Ref inner = is_select ? scalar_select(element) : make_node<Grouping>(std::move(element));
  return make_node<UnaryExpression>(op, inner, inner->type());
}

Ref within_group(Ref&& element, Refs order_by) {
  // Ordered-set aggregates return what they are ordered by.
  const bool is_ordered_set =
      element->kind() == Kind::function && as<Function>(element).is_generic &&
      (as<Function>(element).name == "percentile_cont" ||
       as<Function>(element).name == "percentile_disc" || as<Function>(element).name == "mode");
  const TypePtr type =
      is_ordered_set && !order_by.empty() ? order_by.front()->type() : element->type();
  return make_node<WithinGroup>(std::move(element), std::move(order_by), type);
}

Ref filter(Ref&& function, Ref&& criterion) {
  return make_node<FunctionFilter>(std::move(function), as_condition(std::move(criterion)));
}

namespace {

FrameEnd frame_end(std::optional<std::int64_t> rows) {
  if (!rows) {
    return {};
  }
  if (*rows == 0) {
    return {FrameEnd::At::current_row};
  }
  return {*rows < 0 ? FrameEnd::At::preceding : FrameEnd::At::following,
          bind(Literal(*rows < 0 ? -*rows : *rows))};
}

}  // namespace

Ref over(Ref&& element,
         Refs partition_by,
         Refs order_by,
         FrameKind frame,
         std::optional<std::int64_t> from,
         std::optional<std::int64_t> to) {
  auto* node = new Over(std::move(element), std::move(partition_by), std::move(order_by));
  Ref ref = Ref::adopt(node);
  node->frame = frame;
  node->from = frame_end(from);
  node->to = frame_end(to);
  seal(*node);
  return ref;
}

Ref unary_postfix(Op op, Ref&& e) {
  const TypePtr type = e->type();
  return make_node<UnaryExpression>(op, self_group(std::move(e), op), type, true);
}

Ref distinct(Ref&& e) {
  const TypePtr type = e->type();
  return make_node<UnaryExpression>(Op::distinct, self_group(std::move(e), Op::distinct), type);
}

Ref as_condition(Ref&& e) {
  if (is_from(e->kind())) {
    throw ArgumentError(
        "SQL expression for WHERE/HAVING role expected, got a FROM element. Compare one of its "
        "columns with something.");
  }
  switch (e->kind()) {
    case Kind::select:
    case Kind::compound_select:
      return scalar_select(e);
    case Kind::insert:
    case Kind::update:
    case Kind::delete_:
      throw ArgumentError(
          "SQL expression for WHERE/HAVING role expected, got a statement. Use exists() or "
          "scalar_subquery() of a select.");
    default:
      return std::move(e);
  }
}

}  // namespace azoth::sql
