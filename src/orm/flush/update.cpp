// SPDX-License-Identifier: MIT
// Writing what changed: objects with the same changed columns one after the other share a batch. A
// version counter and values that an UPDATE sets by itself are changes too.
#include "orm/flush/object_values.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/orm/attribute.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement_builder.hpp>

#include <algorithm>

namespace azoth::orm {
namespace {

using Columns = std::vector<const ColumnAttribute*>;

bool is_changed(const UnitOfWork& work, const Object& o, const ColumnAttribute& c) {
  if (!is_modified(o, c.index) || find_expression(o, c.index) ||
      (c.is_primary_key && work.takes_row(o))) {
    return false;
  }
  const ColumnChange* change = find_change(o, c);
  Value scratch;
  return !change || !change->is_known || work.is_nulled(o, c.slot) ||
         !change->committed.is_same(load_cell(c.cell, member(o, c), scratch));
}

void find_changed_columns(const UnitOfWork& work,
                          const TableColumns& to,
                          const Object& o,
                          Columns& out) {
  out.clear();
  for (const ColumnAttribute* c : to.columns) {
    if (is_changed(work, o, *c)) {
      out.push_back(c);
    }
  }
}

const ColumnAttribute& version_of(const Mapper& mapper) {
  return mapper.columns[static_cast<std::size_t>(mapper.version_slot)];
}

// Adds `WHERE column = :t_column`, and its parameter's name to the keys.
void add_criterion(const ColumnAttribute& c,
                   sql::Ref& statement,
                   Columns& columns,
                   std::vector<std::string>& keys) {
  const sql::Ref column = c.table->column(c.table_position);
  std::string name = c.table->name + "_" + c.table->columns[c.table_position].name;
  while (c.table->find(name)) {
    name += "_";
  }  // a column of that name would claim the value
  sql::StatementBuilder::append(
      statement,
      sql::Clause::where,
      sql::compare(sql::Op::eq, sql::Ref(column), sql::bindparam(name, column->type())));
  columns.push_back(&c);
  keys.push_back(name);
}

void add_identity(const MappedTable& to,
                  sql::Ref& statement,
                  Columns& columns,
                  std::vector<std::string>& keys) {
  for (const ColumnAttribute& c : to.keys) {
    add_criterion(c, statement, columns, keys);
  }
}

void check_matched(const sql::TableNode& table, std::int64_t affected, std::size_t expected) {
  if (affected >= 0 && affected != static_cast<std::int64_t>(expected)) {
    throw StaleDataError("UPDATE statement on table '" + table.name + "' expected to update " +
                         std::to_string(expected) + " row(s); " + std::to_string(affected) +
                         " were matched.");
  }
}

struct UpdateBatch {
  UnitOfWork& work;
  const TableColumns& to;
  Object* const* objects;
  std::size_t count;
  Columns columns;
  std::vector<std::string> keys{};

  void run() {
    sql::Ref statement = sql::StatementBuilder::make(sql::Kind::update, to.table.ref);
    add_expressions(to, *objects[0], statement);
    for (const ColumnAttribute* c : columns) {
      keys.push_back(key_of(*c));
    }
    const std::size_t width = columns.size();
    add_identity(to.table, statement, columns, keys);
    const Mapper& mapper = mapper_of(*objects[0]);
    if (mapper.version_slot >= 0 && version_of(mapper).table == to.table.table) {
      add_criterion(version_of(mapper), statement, columns, keys);
    }
    const std::size_t identity = columns.size() - width;
    const bool is_returning = mapper.has_update_defaults &&
                              mapper.eager_defaults == EagerDefaultsMode::always &&
                              work.session().connection().dialect().capabilities().update_returning;
    const Columns made = made_by_database();
    if (is_returning && !made.empty()) {
      return run_singly(std::move(statement), made, identity);
    }
    const ObjectValues values(work, objects, count, columns, identity);
    check_matched(
        *to.table.table, work.session().connection().execute_many(statement, keys, values), count);
    for (std::size_t i = 0; i < count && !made.empty(); ++i) {
      for (const ColumnAttribute* c : made) {
        set_unloaded(*objects[i], c->index);  // read when asked for
      }
    }
  }

 private:
  // Columns that the database changes at an UPDATE, whose values are not known then.
  Columns made_by_database() const {
    Columns made;
    if (mapper_of(*objects[0]).has_update_defaults) {
      for (const ColumnAttribute* c : to.columns) {
        if ((c->has_onupdate_expression || c->has_server_onupdate) &&
            !is_modified(*objects[0], c->index)) {
          made.push_back(c);
        }
      }
    }
    return made;
  }

  void run_singly(sql::Ref statement, const Columns& made, std::size_t identity) {
    for (const ColumnAttribute* c : made) {
      sql::StatementBuilder::append(
          statement, sql::Clause::returning, c->table->column(c->table_position));
    }
    for (std::size_t i = 0; i < count; ++i) {
      const ObjectValues one(work, objects + i, 1, columns, identity);
      std::int64_t rows = 0;
      work.session().connection().execute_many(
          statement, keys, one, [&](std::size_t, DriverCursor& cursor, DriverConnection&) {
            ++rows;
            for (std::size_t k = 0; k < made.size(); ++k) {
              store_cell(made[k]->cell,
                         member(*objects[i], *made[k]),
                         cursor.value(static_cast<int>(k), made[k]->type));
              set_loaded(*objects[i], made[k]->index);
            }
          });
      check_matched(*to.table.table, rows, 1);
    }
  }
};

// Gives a column a value as an assignment does.
void give(Object& object, const ColumnAttribute& column, const Value& value) {
  record_before_change(object, column.index);
  store_cell(column.cell, member(object, column), value);
}

}  // namespace

void complete_change(UnitOfWork& work, Object& o) {
  const Mapper& mapper = mapper_of(o);
  const bool has_changes =
      has_expressions(o) || std::any_of(mapper.columns.begin(), mapper.columns.end(), [&](auto& c) {
        return is_changed(work, o, c);
      });
  if (!has_changes) {
    return;
  }
  for (const ColumnAttribute& c : mapper.columns) {
    if (c.onupdate_value && !is_modified(o, c.index)) {
      give(o, c, c.onupdate_value());
      set_modified(o, c.index);
    }
  }
  if (mapper.version_slot >= 0 && !is_modified(o, version_of(mapper).index)) {
    const ColumnAttribute& c = version_of(mapper);
    load_before_read(o, c.index);
    const Value previous = committed_value(o, c);
    give(o,
         c,
         mapper.version_generator ? mapper.version_generator(previous)
                                  : Value(*previous.get_if<std::int64_t>() + 1));
  }
}

void update_columns(UnitOfWork& work,
                    const Mapper& mapper,
                    const std::vector<Object*>& objects,
                    const std::vector<const ColumnAttribute*>& columns) {
  const auto of_columns = [&](const MappedTable& t) { return t.table == columns.front()->table; };
  const MappedTable& to = *std::find_if(mapper.tables.begin(), mapper.tables.end(), of_columns);
  sql::Ref statement = sql::StatementBuilder::make(sql::Kind::update, to.ref);
  std::vector<const ColumnAttribute*> all = columns;
  std::vector<std::string> keys;
  for (const ColumnAttribute* c : columns) {
    keys.push_back(key_of(*c));
  }
  add_identity(to, statement, all, keys);
  const ObjectValues values(work, objects.data(), objects.size(), all, all.size() - columns.size());
  const std::int64_t affected = work.session().connection().execute_many(statement, keys, values);
  check_matched(*to.table, affected, objects.size());
}

void update_objects(UnitOfWork& work, const TableColumns& to, const std::vector<Object*>& objects) {
  std::vector<Object*> batch;
  Columns current, columns;
  const auto write = [&] {
    if (!batch.empty()) {
      UpdateBatch{work, to, batch.data(), batch.size(), current}.run();
    }
    batch.clear();
  };
  for (Object* o : objects) {
    find_changed_columns(work, to, *o, columns);
    const bool has_expressions_here = has_expressions_for(to, *o);
    if (columns.empty() && !has_expressions_here) {
      continue;
    }
    const bool has_own_statement = has_expressions_here || mapper_of(*o).version_slot >= 0;
    load_key(mapper_of(*o), *o);
    if (columns != current || has_own_statement) {
      write();
      current = columns;
    }
    batch.push_back(o);
    if (has_own_statement) {
      write();
    }
  }
  write();
}

}  // namespace azoth::orm
