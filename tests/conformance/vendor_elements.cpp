// SPDX-License-Identifier: MIT
// Expressions and clauses that only one database has.
#include "conformance/builder.hpp"
#include <azoth/sql/expression.hpp>
#include <azoth/sql/upsert.hpp>
#include <azoth/sql/vendor_elements.hpp>

#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

template <class N>
Ref sealed(std::unique_ptr<N> node) {
  seal(*node);
  return Ref::adopt(node.release());
}

Ref array_literal(Builder& b, const Json& tree) {
  allow(tree, {"clauses", "type"});
  return make_node<ArrayLiteral>(b.list(tree, "clauses"), b.type_of(tree));
}

// The order may be a list of several elements.
Ref aggregate_order_by(Builder& b, const Json& tree) {
  allow(tree, {"target", "order_by", "type"});
  const Json& order = tree["order_by"];
  return make_node<AggregateOrderBy>(
      b.node(tree["target"]),
      text(order, "class") == "ClauseList" ? b.list(order, "clauses") : Refs{b.node(order)});
}

Ref match_against(Builder& b, const Json& tree) {
  allow(tree, {"left", "right", "modifiers", "operator"});
  const Json& columns = b.definition(tree["left"]);
  auto node = std::make_unique<MatchAgainst>(
      columns.contains("clauses") ? b.list(columns, "clauses") : Refs{b.node(columns)},
      b.node(tree["right"]));
  if (const Json* modifiers = find(tree, "modifiers")) {
    allow(*modifiers, {"mysql_boolean_mode", "mysql_natural_language", "mysql_query_expansion"});
    node->in_boolean_mode = flag(*modifiers, "mysql_boolean_mode");
    node->in_natural_language_mode = flag(*modifiers, "mysql_natural_language");
    node->with_query_expansion = flag(*modifiers, "mysql_query_expansion");
  }
  return sealed(std::move(node));
}

// `key = value` of an upsert; a plain value is a parameter of its own.
Refs assignments(Builder& b, const Json& tree, const char* name) {
  Refs out;
  if (const Json* pairs = find(tree, name)) {
    for (const Json& pair : *pairs) {
      std::string key;
      if (is_node(pair[0])) {
        const Ref column = b.node(pair[0]);
        if (column->kind() != Kind::column && column->kind() != Kind::column_clause) {
          throw CannotBuild("upsert of class " + text(pair[0], "class"));
        }
        key = column->kind() == Kind::column ? as<ColumnNode>(column).key()
                                             : as<ColumnClause>(column).name;
      } else {
        key = plain_name(pair[0]);
      }
      out.push_back(make_node<Assignment>(key, b.node_or_value(pair[1])));
    }
  }
  return out;
}

// Names of columns stand for columns without a table.
Refs index_elements(Builder& b, const Json& tree) {
  Refs out;
  if (const Json* elements = find(tree, "index_elements")) {
    for (const Json& element : *elements) {
      out.push_back(is_node(element) ? b.node(element) : column(plain_name(element)));
    }
  }
  return out;
}

Ref on_conflict(Builder& b, const Json& tree) {
  allow(tree, {"constraint", "index_elements", "index_where", "set", "where"});
  auto node = std::make_unique<OnConflict>(text(tree, "class") == "OnConflictDoUpdate");
  if (const Json* constraint = find(tree, "constraint")) {
    const Name name = name_of(*constraint);
    node->constraint = name.form == Name::Form::convention
                           ? ConstraintName(conv(name.text))
                           : ConstraintName(plain_name(*constraint));
  }
  node->index_elements = index_elements(b, tree);
  node->index_where = b.optional(tree, "index_where");
  node->set = assignments(b, tree, "set");
  node->where = b.optional(tree, "where");
  return sealed(std::move(node));
}

Ref on_duplicate_key(Builder& b, const Json& tree) {
  allow(tree, {"inserted_alias", "update", "ordering"});
  auto node = std::make_unique<OnDuplicateKeyUpdate>(b.optional(tree, "inserted_alias"));
  node->set = assignments(b, tree, "update");
  if (const Json* keys = find(tree, "ordering")) {
    for (const Json& key : *keys) {
      node->ordering.push_back(plain_name(key));
    }
  }
  return sealed(std::move(node));
}

constexpr std::array makers{
    Maker{"postgresql.array", &array_literal},
    Maker{"postgresql.aggregate_order_by", &aggregate_order_by},
    Maker{"mysql.match", &match_against},
    Maker{"OnConflictDoNothing", &on_conflict},
    Maker{"OnConflictDoUpdate", &on_conflict},
    Maker{"OnDuplicateKeyUpdate", &on_duplicate_key},
};

}  // namespace

std::span<const Maker> vendor_element_makers() {
  return makers;
}

}  // namespace azoth::conformance
