// SPDX-License-Identifier: MIT
// The order of a flush, as data: built without a connection from what was collected, printed and
// compared in tests, executed by UnitOfWork.
#pragma once
#include <azoth/orm/mapper.hpp>

#include <string>
#include <vector>

namespace azoth::orm {

/// The steps of a flush. Objects of a step are of one class and do not depend on each other.
struct FlushPlan {
  enum class Action : std::uint8_t { save, remove };

  struct Step {
    Action action;
    const Mapper* mapper;
    std::vector<Object*> objects;
  };

  std::vector<Step> saves;    ///< INSERT and UPDATE, referenced rows first
  std::vector<Step> deletes;  ///< referencing rows first
  /// Returns one line a step: `save User (2)`.
  std::string to_string() const;
};

/// Orders objects: classes by their relationships; objects of classes that depend on each other in
/// a circle (or on themselves) one by one.
/// @throws CircularDependencyError naming the objects when their references form a circle.
FlushPlan build_plan(const std::vector<Object*>& saves, const std::vector<Object*>& deletes);

}  // namespace azoth::orm
