// SPDX-License-Identifier: MIT
// Relationships as SQL, and what `select.join(&User::addresses)` does.
#include "orm/load/relationship_join.hpp"

#include "orm/with_polymorphic.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/relationship.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth::orm {

using sql::Ref;

namespace {

Ref all_of(sql::Refs conditions) {
  return conditions.size() == 1 ? std::move(conditions.front())
                                : sql::conjunction(sql::Op::and_, std::move(conditions));
}

Ref equal(Ref referred, Ref referring) {
  return sql::compare(sql::Op::eq, std::move(referred), std::move(referring));
}

// A join to a class that shares its parent's table is to its rows only.
Ref with_criteria(Ref condition, const Mapper& mapper, const TablePlace& place) {
  Ref criteria = single_table_criteria(mapper, place);
  return criteria
             ? sql::conjunction(sql::Op::and_, sql::Refs{std::move(condition), std::move(criteria)})
             : std::move(condition);
}

bool has_part(const Ref& statement, sql::Clause clause, const Ref& node) {
  bool found = false;
  sql::as<sql::Statement>(statement).each(
      clause, [&](const Ref& part) { found |= part->hash() == node->hash(); });
  return found;
}

}  // namespace

Ref target_condition(const RelationshipAttribute& r,
                     const TablePlace& parent,
                     const TablePlace& target) {
  sql::Refs conditions;
  for (const RelationshipAttribute::Pair& pair : r.pairs) {
    conditions.push_back(r.direction == Direction::many_to_one
                             ? equal(target.at(pair.remote), parent.at(pair.local))
                             : equal(parent.at(pair.local), target.at(pair.remote)));
  }
  return all_of(std::move(conditions));
}

Ref secondary_condition(const RelationshipAttribute& r,
                        const TablePlace& parent,
                        const TablePlace& secondary) {
  sql::Refs conditions;
  for (const RelationshipAttribute::Pair& pair : r.pairs) {
    conditions.push_back(equal(parent.at(pair.local), secondary.at(pair.remote)));
  }
  return all_of(std::move(conditions));
}

Ref beyond_secondary_condition(const RelationshipAttribute& r,
                               const TablePlace& secondary,
                               const TablePlace& target) {
  sql::Refs conditions;
  for (const RelationshipAttribute::Pair& pair : r.secondary_pairs) {
    conditions.push_back(equal(target.at(pair.remote), secondary.at(pair.local)));
  }
  return all_of(std::move(conditions));
}

void append_outer_join(Ref& select,
                       const RelationshipAttribute& r,
                       const TablePlace& parent,
                       const TablePlace& target) {
  Ref right = target.from;
  Ref condition;
  if (r.secondary) {
    const TablePlace secondary{sql::alias(Ref(r.secondary))};
    right =
        sql::join(secondary.from, target.from, beyond_secondary_condition(r, secondary, target));
    condition = secondary_condition(r, parent, secondary);
  } else {
    condition = target_condition(r, parent, target);
  }
  condition = with_criteria(std::move(condition), *r.target, target);
  sql::StatementBuilder::append(
      select, sql::Clause::join, sql::join_step(parent.from, right, std::move(condition), true));
}

void append_order(Ref& select, const RelationshipAttribute& r, const TablePlace& target) {
  for (const RelationshipAttribute::Order& order : r.order) {
    Ref column = target.at(r.target->columns[order.column].position);
    if (order.is_descending) {
      column = sql::unary_postfix(sql::Op::desc, std::move(column));
    }
    sql::StatementBuilder::append(select, sql::Clause::order_by, std::move(column));
  }
}

void join_along(Ref& statement, const Mapper& mapper, unsigned attribute, bool is_outer) {
  const RelationshipAttribute& r = configured(mapper).relationship(attribute);
  const TablePlace parent = place_of(mapper), target = place_of(*r.target);
  if (parent.from == target.from) {
    throw InvalidRequestError("Can't construct a join from " + mapper.display_name() + " to " +
                              r.target->display_name() + ", they are the same entity");
  }
  if (!r.secondary) {
    const Ref step =
        sql::join_step(parent.from,
                       target.from,
                       with_criteria(target_condition(r, parent, target), *r.target, target),
                       is_outer);
    if (!has_part(statement, sql::Clause::join, step)) {  // joined before: once is enough
      sql::StatementBuilder::append(statement, sql::Clause::join, step);
    }
    return;
  }
  if (is_outer) {
    return append_outer_join(statement, r, parent, target);
  }
  const TablePlace secondary{sql::alias(Ref(r.secondary))};
  sql::StatementBuilder::append(
      statement,
      sql::Clause::join,
      sql::join_step(
          parent.from, secondary.from, secondary_condition(r, parent, secondary), false));
  sql::StatementBuilder::append(
      statement,
      sql::Clause::join,
      sql::join_step(
          secondary.from,
          target.from,
          with_criteria(beyond_secondary_condition(r, secondary, target), *r.target, target),
          false));
}

}  // namespace azoth::orm
