// SPDX-License-Identifier: MIT
// Columns of subclasses that come with a second statement (`PolymorphicLoad<"selectin">`).
#pragma once
#include "orm/load/row_plan.hpp"
#include "orm/session_state.hpp"

#include <span>

namespace azoth::orm {

/// Returns the plans of the subclasses of a class that are loaded so.
std::vector<RestPlan> plan_rests(const Mapper& mapper);

/// Reads what is missing of these objects, which are of the plan's class.
void load_rest(SessionState& session, const RestPlan& plan, std::span<Object* const> objects);

}  // namespace azoth::orm
