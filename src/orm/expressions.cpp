// SPDX-License-Identifier: MIT
// Attributes that are SQL expressions. An expression may speak of other classes, and of its own, so
// it is made when it is first asked for, not with the mapper. It enters statements as an anonymous
// label: `user.first || ? || user.last AS anon_1`, which ORDER BY finds again.
#include "orm/expressions.hpp"

#include "orm/mapper_builder.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/column_property.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/node_of.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/visitors.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm {

void declare_expression(MapperBuilder& builder,
                        const void* member,
                        Position& position,
                        const ColumnDeclaration& d,
                        sql::Ref (*expression)()) {
  Mapper& m = *builder.mapper;
  if (d.is_primary_key || d.is_version_id || !d.foreign_key.empty() || d.default_value) {
    throw ArgumentError(fmt::format(
        "{}.{} is a SQL expression without a column: of the options of columns it takes Deferred, "
        "DeferredGroup and DeferredRaiseload",
        m.class_name,
        d.name));
  }
  const Position here = place_attribute(builder, member, d.name, {false, 0, true});
  ColumnAttribute& c = m.expressions.emplace_back();
  c.name = d.name;
  c.index = here.index;
  c.offset = here.offset;
  c.cell = d.cell;
  c.type = sized(d.type(), d);
  c.expression = expression;
  c.is_query_expression = expression == nullptr;
  c.is_deferred = d.is_deferred || c.is_query_expression;
  c.has_deferred_raiseload = d.has_deferred_raiseload;
  c.deferred_group = d.deferred_group;
  position = here;
}

void number_expressions(Mapper& m) {
  std::uint32_t slot = static_cast<std::uint32_t>(m.columns.size());
  for (std::uint32_t i = 0; i < m.expressions.size(); ++i) {
    m.expressions[i].slot = slot++;
    m.attributes[m.expressions[i].index].slot = i;
  }
  if (!m.expressions.empty()) {
    m.expression_nodes = std::make_unique<std::atomic<const sql::Node*>[]>(m.expressions.size());
  }
}

sql::Ref expression_node(const Mapper& mapper, unsigned attribute) {
  const std::uint32_t place = mapper.attributes[attribute].slot;
  std::atomic<const sql::Node*>& node = mapper.expression_nodes[place];
  if (const sql::Node* made = node.load(std::memory_order_acquire)) {
    return sql::Ref(made);
  }
  const ColumnAttribute& c = mapper.expressions[place];
  sql::Ref label = sql::label(c.expression ? c.expression() : sql::Ref(sql::null()), {});
  sql::NodeAccess::set_eternal(*label);
  const sql::Node* expected = nullptr;
  node.compare_exchange_strong(expected, label.get(), std::memory_order_acq_rel);
  return expected ? sql::Ref(expected) : label;
}

bool has_query_value(const Object& object, unsigned attribute) {
  return is_loaded(object, attribute);
}

bool is_expression(const sql::Ref& column) {
  return column->kind() == sql::Kind::label && sql::as<sql::Label>(column).name.empty();
}

std::vector<std::uint32_t> loaded_expressions(const Mapper& mapper, const LoadPath& path) {
  std::vector<std::uint32_t> slots;
  if (mapper.has_union) {  // they speak of one table: read by themselves
    return slots;
  }
  for (const ColumnAttribute& c : mapper.expressions) {
    const bool is_given = path.find_expression(c.name) != nullptr;
    if (is_given || (!c.is_query_expression && column_strategy(c, path) == ColumnStrategy::load)) {
      slots.push_back(c.slot);
    }
  }
  return slots;
}

sql::Refs expressions_at(const Mapper& mapper,
                         const sql::Ref& from,
                         const std::vector<std::uint32_t>& slots,
                         const LoadPath& path) {
  sql::Refs columns;
  for (const std::uint32_t slot : slots) {
    const ColumnAttribute& c = mapper.at(slot);
    const sql::Ref* given = path.find_expression(c.name);
    sql::Ref column = given ? sql::label(sql::Ref(*given), {}) : expression_node(mapper, c.index);
    columns.push_back(from == mapper.selectable ? std::move(column)
                                                : sql::ClauseAdapter(from).traverse(column));
  }
  return columns;
}

const sql::Ref& entity_of(const Mapper& mapper) {
  const sql::Ref& plain = (mapper.needs_family() ? configured(mapper) : mapper).entity;
  if (mapper.expressions.empty()) [[likely]] {
    return plain;
  }
  if (const sql::Ref* made = mapper.entity_with_expressions.load(std::memory_order_acquire)) {
    return *made;
  }
  const auto& entity = sql::as<sql::Entity>(plain);
  sql::Refs columns =
      expressions_at(mapper, mapper.selectable, loaded_expressions(mapper, {}), LoadPath{});
  columns.insert(columns.end(), entity.columns.begin(), entity.columns.end());
  auto* fresh = new sql::Ref(sql::make_node<sql::Entity>(
      entity.from, std::move(columns), &mapper, entity.criteria, entity.name));
  sql::NodeAccess::set_eternal(**fresh);
  const sql::Ref* expected = nullptr;
  if (mapper.entity_with_expressions.compare_exchange_strong(
          expected, fresh, std::memory_order_acq_rel)) {
    return *fresh;
  }
  return *expected;  // another thread was first; the nodes of this one are never destroyed
}

void expire_expressions(Object& object) {
  for (const ColumnAttribute& c : mapper_of(object).expressions) {
    set_unloaded(object, c.index);
  }
}

}  // namespace azoth::orm
