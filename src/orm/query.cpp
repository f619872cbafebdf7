// SPDX-License-Identifier: MIT
// What Query makes of its select: criteria by name, counts, EXISTS, UPDATE and DELETE.
#include "orm/dml/dml.hpp"
#include "orm/load/criteria.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/events.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/query.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth::orm {

using sql::Clause;
using sql::Ref;
using sql::StatementBuilder;

namespace {

const sql::Statement& parts_of(const Ref& select) {
  return sql::as<sql::Statement>(select);
}

// The class whose attributes filter_by() means, when nothing was joined, and where it stands.
const sql::Entity* first_entity(const Ref& select) {
  const Ref* first = parts_of(select).first(Clause::column);
  return first && (*first)->kind() == sql::Kind::entity ? &sql::as<sql::Entity>(*first) : nullptr;
}

// The FROM elements of the columns, so that they stay when the columns go.
void keep_froms(Ref& select) {
  sql::Refs froms;
  parts_of(select).each(Clause::column, [&](const Ref& part) { sql::collect_froms(part, froms); });
  if (parts_of(select).has(Clause::join) || parts_of(select).has(Clause::from)) {
    return;
  }
  for (const Ref& from : froms) {
    StatementBuilder::append(select, Clause::from, from);
  }
}

Ref column_of(const sql::TableNode& table,
              const Ref& from,
              const Mapper& mapper,
              std::string_view name) {
  const ColumnAttribute* column = mapper.find_column(name);
  if (!column) {
    throw InvalidRequestError("Entity namespace for \"" + table.name + "\" has no property \"" +
                              std::string(name) + "\"");
  }
  return sql::as<sql::FromNode>(from).corresponding(column->node);
}

}  // namespace

void refuse_after_limit(const Ref& select, const char* method) {
  if (parts_of(select).has(Clause::limit) || parts_of(select).has(Clause::offset)) {
    const std::string name = std::string(method) + "()";
    throw InvalidRequestError("Query." + name +
                              " being called on a Query which already has LIMIT or OFFSET applied. "
                              " Call " +
                              name + " before limit() or offset() are applied.");
  }
}

Ref with_filter_by(Ref select, const Mapper* joined, FilterBy criteria) {
  const sql::Entity* entity = joined ? nullptr : first_entity(select);
  if (!joined && !entity) {
    throw InvalidRequestError(
        "filter_by() needs an entity: the query selects columns only; use filter()");
  }
  const Mapper& mapper = joined ? *joined : *static_cast<const Mapper*>(entity->mapper);
  const Ref from = joined ? mapper.table_ref : entity->from;
  for (const auto& [name, value] : criteria) {
    StatementBuilder::append(
        select,
        Clause::where,
        sql::compare(sql::Op::eq, column_of(*mapper.table, from, mapper, name), value));
  }
  return select;
}

Ref with_first_limit(const Ref& select) {
  Ref limited = select;
  StatementBuilder::remove(limited, Clause::limit);
  StatementBuilder::append(limited, Clause::limit, sql::row_limit(1));
  return limited;
}

Ref count_of(const Ref& select) {
  Ref inner = select;
  StatementBuilder::remove(inner, Clause::option);
  Ref outer = StatementBuilder::make(sql::Kind::select);
  append_criteria(outer, criteria_of(select));
  StatementBuilder::append(
      outer, Clause::column, sql::function("count", {sql::literal_column("*")}));
  StatementBuilder::append(outer, Clause::from, sql::subquery(inner));
  return outer;
}

Ref exists_of(const Ref& select) {
  Ref inner = select;
  keep_froms(inner);
  StatementBuilder::remove(inner, Clause::option);
  StatementBuilder::remove(inner, Clause::column);
  StatementBuilder::append(inner, Clause::column, sql::literal_column("1"));
  return sql::exists(inner);
}

Ref unlabelled(Ref select) {
  StatementBuilder::set_label_style(select, sql::LabelStyle::disambiguate_only);
  return select;
}

Ref changed_rows(const Ref& select, sql::Kind kind) {
  const sql::Entity* entity = first_entity(select);
  for (const Clause clause :
       {Clause::limit, Clause::offset, Clause::order_by, Clause::group_by, Clause::join}) {
    if (parts_of(select).has(clause) || !entity) {
      throw InvalidRequestError(
          "Query.update() and Query.delete_() change the rows of one mapped class that filter() "
          "finds; LIMIT, OFFSET, ORDER BY, GROUP BY and joins have no meaning there");
    }
  }
  const auto& mapper = *static_cast<const Mapper*>(entity->mapper);
  Ref statement = azoth::detail::entity_dml(kind, mapper.table_ref, entity_node(mapper));
  parts_of(select).each(Clause::where, [&](const Ref& part) {
    StatementBuilder::append(statement, Clause::where, part);
  });
  append_criteria(statement, criteria_of(select));
  return statement;
}

void tell_bulk(Session& session, const Ref& statement, std::int64_t rows) {
  const event::Dispatch& listeners = session.dispatch();
  const Mapper* mapper = listeners.is_used() ? dml_mapper(statement) : nullptr;
  if (mapper) {
    const auto& event = statement->kind() == sql::Kind::update ? event::after_bulk_update
                                                               : event::after_bulk_delete;
    listeners.fire(event, BulkContext{session, *mapper, statement, rows});
  }
}

void throw_no_such_row() {
  throw std::out_of_range("the query has no row at that place");
}

}  // namespace azoth::orm
