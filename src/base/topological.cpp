// SPDX-License-Identifier: MIT
// The sort peels off, round by round, the nodes that wait for nothing; the cycles are the strongly
// connected components of more than one node (Tarjan's), found without recursion so that long
// chains cannot exhaust the stack.
#include "azoth/base/topological.hpp"

#include "azoth/base/error.hpp"

#include <algorithm>
#include <limits>

namespace azoth::base::topological {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// The edges among the nodes by position in `nodes`, without those to strangers.
struct Graph {
  std::vector<std::vector<std::uint32_t>> after;  // position -> positions that come after it
  std::vector<std::uint32_t> waits;               // position -> how many edges lead to it

  Graph(std::span<const Edge> edges, std::span<const Id> nodes)
      : after(nodes.size()), waits(nodes.size(), 0) {
    Id largest = 0;
    for (const Id id : nodes) {
      largest = std::max(largest, id);
    }
    std::vector<std::uint32_t> position(nodes.empty() ? 0 : std::size_t(largest) + 1, none);
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      position[nodes[i]] = i;
    }
    for (const auto& [first, second] : edges) {
      if (first >= position.size() || second >= position.size()) {
        continue;
      }
      const std::uint32_t from = position[first], to = position[second];
      if (from == none || to == none) {
        continue;
      }
      after[from].push_back(to);
      ++waits[to];
    }
  }
};

// Tarjan's algorithm over positions; marks those on a cycle.
class CycleFinder {
 public:
  explicit CycleFinder(const Graph& graph)
      : graph_(graph),
        order_(graph.after.size(), none),
        low_(graph.after.size()),
        on_stack_(graph.after.size(), false),
        on_cycle_(graph.after.size(), false) {
    for (std::uint32_t start = 0; start < order_.size(); ++start) {
      if (order_[start] == none) {
        visit(start);
      }
    }
  }

  const std::vector<bool>& on_cycle() const { return on_cycle_; }

 private:
  struct Frame {
    std::uint32_t node;
    std::size_t next_edge;
  };

  void enter(std::uint32_t node) {
    order_[node] = low_[node] = count_++;
    stack_.push_back(node);
    on_stack_[node] = true;
    frames_.push_back({node, 0});
  }

  void visit(std::uint32_t start) {
    enter(start);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::uint32_t node = frame.node;
      if (frame.next_edge < graph_.after[node].size()) {
        const std::uint32_t to = graph_.after[node][frame.next_edge++];
        if (to == node) {
          on_cycle_[node] = true;
        }
        if (order_[to] == none) {
          enter(to);
        } else if (on_stack_[to]) {
          low_[node] = std::min(low_[node], order_[to]);
        }
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) {
        low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
      }
      if (low_[node] == order_[node]) {
        close_component(node);
      }
    }
  }

  void close_component(std::uint32_t root) {
    const bool cycle = stack_.back() != root;
    for (std::uint32_t node = none; node != root;) {
      node = stack_.back();
      stack_.pop_back();
      on_stack_[node] = false;
      if (cycle) {
        on_cycle_[node] = true;
      }
    }
  }

  const Graph& graph_;
  std::vector<std::uint32_t> order_, low_, stack_;
  std::vector<bool> on_stack_, on_cycle_;
  std::vector<Frame> frames_;
  std::uint32_t count_ = 0;
};

std::vector<Id> cycles_of(const Graph& graph, std::span<const Id> nodes) {
  const CycleFinder finder(graph);
  std::vector<Id> found;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    if (finder.on_cycle()[i]) {
      found.push_back(nodes[i]);
    }
  }
  return found;
}

}  // namespace

std::vector<std::vector<Id>> sort_as_subsets(std::span<const Edge> edges,
                                             std::span<const Id> nodes) {
  Graph graph(edges, nodes);
  std::vector<std::vector<Id>> subsets;
  std::vector<std::uint32_t> ready, next;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    if (graph.waits[i] == 0) {
      ready.push_back(i);
    }
  }
  std::size_t done = 0;
  for (; !ready.empty(); ready.swap(next), next.clear()) {
    std::vector<Id>& subset = subsets.emplace_back();
    for (const std::uint32_t i : ready) {
      subset.push_back(nodes[i]);
      for (const std::uint32_t to : graph.after[i]) {
        if (--graph.waits[to] == 0) {
          next.push_back(to);
        }
      }
    }
    std::sort(next.begin(), next.end());
    done += ready.size();
  }
  if (done != nodes.size()) {
    throw CircularDependencyError(
        "Circular dependency detected.", cycles_of(graph, nodes), {edges.begin(), edges.end()});
  }
  return subsets;
}

std::vector<Id> sort(std::span<const Edge> edges, std::span<const Id> nodes) {
  std::vector<Id> sorted;
  sorted.reserve(nodes.size());
  for (const auto& subset : sort_as_subsets(edges, nodes)) {
    sorted.insert(sorted.end(), subset.begin(), subset.end());
  }
  return sorted;
}

std::vector<Id> find_cycles(std::span<const Edge> edges, std::span<const Id> nodes) {
  return cycles_of(Graph(edges, nodes), nodes);
}

}  // namespace azoth::base::topological
