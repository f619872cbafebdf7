// SPDX-License-Identifier: MIT
// Makes the expressions that only MySQL has.
#include <azoth/dialects/mysql.hpp>
#include <azoth/sql/vendor_elements.hpp>

namespace azoth::mysql {

using namespace sql;

namespace {

Expr<bool> made(std::initializer_list<OrderItem> columns, Ref against, MatchOptions options) {
  Refs nodes;
  for (const OrderItem& column : columns) {
    nodes.push_back(column.node());
  }
  auto* node = new MatchAgainst(std::move(nodes), std::move(against));
  Ref ref = Ref::adopt(node);
  node->in_boolean_mode = options.in_boolean_mode;
  node->in_natural_language_mode = options.in_natural_language_mode;
  node->with_query_expansion = options.with_query_expansion;
  seal(*node);
  return Expr<bool>(std::move(ref));
}

}  // namespace

Expr<bool> match(std::initializer_list<OrderItem> columns,
                 const Literal& against,
                 MatchOptions options) {
  return made(columns, bind(against), options);
}

Expr<bool> match(std::initializer_list<OrderItem> columns, Any against, MatchOptions options) {
  return made(columns, std::move(against).release(), options);
}

}  // namespace azoth::mysql
