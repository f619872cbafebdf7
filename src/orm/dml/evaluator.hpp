// SPDX-License-Identifier: MIT
// Criteria and values of an UPDATE or DELETE, computed on objects instead of rows. Knows nothing of
// sessions; what it cannot compute as every database would, it refuses.
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/node.hpp>

#include <optional>
#include <string>

namespace azoth::orm {

/// Evaluates expressions over objects of one class.
class Evaluator {
 public:
  explicit Evaluator(const Mapper& mapper) : mapper_(mapper) {}

  /// Returns why an expression cannot be evaluated, or nothing when it can.
  std::optional<std::string> refusal(const sql::Ref& element) const;

  /// Returns the value of an expression that was not refused; nothing where an attribute that it
  /// needs is not loaded.
  std::optional<Value> evaluate(const sql::Ref& element, const Object& object) const;

 private:
  const ColumnAttribute* column(const sql::Ref& element) const;
  std::optional<std::string> refusal_of_binary(const sql::Ref& element) const;
  std::optional<Value> evaluate_list(const sql::Ref& element, const Object& object) const;
  std::optional<Value> evaluate_binary(const sql::Ref& element, const Object& object) const;

  const Mapper& mapper_;
};

}  // namespace azoth::orm
