// SPDX-License-Identifier: MIT
// Builds the statements of single loads. Parameters are called as SQLAlchemy calls them: `pk_1`,
// `param_1`.
#include "orm/load/mapper_statements.hpp"

#include "orm/custom_join.hpp"
#include "orm/expressions.hpp"
#include "orm/load/options.hpp"
#include "orm/load/relationship_join.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/orm/column_property.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/node_of.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>

namespace azoth::orm {

using sql::Clause;
using sql::Ref;
using sql::StatementBuilder;

namespace {

Ref parameter(std::string_view base, std::size_t number, TypePtr type) {
  return sql::bindparam(std::string(base) + "_" + std::to_string(number), type);
}

Ref new_select(sql::LabelStyle style) {
  Ref select = StatementBuilder::make(sql::Kind::select);
  StatementBuilder::set_label_style(select, style);
  return select;
}

void append_key_criteria(Ref& select, const Mapper& mapper, const TablePlace& place) {
  std::size_t number = 0;
  for (const std::uint32_t slot : mapper.primary_key) {
    Ref column = place.at(mapper.columns[slot].position);
    const TypePtr type = column->type();
    StatementBuilder::append(
        select,
        Clause::where,
        sql::compare(sql::Op::eq, std::move(column), parameter("pk", ++number, type)));
  }
}

Ref select_by_key(const Mapper& mapper, sql::LabelStyle style) {
  Ref select = new_select(style);
  StatementBuilder::append(select, Clause::column, entity_of(mapper));
  append_key_criteria(select, mapper, place_of(mapper));
  return select;
}

// `? = column` where the column refers to the parent, `column = ?` where the parent refers to it.
LazyStatement lazy_statement(const RelationshipAttribute& r) {
  const Mapper& target = *r.target;
  LazyStatement lazy{new_select(sql::LabelStyle::tablename_plus_col), {}, {}};
  StatementBuilder::append(lazy.select, Clause::column, entity_of(target));
  const TablePlace target_place = place_of(target);
  const TablePlace remote{r.secondary ? Ref(r.secondary) : target_place.from};
  for (const RelationshipAttribute::Pair& pair : r.pairs) {
    Ref column = remote.at(pair.remote);
    const TypePtr type = column->type();
    lazy.parent_slots.push_back(r.parent->column_at(pair.local).slot);
    lazy.types.push_back(type);
    Ref value = parameter("param", lazy.parent_slots.size(), type);
    const bool refers_to_target = r.direction == Direction::many_to_one;
    StatementBuilder::append(lazy.select,
                             Clause::where,
                             refers_to_target
                                 ? sql::compare(sql::Op::eq, std::move(column), std::move(value))
                                 : sql::compare(sql::Op::eq, std::move(value), std::move(column)));
  }
  if (r.secondary) {
    StatementBuilder::append(
        lazy.select, Clause::where, beyond_secondary_condition(r, remote, target_place));
  }
  for (const Ref& part : r.criteria) {
    const auto of_parent = [&](std::uint32_t position) {
      const ColumnAttribute& column = r.parent->column_at(position);
      lazy.parent_slots.push_back(column.slot);
      lazy.types.push_back(column.type);
      return parameter("param", lazy.parent_slots.size(), column.type);
    };
    StatementBuilder::append(
        lazy.select,
        Clause::where,
        criteria_at(
            r, part, [&](std::uint32_t position) { return target_place.at(position); }, of_parent));
    lazy.has_own_values = true;
  }
  append_order(lazy.select, r, target_place);
  return lazy;
}

const MapperStatements& build(const Mapper& mapper) {
  auto made = std::make_unique<MapperStatements>();
  made->by_key = select_by_key(mapper, sql::LabelStyle::tablename_plus_col);
  made->unexpire = made->by_key;
  made->refresh = select_by_key(mapper, sql::LabelStyle::disambiguate_only);
  for (const RelationshipAttribute& r : configured(mapper).relationships) {
    if (r.lazy == LazyStrategy::selectin || r.lazy == LazyStrategy::subquery) {
      StatementBuilder::append(made->unexpire, Clause::option, ancestor_option(nullptr));
      StatementBuilder::append(made->refresh, Clause::option, ancestor_option(nullptr));
      break;
    }
  }
  for (const RelationshipAttribute& r : configured(mapper).relationships) {
    made->lazy.push_back(lazy_statement(r));
  }
  // Nobody counts what is never destroyed, and threads share no counter.
  sql::NodeAccess::set_eternal(*made->by_key);
  sql::NodeAccess::set_eternal(*made->unexpire);
  sql::NodeAccess::set_eternal(*made->refresh);
  for (const LazyStatement& lazy : made->lazy) {
    sql::NodeAccess::set_eternal(*lazy.select);
  }
  mapper.statements.store(made.get(), std::memory_order_release);
  return *made.release();
}

}  // namespace

const MapperStatements& statements_of(const Mapper& mapper) {
  if (const void* made = mapper.statements.load(std::memory_order_acquire)) [[likely]] {
    return *static_cast<const MapperStatements*>(made);
  }
  configured(mapper);
  static std::mutex& mutex = *new std::mutex;
  const std::lock_guard lock(mutex);
  const void* made = mapper.statements.load(std::memory_order_relaxed);
  return made ? *static_cast<const MapperStatements*>(made) : build(mapper);
}

namespace {

// `FROM manager, boss WHERE ? = manager.id AND manager.id = boss.id`: the tables from the first one
// that a column is of, without those above, whose columns are loaded.
void append_lower_tables(Ref& select, const Mapper& mapper, std::size_t first) {
  for (std::size_t i = first; i < mapper.tables.size(); ++i) {
    const MappedTable &before = mapper.tables[i - 1], &own = mapper.tables[i];
    for (std::size_t k = 0; k < own.keys.size(); ++k) {
      Ref key = own.table->column(own.keys[k].table_position);
      const TypePtr type = key->type();
      Ref other = i == first ? parameter("pk", k + 1, type)
                             : before.table->column(before.keys[k].table_position);
      StatementBuilder::append(
          select, Clause::where, sql::compare(sql::Op::eq, std::move(other), std::move(key)));
    }
  }
}

std::size_t place_of_table(const Mapper& mapper, const sql::TableNode* table) {
  std::size_t i = 0;
  while (mapper.tables[i].table != table) {
    ++i;
  }
  return i;
}

}  // namespace

Ref select_columns(const Mapper& mapper,
                   const std::vector<std::uint32_t>& slots,
                   sql::LabelStyle style) {
  Ref select = new_select(style);
  std::size_t first = mapper.tables.size();
  for (const std::uint32_t slot : slots) {
    const sql::TableNode* table = mapper.at(slot).table;
    first = std::min(first, table ? place_of_table(mapper, table) : 0);
  }
  for (const std::uint32_t slot : slots) {
    const ColumnAttribute& c = mapper.at(slot);
    if (!c.table) {
      StatementBuilder::append(select, Clause::column, expression_node(mapper, c.index));
      continue;
    }
    StatementBuilder::append(select,
                             Clause::column,
                             first > 0
                                 ? c.table->column(c.table_position)
                                 : sql::as<sql::FromNode>(mapper.selectable).column(c.position));
  }
  if (first > 0) {
    append_lower_tables(select, mapper, first);
    return select;
  }
  if (mapper.tables.size() > 1) {
    StatementBuilder::append(select, Clause::from, mapper.selectable);
  }
  append_key_criteria(select, mapper, {mapper.selectable});
  if (Ref criteria = single_table_criteria(mapper, {mapper.selectable})) {
    StatementBuilder::append(select, Clause::where, std::move(criteria));
  }
  return select;
}

// A class in its parent's table has values of its own in the statement: which rows are its.
CursorResult run_with(SessionState& session,
                      const Mapper& mapper,
                      const Ref& select,
                      std::span<const Literal> values,
                      const ExecutionOptions& options,
                      bool has_own_values) {
  if (!has_own_values && (mapper.inheritance != Inheritance::single || mapper.discriminator < 0)) {
    return session.connection().run_positional(select, values, options);
  }
  std::vector<const sql::BindParameter*> binds;
  sql::collect_binds(select, binds);
  Params params;
  std::size_t next = 0;
  for (const sql::BindParameter* bind : binds) {
    if (bind->is_required && next < values.size()) {
      params.set(bind->key, values[next++]);
    }
  }
  return session.connection().run(select, params, options);
}

}  // namespace azoth::orm
