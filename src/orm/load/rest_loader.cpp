// SPDX-License-Identifier: MIT
// One statement for each subclass and 500 of its objects: the keys of its tables, what tells the
// class, and the columns that it adds.
#include "orm/load/rest_loader.hpp"

#include "orm/load/rewriter.hpp"
#include "orm/load/row_reader.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/orm/changes.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>

namespace azoth::orm {

using sql::Clause;
using sql::Ref;
using sql::StatementBuilder;

namespace {

constexpr std::size_t chunk_size = 500;

sql::Refs own_columns(const Mapper& m, const TablePlace& place) {
  sql::Refs columns;
  for (std::size_t i = m.tables.size(); i-- > 0;) {
    for (const ColumnAttribute& key : m.tables[i].keys) {
      columns.push_back(place.at(key.position));
    }
  }
  columns.push_back(place.at(m.columns[static_cast<std::size_t>(m.discriminator)].position));
  for (const ColumnAttribute& c : m.columns) {
    if (c.slot >= m.parent->columns.size() && !c.is_deferred) {
      columns.push_back(place.at(c.position));
    }
  }
  return columns;
}

RestPlan plan_rest(const Mapper& m) {
  const TablePlace place{m.selectable};
  RestPlan plan{&m, StatementBuilder::make(sql::Kind::select), {}};
  StatementBuilder::set_label_style(plan.statement, sql::LabelStyle::tablename_plus_col);
  StatementBuilder::append(
      plan.statement,
      Clause::column,
      sql::make_node<sql::Entity>(
          m.selectable, own_columns(m, place), &m, single_table_criteria(m, place)));
  sql::Refs keys;
  for (const ColumnAttribute& key : m.tables.front().keys) {
    keys.push_back(place.at(key.position));
    StatementBuilder::append(plan.statement, Clause::order_by, keys.back());
  }
  plan.key = keys.size() == 1 ? keys.front() : sql::tuple(std::move(keys));
  return plan;
}

}  // namespace

std::vector<RestPlan> plan_rests(const Mapper& mapper) {
  std::vector<RestPlan> plans;
  for (const Mapper* m : mapper.family) {
    if (m != &mapper && m->loads_selectin) {
      plans.push_back(plan_rest(*m));
    }
  }
  return plans;
}

void load_rest(SessionState& session, const RestPlan& plan, std::span<Object* const> objects) {
  for (std::size_t begin = 0; begin < objects.size(); begin += chunk_size) {
    const auto chunk = objects.subspan(begin, std::min(chunk_size, objects.size() - begin));
    std::vector<Value> keys;
    for (const Object* object : chunk) {
      for (Value& value : identity_key(*object)) {
        keys.push_back(std::move(value));
      }
    }
    const std::vector<Literal> values(keys.begin(), keys.end());
    Ref statement = plan.statement;
    StatementBuilder::append(statement, Clause::where, sql::in(sql::Op::in, Ref(plan.key), values));
    CursorResult rows =
        session.connection().run(statement, Params(), {.rewriter = &EntityRewriter::instance()});
    RowReader reader(session, rows, false);
    while (rows.next()) {
      reader.read(*reader.plan().entities.front());
    }
    reader.finish();
  }
}

// The rest of the objects that a batch of rows made.
void RowReader::load_rests() {
  const auto incomplete = std::exchange(incomplete_, {});
  std::vector<const PolymorphicPlan*> plans;
  for (const auto& [plan, object] : incomplete) {
    if (std::find(plans.begin(), plans.end(), plan) == plans.end()) {
      plans.push_back(plan);
    }
  }
  for (const PolymorphicPlan* plan : plans) {
    for (const RestPlan& rest : plan->rests) {
      std::vector<Object*> objects;
      for (const auto& [other, object] : incomplete) {
        if (other == plan && mapper_of(*object).isa(*rest.mapper)) {
          objects.push_back(object);
        }
      }
      load_rest(session_, rest, objects);
    }
  }
}

}  // namespace azoth::orm
