// SPDX-License-Identifier: MIT
// The union of concrete tables, called `pjoin`: columns that a table lacks are typed NULLs, and a
// literal tells the class. Rows keep the keys of their own tables.
#include "orm/mapper_builder.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/node_of.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::orm {

using sql::Clause;
using sql::Kind;
using sql::Ref;
using sql::StatementBuilder;

namespace {

// The columns of all classes of a union: the class's own, then what subclasses add.
std::vector<const ColumnAttribute*> union_columns(const Mapper& m) {
  std::vector<const ColumnAttribute*> columns;
  for (const Mapper* member : m.family) {
    for (const ColumnAttribute& c : member->columns) {
      if (std::none_of(columns.begin(), columns.end(), [&](const auto* known) {
            return known->name == c.name;
          })) {
        columns.push_back(&c);
      }
    }
  }
  return columns;
}

Ref select_of(const Mapper& member, const std::vector<const ColumnAttribute*>& columns) {
  Ref select = StatementBuilder::make(Kind::select);
  for (const ColumnAttribute* column : columns) {
    const ColumnAttribute* own = member.find_column(column->name);
    Ref value = own ? own->table->column(own->table_position)
                    : sql::cast(sql::Ref(sql::null()), column->type);
    StatementBuilder::append(select, Clause::column, sql::label(std::move(value), column->name));
  }
  const std::string word = "'" + member.identity.get<std::string>() + "'";
  StatementBuilder::append(select,
                           Clause::column,
                           sql::label(sql::literal_column(word, types::String()), union_class_key));
  StatementBuilder::append(select, Clause::from, member.table_ref);
  return select;
}

void check_member(const Mapper& member) {
  const std::string* word = member.identity.get_if<std::string>();
  if (!word || word->find_first_of("'\\:") != std::string::npos) {
    throw ArgumentError("The PolymorphicIdentity of " + member.class_name +
                        " is written into a union: let it be a word without quotes");
  }
  if (member.find_column(union_class_key)) {
    throw ArgumentError("Class " + member.class_name +
                        " has an attribute 'type', which is what a union of concrete tables calls "
                        "the class of a row; give it another name");
  }
}

}  // namespace

void make_union_entity(Mapper& m) {
  const std::vector<const ColumnAttribute*> columns = union_columns(m);
  Ref statement = StatementBuilder::make(Kind::compound_select);
  StatementBuilder::set_set_op(statement, sql::SetOp::union_all);
  for (const Mapper* member : m.family) {
    check_member(*member);
    StatementBuilder::append(statement, Clause::member, select_of(*member, columns));
  }
  const Ref pjoin =
      sql::subquery(m.family.size() == 1 ? select_of(m, columns) : statement, "pjoin");
  sql::NodeAccess::set_eternal(*pjoin);
  const auto& from = sql::as<sql::FromNode>(pjoin);
  sql::Refs selected;
  m.entity_positions.clear();
  const auto select = [&](std::size_t position) {
    m.entity_positions.push_back(static_cast<std::uint32_t>(position));
    selected.push_back(from.column(position));
  };
  for (std::size_t i = 0; i < m.columns.size(); ++i) {
    m.columns[i].node = from.column(i);
    select(i);
  }
  select(columns.size());
  for (std::size_t i = m.columns.size(); i < columns.size(); ++i) {
    select(i);
  }
  m.entity = sql::make_node<sql::Entity>(pjoin, std::move(selected), &m);
  sql::NodeAccess::set_eternal(*m.entity);
}

}  // namespace azoth::orm
