// SPDX-License-Identifier: MIT
// Finds FROM elements that nothing connects: what makes every row of one meet every row of another.
#pragma once
#include "compile/label_names.hpp"
#include <azoth/sql/statement.hpp>

#include <string>
#include <vector>

namespace azoth::compile {

/// Appends a warning when joins and comparisons in the criteria do not connect all FROM elements.
void lint_froms(const sql::Statement& select,
                const sql::Refs& froms,
                Names& names,
                std::vector<std::string>& warnings);

}  // namespace azoth::compile
