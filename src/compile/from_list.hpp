// SPDX-License-Identifier: MIT
// What a SELECT selects from: the owners of its columns and criteria and its explicit FROM elements
// with their joins, each once. Knows no text; correlation is decided against the enclosing selects.
#pragma once
#include <azoth/sql/statement.hpp>

#include <vector>

namespace azoth::compile {

/// What the selects around a select offer for correlation.
struct Enclosing {
  std::vector<const sql::Node*> nearest;  ///< the FROM elements of the enclosing statement
  std::vector<const sql::Node*> all;      ///< those and what it could correlate to itself
};

/// Returns the FROM elements of a select in order, joins resolved, less what a join contains.
/// @throws InvalidRequestError when the left side of a join cannot be told, NoForeignKeysError and
/// AmbiguousForeignKeysError when its ON clause cannot.
sql::Refs select_froms(const sql::Statement& select);

/// Removes the FROM elements that are left to the enclosing statements. `in_from` says that the
/// select stands in the FROM clause of the nearest one, whose elements it then cannot see.
/// @throws InvalidRequestError when nothing would be left.
void correlate(sql::Refs& froms,
               const sql::Statement& select,
               const Enclosing& enclosing,
               bool in_from);

/// Appends the elements of a FROM element: itself, and all within a join.
void append_leaves(const sql::Ref& from, std::vector<const sql::Node*>& out);

/// Says whether `from` is `element` or a join that contains it.
bool contains(const sql::Node& from, const sql::Node& element);

}  // namespace azoth::compile
