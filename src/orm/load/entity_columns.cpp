// SPDX-License-Identifier: MIT
// The columns of an entity, and of what is joined to it: expressions of the class first.
#include "orm/expressions.hpp"
#include "orm/load/plan_builder.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/sql/statement.hpp>

namespace azoth::orm {

using sql::Ref;
using sql::Refs;

namespace {

Refs together(Refs columns, const Refs& rest) {
  columns.insert(columns.end(), rest.begin(), rest.end());
  return columns;
}

}  // namespace

Refs chosen_columns(const Mapper& mapper,
                    const TablePlace& here,
                    const LoadPath& path,
                    const std::vector<std::uint32_t>& expressions) {
  return together(expressions_at(mapper, here.from, expressions, path),
                  columns_at(here, loaded_positions(mapper, path)));
}

const sql::Entity* polymorphic_target(const EagerStep& step) {
  return step.target && step.target->kind() == sql::Kind::entity
             ? &sql::as<sql::Entity>(step.target)
             : nullptr;
}

Refs step_columns(const EagerStep& step, const TablePlace& target) {
  if (const sql::Entity* entity = polymorphic_target(step)) {
    return entity->columns;
  }
  const Mapper& mapper = *step.relationship->target;
  return together(expressions_at(mapper, target.from, step.expressions, step.expression_options),
                  columns_at(target, step.positions));
}

TablePlace contained_place(const EagerStep& step) {
  const Mapper& target = *step.relationship->target;
  if (const sql::Entity* entity = polymorphic_target(step)) {
    return table_place(entity->from, target);
  }
  return step.target ? table_place(step.target, target) : place_of(target);
}

}  // namespace azoth::orm
