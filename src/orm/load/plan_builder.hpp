// SPDX-License-Identifier: MIT
// The two halves of planning: which relationships a statement loads how (strategies.cpp), and the
// select that does it (rewriter.cpp).
#pragma once
#include "orm/load/options.hpp"
#include "orm/load/relationship_join.hpp"
#include "orm/load/row_plan.hpp"
#include <azoth/sql/expression.hpp>

namespace azoth::orm {

/// Returns what a column of a columns clause is called in the program, or nothing.
inline std::string_view output_name(const sql::Ref& column) {
  return column->kind() == sql::Kind::column
             ? std::string_view(sql::as<sql::ColumnNode>(column).key())
             : sql::bind_name(column);
}

/// Fills the steps of an entity from the options beneath it and the defaults of the mapping.
/// `ancestors` are the classes on the way to it, itself last; defaults that lead back to one of
/// them are not followed. Joined steps get their own entity plans, numbered from `count` on. Of an
/// object that is read anew (`is_refresh`) lists come by statements of their own.
void plan_steps(EntityPlan& entity,
                const LoadPath& path,
                std::vector<const Mapper*>& ancestors,
                std::uint32_t& count,
                bool is_refresh = false);

/// Makes the statement of a selectin step.
SelectinPlan plan_selectin(const RelationshipAttribute& relationship,
                           const LoadPath& below,
                           const std::vector<const Mapper*>& ancestors);

/// Makes the plan of an entity that loads these columns, the first of which are expressions of
/// those slots, without steps; `results` is to be filled.
std::unique_ptr<EntityPlan> plan_entity(const Mapper& mapper,
                                        const sql::Refs& columns,
                                        std::uint32_t number,
                                        const std::vector<std::uint32_t>& expressions);

/// The columns of an entity that stands at `here`, by the options beneath it.
sql::Refs chosen_columns(const Mapper& mapper,
                         const TablePlace& here,
                         const LoadPath& path,
                         const std::vector<std::uint32_t>& expressions);
/// The entity with columns of subclasses that of_type() names for a step, or null.
const sql::Entity* polymorphic_target(const EagerStep& step);
/// The columns of a joined step whose target stands there.
sql::Refs step_columns(const EagerStep& step, const TablePlace& target);
/// Where the target of a step stands that the statement joins itself.
TablePlace contained_place(const EagerStep& step);

/// The positions (in the class's selectable) of the columns that a select of it loads, by the
/// options beneath it.
std::vector<std::uint32_t> loaded_positions(const Mapper& mapper, const LoadPath& path);
/// The columns at these positions; those that the place lacks are left out.
sql::Refs columns_at(const TablePlace& place, const std::vector<std::uint32_t>& positions);
/// Refuses an entity that lacks a column of its key. @throws InvalidRequestError
void require_key(const EntityPlan& entity);
/// Tells the subclasses of an entity which relationships its options leave unloaded.
void finish_subclasses(EntityPlan& entity);

/// Lets the objects of an entity, and those joined to them, remember the statement's criteria.
void remember_criteria(EntityPlan& entity);

/// Chooses the readers of an entity and of the entities joined to it.
void choose_entity_readers(EntityPlan& entity, const DriverCursor& cursor);

/// Says whether a joined list lies beneath the entity (`outer_only`: one that the plan joins), or
/// any joined step.
bool joins_list(const EntityPlan& entity, bool outer_only = false);
bool joins_any(const EntityPlan& entity);

}  // namespace azoth::orm
