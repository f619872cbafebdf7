// SPDX-License-Identifier: MIT
// Planning of a statement:
//
//   columns clause -> outputs, entities -> steps (strategies.cpp) -> joins and their columns
//
// Without joined steps the statement is compiled as it is: the compiler expands an entity to its
// columns. A joined list under LIMIT, OFFSET, DISTINCT or GROUP BY would count its rows with the
// entity's: the statement then becomes a subquery, and what is joined, is joined to that.
#include "orm/load/rewriter.hpp"

#include "orm/expressions.hpp"
#include "orm/load/criteria.hpp"
#include "orm/load/plan_builder.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <optional>

namespace azoth::orm {

using sql::Clause;
using sql::Kind;
using sql::Ref;
using sql::Refs;
using sql::Statement;
using sql::StatementBuilder;

namespace {

const Statement& as_statement(const Ref& ref) {
  return sql::as<Statement>(ref);
}

bool is_from(const Ref& part) {
  return part->kind() >= Kind::table && part->kind() <= Kind::lateral;
}

// Plans one statement and writes what is compiled in its place.
class Planner {
 public:
  Planner(const Ref& statement, const Refs& criteria)
      : statement_(statement), criteria_(criteria) {}

  Ref plan(RowPlan& plan) {
    plan_ = &plan;
    read_ancestors();
    read_paths();
    read_columns();
    if (!joins_any_ && !is_secondary_ && !chooses_columns_ && !repeats_columns_) {
      return statement_;
    }
    return needs_subquery() ? joined_to_subquery() : joined_in_place();
  }

 private:
  // A statement that a loader emits behind others: repeated columns are selected once.
  void read_ancestors() {
    as_statement(statement_).each(Clause::option, [&](const Ref& part) {
      if (part->kind() == Kind::loader_option &&
          sql::as<LoaderOption>(part).form == LoaderOption::Form::ancestor) {
        if (const Mapper* ancestor = sql::as<LoaderOption>(part).mapper) {
          ancestors_.push_back(ancestor);
          is_secondary_ = true;
        } else {
          is_refresh_ = true;
        }
      }
    });
  }

  const Statement& first_select() const {
    const Ref* select = &statement_;
    while ((*select)->kind() == Kind::compound_select) {
      select = as_statement(*select).first(Clause::member);
    }
    return as_statement(*select);
  }

  // INSERT, UPDATE and DELETE have their columns in RETURNING; nothing can be joined to them.
  bool is_dml() const {
    return statement_->kind() >= Kind::insert && statement_->kind() <= Kind::delete_;
  }

  Clause columns_clause() const { return is_dml() ? Clause::returning : Clause::column; }

  // The options of each entity, in the order of the columns clause.
  void read_paths() {
    std::vector<OptionRoot> roots;
    first_select().each(columns_clause(), [&](const Ref& part) {
      if (part->kind() == Kind::entity) {
        const auto& entity = sql::as<sql::Entity>(part);
        roots.push_back({static_cast<const Mapper*>(entity.mapper), entity.from});
      }
    });
    paths_ = read_options(statement_, roots);
  }

  void read_columns() {
    first_select().each(columns_clause(), [&](const Ref& part) {
      if (part->kind() == Kind::entity) {
        add_entity(sql::as<sql::Entity>(part));
      } else if (is_from(part)) {
        const auto& from = sql::as<sql::FromNode>(part);
        for (std::size_t i = 0; i < from.specs().size(); ++i) {
          plan_->outputs.push_back(
              {RowOutput::none, add_column(from.column(i)), from.specs()[i].key});
        }
      } else {
        plan_->outputs.push_back(
            {RowOutput::none, add_column(part), std::string(output_name(part))});
      }
    });
  }

  void add_entity(const sql::Entity& entity) {
    const auto& mapper = configured(*static_cast<const Mapper*>(entity.mapper));
    const LoadPath& path = paths_[plan_->entities.size()];
    const TablePlace here = table_place(entity.from, mapper);
    const bool chooses = !path.columns.empty() || !path.expressions.empty();
    chooses_columns_ |= chooses;
    const std::vector<std::uint32_t> expressions = loaded_expressions(mapper, path);
    const Refs columns = chooses ? chosen_columns(mapper, here, path, expressions) : entity.columns;
    auto made = plan_entity(mapper, columns, plan_->entity_count++, expressions);
    require_key(*made);
    plan_steps_of(*made, path);
    add_contained(*made);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      made->results[i] = add_entity_column(columns[i]);
    }
    const auto place = static_cast<std::uint32_t>(plan_->entities.size());
    plan_->outputs.push_back({place, 0, mapper.class_name});
    plan_->entities.push_back(std::move(made));
    places_.push_back(here);
  }

  // Returns the column's place in the row. What a program asks for by itself it gets by itself.
  std::uint32_t add_column(const Ref& column) {
    if (is_secondary_) {
      return static_cast<std::uint32_t>(find_or_add(column));
    }
    columns_.push_back(column);
    return static_cast<std::uint32_t>(columns_.size() - 1);
  }

  // An entity takes the columns that are selected before it, but in UNION and RETURNING.
  std::uint32_t add_entity_column(const Ref& column) {
    if (statement_->kind() != Kind::select) {
      return add_column(column);
    }
    const std::size_t known = columns_.size(), place = find_or_add(column);
    repeats_columns_ |= place < known;
    return static_cast<std::uint32_t>(place);
  }

  void plan_steps_of(EntityPlan& entity, const LoadPath& path) {
    ancestors_.push_back(entity.mapper);
    plan_steps(entity, path, ancestors_, plan_->entity_count, is_refresh_);
    ancestors_.pop_back();
    if (statement_->kind() == Kind::compound_select || is_dml()) {
      refuse_joins(entity);
    }
    if (!criteria_.empty()) {
      remember_criteria(entity);
    }
    joins_any_ |= joins_any(entity);
    plan_->needs_unique |= joins_list(entity);
    plan_->has_loaders |= entity.does_more;
  }

  // The members of a UNION have the same columns, to which nothing can be joined.
  static void refuse_joins(EntityPlan& entity) {
    std::erase_if(entity.steps, [](const EagerStep& step) { return step.joined != nullptr; });
  }

  bool needs_subquery() const {
    const Statement& s = as_statement(statement_);
    const bool multiplies =
        std::any_of(plan_->entities.begin(), plan_->entities.end(), [](const auto& entity) {
          return joins_list(*entity, true);
        });
    return multiplies && (s.has(Clause::limit) || s.has(Clause::offset) || s.is_distinct ||
                          s.has(Clause::distinct_on) || s.has(Clause::group_by));
  }

  // --- joined to the statement's own FROM elements ---

  Ref joined_in_place() {
    select_ = statement_;
    name_left_side(select_, columns_);
    StatementBuilder::remove(select_, Clause::option);
    append_criteria(select_);
    join_entities();
    put_columns();
    return select_;
  }

  // What entities say of their rows, where their columns are about to take their place.
  void append_criteria(Ref& select) const {
    as_statement(statement_).each(Clause::column, [&](const Ref& part) {
      if (part->kind() == Kind::entity && sql::as<sql::Entity>(part).criteria) {
        StatementBuilder::append(select, Clause::where, sql::as<sql::Entity>(part).criteria);
      }
    });
  }

  // --- joined to the statement as a subquery ---

  Ref joined_to_subquery() {
    const Statement& original = as_statement(statement_);
    Ref inner = statement_;
    StatementBuilder::remove(inner, Clause::option);
    append_criteria(inner);
    for (std::size_t i = 0; i < places_.size(); ++i) {
      select_join_columns(*plan_->entities[i], places_[i]);
    }
    original.each(Clause::order_by, [&](const Ref& part) { order_place(part); });
    StatementBuilder::remove(inner, Clause::column);
    for (const Ref& column : columns_) {
      StatementBuilder::append(inner, Clause::column, column);
    }
    const Ref subquery = sql::subquery(inner);
    const Refs inner_columns = std::exchange(columns_, {});
    for (std::size_t i = 0; i < inner_columns.size(); ++i) {
      columns_.push_back(sql::as<sql::FromNode>(subquery).column(i));
    }
    move_places(subquery, inner_columns);
    select_ = StatementBuilder::make(Kind::select);
    StatementBuilder::set_label_style(select_, original.label_style);
    original.each(Clause::order_by, [&](const Ref& part) {
      StatementBuilder::append(select_, Clause::order_by, outer_order(part, inner_columns));
    });
    join_entities();
    put_columns();
    return select_;
  }

  // The subquery must offer what the joins compare, also where the entity does not load it.
  void select_join_columns(const EntityPlan& entity, const TablePlace& place) {
    for (const EagerStep& step : entity.steps) {
      if (step.joined) {
        for (const RelationshipAttribute::Pair& pair : step.relationship->pairs) {
          find_or_add(place.at(pair.local));
        }
      }
    }
  }

  std::size_t find_or_add(const Ref& column) {
    const auto at = std::find(columns_.begin(), columns_.end(), column);
    if (at != columns_.end()) {
      return static_cast<std::size_t>(at - columns_.begin());
    }
    columns_.push_back(column);
    return columns_.size() - 1;
  }

  // Where the columns clause has what a part of ORDER BY orders by; an expression that it lacks is
  // added to it. Nothing for raw text.
  std::optional<std::size_t> order_place(const Ref& part) {
    if (part->kind() == Kind::unary && sql::as<sql::UnaryExpression>(part).is_postfix) {
      return order_place(sql::as<sql::UnaryExpression>(part).element);
    }
    if (part->kind() == Kind::text) {
      return std::nullopt;
    }
    if (part->kind() != Kind::label_reference) {
      return find_or_add(part);
    }
    const std::string& name = sql::as<sql::LabelReference>(part).name;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (output_name(columns_[i]) == name) {
        return i;
      }
    }
    return std::nullopt;
  }

  Ref outer_order(const Ref& part, const Refs& inner_columns) {
    if (part->kind() == Kind::unary && sql::as<sql::UnaryExpression>(part).is_postfix) {
      const auto& unary = sql::as<sql::UnaryExpression>(part);
      return sql::unary_postfix(unary.op, outer_order(unary.element, inner_columns));
    }
    for (std::size_t i = 0; i < inner_columns.size(); ++i) {
      const bool is_named = part->kind() == Kind::label_reference &&
                            output_name(inner_columns[i]) ==
                                std::string_view(sql::as<sql::LabelReference>(part).name);
      if (is_named || inner_columns[i] == part) {
        return columns_[i];
      }
    }
    return part;
  }

  void move_places(const Ref& subquery, const Refs& inner_columns) {
    for (std::size_t e = 0; e < places_.size(); ++e) {
      const std::size_t known = places_[e].columns.size();
      const std::size_t size =
          known != 0 ? known : sql::as<sql::FromNode>(places_[e].from).specs().size();
      TablePlace moved{subquery, Refs(size)};
      for (std::uint32_t position = 0; position < moved.columns.size(); ++position) {
        const Ref column = places_[e].at(position);
        const auto at = std::find(inner_columns.begin(), inner_columns.end(), column);
        if (at != inner_columns.end()) {
          moved.columns[position] = columns_[static_cast<std::size_t>(at - inner_columns.begin())];
        }
      }
      places_[e] = std::move(moved);
    }
  }

  void join_entities() {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      join_steps(*plan_->entities[i], places_[i]);
    }
  }

  // What is joined to a joined entity stands before its own columns, as in SQLAlchemy.
  void join_steps(EntityPlan& entity, const TablePlace& place) {
    for (EagerStep& step : entity.steps) {
      if (!step.joined) {
        continue;
      }
      const RelationshipAttribute& r = *step.relationship;
      if (!step.is_outer_join) {
        join_steps(*step.joined, contained_place(step));
        continue;
      }
      const TablePlace target =
          polymorphic_target(step) ? contained_place(step) : aliased_place(*r.target);
      append_outer_join(select_, r, place, target, criteria_);
      append_order(select_, r, target);
      join_steps(*step.joined, target);
      const Refs columns = step_columns(step, target);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        step.joined->results[i] = static_cast<std::uint32_t>(columns_.size());
        columns_.push_back(columns[i]);
      }
    }
  }

  // What the statement joins itself (contains_eager) stands before the columns of its parent, the
  // innermost first, as in SQLAlchemy.
  void add_contained(EntityPlan& entity) {
    for (EagerStep& step : entity.steps) {
      if (!step.joined || step.is_outer_join) {
        continue;
      }
      add_contained(*step.joined);
      const Refs columns = step_columns(step, contained_place(step));
      if (columns.size() != step.joined->results.size()) {
        throw InvalidRequestError("contains_eager() of " + step.relationship->full_name() +
                                  " needs all columns of " + step.relationship->target->class_name +
                                  " in the FROM element that it names");
      }
      for (std::size_t i = 0; i < columns.size(); ++i) {
        step.joined->results[i] = add_entity_column(columns[i]);
      }
    }
  }

  void put_columns() {
    StatementBuilder::remove(select_, Clause::column);
    for (const Ref& column : columns_) {
      StatementBuilder::append(select_, Clause::column, column);
    }
  }

  const Ref& statement_;
  const Refs& criteria_;  // of with_loader_criteria
  RowPlan* plan_ = nullptr;
  std::vector<TablePlace> places_;  // of the entities of the columns clause
  std::vector<const Mapper*> ancestors_;
  Refs columns_;  // of the rows
  Ref select_;
  std::vector<LoadPath> paths_;  // the options of the entities
  bool is_secondary_ = false, is_refresh_ = false, joins_any_ = false, chooses_columns_ = false;
  bool repeats_columns_ = false;  // of entities: they are selected once
};

}  // namespace

sql::Ref EntityRewriter::rewrite(const Ref& statement, std::shared_ptr<const void>& plan) {
  auto rows = std::make_shared<RowPlan>();
  const Refs criteria = criteria_of(statement);
  rows->has_criteria = !criteria.empty();
  const Ref limited =
      criteria.empty() ? statement : with_criteria(statement, criteria, reads_anew(statement));
  Ref core = Planner(limited, criteria).plan(*rows);
  plan = std::move(rows);
  return core;
}

}  // namespace azoth::orm
