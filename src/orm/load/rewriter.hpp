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

/// Puts the criteria of with_loader_criteria() into selects without entities.
class CriteriaRewriter final : public StatementRewriter {
 public:
  sql::Ref rewrite(const sql::Ref& statement, std::shared_ptr<const void>& plan) override;

  std::uint64_t key() const override { return 2; }

  static CriteriaRewriter& instance();
};

}  // namespace azoth::orm
