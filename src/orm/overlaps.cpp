// SPDX-License-Identifier: MIT
// Keeps, for each column of a foreign key, the relationships that copy keys into it.
#include "orm/overlaps.hpp"

#include "orm/words.hpp"
#include <azoth/sql/table_node.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace azoth::orm {

namespace {

// A column of a table, by its place.
using Place = std::pair<const sql::TableNode*, std::uint32_t>;

struct Writer {
  const RelationshipAttribute* relationship;
  Place source;
};

std::map<Place, std::vector<Writer>>& writers() {
  static auto& all = *new std::map<Place, std::vector<Writer>>;
  return all;
}

std::string name_of(const Place& place) {
  return place.first->name + "." + place.first->columns[place.second].name;
}

// What a flush copies along the relationship: from, to.
std::vector<std::pair<Place, Place>> copies(const RelationshipAttribute& r) {
  std::vector<std::pair<Place, Place>> all;
  const auto of = [](const Mapper& mapper, std::uint32_t position) {
    const ColumnAttribute& column = mapper.column_at(position);
    return Place(column.table, column.table_position);
  };
  for (const RelationshipAttribute::Pair& p : r.pairs) {
    if (r.secondary) {
      all.push_back({of(*r.parent, p.local), {r.secondary, p.remote}});
    } else if (r.direction == Direction::many_to_one) {
      all.push_back({of(*r.target, p.remote), of(*r.parent, p.local)});
    } else {
      all.push_back({of(*r.parent, p.local), of(*r.target, p.remote)});
    }
  }
  for (const RelationshipAttribute::Pair& p : r.secondary_pairs) {
    all.push_back({of(*r.target, p.remote), {r.secondary, p.local}});
  }
  return all;
}

bool names(const RelationshipAttribute& r, const RelationshipAttribute& other) {
  const std::vector<std::string_view> words = comma_separated(r.overlaps);
  return std::find(words.begin(), words.end(), other.name) != words.end();
}

bool are_siblings(const Mapper& a, const Mapper& b) {
  return a.base == b.base && !a.isa(b) && !b.isa(a);
}

bool conflict(const RelationshipAttribute& r, const RelationshipAttribute& other) {
  return &r != &other && r.back != &other && other.back != &r && !names(r, other) &&
         !names(other, r) && !are_siblings(*r.parent, *other.parent) &&
         !are_siblings(*r.target, *other.target) &&
         (r.name != other.name || r.parent->base != other.parent->base);
}

std::string text(const RelationshipAttribute& r,
                 const Place& from,
                 const Place& to,
                 const std::vector<Writer>& others) {
  std::vector<std::string> told, keys;
  for (const Writer& w : others) {
    told.push_back(fmt::format(
        "'{}' (copies {} to {})", w.relationship->full_name(), name_of(w.source), name_of(to)));
    keys.push_back(w.relationship->name);
  }
  std::sort(told.begin(), told.end());
  std::sort(keys.begin(), keys.end());
  return fmt::format(
      "relationship '{0}' will copy column {1} to column {2}, which conflicts with "
      "relationship(s): {3}. If this is not the intention, consider if these relationships should "
      "be linked with back_populates, or if viewonly=True should be applied to one or more if they "
      "are read-only. For the less common case that foreign key constraints are partially "
      "overlapping, the orm.foreign() annotation can be used to isolate the columns that should be "
      "written towards.   To silence this warning, add the parameter 'overlaps=\"{4}\"' to the "
      "'{0}' relationship.",
      r.full_name(),
      name_of(from),
      name_of(to),
      fmt::join(told, ", "),
      fmt::join(keys, ","));
}

}  // namespace

void find_overlaps(const RelationshipAttribute& r, std::vector<std::string>& warnings) {
  if (r.is_viewonly) {
    return;
  }
  for (const auto& [from, to] : copies(r)) {
    std::vector<Writer>& known = writers()[to];
    std::vector<Writer> others;
    std::copy_if(known.begin(), known.end(), std::back_inserter(others), [&](const Writer& w) {
      return conflict(r, *w.relationship);
    });
    if (!others.empty()) {
      warnings.push_back(text(r, from, to, others));
    }
    known.push_back({&r, from});
  }
}

}  // namespace azoth::orm
