// SPDX-License-Identifier: MIT
// The FROM list.
//
// A call of join() without a left side takes the one FROM element that can be joined to the target:
// among the explicit FROM elements when there are some (the join then takes that element's place),
// else among the owners of columns and criteria. "Can be joined" means: by a foreign key, or, when
// there is an ON clause and a choice, that the ON clause draws on nothing but the two.
#include "compile/from_list.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/table_node.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::compile {

using namespace sql;

bool contains(const Node& from, const Node& element) {
  if (&from == &element) {
    return true;
  }
  if (from.kind() != Kind::join) {
    return false;
  }
  const auto& join = as<Join>(from);
  return contains(*join.left, element) || contains(*join.right, element);
}

void append_leaves(const Ref& from, std::vector<const Node*>& out) {
  out.push_back(from.get());
  if (from->kind() == Kind::join) {
    append_leaves(as<Join>(from).left, out);
    append_leaves(as<Join>(from).right, out);
  }
}

namespace {

Ref from_of(const Ref& part) {
  return part->kind() == Kind::entity ? as<Entity>(part).from : part;
}

void add_once(const Ref& from, Refs& out) {
  if (std::find(out.begin(), out.end(), from) == out.end()) {
    out.push_back(from);
  }
}

bool is_hidden(const Ref& from, const Refs& froms) {
  return std::any_of(froms.begin(), froms.end(), [&](const Ref& other) {
    return !(other == from) && contains(*other, *from);
  });
}

// Collects the owners of all columns of an ON clause.
bool draws_only_on(const Ref& onclause, const Ref& left, const Ref& right) {
  Refs owners;
  collect_froms(onclause, owners);
  return std::all_of(owners.begin(), owners.end(), [&](const Ref& owner) {
    return contains(*left, *owner) || contains(*right, *owner);
  });
}

std::string description(const Ref& from) {
  switch (from->kind()) {
    case Kind::entity: {
      const auto& entity = as<Entity>(from);
      return fmt::format("<Mapper at {}; {}>", entity.mapper, entity.name);
    }
    case Kind::table: {
      const auto& table = as<TableNode>(from);
      return "Table '" + table.fullname() + "'";
    }
    case Kind::table_clause:
      return "TableClause '" + as<TableClause>(from).name + "'";
    case Kind::join:
      return "Join of " + description(as<Join>(from).left) + " and " +
             description(as<Join>(from).right);
    default: {
      const auto& alias = as<Alias>(from);
      const std::string_view word = from->kind() == Kind::alias ? "Alias" : "Subquery";
      return std::string(word) + (alias.name.empty() ? " without a name" : " '" + alias.name + "'");
    }
  }
}

constexpr std::string_view advice =
    " Please use the .select_from() method to establish an explicit left side, as well as "
    "providing "
    "an explicit ON clause if not present already to help resolve the ambiguity.";

// Resolves the calls of join() of one select, in order.
class Joiner {
 public:
  Joiner(const Statement& select, Refs& explicit_froms) : select_(select), froms_(explicit_froms) {}

  void add(const JoinStep& step) {
    const Ref target = from_of(step.target);
    Ref left;
    std::size_t place = froms_.size();
    if (step.left) {
      left = from_of(step.left);
      place = place_of(left);
    } else if (froms_.empty()) {
      const Refs owners = implicit_froms(step);
      left = owners[choose(owners, step.target, step.onclause)];
    } else {
      place = choose(froms_, step.target, step.onclause);
    }
    const Ref& outer = place < froms_.size() ? froms_[place] : left;
    Ref onclause = step.onclause ? step.onclause : join_condition(outer, target);
    Ref join = sql::join(outer, target, std::move(onclause), step.is_outer, step.is_full);
    if (place < froms_.size()) {
      froms_[place] = std::move(join);
    } else {
      froms_.push_back(std::move(join));
    }
  }

 private:
  // An explicit left side may be part of a FROM element already: the join then goes on from there.
  std::size_t place_of(const Ref& left) const {
    std::size_t found = froms_.size();
    for (std::size_t i = 0; i < froms_.size(); ++i) {
      if (contains(*froms_[i], *left)) {
        if (found != froms_.size()) {
          throw InvalidRequestError(
              "Can't identify which entity in which to assign the left side of this join.   Please "
              "use a more specific ON clause.");
        }
        found = i;
      }
    }
    return found;
  }

  Refs implicit_froms(const JoinStep& step) const {
    Refs owners;
    if (!step.columns.empty()) {
      for (const Ref& column : step.columns) {
        collect_froms(column, owners);
      }
      return owners;
    }
    for (Clause clause : {Clause::column, Clause::where}) {
      select_.each(clause, [&](const Ref& part) { collect_froms(part, owners); });
    }
    return owners;
  }

  static std::size_t choose(const Refs& froms, const Ref& named, const Ref& onclause) {
    const Ref target = from_of(named);
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < froms.size(); ++i) {
      const bool fits = !onclause ? can_join(froms[i], target)
                                  : froms.size() == 1 || draws_only_on(onclause, froms[i], target);
      if (fits && !(froms[i] == target)) {
        found.push_back(i);
      }
    }
    if (found.empty() && onclause && !froms.empty()) {
      for (std::size_t i = 0; i < froms.size(); ++i) {
        found.push_back(i);
      }
    }
    if (found.size() > 1) {
      std::erase_if(found, [&](std::size_t i) { return is_hidden(froms[i], froms); });
    }
    if (found.size() == 1) {
      return found.front();
    }
    if (found.empty()) {
      throw InvalidRequestError("Don't know how to join to " + description(named) + "." +
                                std::string(advice));
    }
    throw InvalidRequestError(
        "Can't determine which FROM clause to join from, there are multiple FROMS which can join "
        "to this entity." +
        std::string(advice));
  }

  const Statement& select_;
  Refs& froms_;
};

}  // namespace

Refs select_froms(const Statement& select) {
  Refs explicit_froms;
  select.each(Clause::from, [&](const Ref& part) { add_once(from_of(part), explicit_froms); });
  if (select.has(Clause::join)) {
    Joiner joiner(select, explicit_froms);
    select.each(Clause::join, [&](const Ref& part) { joiner.add(as<JoinStep>(part)); });
  }
  Refs all;
  select.each(Clause::column, [&](const Ref& part) { collect_froms(part, all); });
  select.each(Clause::where, [&](const Ref& part) { collect_froms(part, all); });
  for (const Ref& from : explicit_froms) {
    add_once(from, all);
  }
  const auto is_join = [](const Ref& f) { return f->kind() == Kind::join; };
  if (std::any_of(all.begin(), all.end(), is_join)) {
    const Refs before = all;
    std::erase_if(all, [&](const Ref& from) { return is_hidden(from, before); });
  }
  return all;
}

void correlate(Refs& froms, const Statement& select, const Enclosing& enclosing, bool in_from) {
  const auto has = [](const std::vector<const Node*>& list, const Ref& from) {
    return std::find(list.begin(), list.end(), from.get()) != list.end();
  };
  // Within FROM, only what lies outside the enclosing select can be meant.
  const auto is_visible = [&](const Ref& from) {
    return has(enclosing.all, from) && !(in_from && has(enclosing.nearest, from));
  };
  // Saying what to correlate to ends the choice by itself; NULL there means nothing at all.
  if (select.has(Clause::correlate) || select.has(Clause::correlate_except)) {
    std::vector<const Node*> only, except;
    select.each(Clause::correlate, [&](const Ref& f) { append_leaves(from_of(f), only); });
    select.each(Clause::correlate_except, [&](const Ref& f) { append_leaves(from_of(f), except); });
    std::erase_if(froms, [&](const Ref& from) {
      return is_visible(from) &&
             (has(only, from) || (select.has(Clause::correlate_except) && !has(except, from)));
    });
    return;
  }
  if (in_from || select.is(Flag::no_auto_correlate) || enclosing.nearest.empty() ||
      froms.size() < 2) {
    return;
  }
  std::erase_if(froms, [&](const Ref& from) { return has(enclosing.nearest, from); });
  if (froms.empty()) {
    throw InvalidRequestError(
        "Select statement '<Select object>' returned no FROM clauses due to auto-correlation; "
        "specify "
        "correlate(<tables>) to control correlation manually.");
  }
}

}  // namespace azoth::compile
