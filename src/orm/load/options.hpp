// SPDX-License-Identifier: MIT
// Loader options as nodes of a statement, and as the tree that planning reads. What each strategy
// does is decided where statements are planned (plan_builder.cpp).
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/node_of.hpp>

#include <vector>

namespace azoth::orm {

/// One step of a path of loader options; the steps before it are reached through `parent`.
struct LoaderOption final : sql::NodeOf<LoaderOption> {
  LoaderOption(sql::Ref before, const RelationshipAttribute* r, LazyStrategy s)
      : NodeOf(sql::Kind::loader_option), parent(std::move(before)), relationship(r), strategy(s) {}

  /// Says that the statement loads objects behind `ancestor`: defaults of mappings that lead back
  /// to it end there.
  explicit LoaderOption(const Mapper* ancestor_mapper)
      : NodeOf(sql::Kind::loader_option), ancestor(ancestor_mapper) {}

  sql::Ref parent;
  const RelationshipAttribute* relationship = nullptr;
  LazyStrategy strategy = LazyStrategy::select;
  const Mapper* ancestor = nullptr;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.parent, s.relationship, s.strategy, s.ancestor);
  }
};

/// What the options of a statement say beneath one class.
struct LoadPath {
  struct Step;
  std::vector<Step> steps;

  /// Finds the step of a relationship, or null.
  const Step* find(const RelationshipAttribute& relationship) const;
  bool empty() const;
};

struct LoadPath::Step {
  const RelationshipAttribute* relationship;
  LazyStrategy strategy;
  LoadPath below;
};

/// Reads the options of a select whose entities are of `roots`; later options win.
/// @throws ArgumentError for a path that begins at none of them.
LoadPath read_options(const sql::Ref& select, const std::vector<const Mapper*>& roots);
/// Appends a tree as options of another select, whose entity is the class it lies beneath.
void append_options(sql::Ref& select, const LoadPath& path);

}  // namespace azoth::orm
