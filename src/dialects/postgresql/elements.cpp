// SPDX-License-Identifier: MIT
// Makes the expressions that only PostgreSQL has.
#include <azoth/dialects/postgresql.hpp>
#include <azoth/sql/vendor_elements.hpp>

namespace azoth::postgresql::detail {

using namespace sql;

Ref array(Refs clauses) {
  const TypePtr item = clauses.empty() ? types::null_type() : clauses.front()->type();
  return make_node<ArrayLiteral>(std::move(clauses), ARRAY(item));
}

Ref aggregate_order_by(Ref target, std::initializer_list<OrderItem> order) {
  Refs items;
  for (const OrderItem& item : order) {
    items.push_back(item.node());
  }
  return make_node<AggregateOrderBy>(std::move(target), std::move(items));
}

// Each family of types has its own precedence; a value is bound under the name of the left side.
Ref comparison(std::string_view op, Ref left, Ref right) {
  CustomOperator custom_op{.text = op, .is_comparison = true, .type = types::Boolean()};
  if (left->type()->kind == TypeKind::array) {
    custom_op.precedence = 5;
  } else if (left->type()->kind == TypeKind::json || left->type()->name == "HSTORE") {
    custom_op.precedence = 15;
    custom_op.is_eager = custom_op.is_self_precedent = true;
  }
  if (right->kind() == Kind::bind && as<BindParameter>(right).key == "param") {
    return custom(custom_op, std::move(left), Literal(as<BindParameter>(right).value));
  }
  return custom(custom_op, std::move(left), std::move(right));
}

}  // namespace azoth::postgresql::detail
