// SPDX-License-Identifier: MIT
// Relationships as SQL, and what `select.join(&User::addresses)` does.
#include "orm/load/relationship_join.hpp"

#include "orm/custom_join.hpp"
#include "orm/load/criteria.hpp"
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

}  // namespace

Ref with_criteria(Ref condition, const Mapper& mapper, const TablePlace& place) {
  Ref criteria = single_table_criteria(mapper, place);
  return criteria
             ? sql::conjunction(sql::Op::and_, sql::Refs{std::move(condition), std::move(criteria)})
             : std::move(condition);
}

Ref target_condition(const RelationshipAttribute& r,
                     const TablePlace& parent,
                     const TablePlace& target) {
  sql::Refs conditions;
  for (const RelationshipAttribute::Pair& pair : r.pairs) {
    conditions.push_back(r.direction == Direction::many_to_one
                             ? equal(target.at(pair.remote), parent.at(pair.local))
                             : equal(parent.at(pair.local), target.at(pair.remote)));
  }
  for (const Ref& part : r.criteria) {
    conditions.push_back(criteria_at(
        r,
        part,
        [&](std::uint32_t position) { return target.at(position); },
        [&](std::uint32_t position) { return parent.at(position); }));
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
                       const TablePlace& target,
                       const sql::Refs& criteria) {
  Ref right = target.from;
  Ref condition;
  if (r.secondary) {
    const TablePlace secondary{sql::alias(Ref(r.secondary))};
    Ref beyond = with_criteria(
        beyond_secondary_condition(r, secondary, target), criteria, *r.target, target);
    right = sql::join(secondary.from, target.from, std::move(beyond));
    condition = with_criteria(secondary_condition(r, parent, secondary), *r.target, target);
  } else {
    condition = with_criteria(target_condition(r, parent, target), *r.target, target);
    condition = with_criteria(std::move(condition), criteria, *r.target, target);
  }
  sql::StatementBuilder::append(
      select, sql::Clause::join, sql::join_step(parent.from, right, std::move(condition), true));
}

namespace {

void replace_first_join(Ref& select, const Ref& left) {
  sql::Refs steps;
  sql::as<sql::Statement>(select).each(sql::Clause::join,
                                       [&](const Ref& part) { steps.push_back(part); });
  const auto& first = sql::as<sql::JoinStep>(steps.front());
  steps.front() = sql::join_step(left, first.target, first.onclause, first.is_outer, first.is_full);
  sql::StatementBuilder::remove(select, sql::Clause::join);
  for (const Ref& step : steps) {
    sql::StatementBuilder::append(select, sql::Clause::join, step);
  }
}

}  // namespace

void name_left_side(Ref& select, const sql::Refs& columns) {
  const auto& statement = sql::as<sql::Statement>(select);
  const Ref* first = statement.first(sql::Clause::join);
  if (!first || statement.has(sql::Clause::from) || sql::as<sql::JoinStep>(*first).left) {
    return;
  }
  sql::Refs owners;
  for (const Ref& column : columns) {
    sql::collect_froms(column, owners);
  }
  statement.each(sql::Clause::where, [&](const Ref& part) { sql::collect_froms(part, owners); });
  const Ref named = sql::as<sql::JoinStep>(*first).target;
  const Ref target = named->kind() == sql::Kind::entity ? sql::as<sql::Entity>(named).from : named;
  std::erase_if(owners, [&](const Ref& owner) {
    return owner == target || (owners.size() > 1 && !sql::can_join(owner, target));
  });
  if (owners.size() == 1) {
    replace_first_join(select, owners.front());
  }
}

void append_order(Ref& select, const RelationshipAttribute& r, const TablePlace& target) {
  for (const Ref& part : r.custom_order) {
    const auto at = [&](std::uint32_t position) { return target.at(position); };
    sql::StatementBuilder::append(select, sql::Clause::order_by, criteria_at(r, part, at, at));
  }
  for (const RelationshipAttribute::Order& order : r.order) {
    Ref column = target.at(r.target->columns[order.column].position);
    if (order.is_descending) {
      column = sql::unary_postfix(sql::Op::desc, std::move(column));
    }
    sql::StatementBuilder::append(select, sql::Clause::order_by, std::move(column));
  }
}

}  // namespace azoth::orm
