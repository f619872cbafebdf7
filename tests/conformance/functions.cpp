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
  allow(tree,
        {"name", "args", "type", "generic", "packages", "with_ordinality", "table_value_type"});
  auto node = std::make_unique<Function>(
      plain_name(tree["name"]), b.list(tree, "args"), b.type_of(tree), flag(tree, "generic"));
  node->with_ordinality = flag(tree, "with_ordinality");
  if (const Json* packages = find(tree, "packages")) {
    for (const Json& package : *packages) {
      node->packages.push_back(plain_name(package));
    }
  }
  seal(*node);
  return Ref::adopt(node.release());
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

std::optional<std::int64_t> frame_end(const Json& end) {
  return end.is_null() ? std::nullopt : std::optional(end.get<std::int64_t>());
}

Ref over(Builder& b, const Json& tree) {
  allow(tree, {"element", "partition_by", "order_by", "rows", "range"});
  const Json* rows = find(tree, "rows");
  const Json* range = find(tree, "range");
  const Json* frame = rows ? rows : range;
  if (!frame) {
    return make_node<Over>(
        b.node(tree["element"]), members(b, tree, "partition_by"), members(b, tree, "order_by"));
  }
  return sql::over(b.node(tree["element"]),
                   members(b, tree, "partition_by"),
                   members(b, tree, "order_by"),
                   rows ? FrameKind::rows : FrameKind::range,
                   frame_end((*frame)[0]),
                   frame_end((*frame)[1]));
}

Ref within_group(Builder& b, const Json& tree) {
  allow(tree, {"element", "order_by", "type"});
  const Ref element = b.node(tree["element"]);
  const TypePtr type = find(tree, "type") ? b.type_of(tree) : element->type();
  return make_node<WithinGroup>(element, members(b, tree, "order_by"), type);
}

Ref function_filter(Builder& b, const Json& tree) {
  allow(tree, {"func", "criterion"});
  return make_node<FunctionFilter>(b.node(tree["func"]), b.node(tree["criterion"]));
}

Ref function_as_binary(Builder& b, const Json& tree) {
  allow(tree, {"function", "left_index", "right_index"});
  return make_node<FunctionAsBinary>(b.node(tree["function"]),
                                     tree["left_index"].get<std::uint32_t>(),
                                     tree["right_index"].get<std::uint32_t>());
}

Ref function_column(Builder& b, const Json& tree) {
  allow(tree, {"fn", "name", "type"});
  return make_node<FunctionColumn>(b.node(tree["fn"]), plain_name(tree["name"]), b.type_of(tree));
}

Ref table_valued_column(Builder& b, const Json& tree) {
  allow(tree, {"alias", "type"});
  return make_node<TableValuedColumn>(b.node(tree["alias"]), b.type_of(tree));
}

constexpr std::array makers{
    Maker{"Case", &case_expression},
    Maker{"Cast", &cast_expression},
    Maker{"TypeCoerce", &type_coerce},
    Maker{"Extract", &extract},
    Maker{"Function", &function},
    Maker{"Over", &over},
    Maker{"WithinGroup", &within_group},
    Maker{"FunctionFilter", &function_filter},
    Maker{"FunctionAsBinary", &function_as_binary},
    Maker{"ScalarFunctionColumn", &function_column},
    Maker{"TableValuedColumn", &table_valued_column},
};

}  // namespace

std::span<const Maker> function_makers() {
  return makers;
}

}  // namespace azoth::conformance
