// SPDX-License-Identifier: MIT
// Selectin loading: the related objects of many parents by `SELECT ... WHERE key IN (...)`.
#pragma once
#include "orm/load/row_plan.hpp"
#include "orm/session_state.hpp"

namespace azoth::orm {

/// Loads a relationship of many parents, 500 a statement, and fills it where it is not loaded.
/// `criteria` are those of the statement that loaded the parents.
void load_selectin(SessionState& session,
                   const EagerStep& step,
                   std::span<Object* const> parents,
                   const sql::Refs& criteria,
                   bool populate_existing);

/// The same by the statement that found the parents, as a subquery to which the target is joined.
/// False when the parents' keys are not what the relationship goes by: selectin then does it.
bool load_subquery(SessionState& session,
                   const EagerStep& step,
                   const EntityPlan& entity,
                   std::span<Object* const> parents,
                   const sql::Ref& statement,
                   bool populate_existing);

}  // namespace azoth::orm
