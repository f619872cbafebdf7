// SPDX-License-Identifier: MIT
// What a column does beyond holding its value: loading before a read, recording before a change.
#include "orm/bits.hpp"
#include "orm/tracking.hpp"
#include <azoth/base/assert.hpp>
#include <azoth/base/error.hpp>
#include <azoth/orm/attribute.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/object_session.hpp>

namespace azoth::orm {

namespace detail {
namespace {
[[noreturn]] void throw_wide(const std::string& value, std::size_t bits) {
  throw ArgumentError("The value " + value + " does not fit into the column's C++ type of " +
                      std::to_string(bits) + " bits; declare the column with a wider type");
}
}  // namespace

void throw_out_of_range(std::int64_t value, std::size_t bits) {
  throw_wide(std::to_string(value), bits);
}

void throw_out_of_range(std::uint64_t value, std::size_t bits) {
  throw_wide(std::to_string(value), bits);
}
}  // namespace detail

void load_before_read(const Object& object, unsigned attribute) {
  if (is_loaded(object, attribute)) {
    return;
  }
  if (find_expression(object, attribute)) {
    const Mapper& mapper = mapper_of(object);
    throw InvalidRequestError("The value of '" + mapper.class_name + "." +
                              mapper.column(attribute).name +
                              "' is a SQL expression until it is flushed; flush the session first");
  }
  ObjectSession* session = header(object).session;
  if (!session) {
    throw DetachedInstanceError(
        "Instance " + instance_name(object) +
        " is not bound to a Session; attribute refresh operation cannot proceed");
  }
  session->load_column(const_cast<Object&>(object), attribute);
  AZOTH_ASSERT(is_loaded(object, attribute));
}

void set_expression(Object& object, unsigned attribute, const sql::Ref& expression) {
  record_before_change(object, attribute);
  const bool is_settled = header(object).slab != nullptr;
  auto& expressions = extra_of(object, is_settled ? mapper_of(object).words() : 0).expressions;
  std::erase_if(expressions, [&](const auto& e) { return e.first == attribute; });
  expressions.emplace_back(attribute, expression);
  if (is_settled) {
    set_unloaded(object, attribute);
  }
}

void mark_given(Object& object, unsigned attribute) {
  set_modified(object, attribute);
}

void record_before_change(Object& object, unsigned attribute) {
  ObjectHeader& h = header(object);
  if (!h.slab) {
    set_modified(object, attribute);
    if (has_expressions(object)) {
      std::erase_if(h.extra->expressions, [&](const auto& e) { return e.first == attribute; });
    }
    return;
  }
  if (!is_modified(object, attribute)) {
    if (keeps_changes(object)) {
      const Mapper& mapper = mapper_of(object);
      const ColumnAttribute& column = mapper.column(attribute);
      if (column.is_primary_key || column.has_active_history) {
        load_before_read(object, attribute);
      }  // the old key finds the row
      const bool is_known = is_loaded(object, attribute);
      Value scratch;
      extra_of(object, mapper.words())
          .columns.push_back({attribute,
                              is_known,
                              is_known ? load_cell(column.cell, member(object, column), scratch)
                                       : Literal(std::nullopt)});
    }
    touch(object, attribute);
  }
  if (has_expressions(object)) {
    std::erase_if(h.extra->expressions, [&](const auto& e) { return e.first == attribute; });
  }
  if (h.has_unloaded_columns) {
    set_loaded(object, attribute);
  }
}

const ColumnAttribute& column_attribute(const Mapper& mapper, unsigned attribute) {
  return mapper.column(attribute);
}

sql::Ref column_node(const Mapper& mapper, unsigned attribute) {
  return (mapper.has_union ? configured(mapper) : mapper).column(attribute).node;
}

sql::Ref key_node(const Mapper& mapper, unsigned attribute) {
  for (const ColumnAttribute& key : mapper.tables.back().keys) {
    if (key.index == attribute) {
      return key.node;
    }
  }
  return column_node(mapper, attribute);
}

}  // namespace azoth::orm
