// SPDX-License-Identifier: MIT
// Paths of loader options: checked when made, gathered into a tree an entity when a statement is
// planned.
#include "orm/load/options.hpp"

#include <azoth/base/error.hpp>
#include <azoth/orm/relationship.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::orm {

namespace {

using Form = LoaderOption::Form;

const LoaderOption& as_option(const sql::Ref& node) {
  return sql::as<LoaderOption>(node);
}

// Makes an option and lets `fill` say what it says, before its hash is taken.
template <class F>
sql::Ref make_option(Form form, const sql::Ref& parent, F&& fill) {
  auto* node = new LoaderOption(form);
  sql::Ref ref = sql::Ref::adopt(node);
  node->parent = parent;
  fill(*node);
  sql::seal(*node);
  return ref;
}

void check_star(std::string_view star, std::string_view what) {
  if (star != "*") {
    throw ArgumentError(
        "Strings are not accepted for attribute names in loader options; please "
        "use class-bound attributes directly, or \"*\" for all " +
        std::string(what) + ".");
  }
}

std::string mapper_name(const Mapper& mapper) {
  return "Mapper[" + mapper.class_name + "(" + mapper.table->fullname() + ")]";
}

const LoaderOption& first_of(const LoaderOption& option) {
  const LoaderOption* first = &option;
  while (first->parent) {
    first = &as_option(first->parent);
  }
  return *first;
}

// Whether a path that begins like this is about the entity.
bool begins_at(const LoaderOption& first, const OptionRoot& root) {
  if (!first.mapper) {
    return true;
  }
  if (!root.mapper->isa(*first.mapper)) {
    return false;
  }
  return first.place ? first.place == root.from : !sql::is_alias(root.from->kind());
}

void check_root(const LoaderOption& first, const std::vector<OptionRoot>& roots) {
  const bool is_known = std::any_of(
      roots.begin(), roots.end(), [&](const OptionRoot& root) { return begins_at(first, root); });
  if (!is_known && !roots.empty()) {
    throw ArgumentError("Mapped class " + mapper_name(*first.mapper) +
                        " does not apply to any of the root entities in this query, e.g. " +
                        mapper_name(*roots.front().mapper) +
                        ". Please specify the full path from one of the root entities to the "
                        "target attribute. ");
  }
}

LoadPath& step_for(LoadPath& path, const LoaderOption& option) {
  for (LoadPath::Step& step : path.steps) {
    if (step.relationship == option.relationship) {
      if (option.strategy != LazyStrategy::from_mapping) {
        step.strategy = option.strategy;
        step.target = option.target;
      }
      return step.below;
    }
  }
  return path.steps
      .emplace_back(LoadPath::Step{option.relationship, option.strategy, option.target, {}})
      .below;
}

// Adds what an option and those before it say beneath `base`; returns where it has arrived.
LoadPath& apply(const LoaderOption& option, LoadPath& base) {
  LoadPath& at = option.parent ? apply(as_option(option.parent), base) : base;
  switch (option.form) {
    case Form::relationship:
      return step_for(at, option);
    case Form::wildcard:
      at.wildcard = option.strategy;
      break;
    case Form::columns:
      at.columns.push_back({option.column_strategy, option.columns, option.group, option.is_only});
      break;
    case Form::expression:
      at.expressions.emplace_back(option.columns, option.expression);
      break;
    case Form::several:
      for (const sql::Ref& child : option.children) {
        apply(as_option(child), at);
      }
      break;
    case Form::entity:
    case Form::ancestor:
    case Form::criteria:
      break;
  }
  return at;
}

bool names(const std::string& list, const std::string& name) {
  for (std::size_t at = 0; (at = list.find(name, at)) != std::string::npos; ++at) {
    const std::size_t end = at + name.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) {
      return true;
    }
  }
  return false;
}

void append_below(sql::Ref& select, const sql::Ref& parent, const LoadPath& path) {
  const auto append = [&](const sql::Ref& node) {
    sql::StatementBuilder::append(select, sql::Clause::option, node);
  };
  for (const ColumnRule& rule : path.columns) {
    append(make_option(Form::columns, parent, [&](LoaderOption& o) {
      o.column_strategy = rule.strategy;
      o.columns = rule.columns;
      o.group = rule.group;
      o.is_only = rule.is_only;
    }));
  }
  for (const auto& [name, expression] : path.expressions) {
    append(make_option(Form::expression, parent, [&](LoaderOption& o) {
      o.columns = name;
      o.expression = expression;
    }));
  }
  if (path.wildcard) {
    append(
        make_option(Form::wildcard, parent, [&](LoaderOption& o) { o.strategy = *path.wildcard; }));
  }
  for (const LoadPath::Step& step : path.steps) {
    const sql::Ref node = make_option(Form::relationship, parent, [&](LoaderOption& o) {
      o.relationship = step.relationship;
      o.strategy = step.strategy;
      o.target = step.target;
    });
    append(node);
    append_below(select, node, step.below);
  }
}

// What further loads go by: the joins that contains_eager spoke of were those of one statement.
std::vector<LoadPath::Step> lasting_steps(const LoadPath& path) {
  std::vector<LoadPath::Step> steps;
  for (const LoadPath::Step& step : path.steps) {
    if (step.strategy != LazyStrategy::contains_eager) {
      steps.push_back(step);
    } else if (!step.below.empty()) {
      steps.push_back({step.relationship, LazyStrategy::from_mapping, {}, step.below});
    }
  }
  return steps;
}

void set_bit(std::vector<std::uint32_t>& words, std::uint32_t bit) {
  words[bit / 32] |= 1u << bit % 32;
}

}  // namespace

sql::Ref relationship_option(const sql::Ref& parent, const PathPlace& path, LazyStrategy strategy) {
  configured(*path.relationship->parent);
  return make_option(Form::relationship, parent, [&](LoaderOption& o) {
    o.relationship = path.relationship;
    o.strategy = strategy;
    o.target = path.entity ? path.entity : path.target;
    if (!parent) {
      o.mapper = path.relationship->parent;
      o.place = path.parent;
    }
  });
}

sql::Ref wildcard_option(const sql::Ref& parent, std::string_view star, LazyStrategy strategy) {
  check_star(star, "relationships");
  return make_option(Form::wildcard, parent, [&](LoaderOption& o) { o.strategy = strategy; });
}

sql::Ref entity_option(const Mapper& mapper, const sql::Ref& place) {
  return make_option(Form::entity, {}, [&](LoaderOption& o) {
    o.mapper = &mapper;
    o.place = place;
  });
}

sql::Ref column_option(const sql::Ref& parent,
                       const Mapper& mapper,
                       ColumnList columns,
                       ColumnStrategy strategy,
                       bool is_only) {
  return make_option(Form::columns, parent, [&](LoaderOption& o) {
    o.column_strategy = strategy;
    o.is_only = is_only;
    o.mapper = parent ? nullptr : &mapper;
    for (const ColumnAttribute* column : columns) {
      o.columns += (o.columns.empty() ? "" : " ") + column->name;
    }
  });
}

sql::Ref expression_option(const sql::Ref& parent,
                           const Mapper& mapper,
                           const ColumnAttribute& column,
                           const sql::Ref& expression) {
  return make_option(Form::expression, parent, [&](LoaderOption& o) {
    o.mapper = parent ? nullptr : &mapper;
    o.columns = column.name;
    o.expression = expression;
  });
}

sql::Ref all_columns_option(const sql::Ref& parent,
                            std::string_view star,
                            ColumnStrategy strategy) {
  check_star(star, "columns");
  return make_option(Form::columns, parent, [&](LoaderOption& o) { o.column_strategy = strategy; });
}

sql::Ref group_option(const sql::Ref& parent, std::string_view group, ColumnStrategy strategy) {
  return make_option(Form::columns, parent, [&](LoaderOption& o) {
    o.column_strategy = strategy;
    o.group = group;
  });
}

sql::Ref several_options(const sql::Ref& parent, std::initializer_list<sql::Ref> children) {
  return make_option(Form::several, parent, [&](LoaderOption& o) {
    o.children.assign(children.begin(), children.end());
  });
}

sql::Ref ancestor_option(const Mapper* mapper) {
  return make_option(Form::ancestor, {}, [&](LoaderOption& o) { o.mapper = mapper; });
}

bool LoadPath::empty() const {
  return steps.empty() && columns.empty() && !wildcard && expressions.empty();
}

const sql::Ref* LoadPath::find_expression(std::string_view name) const {
  const auto at = std::find_if(
      expressions.rbegin(), expressions.rend(), [&](const auto& e) { return e.first == name; });
  return at == expressions.rend() ? nullptr : &at->second;
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

LazyStrategy LoadPath::strategy_of(const RelationshipAttribute& relationship) const {
  const Step* step = find(relationship);
  if (step && step->strategy != LazyStrategy::from_mapping) {
    return step->strategy;
  }
  return wildcard && !step && *wildcard != LazyStrategy::from_mapping ? *wildcard
                                                                      : relationship.lazy;
}

ColumnStrategy column_strategy(const ColumnAttribute& column, const LoadPath& path) {
  ColumnStrategy strategy = !column.is_deferred             ? ColumnStrategy::load
                            : column.has_deferred_raiseload ? ColumnStrategy::raise
                                                            : ColumnStrategy::defer;
  for (const ColumnRule& rule : path.columns) {
    const bool is_all = rule.columns.empty() && rule.group.empty();
    const bool is_named = is_all || (!rule.group.empty() ? rule.group == column.deferred_group
                                                         : names(rule.columns, column.name));
    if (rule.is_only) {
      strategy = is_named ? ColumnStrategy::load : rule.strategy;
    } else if (is_named) {
      strategy = rule.strategy;
    }
  }
  return column.is_primary_key ? ColumnStrategy::load : strategy;
}

std::vector<LoadPath> read_options(const sql::Ref& select, const std::vector<OptionRoot>& roots) {
  std::vector<LoadPath> paths(roots.size());
  sql::as<sql::Statement>(select).each(sql::Clause::option, [&](const sql::Ref& part) {
    if (part->kind() != sql::Kind::loader_option || as_option(part).form == Form::ancestor ||
        as_option(part).form == Form::criteria) {
      return;
    }
    const LoaderOption& first = first_of(as_option(part));
    check_root(first, roots);
    for (std::size_t i = 0; i < roots.size(); ++i) {
      if (begins_at(first, roots[i])) {
        apply(as_option(part), paths[i]);
      }
    }
  });
  return paths;
}

namespace {

bool says_expression(const LoaderOption& option, bool is_beneath) {
  for (const LoaderOption* step = &option; step != nullptr;
       step = step->parent ? &sql::as<LoaderOption>(step->parent) : nullptr) {
    is_beneath |= step->form == LoaderOption::Form::relationship;
  }
  return (is_beneath && option.form == LoaderOption::Form::expression) ||
         std::any_of(option.children.begin(), option.children.end(), [&](const sql::Ref& child) {
           return says_expression(sql::as<LoaderOption>(child), is_beneath);
         });
}

}  // namespace

bool has_nested_expression(const sql::Ref& statement) {
  bool has = false;
  if (statement->kind() == sql::Kind::select) {
    sql::as<sql::Statement>(statement).each(sql::Clause::option, [&](const sql::Ref& part) {
      has |= part->kind() == sql::Kind::loader_option &&
             says_expression(sql::as<LoaderOption>(part), false);
    });
  }
  return has;
}

bool reads_anew(const sql::Ref& statement) {
  bool found = false;
  sql::as<sql::Statement>(statement).each(sql::Clause::option, [&](const sql::Ref& part) {
    found |= part->kind() == sql::Kind::loader_option && as_option(part).form == Form::ancestor &&
             !as_option(part).mapper;
  });
  return found;
}

void append_options(sql::Ref& select, const LoadPath& path) {
  append_below(select, {}, path);
}

std::shared_ptr<const LoadContext> make_context(const Mapper& mapper, const LoadPath& path) {
  auto context = std::make_shared<LoadContext>();
  context->deferred.resize(mapper.words());
  context->raising.resize(mapper.words());
  bool has_columns = false;
  for (std::uint32_t slot = 0; slot < mapper.columns.size() + mapper.expressions.size(); ++slot) {
    const ColumnAttribute& column = mapper.at(slot);
    const ColumnStrategy strategy =
        path.columns.empty() ? ColumnStrategy::load : column_strategy(column, path);
    if (strategy == ColumnStrategy::load ||
        (column.is_deferred && strategy == ColumnStrategy::defer)) {
      continue;
    }
    set_bit(context->deferred, column.index);
    if (strategy == ColumnStrategy::raise) {
      set_bit(context->raising, column.index);
    }
    has_columns = true;
  }
  if (!has_columns && lasting_steps(path).empty() && !path.wildcard) {
    return nullptr;
  }
  context->path.steps = lasting_steps(path);
  context->path.wildcard = path.wildcard;
  context->is_lasting = !has_columns;
  if (has_columns) {
    context->expired = make_context(mapper, context->path);
  }
  return context;
}

}  // namespace azoth::orm
