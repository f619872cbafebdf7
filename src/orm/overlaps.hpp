// SPDX-License-Identifier: MIT
// Relationships that write the same column without belonging together.
#pragma once
#include <azoth/orm/mapper.hpp>

#include <string>
#include <vector>

namespace azoth::orm {

/// Adds a warning for each column that a relationship writes and an earlier one writes too, unless
/// they are two sides of one or say so (Overlaps<>). Remembers the relationship for those that
/// follow. @pre the registry's lock is held.
void find_overlaps(const RelationshipAttribute& relationship, std::vector<std::string>& warnings);

}  // namespace azoth::orm
