// SPDX-License-Identifier: MIT
// The check for cartesian products: FROM elements are vertices; a join connects its two sides, a
// comparison in the criteria those that its two sides draw on.
#include "compile/from_linter.hpp"

#include <azoth/sql/operators.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <numeric>

namespace azoth::compile {

using namespace sql;

namespace {

// Which elements are connected, by union of sets.
class Graph {
 public:
  void add(const Node* element) {
    elements_.push_back(element);
    parents_.push_back(parents_.size());
  }

  void connect(const Node* a, const Node* b) {
    const auto i = place(a), j = place(b);
    if (i != elements_.size() && j != elements_.size()) {
      parents_[root(i)] = root(j);
    }
  }

  void connect_all(const Refs& a, const Refs& b) {
    for (const Ref& x : a) {
      for (const Ref& y : b) {
        connect(x.get(), y.get());
      }
    }
  }

  /// Returns those that are not connected to the first one.
  std::vector<const Node*> rest() {
    std::vector<const Node*> out;
    for (std::size_t i = 1; i < elements_.size(); ++i) {
      if (root(i) != root(0)) {
        out.push_back(elements_[i]);
      }
    }
    return out;
  }

  const std::vector<const Node*>& elements() const { return elements_; }

 private:
  std::size_t place(const Node* element) const {
    return static_cast<std::size_t>(std::find(elements_.begin(), elements_.end(), element) -
                                    elements_.begin());
  }

  std::size_t root(std::size_t i) const {
    while (parents_[i] != i) {
      i = parents_[i];
    }
    return i;
  }

  std::vector<const Node*> elements_;
  std::vector<std::size_t> parents_;
};

// Connects what comparisons compare.
class Comparisons final : public FieldVisitor {
 public:
  explicit Comparisons(Graph& graph) : graph_(graph) {}

  void child(const Ref& node) override {
    if (!node) {
      return;
    }
    switch (node->kind()) {
      case Kind::binary: {
        const auto& binary = as<BinaryExpression>(node);
        if (info(binary.op).is_comparison) {
          Refs left, right;
          collect_froms(binary.left, left);
          collect_froms(binary.right, right);
          graph_.connect_all(left, right);
        }
        return node->each_field(*this);
      }
      case Kind::column:
      case Kind::select:
      case Kind::compound_select:
      case Kind::exists:
      case Kind::scalar_select:
        return;
      default:
        node->each_field(*this);
    }
  }

  void number(std::uint64_t) override {}

  void text(std::string_view) override {}

  void type(TypePtr) override {}

 private:
  Graph& graph_;
};

void add_leaves(const Ref& from, Graph& graph) {
  if (from->kind() != Kind::join) {
    return graph.add(from.get());
  }
  add_leaves(as<Join>(from).left, graph);
  add_leaves(as<Join>(from).right, graph);
}

const Node* first_leaf(const Ref& from) {
  return from->kind() == Kind::join ? first_leaf(as<Join>(from).left) : from.get();
}

void connect_joins(const Ref& from, Graph& graph, Comparisons& comparisons) {
  if (from->kind() != Kind::join) {
    return;
  }
  const auto& join = as<Join>(from);
  connect_joins(join.left, graph, comparisons);
  connect_joins(join.right, graph, comparisons);
  graph.connect(first_leaf(join.left), first_leaf(join.right));
  comparisons.child(join.onclause);
}

std::string name_of(const Node& from, Names& names) {
  if (from.kind() == Kind::table) {
    return as<TableNode>(from).fullname();
  }
  return names.text(from_name(from));
}

}  // namespace

void lint_froms(const Statement& select,
                const Refs& froms,
                Names& names,
                std::vector<std::string>& warnings) {
  Graph graph;
  for (const Ref& from : froms) {
    add_leaves(from, graph);
  }
  if (graph.elements().size() < 2) {
    return;
  }
  Comparisons comparisons(graph);
  for (const Ref& from : froms) {
    connect_joins(from, graph, comparisons);
  }
  select.each(Clause::where, [&](const Ref& part) { comparisons.child(part); });
  const auto rest = graph.rest();
  if (rest.empty()) {
    return;
  }
  std::string list;
  for (const Node* from : rest) {
    list += (list.empty() ? "\"" : ", \"") + name_of(*from, names) + '"';
  }
  warnings.push_back("SELECT statement has a cartesian product between FROM element(s) " + list +
                     " and FROM element \"" + name_of(*graph.elements().front(), names) +
                     "\".  Apply join condition(s) between each element to resolve.");
}

}  // namespace azoth::compile
