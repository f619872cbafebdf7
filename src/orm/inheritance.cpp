// SPDX-License-Identifier: MIT
// How a class that inherits is mapped. Offsets, bits and places of the parent's attributes hold for
// the subclass too, as do positions in the parent's selectable: a joined subclass's selectable is
// the parent's, joined to one more table, whose columns are numbered behind. See
// docs/architecture/inheritance.md.
#include "orm/mapper_builder.hpp"
#include "orm/registry.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/node_of.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm {

void inherit(MapperBuilder& builder, const ClassDeclaration& declaration) {
  Mapper& m = *builder.mapper;
  const Mapper& parent = declaration.parent();
  m.parent = &parent;
  m.inheritance = declaration.is_concrete             ? Inheritance::concrete
                  : parent.table_name == m.table_name ? Inheritance::single
                                                      : Inheritance::joined;
  m.has_union = parent.has_union && declaration.is_concrete;
  m.attributes = parent.attributes;
  m.columns = parent.columns;
  m.expressions = parent.expressions;
  m.version_slot = parent.version_slot;
  m.version_generator = parent.version_generator;
  m.has_update_defaults = parent.has_update_defaults;
  for (const RelationshipAttribute& r : parent.relationships) {
    m.relationships.push_back(declared_part(r));
  }
  if (m.inheritance != Inheritance::concrete) {
    m.discriminator = parent.discriminator;
    m.tables = parent.tables;
    return;
  }
  for (ColumnAttribute& c : m.columns) {
    const sql::ColumnInfo& info = c.table->columns[c.table_position];
    builder.columns.emplace_back(info.name, info.type, info.options);
    c.table = nullptr;  // it belongs to the class's own table, which is still to be made
  }
}

const ColumnAttribute& shared_key(MapperBuilder& builder, const ColumnDeclaration& d) {
  Mapper& m = *builder.mapper;
  for (const MappedTable& table : m.parent->tables) {
    for (const ColumnAttribute& key : table.keys) {
      const std::string target =
          table.table->fullname() + "." + table.table->columns[key.table_position].name;
      if (d.foreign_key != target) {
        continue;
      }
      if (!(key.cell == d.cell)) {
        throw ArgumentError(fmt::format(
            "Column '{0}' of class {1} shares the value of {2}.{3}: give it the same C++ type",
            d.name,
            m.class_name,
            m.parent->class_name,
            key.name));
      }
      builder.shared_keys.push_back({static_cast<std::uint32_t>(builder.columns.size()), key.slot});
      return m.columns[key.slot];
    }
  }
  const MappedTable& parent = m.parent->tables.back();
  throw ArgumentError(fmt::format(
      "Column '{}' of class {} is a primary key beside that of its parent {}; say which one it "
      "shares: ForeignKey<\"{}.{}\">. A class with a key of its own is Concrete.",
      d.name,
      m.class_name,
      m.parent->class_name,
      parent.table->fullname(),
      parent.table->columns[parent.keys.front().table_position].name));
}

void set_polymorphic(Mapper& m, const ClassDeclaration& d) {
  if (!d.polymorphic_on.empty()) {
    const ColumnAttribute* column = m.find_column(d.polymorphic_on);
    if (!column) {
      throw ArgumentError(
          fmt::format("Can't determine polymorphic_on value '{}' - no attribute is mapped to this "
                      "name.",
                      d.polymorphic_on));
    }
    m.discriminator = static_cast<std::int32_t>(column->slot);
  }
  if (d.polymorphic_identity) {
    m.identity = d.polymorphic_identity();
  }
  m.has_union |= d.is_concrete_base;
  if (m.has_union && m.identity.is_null()) {
    throw ArgumentError(fmt::format(
        "Class {} is selected in a union with its subclasses; give it a PolymorphicIdentity, which "
        "tells its rows",
        m.class_name));
  }
  m.loads_inline = d.polymorphic_load == "inline";
  m.loads_selectin = d.polymorphic_load == "selectin";
  m.loads_all = d.with_polymorphic == "*";
  if (!d.polymorphic_load.empty() && !m.loads_inline && !m.loads_selectin) {
    throw ArgumentError(fmt::format("unknown polymorphic_load: '{}'", d.polymorphic_load));
  }
  if (!d.with_polymorphic.empty() && !m.loads_all) {
    throw ArgumentError(fmt::format(
        "On class {}, WithPolymorphic<\"{}\"> is not understood; write WithPolymorphic<\"*\"> for "
        "all subclasses, or PolymorphicLoad<\"inline\"> at some of them",
        m.class_name,
        d.with_polymorphic));
  }
}

// The sharers' mappers are built later, on this one; their prototypes tell their columns now.
void add_columns_of_sharers(MapperBuilder& builder, const ClassDeclaration& declaration) {
  for (const ClassDeclaration& d : registered_classes()) {
    if (d.parent != declaration.self || d.table != declaration.table || d.is_concrete) {
      continue;
    }
    MapperBuilder sharer;
    sharer.mapper->class_name = builder.mapper->class_name;
    construct_prototype(d, sharer);
    for (Column& column : sharer.columns) {
      column.options.nullable = true;  // rows of other classes have nothing there
      builder.columns.push_back(std::move(column));
    }
    add_columns_of_sharers(builder, d);
  }
}

namespace {

// The key columns of a joined table, in the order of the primary key.
std::vector<ColumnAttribute> own_keys(const MapperBuilder& builder, const MappedTable& table) {
  const Mapper& m = *builder.mapper;
  std::vector<ColumnAttribute> keys;
  for (const std::uint32_t slot : m.primary_key) {
    const auto shared =
        std::find_if(builder.shared_keys.begin(),
                     builder.shared_keys.end(),
                     [&](const MapperBuilder::SharedKey& k) { return k.slot == slot; });
    if (shared == builder.shared_keys.end()) {
      throw_no_key(m);
    }
    ColumnAttribute key = m.columns[slot];
    key.table = table.table;
    key.table_position = shared->column;
    key.position = table.begin + shared->column;
    key.is_autoincrement = key.has_server_default = false;
    keys.push_back(std::move(key));
  }
  return keys;
}

sql::Ref inheritance_condition(const MappedTable& parent, const MappedTable& own) {
  sql::Refs conditions;
  for (std::size_t i = 0; i < own.keys.size(); ++i) {
    conditions.push_back(sql::compare(sql::Op::eq,
                                      parent.table->column(parent.keys[i].table_position),
                                      own.table->column(own.keys[i].table_position)));
  }
  return conditions.size() == 1 ? conditions.front()
                                : sql::conjunction(sql::Op::and_, std::move(conditions));
}

}  // namespace

void join_tables(MapperBuilder& builder) {
  Mapper& m = *builder.mapper;
  if (m.inheritance == Inheritance::single) {
    m.selectable = m.parent->selectable;
    return;
  }
  if (m.inheritance != Inheritance::joined) {
    m.selectable = m.table_ref;
    m.tables = {{m.table, m.table_ref, 0, {}}};
    return;
  }
  MappedTable own{m.table, m.table_ref, 0, {}};
  own.begin =
      static_cast<std::uint32_t>(sql::as<sql::FromNode>(m.parent->selectable).specs().size());
  own.keys = own_keys(builder, own);
  m.selectable = sql::join(
      m.parent->selectable, m.table_ref, inheritance_condition(m.parent->tables.back(), own));
  sql::NodeAccess::set_eternal(*m.selectable);
  auto& join = const_cast<sql::Join&>(sql::as<sql::Join>(m.selectable));
  join.claim_columns(own.begin);
  for (ColumnAttribute& key : own.keys) {
    key.node = join.column(key.position);
  }
  m.tables.push_back(std::move(own));
}

void make_entity(Mapper& m) {
  if (m.has_union) {
    return make_union_entity(m);
  }
  std::vector<const Mapper*> inline_classes;
  for (const Mapper* other : m.family) {
    if (other != &m && (m.loads_all || other->loads_inline)) {
      inline_classes.push_back(other);
    }
  }
  PolymorphicFrom made = polymorphic_from(m, inline_classes, {});
  const auto& from = sql::as<sql::FromNode>(made.from);
  m.entity_positions.clear();
  for (const sql::Ref& column : made.columns) {
    std::uint32_t position = 0;
    while (!(from.column(position) == column)) {
      ++position;
    }
    m.entity_positions.push_back(position);
  }
  m.entity = sql::make_node<sql::Entity>(made.from,
                                         std::move(made.columns),
                                         &m,
                                         single_table_criteria(m, {m.selectable}),
                                         m.class_name);
  sql::NodeAccess::set_eternal(*m.entity);
}

namespace {

void check_identities(const Mapper& base) {
  for (std::size_t i = 0; i < base.family.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const Mapper &a = *base.family[k], &b = *base.family[i];
      if (!a.identity.is_null() && a.identity == b.identity) {
        throw ArgumentError(fmt::format(
            "Classes {} and {} have the same polymorphic identity {}; give each its own",
            a.class_name,
            b.class_name,
            repr(Literal(a.identity))));
      }
    }
  }
}

}  // namespace

void find_families(const std::vector<Mapper*>& mappers) {
  for (Mapper* m : mappers) {
    if (!m->needs_family()) {
      continue;
    }
    m->family = {m};
    for (std::size_t i = 0; i < m->family.size(); ++i) {
      for (const Mapper* other : mappers) {
        if (other->parent == m->family[i] && (m->has_union || other->base == m->base)) {
          m->family.push_back(other);
        }
      }
    }
    if (m->base == m || m->has_union) {
      check_identities(*m);
    }
  }
  for (Mapper* m : mappers) {
    if (m->needs_family()) {
      make_entity(*m);
    }
  }
}

void set_polymorphic_identity(Object& object, const Mapper& mapper) {
  const ColumnAttribute& column = mapper.columns[static_cast<std::size_t>(mapper.discriminator)];
  if (!mapper.identity.is_null() && !is_modified(object, column.index)) {
    store_cell(column.cell, member(object, column), mapper.identity);
    set_modified(object, column.index);
  }
}

}  // namespace azoth::orm
