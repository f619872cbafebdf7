// SPDX-License-Identifier: MIT
// One step of a flush: the objects of one class are saved or deleted, their listeners told. INSERT
// and UPDATE stand in files of their own.
#include "orm/flush/persistence.hpp"

#include "orm/flush/object_values.hpp"
#include "orm/flush/refresh_flush.hpp"
#include "orm/load/loader.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/orm/attribute.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement_builder.hpp>

#include <algorithm>
#include <optional>

namespace azoth::orm {

bool has_expressions_for(const TableColumns& to, const Object& object) {
  return has_expressions(object) &&
         std::any_of(to.columns.begin(), to.columns.end(), [&](const ColumnAttribute* c) {
           return find_expression(object, c->index) != nullptr;
         });
}

void add_expressions(const TableColumns& to, const Object& object, sql::Ref& statement) {
  if (!has_expressions(object)) {
    return;
  }
  for (const ColumnAttribute* c : to.columns) {
    if (const sql::Ref* expression = find_expression(object, c->index)) {
      sql::StatementBuilder::append(
          statement, sql::Clause::set, sql::assignment(to.table.ref, key_of(*c), *expression));
    }
  }
}

// The row is found by the key that it has: an expired one is read anew.
void load_key(const Mapper& mapper, const Object& object) {
  if (header(object).has_unloaded_columns) {
    for (const std::uint32_t slot : mapper.primary_key) {
      load_before_read(object, mapper.columns[slot].index);
    }
  }
}

// Rows are updated in order of their keys, so that concurrent sessions lock them in one order.
void sort_by_identity(const Mapper& mapper, std::vector<Object*>& objects) {
  if (!mapper.has_integer_key) {
    return;
  }
  std::vector<std::pair<std::int64_t, Object*>> keyed;
  keyed.reserve(objects.size());
  for (Object* o : objects) {
    keyed.emplace_back(integer_identity(*o), o);
  }
  const auto by_key = [](const auto& a, const auto& b) { return a.first < b.first; };
  if (std::is_sorted(keyed.begin(), keyed.end(), by_key)) {
    return;
  }
  std::stable_sort(keyed.begin(), keyed.end(), by_key);
  std::transform(
      keyed.begin(), keyed.end(), objects.begin(), [](const auto& pair) { return pair.second; });
}

namespace {

// The objects that have rows in one of the tables of a family.
std::vector<Object*> with_table(const std::vector<Object*>& objects, const sql::TableNode& table) {
  std::vector<Object*> out;
  std::copy_if(objects.begin(), objects.end(), std::back_inserter(out), [&](const Object* o) {
    const std::vector<MappedTable>& tables = mapper_of(*o).tables;
    return std::any_of(
        tables.begin(), tables.end(), [&](const MappedTable& t) { return t.table == &table; });
  });
  return out;
}

// Calls `f(mapper, place)` for each table of a family, parents' tables first.
template <class F>
void each_table(const Mapper& base, F&& f) {
  for (const Mapper* m : base.family) {
    if (m == &base || m->inheritance == Inheritance::joined) {
      f(*m, m->tables.size() - 1);
    }
  }
}

// Which class tells the columns that an object has in the table of `m`: the object's own where it
// shares that table, as a joined subclass writes nothing more there than its parent.
const Mapper& writer_of(const Mapper& mapper, const Mapper& m) {
  const Mapper* writer = &mapper;
  while (writer->table != m.table) {
    writer = writer->parent;
  }
  return *writer;
}

void save_family(UnitOfWork& work,
                 const Mapper& base,
                 const std::vector<Object*>& inserts,
                 const std::vector<Object*>& updates) {
  each_table(base, [&](const Mapper& m, std::size_t place) {
    const sql::TableNode& table = *m.tables[place].table;
    const auto write = [&](const std::vector<Object*>& objects, auto&& save) {
      const std::vector<Object*> rows = with_table(objects, table);
      for (std::size_t begin = 0; begin < rows.size();) {
        const Mapper& writer = writer_of(mapper_of(*rows[begin]), m);
        std::size_t end = begin + 1;
        while (end < rows.size() && &writer_of(mapper_of(*rows[end]), m) == &writer) {
          ++end;
        }
        save(TableColumns(writer, place),
             std::vector<Object*>(rows.begin() + static_cast<std::ptrdiff_t>(begin),
                                  rows.begin() + static_cast<std::ptrdiff_t>(end)));
        begin = end;
      }
    };
    write(updates, [&](const TableColumns& to, const std::vector<Object*>& rows) {
      update_objects(work, to, rows);
    });
    write(inserts, [&](const TableColumns& to, const std::vector<Object*>& rows) {
      insert_objects(work, to, rows);
    });
  });
}

const ColumnAttribute& version_of(const Mapper& mapper) {
  return mapper.columns[static_cast<std::size_t>(mapper.version_slot)];
}

void delete_rows(UnitOfWork& work, const MappedTable& from, const std::vector<Object*>& objects) {
  sql::Ref statement = sql::StatementBuilder::make(sql::Kind::delete_, from.ref);
  std::vector<const ColumnAttribute*> columns;
  std::vector<std::string> keys;
  const auto add = [&](const ColumnAttribute& c) {
    const sql::Ref column = c.table->column(c.table_position);
    const std::string key = key_of(c);
    sql::StatementBuilder::append(
        statement,
        sql::Clause::where,
        sql::compare(sql::Op::eq, sql::Ref(column), sql::bindparam(key, column->type())));
    columns.push_back(&c);
    keys.push_back(key);
  };
  std::for_each(from.keys.begin(), from.keys.end(), add);
  const Mapper& mapper = mapper_of(*objects.front());
  const bool has_version = mapper.version_slot >= 0 && version_of(mapper).table == from.table;
  if (has_version) {
    add(version_of(mapper));
  }
  const ObjectValues values(work, objects.data(), objects.size(), columns, columns.size());
  const std::int64_t affected = work.session().connection().execute_many(statement, keys, values);
  if (affected >= 0 && affected != static_cast<std::int64_t>(objects.size())) {
    const std::string message =
        "DELETE statement on table '" + from.table->name + "' expected to delete " +
        std::to_string(objects.size()) + " row(s); " + std::to_string(affected) +
        " were matched.  Please set confirm_deleted_rows=False within the mapper configuration to "
        "prevent this warning.";
    if (has_version) {
      throw StaleDataError(message);
    }
    warn(WarningCategory::sa_warning, message);
  }
}

void delete_sorted(UnitOfWork& work, const Mapper& mapper, const std::vector<Object*>& sorted) {
  if (!mapper.is_related()) {
    return delete_rows(work, mapper.tables.front(), sorted);
  }
  std::vector<const MappedTable*> tables;
  each_table(mapper,
             [&](const Mapper& m, std::size_t place) { tables.push_back(&m.tables[place]); });
  for (auto table = tables.rbegin(); table != tables.rend(); ++table) {
    const std::vector<Object*> rows = with_table(sorted, *(*table)->table);
    if (!rows.empty()) {
      delete_rows(work, **table, rows);
    }
  }
}

// Tells the listeners of each object's class in turn.
void tell_rows(UnitOfWork& work,
               const std::vector<Object*>& objects,
               const event::RowEvent& of_inserts,
               const event::RowEvent& of_others) {
  if (!Mapper::has_any_listeners()) [[likely]] {
    return;
  }
  Connection& connection = work.session().connection();
  for (Object* o : objects) {
    const Mapper& mapper = mapper_of(*o);
    if (const event::Dispatch* listeners = mapper.listeners()) {
      const bool is_new = header(*o).state == ObjectState::pending && !work.takes_row(*o);
      listeners->fire(is_new ? of_inserts : of_others, mapper, connection, ptr<Object>(o));
    }
  }
}

// Versions and values that are not given by the program.
void prepare(UnitOfWork& work,
             const std::vector<Object*>& inserts,
             const std::vector<Object*>& updates) {
  for (Object* o : inserts) {
    const Mapper& mapper = mapper_of(*o);
    if (mapper.version_slot < 0) {
      continue;
    }
    const ColumnAttribute& c = version_of(mapper);
    store_cell(c.cell,
               member(*o, c),
               mapper.version_generator ? mapper.version_generator(Value()) : Value(1));
    set_modified(*o, c.index);
  }
  for (Object* o : updates) {
    const Mapper& mapper = mapper_of(*o);
    if (mapper.has_update_defaults || mapper.version_slot >= 0) {
      complete_change(work, *o);
    }
  }
}

// What an INSERT could not return is read at once.
void fetch_defaults(UnitOfWork& work, const std::vector<Object*>& objects) {
  for (Object* o : objects) {
    const Mapper& mapper = mapper_of(*o);
    std::vector<std::uint32_t> slots;
    for (const ColumnAttribute& c : mapper.columns) {
      const bool is_made =
          c.has_server_default || c.has_default_expression || c.has_server_onupdate;
      if (is_made && !is_modified(*o, c.index)) {
        set_unloaded(*o, c.index);
        slots.push_back(c.slot);
      }
    }
    if (!slots.empty()) {
      load_columns(work.session(), *o, slots);
      for (const std::uint32_t slot : slots) {
        set_modified(*o, mapper.columns[slot].index);  // given, by the database
      }
    }
  }
}

}  // namespace

void save_objects(UnitOfWork& work, const Mapper& mapper, const std::vector<Object*>& objects) {
  tell_rows(work, objects, event::before_insert, event::before_update);
  std::vector<Object*> inserts, updates;
  for (Object* o : objects) {
    const bool is_new = header(*o).state == ObjectState::pending && !work.takes_row(*o);
    (is_new ? inserts : updates).push_back(o);
  }
  std::optional<FlushedValues> given;
  if (Mapper::has_any_listeners()) [[unlikely]] {
    given.emplace(objects);
  }
  sort_by_identity(mapper, updates);
  prepare(work, inserts, updates);
  if (mapper.is_related()) {
    save_family(work, mapper, inserts, updates);
  } else {
    const TableColumns to(mapper, 0);
    if (!updates.empty()) {
      update_objects(work, to, updates);
    }
    if (!inserts.empty()) {
      insert_objects(work, to, inserts);
    }
  }
  if (given) [[unlikely]] {
    given->tell();
  }
  if (mapper.eager_defaults == EagerDefaultsMode::always) {
    fetch_defaults(work, inserts);
  }
  tell_rows(work, objects, event::after_insert, event::after_update);
}

void delete_objects(UnitOfWork& work, const Mapper& mapper, const std::vector<Object*>& objects) {
  std::vector<Object*> sorted = objects;
  for (const Object* o : sorted) {
    load_key(mapper_of(*o), *o);
  }
  sort_by_identity(mapper, sorted);
  tell_rows(work, sorted, event::before_delete, event::before_delete);
  delete_sorted(work, mapper, sorted);
  tell_rows(work, sorted, event::after_delete, event::after_delete);
}

}  // namespace azoth::orm
