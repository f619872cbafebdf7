// SPDX-License-Identifier: MIT
// Orders small integer ids by "comes before" edges, for DDL and for the unit of work. Knows nothing
// of tables or objects: who calls it maps ids to names and, on a cycle, builds the message from
// them.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace azoth::base::topological {

/// Identifies a node; ids should be dense, since memory grows with the largest one.
using Id = std::uint32_t;

/// Says that `first` comes before `second`. Edges whose ends are not among the nodes have no
/// effect.
using Edge = std::pair<Id, Id>;

/// Returns the nodes, each of which stands there once, in an order that obeys the edges; ties keep
/// the order of `nodes`. Throws CircularDependencyError with the ids of the cycle.
std::vector<Id> sort(std::span<const Edge> edges, std::span<const Id> nodes);

/// Returns the nodes as successive subsets: each holds what depends only on earlier subsets, in the
/// order of `nodes`. Throws CircularDependencyError with the ids of the cycle.
std::vector<std::vector<Id>> sort_as_subsets(std::span<const Edge> edges,
                                             std::span<const Id> nodes);

/// Returns the ids that lie on some cycle, in the order of `nodes`; empty if there is none.
std::vector<Id> find_cycles(std::span<const Edge> edges, std::span<const Id> nodes);

}  // namespace azoth::base::topological
