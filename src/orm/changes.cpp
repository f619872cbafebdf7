// SPDX-License-Identifier: MIT
// Reads the records of changes, and fills relationships from the database without losing what
// changed meanwhile.
#include "orm/bits.hpp"
#include "orm/tracking.hpp"
#include <azoth/orm/changes.hpp>
#include <azoth/orm/heap.hpp>

#include <algorithm>

namespace azoth::orm {

namespace {
template <class Changes>
auto find_in(Changes& changes, std::uint32_t attribute) {
  const auto at = std::find_if(
      changes.begin(), changes.end(), [&](const auto& c) { return c.attribute == attribute; });
  return at == changes.end() ? nullptr : &*at;
}

Value current_value(const Object& object, const ColumnAttribute& column) {
  Value scratch;
  return Value(load_cell(column.cell, member(object, column), scratch));
}

RelationshipHistory target_history(const Object& object, const RelationshipAttribute& r) {
  Object* current = raw_target(const_cast<Object&>(object), r);
  RelationshipHistory history;
  if (!keeps_changes(object)) {
    if (current) {
      history.added.push_back(current);
    }
    return history;
  }
  const RelationshipChange* change = find_change(object, r);
  if (!change || (change->is_known && change->old_target == current)) {
    if (current && is_loaded(object, r.index)) {
      history.unchanged.push_back(current);
    }
    return history;
  }
  if (current) {
    history.added.push_back(current);
  }
  if (change->old_target) {
    history.deleted.push_back(change->old_target);
  }
  return history;
}
}  // namespace

const ColumnChange* find_change(const Object& object, const ColumnAttribute& column) {
  return header(object).has_extra ? find_in(header(object).extra->columns, column.index) : nullptr;
}

const RelationshipChange* find_change(const Object& object,
                                      const RelationshipAttribute& relationship) {
  return header(object).has_extra ? find_in(header(object).extra->relationships, relationship.index)
                                  : nullptr;
}

Value committed_value(const Object& object, const ColumnAttribute& column) {
  const ColumnChange* change = find_change(object, column);
  return change ? change->committed : current_value(object, column);
}

ColumnHistory history_of(const Object& object, const ColumnAttribute& column) {
  ColumnHistory history;
  if (!is_loaded(object, column.index)) {
    return history;
  }
  const ColumnChange* change = find_change(object, column);
  Value current = current_value(object, column);
  if (!keeps_changes(object)) {
    if (is_modified(object, column.index)) {
      history.added = std::move(current);
    }
  } else if (!change || (change->is_known && change->committed == current)) {
    history.unchanged = std::move(current);
  } else {
    history.added = std::move(current);
    if (change->is_known) {
      history.deleted = change->committed;
    }
  }
  return history;
}

RelationshipHistory history_of(const Object& object, const RelationshipAttribute& r) {
  if (!r.is_list) {
    return target_history(object, r);
  }
  const ObjectList& list = raw_list(const_cast<Object&>(object), r);
  const RelationshipChange* change = find_change(object, r);
  RelationshipHistory history;
  if (!keeps_changes(object)) {
    list.each([&](Object* o) { history.added.push_back(o); });
    return history;
  }
  list.each([&](Object* o) {
    if (!change || !change->added.contains(o)) {
      history.unchanged.push_back(o);
    }
  });
  if (change) {
    change->added.each([&](Object* o) { history.added.push_back(o); });
    change->removed.each([&](Object* o) { history.deleted.push_back(o); });
  }
  return history;
}

const sql::Ref* find_expression(const Object& object, unsigned attribute) {
  if (has_expressions(object)) {
    for (const auto& [number, expression] : header(object).extra->expressions) {
      if (number == attribute) {
        return &expression;
      }
    }
  }
  return nullptr;
}

void forget_change(Object& object, unsigned attribute) {
  ObjectHeader& h = header(object);
  modified_bits(object)[attribute / 32] &= ~(1u << attribute % 32);
  if (h.has_extra) {
    const auto is_of_it = [&](const auto& change) { return change.attribute == attribute; };
    std::erase_if(h.extra->columns, is_of_it);
    std::erase_if(h.extra->relationships, is_of_it);
    std::erase_if(h.extra->expressions, [&](const auto& e) { return e.first == attribute; });
  }
}

void load_target(Object& object, const RelationshipAttribute& relationship, Object* target) {
  raw_target(object, relationship) = target;
  set_loaded(object, relationship.index);
}

void load_list(Object& object,
               const RelationshipAttribute& relationship,
               std::span<Object* const> members) {
  const RelationshipChange* change = find_change(object, relationship);
  ObjectList list;
  list.reserve_more(members.size() + (change ? change->added.size() : 0));
  for (Object* o : members) {
    if (!change || !(change->removed.contains(o) || change->added.contains(o))) {
      list.push_back(o);
    }
  }
  if (change) {
    change->added.each([&](Object* o) { list.push_back(o); });
  }
  raw_list(object, relationship).swap(list);
  set_loaded(object, relationship.index);
}

}  // namespace azoth::orm
