// SPDX-License-Identifier: MIT
// FROM elements.
#include "conformance/builder.hpp"
#include <azoth/sql/expression.hpp>

#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

// Returns the name, or an empty text for an anonymous one.
std::string alias_name(const Json& tree) {
  const Name name = name_of(tree["name"]);
  return name.form == Name::Form::anonymous ? std::string() : plain_name(tree["name"]);
}

Ref table_clause(Builder& b, const Json& tree) {
  allow(tree, {"name", "schema", "columns"});
  std::vector<ColumnSpec> specs;
  for (const Json& column : tree["columns"]) {
    allow(column, {"name", "key", "type"});
    ColumnSpec spec;
    spec.name = plain_name(column["name"]);
    spec.key = find(column, "key") ? plain_name(column["key"]) : spec.name;
    spec.type = b.type_of(column);
    specs.push_back(std::move(spec));
  }
  return make_node<TableClause>(plain_name(tree["name"]),
                                find(tree, "schema") ? plain_name(tree["schema"]) : std::string(),
                                std::move(specs));
}

Ref alias(Builder& b, const Json& tree) {
  allow(tree, {"element", "name", "clone_group"});
  return make_node<Alias>(Kind::alias, b.node(tree["element"]), alias_name(tree));
}

Ref subquery(Builder& b, const Json& tree) {
  allow(tree, {"element", "name", "clone_group"});
  return make_node<Alias>(Kind::subquery, b.node(tree["element"]), alias_name(tree));
}

Ref lateral(Builder& b, const Json& tree) {
  allow(tree, {"element", "name"});
  return make_node<Alias>(Kind::lateral, b.node(tree["element"]), alias_name(tree));
}

Ref cte(Builder& b, const Json& tree) {
  allow(tree, {"element", "name", "recursive"});
  return make_node<Alias>(
      Kind::cte, b.node(tree["element"]), alias_name(tree), flag(tree, "recursive"));
}

Ref join(Builder& b, const Json& tree) {
  allow(tree, {"left", "right", "onclause", "isouter", "full"});
  return make_node<Join>(b.node(tree["left"]),
                         b.node(tree["right"]),
                         b.node(tree["onclause"]),
                         flag(tree, "isouter"),
                         flag(tree, "full"));
}

// Parentheses around a join or a SELECT are put by the compiler.
Ref grouped(Builder& b, const Json& tree) {
  allow(tree, {"element"});
  return b.node(tree["element"]);
}

constexpr std::array makers{
    Maker{"TableClause", &table_clause},
    Maker{"Alias", &alias},
    Maker{"Subquery", &subquery},
    Maker{"Lateral", &lateral},
    Maker{"CTE", &cte},
    Maker{"Join", &join},
    Maker{"FromGrouping", &grouped},
    Maker{"SelectStatementGrouping", &grouped},
};

}  // namespace

std::span<const Maker> selectable_makers() {
  return makers;
}

}  // namespace azoth::conformance
