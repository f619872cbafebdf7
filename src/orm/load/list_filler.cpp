// SPDX-License-Identifier: MIT
// Sorts members by parent with one counting pass, so that rows may come in any order.
#include "orm/load/list_filler.hpp"

#include <azoth/base/warning.hpp>
#include <azoth/orm/changes.hpp>

#include <algorithm>

namespace azoth::orm {

namespace {

constexpr std::ptrdiff_t scanned_length = 16;  // shorter lists are searched without an index

Object** drop_repeats(Object** first, Object** last) {
  Object** end = first;
  if (last - first <= scanned_length) {
    for (Object** at = first; at != last; ++at) {
      if (std::find(first, end, *at) == end) {
        *end++ = *at;
      }
    }
    return end;
  }
  ObjectTable seen;
  for (Object** at = first; at != last; ++at) {
    if (seen.insert(*at).second) {
      *end++ = *at;
    }
  }
  return end;
}

void fill_one(Object& parent, const RelationshipAttribute& r, std::span<Object* const> members) {
  if (r.is_list) {
    return load_list(parent, r, members);
  }
  if (members.size() > 1) {
    warn(WarningCategory::sa_warning,
         "Multiple rows returned with uselist=False for eagerly-loaded attribute '" +
             r.full_name() + "' ");
  }
  load_target(parent, r, members.empty() ? nullptr : members.front());
}

}  // namespace

void ListFiller::fill(const RelationshipAttribute& r,
                      std::span<Object* const> parents,
                      bool may_repeat) {
  std::vector<std::uint32_t> ends(parents.size() + 1);
  for (const Member& m : members_) {
    ++ends[m.parent + 1];
  }
  for (std::size_t i = 1; i < ends.size(); ++i) {
    ends[i] += ends[i - 1];
  }
  // ends[i] is now where the members of parent i begin; it moves to their end as they are placed.
  std::vector<Object*> sorted(members_.size());
  for (const Member& m : members_) {
    sorted[ends[m.parent]++] = m.object;
  }
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < parents.size(); ++i) {
    Object** first = sorted.data() + begin;
    Object** last = sorted.data() + ends[i];
    begin = ends[i];
    if (!is_loaded(*parents[i], r.index)) {
      last = may_repeat ? drop_repeats(first, last) : last;
      fill_one(*parents[i], r, {first, static_cast<std::size_t>(last - first)});
    }
  }
}

}  // namespace azoth::orm
