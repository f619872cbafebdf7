// SPDX-License-Identifier: MIT
// Column expressions, as the trees say: with their own parentheses, nothing resolved again.
#include "conformance/builder.hpp"
#include <azoth/sql/expression.hpp>
#include <azoth/sql/sequence_node.hpp>
#include <azoth/sql/special_elements.hpp>

#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

template <class N>
Ref sealed(std::unique_ptr<N> node) {
  seal(*node);
  return Ref::adopt(node.release());
}

Ref column_clause(Builder& b, const Json& tree) {
  allow(tree, {"name", "type", "is_literal"});
  return make_node<ColumnClause>(
      plain_name(tree["name"]), b.type_of(tree), flag(tree, "is_literal"));
}

// A schema column without a table is written by its name alone.
Ref schema_column(Builder& b, const Json& tree) {
  return make_node<ColumnClause>(plain_name(tree["name"]), b.type_of(tree));
}

void take_value(BindParameter& bind, const Json& value) {
  const bool is_json = bind.type()->kind == TypeKind::json;
  if (bind.is_expanding && is_list(value)) {
    bind.values = values_of(value, bind.type()->kind != TypeKind::tuple);
  } else if (!is_json && is_list(value)) {
    bind.value = array_of(value);
  } else {
    bind.value = value_of(value);
  }
}

Ref bind_parameter(Builder& b, const Json& tree) {
  allow(tree,
        {"key",
         "value",
         "type",
         "unique",
         "required",
         "expanding",
         "expand_op",
         "literal_execute",
         "callable",
         "is_crud",
         "limit_offset",
         "clone_group"});
  const Name name = name_of(tree["key"]);
  auto node = std::make_unique<BindParameter>(
      name.form == Name::Form::anonymous ? name.text : plain_name(tree["key"]), b.type_of(tree));
  node->is_unique = name.form == Name::Form::anonymous;
  node->is_required = flag(tree, "required");
  node->is_expanding = flag(tree, "expanding");
  node->is_literal_execute = flag(tree, "literal_execute");
  node->is_row_limit = flag(tree, "limit_offset");
  if (const Json* op = find(tree, "expand_op")) {
    node->expand_op = operator_of(*op);
  }
  if (const Json* value = find(tree, "value")) {
    take_value(*node, *value);
  }
  return sealed(std::move(node));
}

Ref null_constant(Builder&, const Json&) {
  return sql::null();
}

Ref true_constant(Builder&, const Json&) {
  return true_();
}

Ref false_constant(Builder&, const Json&) {
  return false_();
}

Ref text_clause(Builder& b, const Json& tree) {
  allow(tree, {"text", "bindparams"});
  const Ref plain = sql::text(text(tree, "text"));
  const Json* settings = find(tree, "bindparams");
  if (!settings) {
    return plain;
  }
  auto node = std::make_unique<TextClause>(as<TextClause>(plain).text, plain->type());
  node->binds = as<TextClause>(plain).binds;
  for (const Json& setting : *settings) {
    for (Ref& bind : node->binds) {
      if (as<BindParameter>(bind).key == text(setting, "name")) {
        bind = b.node(setting["param"]);
      }
    }
  }
  return sealed(std::move(node));
}

void read_custom(OperatorOptions& options, const Json& tree) {
  allow(tree,
        {"custom_op",
         "precedence",
         "is_comparison",
         "natural_self_precedent",
         "eager_grouping",
         "return_type"});
  options.text = text(tree, "custom_op");
  options.precedence = number(tree, "precedence", 0);
  options.is_comparison = flag(tree, "is_comparison");
  options.is_self_precedent = flag(tree, "natural_self_precedent");
  options.is_eager = flag(tree, "eager_grouping");
}

// Flags that are not given are null, words of a database that are off false.
void read_modifier(OperatorOptions& options, const std::string& key, const Json& value) {
  if (key == "symmetric") {
    options.is_symmetric = value.get<bool>();
  } else if (value.is_string()) {
    options.words.push_back({key, value.get<std::string>()});
  } else if (value.is_boolean()) {
    options.words.push_back({key, {}, value.get<bool>() ? 1 : 0});
  } else if (!value.is_null()) {
    throw CannotBuild("modifier " + key);
  }
}

// Returns the options of an operator with modifiers, or nothing where it has none.
Ref operator_options(const Json& op, const Json* modifiers) {
  auto options = std::make_unique<OperatorOptions>();
  if (op.is_object()) {
    read_custom(*options, op);
  }
  if (modifiers) {
    for (const auto& [key, value] : modifiers->items()) {
      if (key != "escape") {
        read_modifier(*options, key, value);
      }
    }
  }
  const bool is_plain = op.is_string() && !options->is_symmetric && options->words.empty();
  return is_plain ? Ref() : sealed(std::move(options));
}

Ref binary_expression(Builder& b, const Json& tree) {
  allow(tree, {"left", "right", "operator", "negate", "modifiers", "type"});
  auto node = std::make_unique<BinaryExpression>(
      operator_of(tree["operator"]), b.node(tree["left"]), b.node(tree["right"]), b.type_of(tree));
  const Json* modifiers = find(tree, "modifiers");
  node->options = operator_options(tree["operator"], modifiers);
  node->escape = modifiers ? text(*modifiers, "escape") : std::string();
  return sealed(std::move(node));
}

Ref unary_expression(Builder& b, const Json& tree) {
  allow(tree, {"element", "operator", "modifier", "type", "wraps_column_expression"});
  const Json* op = find(tree, "operator");
  const Json* modifier = find(tree, "modifier");
  if (!op == !modifier) {  // refused, whichever they are
    return sql::custom({.op = op ? "op" : "", .modifier = modifier ? "modifier" : ""},
                       b.node(tree["element"]));
  }
  const Json& either = op ? *op : *modifier;
  auto node = std::make_unique<UnaryExpression>(
      operator_of(either), b.node(tree["element"]), b.type_of(tree), modifier != nullptr);
  node->wraps_column = flag(tree, "wraps_column_expression");
  node->options = operator_options(either, nullptr);
  return sealed(std::move(node));
}

Ref slice(Builder& b, const Json& tree) {
  allow(tree, {"start", "stop", "step"});
  return make_node<Slice>(
      b.optional(tree, "start"), b.optional(tree, "stop"), b.optional(tree, "step"));
}

Ref type_clause(Builder& b, const Json& tree) {
  allow(tree, {"type"});
  return make_node<TypeClause>(b.type_of(tree));
}

Ref placeholder(Builder&, const Json& tree) {
  allow(tree, {});
  return make_node<Placeholder>();
}

Ref as_boolean(Builder& b, const Json& tree) {
  allow(tree, {"element", "operator", "negate"});
  return make_node<AsBoolean>(b.node(tree["element"]), operator_of(tree["operator"]));
}

Ref grouping(Builder& b, const Json& tree) {
  allow(tree, {"element"});
  return make_node<Grouping>(b.node(tree["element"]));
}

Ref exists(Builder& b, const Json& tree) {
  allow(tree, {"element"});
  const Ref element = b.node(tree["element"]);
  return make_node<Exists>(
      element->kind() == Kind::scalar_select ? as<ScalarSelect>(element).element : element);
}

Ref scalar_select(Builder& b, const Json& tree) {
  allow(tree, {"element", "type"});
  return make_node<ScalarSelect>(b.node(tree["element"]), b.type_of(tree));
}

Ref clause_list(Builder& b, const Json& tree) {
  allow(tree, {"clauses", "operator", "group"});
  return make_node<ClauseList>(
      operator_of(tree["operator"]), b.list(tree, "clauses"), types::null_type());
}

Ref boolean_clause_list(Builder& b, const Json& tree) {
  allow(tree, {"clauses", "operator", "group"});
  return make_node<ClauseList>(
      operator_of(tree["operator"]), b.list(tree, "clauses"), types::Boolean());
}

Ref tuple(Builder& b, const Json& tree) {
  allow(tree, {"clauses", "type"});
  return make_node<ClauseList>(Op::comma, b.list(tree, "clauses"), b.type_of(tree), Kind::tuple);
}

Ref label(Builder& b, const Json& tree) {
  allow(tree, {"name", "element", "type"});
  const Name name = name_of(tree["name"]);
  return make_node<Label>(
      b.node(tree["element"]),
      name.form == Name::Form::anonymous ? std::string() : plain_name(tree["name"]));
}

// The label itself stands in ORDER BY; the compiler looks for it in the columns clause.
Ref label_reference(Builder& b, const Json& tree) {
  allow(tree, {"element"});
  return b.node(tree["element"]);
}

Ref textual_label_reference(Builder&, const Json& tree) {
  allow(tree, {"name"});
  return make_node<LabelReference>(plain_name(tree["name"]));
}

Ref collation_clause(Builder&, const Json& tree) {
  allow(tree, {"collation"});
  return make_node<Collation>(plain_name(tree["collation"]));
}

constexpr std::array makers{
    Maker{"ColumnClause", &column_clause},
    Maker{"Column", &schema_column},
    Maker{"BindParameter", &bind_parameter},
    Maker{"Null", &null_constant},
    Maker{"True", &true_constant},
    Maker{"False", &false_constant},
    Maker{"TextClause", &text_clause},
    Maker{"BinaryExpression", &binary_expression},
    Maker{"IndexExpression", &binary_expression},
    Maker{"UnaryExpression", &unary_expression},
    Maker{"CollectionAggregate", &unary_expression},
    Maker{"Slice", &slice},
    Maker{"TypeClause", &type_clause},
    Maker{"Placeholder", &placeholder},
    Maker{"AsBoolean", &as_boolean},
    Maker{"Grouping", &grouping},
    Maker{"Exists", &exists},
    Maker{"ScalarSelect", &scalar_select},
    Maker{"ClauseList", &clause_list},
    Maker{"BooleanClauseList", &boolean_clause_list},
    Maker{"Tuple", &tuple},
    Maker{"Label", &label},
    Maker{"LabelReference", &label_reference},
    Maker{"TextualLabelReference", &textual_label_reference},
    Maker{"CollationClause", &collation_clause},
};

}  // namespace

std::span<const Maker> element_makers() {
  return makers;
}

}  // namespace azoth::conformance
