// SPDX-License-Identifier: MIT
// Paths of loader options: checked when made, gathered into a tree when a statement is planned.
#include "orm/load/options.hpp"

#include <azoth/base/error.hpp>
#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/relationship.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::orm {

namespace {

const LoaderOption& as_option(const sql::Ref& node) {
  return sql::as<LoaderOption>(node);
}

bool are_related(const Mapper& a, const Mapper& b) {
  return a.isa(b) || b.isa(a);
}

std::string mapper_name(const Mapper& mapper) {
  return "Mapper[" + mapper.class_name + "(" + mapper.table->fullname() + ")]";
}

// The steps of a path, first one first.
std::vector<const LoaderOption*> steps_of(const sql::Ref& last) {
  std::vector<const LoaderOption*> steps;
  for (const sql::Ref* node = &last; *node; node = &as_option(*node).parent) {
    steps.push_back(&as_option(*node));
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

void check_root(const RelationshipAttribute& first, const std::vector<const Mapper*>& roots) {
  for (const Mapper* root : roots) {
    if (root->isa(*first.parent)) {
      return;
    }
  }
  throw ArgumentError("Mapped class " + mapper_name(*first.parent) +
                      " does not apply to any of the root entities in this query, e.g. " +
                      mapper_name(*roots.front()) +
                      ". Please specify the full path from one of the root entities to the target "
                      "attribute. ");
}

LoadPath::Step& step_for(LoadPath& path, const LoaderOption& option) {
  for (LoadPath::Step& step : path.steps) {
    if (step.relationship == option.relationship) {
      step.strategy = option.strategy;
      return step;
    }
  }
  return path.steps.emplace_back(LoadPath::Step{option.relationship, option.strategy, {}});
}

void append_below(sql::Ref& select, const sql::Ref& parent, const LoadPath& path) {
  for (const LoadPath::Step& step : path.steps) {
    const sql::Ref node = sql::make_node<LoaderOption>(parent, step.relationship, step.strategy);
    if (step.below.empty()) {
      sql::StatementBuilder::append(select, sql::Clause::option, node);
    } else {
      append_below(select, node, step.below);
    }
  }
}

}  // namespace

sql::Ref loader_option(const sql::Ref& parent,
                       const RelationshipAttribute& relationship,
                       LazyStrategy strategy) {
  configured(*relationship.parent);
  if (parent && !are_related(*as_option(parent).relationship->target, *relationship.parent)) {
    throw ArgumentError("ORM mapped entity or attribute \"" + relationship.full_name() +
                        "\" does not link from relationship \"" +
                        as_option(parent).relationship->full_name() + "\".");
  }
  return sql::make_node<LoaderOption>(parent, &relationship, strategy);
}

bool LoadPath::empty() const {
  return steps.empty();
}

const LoadPath::Step* LoadPath::find(const RelationshipAttribute& relationship) const {
  for (const Step& step : steps) {
    if (step.relationship == &relationship ||  // or the same of another class of the family
        (step.relationship->parent == relationship.parent &&
         step.relationship->slot == relationship.slot)) {
      return &step;
    }
  }
  return nullptr;
}

LoadPath read_options(const sql::Ref& select, const std::vector<const Mapper*>& roots) {
  LoadPath root;
  sql::as<sql::Statement>(select).each(sql::Clause::option, [&](const sql::Ref& part) {
    if (part->kind() != sql::Kind::loader_option || !as_option(part).relationship) {
      return;
    }
    const std::vector<const LoaderOption*> steps = steps_of(part);
    check_root(*steps.front()->relationship, roots);
    LoadPath* path = &root;
    for (const LoaderOption* option : steps) {
      path = &step_for(*path, *option).below;
    }
  });
  return root;
}

void append_options(sql::Ref& select, const LoadPath& path) {
  append_below(select, {}, path);
}

}  // namespace azoth::orm
