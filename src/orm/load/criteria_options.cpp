// SPDX-License-Identifier: MIT
// with_loader_criteria() as options of statements. What they do to a statement is in criteria.cpp.
#include "orm/load/criteria.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/loader_criteria.hpp>
#include <azoth/sql/elements.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>

namespace azoth::orm {

using sql::Ref;
using sql::Refs;

namespace {

const LoaderOption& as_option(const Ref& node) {
  return sql::as<LoaderOption>(node);
}

bool is_criteria(const Ref& part) {
  return part->kind() == sql::Kind::loader_option &&
         as_option(part).form == LoaderOption::Form::criteria;
}

}  // namespace

Refs criteria_of(const Ref& statement) {
  Refs found;
  if (statement->kind() < sql::Kind::select || statement->kind() > sql::Kind::delete_) {
    return found;
  }
  sql::as<sql::Statement>(statement).each(sql::Clause::option, [&](const Ref& part) {
    if (is_criteria(part)) {
      found.push_back(part);
    }
  });
  return found;
}

Refs propagating(const Refs& criteria) {
  Refs found;
  for (const Ref& part : criteria) {
    if (as_option(part).propagates) {
      found.push_back(part);
    }
  }
  return found;
}

void append_criteria(Ref& statement, const Refs& criteria) {
  for (const Ref& part : criteria) {
    sql::StatementBuilder::append(statement, sql::Clause::option, part);
  }
}

namespace {
bool same_values(const Ref& a, const Ref& b) {
  std::vector<const sql::BindParameter*> of_a, of_b;
  if (!(sql::collect_binds(a, of_a) == sql::collect_binds(b, of_b)) || of_a.size() != of_b.size()) {
    return false;
  }
  return std::equal(of_a.begin(), of_a.end(), of_b.begin(), [](const auto* x, const auto* y) {
    return x->value == y->value && x->values == y->values;
  });
}
}  // namespace

bool same_criteria(const Refs& a, const Refs& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Ref& x, const Ref& y) {
    return x == y || same_values(x, y);
  });
}

namespace {
Ref make_criteria(const LoaderCriteriaOptions& options, Ref criteria, auto&& fill) {
  auto* node = new LoaderOption(LoaderOption::Form::criteria);
  Ref ref = Ref::adopt(node);
  node->expression = std::move(criteria);
  node->includes_aliases = options.include_aliases;
  node->propagates = options.propagate_to_loaders;
  fill(*node);
  sql::seal(*node);
  return ref;
}
}  // namespace

Ref criteria_option(const Mapper& mapper, Ref criteria, const LoaderCriteriaOptions& options) {
  return make_criteria(options, std::move(criteria), [&](LoaderOption& o) { o.mapper = &mapper; });
}

}  // namespace azoth::orm

namespace azoth {

sql::Ref LoaderCriteriaClass::add(std::string_view name, const CellType& cell, TypePtr type) const {
  names_.append(names_.empty() ? "" : " ").append(name);
  kinds_ += static_cast<char>(cell.kind);
  return sql::literal_column(orm::criteria_attribute_mark + std::string(name), type);
}

LoaderCriteria with_attribute_criteria(sql::Ref (*make)(const void*, const LoaderCriteriaClass&),
                                       const void* function,
                                       const LoaderCriteriaOptions& options) {
  const LoaderCriteriaClass asked;
  sql::Ref criteria = make(function, asked);
  if (asked.names_.empty()) {
    throw ArgumentError(
        "with_loader_criteria() of a function needs criteria over attribute<T>(name) of the class "
        "it is given, so that it is known which classes are meant; name the class otherwise: "
        "with_loader_criteria<User>(...)");
  }
  return LoaderCriteria(orm::make_criteria(options, std::move(criteria), [&](orm::LoaderOption& o) {
    o.columns = asked.names_;
    o.group = asked.kinds_;
  }));
}

}  // namespace azoth
