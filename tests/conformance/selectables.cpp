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

std::vector<ColumnSpec> column_specs(Builder& b, const Json& columns) {
  std::vector<ColumnSpec> specs;
  for (const Json& column : columns) {
    // Of a Column without a schema table, INSERT and UPDATE use no more than these.
    allow(column, {"name", "key", "type", "autoincrement", "primary_key", "nullable"});
    ColumnSpec spec;
    spec.name = plain_name(column["name"]);
    spec.key = find(column, "key") ? plain_name(column["key"]) : spec.name;
    spec.type = b.type_of(column);
    specs.push_back(std::move(spec));
  }
  return specs;
}

Ref table_clause(Builder& b, const Json& tree) {
  allow(tree, {"name", "schema", "columns"});
  return make_node<TableClause>(plain_name(tree["name"]),
                                find(tree, "schema") ? plain_name(tree["schema"]) : std::string(),
                                column_specs(b, tree["columns"]));
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

Refs text_parts(Builder& b, const Json& tree, const char* name) {
  Refs out;
  if (const Json* parts = find(tree, name)) {
    for (const Json& part : *parts) {
      out.push_back(make_node<TextPart>(b.node(part["text"]), text(part, "dialect")));
    }
  }
  return out;
}

Ref sealed(std::unique_ptr<AliasDetails> details) {
  seal(*details);
  return Ref::adopt(details.release());
}

Ref cte(Builder& b, const Json& tree) {
  allow(tree,
        {"element",
         "name",
         "recursive",
         "nesting",
         "cte_alias",
         "restates",
         "prefixes",
         "suffixes",
         "clone_group"});
  auto details = std::make_unique<AliasDetails>();
  details->cte_alias = b.optional(tree, "cte_alias");
  details->restates = b.optional(tree, "restates");
  details->prefixes = text_parts(b, tree, "prefixes");
  details->suffixes = text_parts(b, tree, "suffixes");
  details->is_nesting = flag(tree, "nesting");
  const bool is_plain = !details->cte_alias && !details->restates && !details->is_nesting &&
                        details->prefixes.empty() && details->suffixes.empty();
  return make_node<Alias>(Kind::cte,
                          b.node(tree["element"]),
                          alias_name(tree),
                          flag(tree, "recursive"),
                          is_plain ? Ref() : sealed(std::move(details)));
}

Ref table_sample(Builder& b, const Json& tree) {
  allow(tree, {"element", "name", "sampling", "seed"});
  auto details = std::make_unique<AliasDetails>();
  details->sampling = b.node(tree["sampling"]);
  details->seed = b.optional(tree, "seed");
  return make_node<Alias>(Kind::table_sample,
                          b.node(tree["element"]),
                          alias_name(tree),
                          false,
                          sealed(std::move(details)));
}

// The columns of what a function returns: those of the alias, else those of the function.
const Json* returned_columns(const Json& alias, const Json& function) {
  for (const Json* type : {find(alias, "table_value_type"),
                           find(function, "table_value_type"),
                           find(function, "type")}) {
    if (type && text(*type, "type") == "TableValueType") {
      return find(*type, "elements");
    }
  }
  return nullptr;
}

Ref table_valued_alias(Builder& b, const Json& tree) {
  allow(tree,
        {"element",
         "name",
         "table_value_type",
         "joins_implicitly",
         "render_derived",
         "render_derived_with_types",
         "lateral"});
  auto details = std::make_unique<AliasDetails>();
  if (const Json* columns = returned_columns(tree, b.definition(tree["element"]))) {
    for (const Json& item : *columns) {
      const Json& column = b.definition(item);
      details->columns.push_back({plain_name(column["name"]), {}, 0});
      details->column_types.push_back(b.type_of(column));
    }
  }
  details->joins_implicitly = flag(tree, "joins_implicitly");
  details->renders_columns = flag(tree, "render_derived");
  details->renders_column_types = flag(tree, "render_derived_with_types");
  details->is_lateral = flag(tree, "lateral");
  return make_node<Alias>(Kind::table_valued_alias,
                          b.node(tree["element"]),
                          alias_name(tree),
                          false,
                          sealed(std::move(details)));
}

Ref values(Builder& b, const Json& tree) {
  allow(tree, {"columns", "data", "name", "literal_binds", "lateral"});
  std::vector<ColumnSpec> specs = column_specs(b, tree["columns"]);
  Refs rows;
  for (const Json& call : tree["data"]) {
    for (const Json& row : call) {
      Refs items;
      for (const Json& item : row) {
        const std::size_t place = items.size();
        items.push_back(b.node_or_value(item, place < specs.size() ? specs[place].type : nullptr));
      }
      rows.push_back(tuple(std::move(items)));
    }
  }
  return make_node<Values>(find(tree, "name") ? alias_name(tree) : std::string(),
                           std::move(specs),
                           std::move(rows),
                           flag(tree, "literal_binds"),
                           flag(tree, "lateral"));
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
    Maker{"TableSample", &table_sample},
    Maker{"TableValuedAlias", &table_valued_alias},
    Maker{"Values", &values},
    Maker{"Join", &join},
    Maker{"FromGrouping", &grouped},
    Maker{"SelectStatementGrouping", &grouped},
};

}  // namespace

std::span<const Maker> selectable_makers() {
  return makers;
}

}  // namespace azoth::conformance
