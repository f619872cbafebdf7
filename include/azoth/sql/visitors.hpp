// SPDX-License-Identifier: MIT
// Walks over statements as trees, for programs and layers that read or rewrite them: visiting,
// replacing, and putting a statement's columns onto another FROM element. Nodes are immutable: what
// changes is copied, what does not is shared.
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/sql/node.hpp>

namespace azoth::sql {

/// Calls `visit` for a node and all that it is made of, outermost first; a node that stands in
/// several places is visited once. Columns are visited, the FROM elements that they belong to only
/// where these stand themselves.
void traverse(const Ref& root, base::FunctionRef<void(const Ref&)> visit);

/// Returns the nodes in the order of `traverse`.
Refs iterate(const Ref& root);

/// Returns the tree with nodes replaced. `replace` is asked for each node, outermost first: what it
/// returns is taken as it is, an empty handle leaves the node to be looked into. Columns follow
/// their FROM element where that has been replaced or rebuilt. @throws what `replace` throws
Ref replacement_traverse(const Ref& root, base::FunctionRef<Ref(const Ref&)> replace);

/// The same; `finish` is asked for each node that was looked into, innermost first, with what has
/// become of it, and returns what is to stand in its place.
Ref replacement_traverse(const Ref& root,
                         base::FunctionRef<Ref(const Ref&)> replace,
                         base::FunctionRef<Ref(const Ref& original, Ref made)> finish);

/// Rewrites expressions so that they speak of one FROM element in place of those it is made of: an
/// alias in place of its table, a subquery in place of what it selects from. A cheap handle; it
/// keeps the element alive.
class ClauseAdapter {
 public:
  /// `equivalents` are groups of columns that hold the same value (those that joins equate): where
  /// the element lacks one, another of its group will do.
  explicit ClauseAdapter(Ref selectable, std::vector<Refs> equivalents = {})
      : selectable_(std::move(selectable)), equivalents_(std::move(equivalents)) {}

  /// Returns the rewritten expression or statement.
  Ref traverse(const Ref& clause) const;
  /// Returns what takes the place of one node, or an empty handle.
  Ref replace(const Ref& node) const;

 private:
  Ref selectable_;
  std::vector<Refs> equivalents_;
};

}  // namespace azoth::sql
