// SPDX-License-Identifier: MIT
// The table of a mapped class: its own, its parent's, or one that the program declares.
#include "orm/mapper_builder.hpp"
#include "orm/registry.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/mapping.hpp>
#include <azoth/sql/node_of.hpp>
#include <azoth/sql/table_node.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <utility>

namespace azoth::orm {

namespace {

// A table that the program declares. It lives as long as the program: so can its node.
sql::Ref given_table(const MapperBuilder& builder, const sql::Ref& ref) {
  const auto& table = sql::as<sql::TableNode>(ref);
  for (const Column& column : builder.columns) {
    const auto at = std::find_if(table.columns.begin(), table.columns.end(), [&](const auto& c) {
      return c.name == column.name;
    });
    if (at == table.columns.end()) {
      throw ArgumentError(
          fmt::format("Class {} is mapped to table '{}', which has no column '{}'; name one of the "
                      "table's with "
                      "ColumnName<>",
                      builder.mapper->class_name,
                      table.fullname(),
                      column.name));
    }
  }
  if (sql::NodeAccess::keep(table) != sql::Keep::eternal) {
    sql::NodeAccess::set_eternal(table);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      sql::NodeAccess::set_eternal(*table.column(i));
    }
  }
  return ref;
}

sql::Ref make_table(MapperBuilder& builder, TableArgs&& args) {
  const std::string& name = builder.mapper->table_name;
  const auto dot = name.rfind('.');
  const std::string schema = dot == std::string::npos ? std::string() : name.substr(0, dot);
  args.options.schema = schema;
  return sql::make_table(name.substr(dot + 1),
                         args.options,
                         builder.mapper->metadata->state(),
                         std::move(builder.columns),
                         std::move(args.constraints),
                         std::move(args.indexes),
                         true);
}

// By key, as a class makes its table; of a table that the program declares, by the column's name.
int position_in(const sql::TableNode& table, const ColumnAttribute& c) {
  if (c.column_name.empty()) {
    return table.position_of(c.name);
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == c.column_name) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

// The columns of the table that the class itself declares, now that there is a table.
void place_columns(Mapper& m) {
  const MappedTable& own = m.tables.back();
  const int generated = own.table->autoincrement_column();
  const auto& from = sql::as<sql::FromNode>(m.selectable);
  m.slots_at.resize(from.specs().size());
  for (ColumnAttribute& c : m.columns) {
    if (!c.table) {
      const int at = position_in(*own.table, c);
      if (at < 0) {
        throw ArgumentError(fmt::format(
            "Table '{}' has no column for {}.{}: the table was made before the class was known",
            own.table->fullname(),
            m.class_name,
            c.name));
      }
      c.table = own.table;
      c.table_position = static_cast<std::uint32_t>(at);
      c.position = own.begin + c.table_position;
      c.node = from.column(c.position);
      c.is_nullable = own.table->columns[c.table_position].is_nullable;
      c.is_autoincrement = generated == at;
    }
    m.slots_at[c.position] = c.slot;
  }
  for (const MappedTable& table : m.tables) {
    for (const ColumnAttribute& key : table.keys) {
      m.slots_at[key.position] = key.slot;
    }
  }
}

}  // namespace

void map_table(MapperBuilder& builder, const ClassDeclaration& declaration) {
  Mapper& m = *builder.mapper;
  // Functions of the program are called without the lock, as they may use other mapped classes.
  const sql::Ref given = declaration.mapped_table ? declaration.mapped_table().node() : sql::Ref();
  TableArgs args = declaration.table_args ? declaration.table_args() : TableArgs();
  const std::lock_guard lock(registry_mutex());
  if (m.inheritance == Inheritance::single) {
    m.table_ref = m.parent->table_ref;
  } else {
    m.table_ref = given ? given_table(builder, given) : make_table(builder, std::move(args));
  }
  m.table = &sql::as<sql::TableNode>(m.table_ref);
  join_tables(builder);
  place_columns(m);
  if (m.inheritance == Inheritance::none || m.inheritance == Inheritance::concrete) {
    for (const std::uint32_t slot : m.primary_key) {
      m.tables.back().keys.push_back(m.columns[slot]);
    }
  }
  const std::uint32_t id = add_mapper(m);
  const bool shares = m.inheritance == Inheritance::single || m.inheritance == Inheritance::joined;
  m.base = shares ? m.parent->base : &m;
  m.base_id = shares ? m.parent->base_id : id;
  if (!m.needs_family()) {
    m.family = {&m};
    make_entity(m);
  }
}

}  // namespace azoth::orm
