// SPDX-License-Identifier: MIT
// Turns a select of entities into the Core select that is compiled, and into the plan by which its
// rows are read. Runs on misses of the statement cache only.
#pragma once
#include "orm/load/row_plan.hpp"
#include <azoth/engine/execution.hpp>

namespace azoth::orm {

/// Plans selects of entities. Has no state; one serves all threads.
class EntityRewriter final : public StatementRewriter {
 public:
  sql::Ref rewrite(const sql::Ref& statement, std::shared_ptr<const void>& plan) override;
  void choose_readers(const void* plan,
                      const Compiled& compiled,
                      const DriverCursor& cursor) override;
  static EntityRewriter& instance();
};

}  // namespace azoth::orm
