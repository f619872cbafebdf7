// SPDX-License-Identifier: MIT
// A select is looked through for FROM elements of the criteria's class: what it selects from gets
// the condition in WHERE, what it joins in the ON clause of the join, so that an outer join keeps
// its rows on the left. A Join that the program made itself is taken as it is.
#include "orm/load/criteria.hpp"

#include "orm/load/rewriter.hpp"
#include "orm/registry.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/elements.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>
#include <azoth/sql/visitors.hpp>

#include <algorithm>

namespace azoth::orm {

using sql::Clause;
using sql::Kind;
using sql::Ref;
using sql::Refs;
using sql::StatementBuilder;

namespace {

const LoaderOption& as_option(const Ref& node) {
  return sql::as<LoaderOption>(node);
}

const sql::Statement& as_statement(const Ref& ref) {
  return sql::as<sql::Statement>(ref);
}

// Calls f(name, kind) for each attribute that the criteria speak of, while it returns true.
template <class F>
bool all_attributes(const LoaderOption& o, F&& f) {
  std::size_t begin = 0;
  for (const char kind : o.group) {
    const std::size_t end = o.columns.find(' ', begin);
    if (!f(std::string_view(o.columns).substr(begin, end - begin), static_cast<CellKind>(kind))) {
      return false;
    }
    begin = end + 1;
  }
  return true;
}

bool is_meant(const LoaderOption& o, const Mapper& mapper) {
  if (o.mapper) {
    return mapper.isa(*o.mapper);
  }
  return all_attributes(o, [&](std::string_view name, CellKind kind) {
    const ColumnAttribute* column = mapper.find_column(name);
    return column && column->cell.kind == kind;
  });
}

// Whether a select within criteria selects from the class by itself, and does not mean the row that
// the criteria are about.
bool selects_from(const Ref& select, const Mapper& mapper) {
  Refs froms;
  const auto& s = as_statement(select);
  s.each(Clause::column, [&](const Ref& part) { sql::collect_froms(part, froms); });
  s.each(Clause::from, [&](const Ref& part) { froms.push_back(part); });
  return std::any_of(froms.begin(), froms.end(), [&](const Ref& from) {
    const Ref& named = from->kind() == Kind::entity ? sql::as<sql::Entity>(from).from : from;
    return named == mapper.table_ref || named == mapper.selectable;
  });
}

Ref attribute_at(const Mapper& mapper, std::string_view name, const TablePlace& place) {
  const ColumnAttribute* column = mapper.find_column(name);
  return column ? place.at(column->position) : Ref();
}

// The condition where the class's columns stand at `place`.
Ref condition_at(const LoaderOption& o, const Mapper& mapper, const TablePlace& place) {
  if (&mapper == o.mapper && place.from == mapper.selectable) {
    return o.expression;
  }
  return sql::replacement_traverse(o.expression, [&](const Ref& node) -> Ref {
    if (node->kind() == Kind::column_clause) {
      const std::string& name = sql::as<sql::ColumnClause>(node).name;
      const bool is_mark = !o.mapper && !name.empty() && name.front() == criteria_attribute_mark;
      return is_mark ? attribute_at(mapper, std::string_view(name).substr(1), place) : Ref();
    }
    if (o.mapper && node->kind() == Kind::select && selects_from(node, *o.mapper)) {
      return node;
    }
    if (!o.mapper || node->kind() != Kind::column) {
      return {};
    }
    const auto& column = sql::as<sql::ColumnNode>(node);
    if (column.owner->kind() != Kind::table) {
      return {};
    }
    const auto& table = static_cast<const sql::TableNode&>(*column.owner);
    const ColumnAttribute* attribute = o.mapper->find_column(table, column.index);
    return attribute ? attribute_at(mapper, attribute->name, place) : Ref();
  });
}

Ref and_also(Ref condition, Refs more) {
  if (more.empty()) {
    return condition;
  }
  more.insert(more.begin(), std::move(condition));
  return sql::conjunction(sql::Op::and_, std::move(more));
}

// A FROM element with the class whose rows it is, where the statement says so.
struct Place {
  Ref from;
  const Mapper* mapper;
};

Place place_named(const Ref& part) {
  if (part->kind() == Kind::entity) {
    const auto& entity = sql::as<sql::Entity>(part);
    return {entity.from, static_cast<const Mapper*>(entity.mapper)};
  }
  const bool is_alias =
      part->kind() == Kind::alias && sql::is_from(sql::as<sql::Alias>(part).element->kind());
  return {part, mapper_selecting_from(is_alias ? *sql::as<sql::Alias>(part).element : *part)};
}

// Puts criteria into one select.
class SelectCriteria {
 public:
  SelectCriteria(const Refs& criteria, Ref select)
      : criteria_(criteria), select_(std::move(select)) {}

  Ref run() {
    is_secondary_ = false;
    as_statement(select_).each(Clause::option, [&](const Ref& part) {
      is_secondary_ |= part->kind() == Kind::loader_option &&
                       as_option(part).form == LoaderOption::Form::ancestor;
    });
    join();
    find_places();
    for (const Place& place : places_) {
      for (Ref& condition : conditions_for(place)) {
        StatementBuilder::append(select_, Clause::where, std::move(condition));
      }
    }
    return std::move(select_);
  }

 private:
  Refs conditions_for(const Place& place) const {
    Refs conditions;
    if (!place.mapper) {
      return conditions;
    }
    const Mapper& mapper = configured(*place.mapper);
    const bool is_own = place.from == mapper.selectable || place.from == place_of_class(mapper);
    for (const Ref& part : criteria_) {
      const LoaderOption& o = as_option(part);
      if (is_meant(o, mapper) && (is_own || o.includes_aliases)) {
        conditions.push_back(condition_at(o, mapper, table_place(place.from, mapper)));
      }
    }
    return conditions;
  }

  static const Ref& place_of_class(const Mapper& mapper) {
    return sql::as<sql::Entity>(entity_node(mapper)).from;
  }

  void add(Place place) {
    const auto is_same = [&](const Place& other) { return other.from == place.from; };
    const auto known = std::find_if(places_.begin(), places_.end(), is_same);
    if (known == places_.end()) {
      places_.push_back(std::move(place));
    }
  }

  void find_places() {
    const sql::Statement& s = as_statement(select_);
    s.each(Clause::column, [&](const Ref& part) {
      if (part->kind() == Kind::entity) {
        return add(place_named(part));
      }
      Refs owners;
      sql::is_from(part->kind()) ? owners.push_back(part) : sql::collect_froms(part, owners);
      for (const Ref& owner : owners) {
        add(place_named(owner));
      }
    });
    s.each(Clause::from, [&](const Ref& part) { add(place_named(part)); });
    s.each(Clause::join, [&](const Ref& part) {
      if (const Ref& left = sql::as<sql::JoinStep>(part).left) {
        add(place_named(left));
      }
    });
    std::erase_if(places_, [&](const Place& place) {
      return std::find(joined_.begin(), joined_.end(), place.from) != joined_.end();
    });
  }

  // The joins with criteria in their conditions; what they join needs none in WHERE.
  void join() {
    Refs steps, froms;
    bool changes = false;
    as_statement(select_).each(Clause::join, [&](const Ref& part) {
      steps.push_back(joined(part));
      changes |= steps.back() != part;
    });
    if (changes) {
      replace(Clause::join, steps);
    }
    if (!is_secondary_) {
      return;
    }
    changes = false;
    as_statement(select_).each(Clause::from, [&](const Ref& part) {
      froms.push_back(part->kind() == Kind::join ? with_right_side(part) : part);
      changes |= froms.back() != part;
    });
    if (changes) {
      replace(Clause::from, froms);
    }
  }

  void replace(Clause clause, const Refs& parts) {
    StatementBuilder::remove(select_, clause);
    for (const Ref& part : parts) {
      StatementBuilder::append(select_, clause, part);
    }
  }

  // `left JOIN class ON ...`, as loaders and joins through association tables have it.
  Ref with_right_side(const Ref& from) {
    const auto& join = sql::as<sql::Join>(from);
    Place right = place_named(join.right);
    as_statement(select_).each(Clause::column, [&](const Ref& part) {
      if (part->kind() == Kind::entity && sql::as<sql::Entity>(part).from == right.from) {
        right = place_named(part);  // which tells classes that share a table apart
      }
    });
    Refs conditions = conditions_for(right);
    if (conditions.empty()) {
      return from;
    }
    joined_.push_back(right.from);
    return sql::join(join.left,
                     join.right,
                     and_also(join.onclause, std::move(conditions)),
                     join.is_outer,
                     join.is_full);
  }

  Ref joined(const Ref& part) {
    const auto& step = sql::as<sql::JoinStep>(part);
    const Place target = place_named(step.target);
    if (target.from->kind() == Kind::join && !target.mapper) {
      const Ref both = with_right_side(target.from);
      return both == target.from
                 ? part
                 : sql::join_step(step.left, both, step.onclause, step.is_outer, step.is_full);
    }
    joined_.push_back(target.from);
    Refs conditions = conditions_for(target);
    if (conditions.empty()) {
      return part;
    }
    const Ref on = step.onclause ? step.onclause : implied_condition(step, target.from);
    return sql::join_step(
        step.left, step.target, and_also(on, std::move(conditions)), step.is_outer, step.is_full);
  }

  // The condition that foreign keys imply between the target and the one element before it.
  Ref implied_condition(const sql::JoinStep& step, const Ref& target) const {
    if (step.left) {
      return sql::join_condition(place_named(step.left).from, target);
    }
    Refs lefts;
    const auto offer = [&](const Ref& from) {
      const bool is_known = std::find(lefts.begin(), lefts.end(), from) != lefts.end();
      if (!is_known && from != target && sql::can_join(from, target)) {
        lefts.push_back(from);
      }
    };
    const sql::Statement& s = as_statement(select_);
    s.each(Clause::from, [&](const Ref& f) { offer(place_named(f).from); });
    if (lefts.empty()) {
      Refs owners;
      s.each(Clause::column, [&](const Ref& column) { sql::collect_froms(column, owners); });
      std::for_each(owners.begin(), owners.end(), offer);
    }
    for (std::size_t i = 0; lefts.empty() && i + 1 < joined_.size(); ++i) {
      offer(joined_[i]);
    }
    if (lefts.size() != 1) {
      throw InvalidRequestError(
          "with_loader_criteria() can't tell what a join without ON clause joins; state the ON "
          "clause, or join along a relationship");
    }
    return sql::join_condition(lefts.front(), target);
  }

  const Refs& criteria_;
  Ref select_;
  std::vector<Place> places_;
  Refs joined_;
  bool is_secondary_ = false;  // of a loader, behind other statements
};

}  // namespace

Ref with_criteria(const Ref& statement, const Refs& criteria, bool is_refresh) {
  const auto keep_options = [](const Ref& node) {
    return node->kind() == Kind::loader_option ? node : Ref();
  };
  const auto extend = [&](const Ref& original, Ref made) {
    const bool is_limited = made->kind() == Kind::select && !(is_refresh && original == statement);
    return is_limited ? SelectCriteria(criteria, std::move(made)).run() : made;
  };
  return sql::replacement_traverse(statement, keep_options, extend);
}

Ref with_criteria(Ref condition,
                  const Refs& criteria,
                  const Mapper& mapper,
                  const TablePlace& place) {
  Refs more;
  for (const Ref& part : criteria) {
    if (as_option(part).propagates && is_meant(as_option(part), mapper)) {
      more.push_back(condition_at(as_option(part), mapper, place));
    }
  }
  return and_also(std::move(condition), std::move(more));
}

void append_criteria_of(Ref& statement,
                        const Refs& criteria,
                        const Mapper& mapper,
                        const TablePlace& place) {
  for (const Ref& part : criteria) {
    if (is_meant(as_option(part), mapper)) {
      StatementBuilder::append(
          statement, Clause::where, condition_at(as_option(part), mapper, place));
    }
  }
}

sql::Ref CriteriaRewriter::rewrite(const Ref& statement, std::shared_ptr<const void>&) {
  return with_criteria(statement, criteria_of(statement), false);
}

CriteriaRewriter& CriteriaRewriter::instance() {
  static CriteriaRewriter rewriter;
  return rewriter;
}

}  // namespace azoth::orm
