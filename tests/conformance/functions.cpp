// SPDX-License-Identifier: MIT
// Functions, CASE, CAST and windows.
#include "conformance/builder.hpp"
#include <azoth/sql/expression.hpp>
#include <azoth/sql/function.hpp>

#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

Ref case_expression(Builder& b, const Json& tree) {
  allow(tree, {"value", "whens", "else", "type"});
  Refs whens;
  for (const Json& when : tree["whens"]) {
    whens.push_back(b.node(when[0]));
    whens.push_back(b.node(when[1]));
  }
  return make_node<Case>(
      b.optional(tree, "value"), std::move(whens), b.optional(tree, "else"), b.type_of(tree));
}

Ref cast_expression(Builder& b, const Json& tree) {
  allow(tree, {"clause", "type"});
  return make_node<Cast>(b.node(tree["clause"]), b.type_of(tree));
}

Ref type_coerce(Builder& b, const Json& tree) {
  allow(tree, {"clause", "type"});
  return make_node<Cast>(b.node(tree["clause"]), b.type_of(tree), Kind::type_coerce);
}

Ref extract(Builder& b, const Json& tree) {
  allow(tree, {"field", "expr"});
  return make_node<Extract>(text(tree, "field"), b.node(tree["expr"]));
}

Ref function(Builder& b, const Json& tree) {
  allow(tree, {"name", "args", "type", "generic"});
  return make_node<Function>(
      plain_name(tree["name"]), b.list(tree, "args"), b.type_of(tree), flag(tree, "generic"));
}

Refs members(Builder& b, const Json& tree, const char* name) {
  const Json* list = find(tree, name);
  if (!list) {
    return {};
  }
  if (text(*list, "class") == "ClauseList") {
    return b.list(*list, "clauses");
  }
  return {b.node(*list)};
}

Ref over(Builder& b, const Json& tree) {
  allow(tree, {"element", "partition_by", "order_by"});
  return make_node<Over>(
      b.node(tree["element"]), members(b, tree, "partition_by"), members(b, tree, "order_by"));
}

constexpr std::array makers{
    Maker{"Case", &case_expression},
    Maker{"Cast", &cast_expression},
    Maker{"TypeCoerce", &type_coerce},
    Maker{"Extract", &extract},
    Maker{"Function", &function},
    Maker{"Over", &over},
};

}  // namespace

std::span<const Maker> function_makers() {
  return makers;
}

}  // namespace azoth::conformance
