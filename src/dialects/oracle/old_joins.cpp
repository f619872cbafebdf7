// SPDX-License-Identifier: MIT
// Joins for Oracle before version 9, which has no JOIN: the tables are listed in FROM, the
// conditions stand in WHERE, and `(+)` marks the columns of the side that may be missing.
//
//   FROM a LEFT OUTER JOIN b ON a.id = b.a_id  ->  FROM a, b WHERE a.id = b.a_id(+)
#include "compile/from_list.hpp"
#include "dialects/oracle/oracle_dialect.hpp"
#include <azoth/sql/expression.hpp>

namespace azoth::oracle {

using namespace sql;

namespace {

bool is_alias_of(const Node& from, const Node& element) {
  switch (from.kind()) {
    case Kind::alias:
      return compile::contains(*as<Alias>(from).element, element);
    case Kind::join:
      return is_alias_of(*as<Join>(from).left, element) ||
             is_alias_of(*as<Join>(from).right, element);
    default:
      return false;
  }
}

// Marks the columns of one side of an outer join, on either side of each operator.
class Marker final : public ChildMap {
 public:
  explicit Marker(const Node& optional) : optional_(optional) {}

  Ref operator()(const Ref& node) override {
    if (node->kind() != Kind::binary) {
      return node->kind() >= Kind::table || node->kind() == Kind::column
                 ? node
                 : node->map_children(*this);
    }
    const auto& binary = as<BinaryExpression>(node);
    Ref left = binary.left, right = binary.right;
    if (is_optional(left)) {
      left = marked(left);
    } else if (is_optional(right)) {
      right = marked(right);
    }
    if (left == binary.left && right == binary.right) {
      return node->map_children(*this);
    }
    auto* copy = new BinaryExpression(binary);
    Ref ref = Ref::adopt(copy);
    copy->left = std::move(left);
    copy->right = std::move(right);
    seal(*copy);
    return ref;
  }

 private:
  bool is_optional(const Ref& element) const {
    if (element->kind() != Kind::column) {
      return false;
    }
    const FromNode& owner = *as<ColumnNode>(element).owner;
    return compile::contains(optional_, owner) || is_alias_of(optional_, owner);
  }

  static Ref marked(const Ref& column) {
    return make_node<ClauseList>(Op::none, Refs{column, literal_column("(+)")}, column->type());
  }

  const Node& optional_;
};

void collect_conditions(const Ref& from, Refs& out) {
  if (from->kind() != Kind::join) {
    return;
  }
  const auto& join = as<Join>(from);
  out.push_back(join.is_outer ? Marker(*join.right)(join.onclause) : join.onclause);
  collect_conditions(join.left, out);
  collect_conditions(join.right, out);
}

}  // namespace

Ref without_joins(const Ref& select) {
  const auto& statement = as<Statement>(select);
  Refs conditions;
  for (const Ref& from : compile::select_froms(statement)) {
    collect_conditions(from, conditions);
  }
  if (conditions.empty()) {
    return {};
  }
  Ref out = select;
  for (Ref& condition : conditions) {
    StatementBuilder::append(out, Clause::where, std::move(condition));
  }
  return out;
}

}  // namespace azoth::oracle
