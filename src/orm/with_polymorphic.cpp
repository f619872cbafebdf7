// SPDX-License-Identifier: MIT
// Joins of the tables of a hierarchy.
#include "orm/with_polymorphic.hpp"

#include "orm/expressions.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/with_polymorphic.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>
#include <azoth/sql/visitors.hpp>

#include <algorithm>

namespace azoth::orm {

using sql::Ref;
using sql::Refs;

namespace {

const sql::FromNode& as_from(const Ref& ref) {
  return sql::as<sql::FromNode>(ref);
}

// The same join of tables under other names.
Ref flat_alias(const Ref& from) {
  if (from->kind() != sql::Kind::join) {
    return sql::alias(from);
  }
  const auto& join = sql::as<sql::Join>(from);
  const Ref left = flat_alias(join.left), right = flat_alias(join.right);
  const Ref condition =
      sql::ClauseAdapter(right).traverse(sql::ClauseAdapter(left).traverse(join.onclause));
  return sql::join(left, right, condition, join.is_outer, join.is_full);
}

// Where each table of a hierarchy stands in one FROM element.
class TableNames {
 public:
  explicit TableNames(bool is_flat) : is_flat_(is_flat) {}

  /// The table, or its other name; makes it at the first call.
  const Ref& operator[](const MappedTable& table) {
    for (const auto& [known, ref] : names_) {
      if (known == table.table) {
        return ref;
      }
    }
    return names_.emplace_back(table.table, is_flat_ ? sql::alias(table.ref) : table.ref).second;
  }

  bool has(const sql::TableNode& table) const {
    return std::any_of(
        names_.begin(), names_.end(), [&](const auto& known) { return known.first == &table; });
  }

  void set(const sql::TableNode& table, const Ref& ref) { names_.emplace_back(&table, ref); }

 private:
  bool is_flat_;
  std::vector<std::pair<const sql::TableNode*, Ref>> names_;
};

void learn_names(const Mapper& mapper, const Ref& from, TableNames& names) {
  Ref at = from;
  for (std::size_t i = mapper.tables.size(); i-- > 0;) {
    const bool is_join = at->kind() == sql::Kind::join;
    names.set(*mapper.tables[i].table, is_join ? sql::as<sql::Join>(at).right : at);
    at = is_join ? sql::as<sql::Join>(at).left : at;
  }
}

// Joins one table of a subclass to what is there, by the key of the table before it.
Ref join_table(
    const Ref& from, const Mapper& mapper, std::size_t place, TableNames& names, bool is_inner) {
  const MappedTable &before = mapper.tables[place - 1], &own = mapper.tables[place];
  Refs conditions;
  for (std::size_t i = 0; i < own.keys.size(); ++i) {
    conditions.push_back(sql::compare(sql::Op::eq,
                                      as_from(names[before]).column(before.keys[i].table_position),
                                      as_from(names[own]).column(own.keys[i].table_position)));
  }
  Ref condition = conditions.size() == 1 ? conditions.front()
                                         : sql::conjunction(sql::Op::and_, std::move(conditions));
  return sql::join(from, names[own], std::move(condition), !is_inner);
}

void append_own_columns(const Mapper& mapper, TableNames& names, Refs& columns) {
  const MappedTable& own = mapper.tables.back();
  const auto add = [&](std::uint32_t position) {
    const Ref column = as_from(names[own]).column(position);
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
      columns.push_back(column);
    }
  };
  if (mapper.inheritance == Inheritance::joined) {
    for (const ColumnAttribute& key : own.keys) {
      add(key.table_position);
    }
  }
  for (const ColumnAttribute& c : mapper.columns) {
    if (c.slot >= mapper.parent->columns.size() && !c.is_deferred) {
      add(c.table_position);
    }
  }
}

// A key that several tables share stands with each, the own table's first.
void append_columns(const Mapper& mapper, const Ref& from, Refs& columns) {
  for (const ColumnAttribute& c : mapper.columns) {
    if (c.is_deferred && !c.is_primary_key) {  // a key tells what object a row is
      continue;
    }
    for (std::size_t i = mapper.tables.size(); c.is_primary_key && i-- > 1;) {
      for (const ColumnAttribute& key : mapper.tables[i].keys) {
        if (key.slot == c.slot) {
          columns.push_back(as_from(from).column(key.position));
        }
      }
    }
    columns.push_back(as_from(from).column(c.position));
  }
}

}  // namespace

PolymorphicFrom polymorphic_from(const Mapper& mapper,
                                 const std::vector<const Mapper*>& subclasses,
                                 const PolymorphicForm& form) {
  PolymorphicFrom made;
  made.from = form.is_flat ? flat_alias(mapper.selectable) : mapper.selectable;
  append_columns(mapper, made.from, made.columns);
  TableNames names(form.is_flat);
  learn_names(mapper, made.from, names);
  for (const Mapper* sub : subclasses) {
    for (std::size_t i = 0; i < sub->tables.size(); ++i) {
      if (!names.has(*sub->tables[i].table)) {
        made.from = join_table(made.from, *sub, i, names, form.is_inner);
      }
    }
    append_own_columns(*sub, names, made.columns);
  }
  return made;
}

Ref single_table_criteria(const Mapper& mapper, const TablePlace& place) {
  if (mapper.inheritance != Inheritance::single || mapper.discriminator < 0) {
    return {};
  }
  std::vector<Literal> identities;
  for (const Mapper* member : mapper.family) {
    if (!member->identity.is_null()) {
      identities.emplace_back(member->identity);
    }
  }
  const ColumnAttribute& on = mapper.columns[static_cast<std::size_t>(mapper.discriminator)];
  return sql::in(sql::Op::in, place.at(on.position), identities);
}

TablePlace aliased_place(const Mapper& mapper) {
  return {flat_alias(place_of(mapper).from)};
}

TablePlace place_of(const Mapper& mapper) {
  return {sql::as<sql::Entity>(mapper.entity).from};
}

Refs entity_columns(const Mapper& mapper, const TablePlace& place) {
  Refs columns;
  for (const std::uint32_t position : mapper.entity_positions) {
    columns.push_back(place.at(position));
  }
  return columns;
}

Ref polymorphic_entity(const Mapper& mapper,
                       const std::vector<const Mapper*>& subclasses,
                       const WithPolymorphicOptions& options) {
  configured(mapper);
  std::vector<const Mapper*> all = subclasses;
  if (all.empty()) {
    std::copy_if(
        mapper.family.begin(), mapper.family.end(), std::back_inserter(all), [&](const Mapper* m) {
          return m != &mapper;
        });
  }
  for (const Mapper* sub : all) {
    if (sub->base != mapper.base) {
      throw ArgumentError("with_polymorphic: " + sub->class_name + " shares no table with " +
                          mapper.class_name + ", so that their rows can't be selected together");
    }
  }
  PolymorphicFrom made =
      polymorphic_from(mapper, all, {.is_inner = options.innerjoin, .is_flat = options.flat});
  if (options.aliased && !options.flat) {
    Ref select = sql::StatementBuilder::make(sql::Kind::select);
    sql::StatementBuilder::set_label_style(select, sql::LabelStyle::tablename_plus_col);
    for (const Ref& column : made.columns) {
      sql::StatementBuilder::append(select, sql::Clause::column, column);
    }
    sql::StatementBuilder::append(select, sql::Clause::from, made.from);
    made.from = sql::subquery(select);
    for (std::size_t i = 0; i < made.columns.size(); ++i) {
      made.columns[i] = as_from(made.from).column(i);
    }
  }
  const Refs expressions =
      expressions_at(mapper, made.from, loaded_expressions(mapper, {}), LoadPath{});
  made.columns.insert(made.columns.begin(), expressions.begin(), expressions.end());
  Ref criteria = single_table_criteria(mapper, {mapper.selectable});
  if (criteria) {
    criteria = sql::ClauseAdapter(made.from).traverse(criteria);
  }
  return sql::make_node<sql::Entity>(
      made.from, std::move(made.columns), &mapper, std::move(criteria));
}

}  // namespace azoth::orm
