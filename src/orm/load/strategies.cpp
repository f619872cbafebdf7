// SPDX-License-Identifier: MIT
// Which relationship of an entity is loaded how: the option of the statement, else the default of
// the mapping.
#include "orm/expressions.hpp"
#include "orm/load/plan_builder.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::orm {

using sql::Ref;

namespace {

bool contains(const std::vector<const Mapper*>& ancestors, const Mapper& mapper) {
  return std::find(ancestors.begin(), ancestors.end(), &mapper) != ancestors.end();
}

LazyStrategy effective(LazyStrategy strategy, bool is_refresh) {
  const bool is_batch = strategy == LazyStrategy::subquery || strategy == LazyStrategy::selectin;
  return is_batch && is_refresh ? LazyStrategy::immediate : strategy;
}

// The parents' columns in the order of the key that rows and parents are matched by.
std::vector<std::uint32_t> slots_at(const Mapper& mapper,
                                    const std::vector<std::uint32_t>& positions) {
  std::vector<std::uint32_t> slots;
  for (const std::uint32_t position : positions) {
    slots.push_back(mapper.column_at(position).slot);
  }
  return slots;
}

// The other ends of a relationship's pairs for the primary key columns of one side, in the key's
// order; empty when the pairs are not exactly that key.
template <class Own, class Other>
std::vector<std::uint32_t> across_key(const RelationshipAttribute& r,
                                      const Mapper& keyed,
                                      Own own,
                                      Other other) {
  std::vector<std::uint32_t> positions;
  for (const std::uint32_t slot : keyed.primary_key) {
    for (const RelationshipAttribute::Pair& pair : r.pairs) {
      if (keyed.slots_at[pair.*own] == slot) {
        positions.push_back(pair.*other);
        break;
      }
    }
  }
  const bool is_whole =
      positions.size() == keyed.primary_key.size() && r.pairs.size() == keyed.primary_key.size();
  return is_whole ? positions : std::vector<std::uint32_t>{};
}

std::vector<std::uint32_t> key_positions(const Mapper& mapper) {
  std::vector<std::uint32_t> positions;
  for (const std::uint32_t slot : mapper.primary_key) {
    positions.push_back(mapper.columns[slot].position);
  }
  return positions;
}

// `key` and the types of its columns; each column is selected too when rows are matched by it.
void set_key(SelectinPlan& plan,
             const TablePlace& place,
             const std::vector<std::uint32_t>& positions) {
  sql::Refs columns;
  for (const std::uint32_t position : positions) {
    columns.push_back(place.at(position));
    plan.key_types.push_back(columns.back()->type());
    if (plan.match == SelectinPlan::Match::by_parent_key) {
      sql::StatementBuilder::append(plan.statement, sql::Clause::column, columns.back());
    }
  }
  plan.key = columns.size() == 1 ? columns.front() : sql::tuple(std::move(columns));
}

// `FROM parent AS parent_1 JOIN target ON ...`, or through the association table.
Ref from_parent(const RelationshipAttribute& r,
                const TablePlace& parent,
                const TablePlace& target) {
  if (!r.secondary) {
    return sql::join(parent.from, target.from, target_condition(r, parent, target));
  }
  const TablePlace secondary{sql::alias(Ref(r.secondary))};
  const Ref left =
      sql::join(parent.from, secondary.from, secondary_condition(r, parent, secondary));
  return sql::join(left, target.from, beyond_secondary_condition(r, secondary, target));
}

void refuse_population(const RelationshipAttribute& r, const LoadPath::Step* option) {
  if (option && option->strategy != LazyStrategy::from_mapping &&
      option->strategy != LazyStrategy::select) {
    throw InvalidRequestError("'" + r.full_name() +
                              "' does not support object population - eager loading cannot be "
                              "applied.");
  }
}

EagerStep plan_step(const RelationshipAttribute& r,
                    LazyStrategy strategy,
                    const LoadPath& below,
                    const Ref& place,
                    std::vector<const Mapper*>& ancestors,
                    std::uint32_t& count) {
  EagerStep step;
  step.relationship = &r;
  step.strategy = strategy;
  step.target = place;
  if (strategy == LazyStrategy::selectin || strategy == LazyStrategy::subquery) {
    step.selectin = plan_selectin(r, below, ancestors);
  } else if (strategy == LazyStrategy::joined || strategy == LazyStrategy::contains_eager) {
    const Mapper& target = configured(*r.target);
    step.is_outer_join = strategy == LazyStrategy::joined;
    const bool is_entity = place && place->kind() == sql::Kind::entity;
    step.positions = is_entity ? std::vector<std::uint32_t>{} : loaded_positions(target, below);
    step.expressions = loaded_expressions(target, below);
    step.expression_options.expressions = below.expressions;
    sql::Refs columns(step.expressions.size());
    const sql::Refs rest = columns_at(place_of(target), step.positions);
    columns.insert(columns.end(), rest.begin(), rest.end());
    if (is_entity) {
      columns = sql::as<sql::Entity>(place).columns;
    }
    step.joined = plan_entity(target, columns, count++, step.expressions);
    ancestors.push_back(r.target);
    plan_steps(*step.joined, below, ancestors, count);
    ancestors.pop_back();
  }
  return step;
}

}  // namespace

std::vector<std::uint32_t> loaded_positions(const Mapper& mapper, const LoadPath& path) {
  if (path.columns.empty()) {
    return mapper.entity_positions;
  }
  std::vector<std::uint32_t> positions;
  for (const ColumnAttribute& column : mapper.columns) {
    if (column_strategy(column, path) == ColumnStrategy::load) {
      positions.push_back(column.position);
    }
  }
  return positions;
}

sql::Refs columns_at(const TablePlace& place, const std::vector<std::uint32_t>& positions) {
  sql::Refs columns;
  for (const std::uint32_t position : positions) {
    const bool is_known = place.columns.empty() || position < place.columns.size();
    if (Ref column = is_known ? place.at(position) : Ref()) {
      columns.push_back(std::move(column));
    }
  }
  return columns;
}

void plan_steps(EntityPlan& entity,
                const LoadPath& path,
                std::vector<const Mapper*>& ancestors,
                std::uint32_t& count,
                bool is_refresh) {
  static const LoadPath nothing;
  for (const RelationshipAttribute& r : configured(*entity.mapper).relationships) {
    const LoadPath::Step* option = path.find(r);
    const LazyStrategy strategy = effective(path.strategy_of(r), is_refresh);
    if (r.is_never_loaded) {
      refuse_population(r, option);
      continue;
    }
    if (strategy == LazyStrategy::noload) {
      entity.unloaded[r.index / 32] &= ~(1u << r.index % 32);
    }
    const bool is_eager = strategy == LazyStrategy::joined || strategy == LazyStrategy::selectin ||
                          strategy == LazyStrategy::subquery ||
                          strategy == LazyStrategy::contains_eager ||
                          strategy == LazyStrategy::immediate;
    if (!is_eager || (!option && contains(ancestors, *r.target))) {
      continue;
    }
    entity.steps.push_back(plan_step(r,
                                     strategy,
                                     option ? option->below : nothing,
                                     option ? option->target : Ref(),
                                     ancestors,
                                     count));
    const EagerStep& step = entity.steps.back();
    entity.has_loaders |= !step.joined || r.is_list;
  }
  finish_subclasses(entity);
  entity.context = path.empty() ? nullptr : make_context(*entity.mapper, path);
  entity.does_more = !entity.steps.empty() || entity.context;
}

SelectinPlan plan_selectin(const RelationshipAttribute& r,
                           const LoadPath& below,
                           const std::vector<const Mapper*>& ancestors) {
  using Pair = RelationshipAttribute::Pair;
  SelectinPlan plan;
  const Mapper& target = configured(*r.target);
  const TablePlace target_place = place_of(target);
  plan.statement = sql::StatementBuilder::make(sql::Kind::select);
  sql::StatementBuilder::set_label_style(plan.statement, sql::LabelStyle::tablename_plus_col);
  plan.parent_slots = r.parent->primary_key;
  if (r.is_key_lookup) {
    plan.match = SelectinPlan::Match::by_target_key;
    plan.parent_slots = slots_at(*r.parent, across_key(r, target, &Pair::remote, &Pair::local));
    plan.is_integer_key = target.has_integer_key;
    set_key(plan, target_place, key_positions(target));
  } else {
    plan.is_integer_key = r.parent->has_integer_key;
    const std::vector<std::uint32_t> foreign_key =
        r.direction == Direction::one_to_many
            ? across_key(r, *r.parent, &Pair::local, &Pair::remote)
            : std::vector<std::uint32_t>{};
    if (!foreign_key.empty() && r.criteria.empty()) {
      set_key(plan, target_place, foreign_key);
    } else {
      const TablePlace parent = aliased_place(*r.parent);
      set_key(plan, parent, key_positions(*r.parent));
      sql::StatementBuilder::append(
          plan.statement, sql::Clause::from, from_parent(r, parent, target_place));
    }
  }
  sql::StatementBuilder::append(plan.statement, sql::Clause::column, entity_of(target));
  append_order(plan.statement, r, target_place);
  append_options(plan.statement, below);
  for (const Mapper* ancestor : ancestors) {
    sql::StatementBuilder::append(plan.statement, sql::Clause::option, ancestor_option(ancestor));
  }
  return plan;
}

bool joins_any(const EntityPlan& entity) {
  return std::any_of(entity.steps.begin(), entity.steps.end(), [](const EagerStep& step) {
    return step.joined != nullptr;
  });
}

bool joins_list(const EntityPlan& entity, bool outer_only) {
  return std::any_of(entity.steps.begin(), entity.steps.end(), [&](const EagerStep& step) {
    const bool is_list = step.relationship->is_list && (step.is_outer_join || !outer_only);
    return step.joined && (is_list || joins_list(*step.joined, outer_only));
  });
}

}  // namespace azoth::orm
