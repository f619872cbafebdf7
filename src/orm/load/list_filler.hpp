// SPDX-License-Identifier: MIT
// Collects the members of many parents' relationship as rows give them, and hands each parent its
// own, in the order of the rows and each once.
#pragma once
#include "orm/load/object_table.hpp"
#include <azoth/orm/mapper.hpp>

namespace azoth::orm {

class ListFiller {
 public:
  /// Adds what a row says: `parent` is an ordinal, `member` may not be null.
  void add(std::uint32_t parent, Object* member) { members_.push_back({parent, member}); }

  /// Fills the relationship of every parent that does not have it loaded.
  /// Warns when there are several members for a relationship to one.
  void fill(const RelationshipAttribute& relationship,
            std::span<Object* const> parents,
            bool may_repeat);

 private:
  struct Member {
    std::uint32_t parent;
    Object* object;
  };

  std::vector<Member> members_;
};

}  // namespace azoth::orm
