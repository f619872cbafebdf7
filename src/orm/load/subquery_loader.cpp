// SPDX-License-Identifier: MIT
// Subquery loading: the statement that found the parents, reduced to their keys, becomes a subquery
// to which the related table is joined.
//
//   SELECT user.id, user.name FROM user WHERE user.name = ?
//   SELECT address.id AS ..., anon_1.user_id AS anon_1_user_id
//   FROM (SELECT user.id AS user_id FROM user WHERE user.name = ?) AS anon_1
//   JOIN address ON anon_1.user_id = address.user_id
#include "orm/custom_join.hpp"
#include "orm/load/criteria.hpp"
#include "orm/load/list_filler.hpp"
#include "orm/load/object_table.hpp"
#include "orm/load/options.hpp"
#include "orm/load/relationship_join.hpp"
#include "orm/load/rewriter.hpp"
#include "orm/load/row_reader.hpp"
#include "orm/load/selectin_loader.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::orm {

namespace {

using sql::Clause;
using sql::Ref;
using sql::StatementBuilder;

// Whether a primaryjoin speaks of the parent beyond the pairs: the subquery has its key alone.
bool asks_parent(const RelationshipAttribute& r) {
  bool asks = false;
  for (const Ref& part : r.criteria) {
    static_cast<void>(criteria_at(
        r,
        part,
        [](std::uint32_t) { return Ref(); },
        [&](std::uint32_t) {
          asks = true;
          return Ref();
        }));
  }
  return asks;
}

// Whether the relationship goes by the parents' primary key, by which rows find them again.
bool goes_by_key(const RelationshipAttribute& r) {
  return r.direction != Direction::many_to_one && !asks_parent(r) &&
         r.pairs.size() == r.parent->primary_key.size() &&
         std::all_of(r.pairs.begin(), r.pairs.end(), [&](const auto& pair) {
           return r.parent->column_at(pair.local).is_primary_key;
         });
}

// The place of the parent among the entities of the statement that found it, or null.
const sql::Entity* entity_of(const Ref& statement, const Mapper& mapper) {
  const sql::Entity* found = nullptr;
  sql::as<sql::Statement>(statement).each(Clause::column, [&](const Ref& part) {
    if (part->kind() == sql::Kind::entity &&
        sql::as<sql::Entity>(part).mapper == static_cast<const void*>(&mapper)) {
      found = found ? found : &sql::as<sql::Entity>(part);
    }
  });
  return found;
}

bool is_limited(const sql::Statement& select) {
  return select.has(Clause::limit) || select.has(Clause::offset) || select.has(Clause::fetch);
}

// SELECT of the parents' keys, in the order of the primary key.
Ref select_keys(const Ref& statement, const Mapper& mapper, const TablePlace& place) {
  Ref keys = statement;
  StatementBuilder::remove(keys, Clause::option);
  if (!is_limited(sql::as<sql::Statement>(statement))) {
    StatementBuilder::remove(keys, Clause::order_by);
  }
  StatementBuilder::remove(keys, Clause::column);
  StatementBuilder::set_label_style(keys, sql::LabelStyle::tablename_plus_col);
  for (const std::uint32_t slot : mapper.primary_key) {
    StatementBuilder::append(keys, Clause::column, place.at(mapper.columns[slot].position));
  }
  return keys;
}

Ref joined(const RelationshipAttribute& r, const TablePlace& parent, const TablePlace& target) {
  if (!r.secondary) {
    return sql::join(parent.from, target.from, target_condition(r, parent, target));
  }
  const TablePlace secondary{sql::alias(Ref(r.secondary))};
  return sql::join(
      sql::join(parent.from, secondary.from, secondary_condition(r, parent, secondary)),
      target.from,
      beyond_secondary_condition(r, secondary, target));
}

Ref statement_for(const EagerStep& step, const Ref& origin, const sql::Entity& entity) {
  const RelationshipAttribute& r = *step.relationship;
  const Mapper& mapper = *r.parent;
  const Ref anon = sql::subquery(select_keys(origin, mapper, table_place(entity.from, mapper)));
  TablePlace parent{anon, sql::Refs(sql::as<sql::FromNode>(mapper.selectable).specs().size())};
  for (std::size_t i = 0; i < mapper.primary_key.size(); ++i) {
    parent.columns[mapper.columns[mapper.primary_key[i]].position] =
        sql::as<sql::FromNode>(anon).column(i);
  }
  const TablePlace target = place_of(*r.target);
  Ref select = StatementBuilder::make(sql::Kind::select);
  StatementBuilder::set_label_style(select, sql::LabelStyle::tablename_plus_col);
  StatementBuilder::append(select, Clause::column, entity_node(*r.target));
  for (std::size_t i = 0; i < mapper.primary_key.size(); ++i) {
    StatementBuilder::append(select, Clause::column, sql::as<sql::FromNode>(anon).column(i));
  }
  StatementBuilder::append(select, Clause::from, joined(r, parent, target));
  append_order(select, r, target);
  // The options beneath it and the classes on the way, as its selectin statement has them.
  sql::as<sql::Statement>(step.selectin.statement).each(Clause::option, [&](const Ref& part) {
    StatementBuilder::append(select, Clause::option, part);
  });
  return select;
}

}  // namespace

bool load_subquery(SessionState& session,
                   const EagerStep& step,
                   const EntityPlan& entity,
                   std::span<Object* const> parents,
                   const Ref& statement,
                   bool populate_existing) {
  const RelationshipAttribute& r = *step.relationship;
  const sql::Entity* place =
      statement->kind() == sql::Kind::select && goes_by_key(r) && r.parent == entity.mapper
          ? entity_of(statement, *entity.mapper)
          : nullptr;
  if (!place) {
    return false;
  }
  if (parents.empty()) {
    return true;
  }
  ObjectTable places;
  for (Object* parent : parents) {
    places.insert(parent);
  }
  Ref select = statement_for(step, statement, *place);
  append_criteria(select, criteria_of(statement));
  CursorResult rows =
      session.connection().run(select, Params{}, {.rewriter = &EntityRewriter::instance()});
  RowReader reader(session, rows, populate_existing);
  reader.follow_criteria(select);
  const RowPlan& plan = reader.plan();
  ListFiller lists;
  std::vector<Value> key;
  while (rows.next()) {
    key.clear();
    for (std::size_t i = 1; i < plan.outputs.size(); ++i) {
      const TypePtr type = r.parent->columns[r.parent->primary_key[i - 1]].type;
      key.push_back(rows.cursor().value(static_cast<int>(plan.outputs[i].column), type));
    }
    Object* parent = session.identities.find(*r.parent, key);
    const std::uint32_t ordinal = parent ? places.find(parent) : ObjectTable::npos;
    Object* member = reader.read(*plan.entities.front());
    if (ordinal != ObjectTable::npos && member) {
      lists.add(ordinal, member);
    }
  }
  reader.finish();
  lists.fill(r, parents, true);
  return true;
}

}  // namespace azoth::orm
