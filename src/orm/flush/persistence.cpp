// SPDX-License-Identifier: MIT
// How objects become batches. Objects that write the same columns one after the other share a
// statement; each batch is one call of the engine, which binds straight from the members. A
// generated key comes back in one of three ways, by the size of the batch:
//
//   1 row           INSERT INTO t (a) VALUES (?)                  and the driver's last key
//   2 to 9 rows     INSERT INTO t (a) VALUES (?) RETURNING id     row by row, where the database
//   has RETURNING 10 and more     INSERT INTO t (a) VALUES (?), (?), ...        keys by row-id
//   arithmetic where that is safe (the engine decides)
//
// The first two are what SQLAlchemy emits. The third is faster than the loop that one would write
// by hand: RETURNING would undo the gain.
#include "orm/flush/persistence.hpp"

#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement_builder.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <deque>
#include <utility>

namespace azoth::orm {
namespace {

constexpr std::size_t many_rows = 10;

using Columns = std::vector<const ColumnAttribute*>;

// Parameter values of a batch, read from the objects when the engine asks for them.
class ObjectValues final : public ParameterSets {
 public:
  /// The last `identity_columns` keys are the object's identity: the committed key.
  ObjectValues(const UnitOfWork& work,
               Object* const* objects,
               std::size_t count,
               const Columns& columns,
               std::size_t identity_columns = 0)
      : work_(work),
        objects_(objects),
        count_(count),
        columns_(columns),
        values_(columns.size() - identity_columns) {}

  std::size_t size() const override { return count_; }

  Literal value(std::size_t set, std::size_t key) const override {
    const Object& o = *objects_[set];
    const ColumnAttribute& c = *columns_[key];
    if (key >= values_) {
      return mapper_of(o).has_integer_key ? Literal(integer_identity(o))
                                          : Literal(keep(committed_value(o, c)));
    }
    const bool is_pending = header(o).state == ObjectState::pending;
    if (is_pending && !c.has_default && !is_modified(o, c.index)) {
      return Literal(std::nullopt);
    }
    if (work_.is_nulled(o, c.slot)) {
      return Literal(std::nullopt);
    }
    if (c.cell.kind == CellKind::custom) {
      Value scratch;
      static_cast<void>(load_cell(c.cell, member(o, c), scratch));
      return Literal(keep(std::move(scratch)));
    }
    return load_cell(c.cell, member(o, c), unused_);
  }

 private:
  const Value& keep(Value&& v) const { return kept_.emplace_back(std::move(v)); }

  const UnitOfWork& work_;
  Object* const* objects_;
  std::size_t count_;
  const Columns& columns_;
  std::size_t values_;
  mutable std::deque<Value> kept_;  // what literals view must stay until the batch is done
  mutable Value unused_;
};

std::string key_of(const ColumnAttribute& c) {
  return c.table->columns[c.table_position].key;
}

// What the flush writes of a class to one of its tables.
struct TableColumns {
  TableColumns(const Mapper& mapper, std::size_t place)
      : table(mapper.tables[place]), is_joined(place > 0) {
    for (const ColumnAttribute& key : table.keys) {
      if (is_joined) {
        columns.push_back(&key);
      }
    }
    for (const ColumnAttribute& c : mapper.columns) {
      if (c.table == table.table) {
        columns.push_back(&c);
      }
    }
    if (mapper.tables.size() > 1) {  // in the order of the table
      std::sort(columns.begin(), columns.end(), [](const auto* a, const auto* b) {
        return a->table_position < b->table_position;
      });
    }
  }

  const MappedTable& table;
  bool is_joined;  ///< to the table before it, which has the rows' keys
  Columns columns;
};

// --- INSERT ---

// Columns the database is to fill in: a generated key or a server default that the object was not
// given.
bool is_omitted(const Object& o, const ColumnAttribute& c) {
  return (c.is_autoincrement || c.has_server_default) && !is_modified(o, c.index);
}

bool same_insert(const Object& a, const Object& b, const Columns& may_be_omitted) {
  return std::all_of(may_be_omitted.begin(), may_be_omitted.end(), [&](const ColumnAttribute* c) {
    return is_omitted(a, *c) == is_omitted(b, *c);
  });
}

void set_key(Object& o, const ColumnAttribute& c, std::int64_t key) {
  if (c.cell.kind == CellKind::int64 && !c.cell.optional) {
    *static_cast<std::int64_t*>(member(o, c)) = key;
  } else {
    store_cell(c.cell, member(o, c), Value(key));
  }
  set_loaded(o, c.index);
  set_modified(o, c.index);  // given now, by the database
}

void take_returned(Object& o, const ColumnAttribute& c, const Value& value) {
  store_cell(c.cell, member(o, c), value);
  set_loaded(o, c.index);
  set_modified(o, c.index);
}

struct InsertBatch {
  UnitOfWork& work;
  const TableColumns& to;
  Object* const* objects;
  std::size_t count;
  Columns columns;
  const ColumnAttribute* generated = nullptr;
  std::vector<std::string> keys;

  void run() {
    const sql::Ref statement = sql::StatementBuilder::make(sql::Kind::insert, to.table.ref);
    Connection& connection = work.session().connection();
    const ObjectValues values(work, objects, count, columns);
    if (!generated) {
      connection.execute_many(statement, keys, values);
      return;
    }
    const Capabilities& can = connection.dialect().capabilities();
    if (count >= (can.lastrowid ? many_rows : 2) && !keys.empty()) {
      connection.insert_many_values(
          statement,
          keys,
          values,
          to.table.table->columns[generated->table_position].name,
          [&](std::size_t i, std::int64_t key) { set_key(*objects[i], *generated, key); });
      return;
    }
    run_singly(connection, statement, can.insert_returning && (count > 1 || !can.lastrowid));
  }

  // One execution a row, as each key must be asked for. RETURNING brings server defaults along.
  void run_singly(Connection& connection, sql::Ref statement, bool is_returning) {
    Columns returned;
    if (is_returning) {
      returned.push_back(generated);
      for (const ColumnAttribute* c : to.columns) {
        if (c->has_server_default && is_omitted(*objects[0], *c)) {
          returned.push_back(c);
        }
      }
      for (const ColumnAttribute* c : returned) {
        sql::StatementBuilder::append(
            statement, sql::Clause::returning, c->table->column(c->table_position));
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      const ObjectValues one(work, objects + i, 1, columns);
      connection.execute_many(
          statement, keys, one, [&](std::size_t, DriverCursor& cursor, DriverConnection& driver) {
            if (!is_returning) {
              set_key(*objects[i], *generated, driver.last_insert_id());
            }
            for (std::size_t k = 0; k < returned.size(); ++k) {
              take_returned(
                  *objects[i], *returned[k], cursor.value(static_cast<int>(k), returned[k]->type));
            }
          });
    }
  }
};

void insert_objects(UnitOfWork& work, const TableColumns& to, const std::vector<Object*>& objects) {
  Columns may_be_omitted;
  for (const ColumnAttribute* c : to.columns) {
    if (c->is_autoincrement || c->has_server_default) {
      may_be_omitted.push_back(c);
    }
  }
  for (std::size_t begin = 0; begin < objects.size();) {
    std::size_t end = begin + 1;
    while (end < objects.size() && same_insert(*objects[begin], *objects[end], may_be_omitted)) {
      ++end;
    }
    InsertBatch batch{work, to, objects.data() + begin, end - begin, {}, nullptr, {}};
    for (const ColumnAttribute* c : to.columns) {
      if (!is_omitted(*objects[begin], *c)) {
        batch.columns.push_back(c);
        batch.keys.push_back(key_of(*c));
      } else if (c->is_autoincrement) {
        batch.generated = c;
      }
    }
    batch.run();
    begin = end;
  }
}

// --- UPDATE ---

void find_changed_columns(const UnitOfWork& work,
                          const TableColumns& to,
                          const Object& o,
                          Columns& out) {
  out.clear();
  for (const ColumnAttribute* column : to.columns) {
    const ColumnAttribute& c = *column;
    if (!is_modified(o, c.index)) {
      continue;
    }
    const ColumnChange* change = find_change(o, c);
    Value scratch;
    const bool is_same = change && change->is_known && !work.is_nulled(o, c.slot) &&
                         change->committed == Value(load_cell(c.cell, member(o, c), scratch));
    if (!is_same) {
      out.push_back(&c);
    }
  }
}

// Adds `WHERE key = :t_key` for each primary key column, and its parameter's name to the keys.
void add_identity(const MappedTable& to,
                  sql::Ref& statement,
                  Columns& columns,
                  std::vector<std::string>& keys) {
  for (const ColumnAttribute& c : to.keys) {
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
}

void update_batch(UnitOfWork& work,
                  const MappedTable& to,
                  Object* const* objects,
                  std::size_t count,
                  Columns columns) {
  sql::Ref statement = sql::StatementBuilder::make(sql::Kind::update, to.ref);
  std::vector<std::string> keys;
  for (const ColumnAttribute* c : columns) {
    keys.push_back(key_of(*c));
  }
  const std::size_t width = columns.size();
  add_identity(to, statement, columns, keys);
  const ObjectValues values(work, objects, count, columns, columns.size() - width);
  const std::int64_t affected = work.session().connection().execute_many(statement, keys, values);
  if (affected >= 0 && affected != static_cast<std::int64_t>(count)) {
    throw StaleDataError("UPDATE statement on table '" + to.table->name + "' expected to update " +
                         std::to_string(count) + " row(s); " + std::to_string(affected) +
                         " were matched.");
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

void update_objects(UnitOfWork& work, const TableColumns& to, const std::vector<Object*>& objects) {
  std::vector<Object*> batch;
  Columns current, columns;
  const auto write = [&] {
    if (!batch.empty()) {
      update_batch(work, to.table, batch.data(), batch.size(), current);
    }
    batch.clear();
  };
  for (Object* o : objects) {
    find_changed_columns(work, to, *o, columns);
    if (columns.empty()) {
      continue;
    }
    if (columns != current) {
      write();
      current = columns;
    }
    batch.push_back(o);
  }
  write();
}

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

void delete_rows(UnitOfWork& work, const MappedTable& from, const std::vector<Object*>& objects) {
  sql::Ref statement = sql::StatementBuilder::make(sql::Kind::delete_, from.ref);
  Columns columns;
  std::vector<std::string> keys;
  for (const ColumnAttribute& c : from.keys) {
    const sql::Ref column = c.table->column(c.table_position);
    const std::string key = key_of(c);
    sql::StatementBuilder::append(
        statement,
        sql::Clause::where,
        sql::compare(sql::Op::eq, sql::Ref(column), sql::bindparam(key, column->type())));
    columns.push_back(&c);
    keys.push_back(key);
  }
  const ObjectValues values(work, objects.data(), objects.size(), columns, columns.size());
  const std::int64_t affected = work.session().connection().execute_many(statement, keys, values);
  if (affected >= 0 && affected != static_cast<std::int64_t>(objects.size())) {
    warn(WarningCategory::sa_warning,
         "DELETE statement on table '" + from.table->name + "' expected to delete " +
             std::to_string(objects.size()) + " row(s); " + std::to_string(affected) +
             " were matched.  Please set confirm_deleted_rows=False within the mapper "
             "configuration to prevent this warning.");
  }
}

}  // namespace

void save_objects(UnitOfWork& work, const Mapper& mapper, const std::vector<Object*>& objects) {
  std::vector<Object*> inserts, updates;
  for (Object* o : objects) {
    (header(*o).state == ObjectState::pending ? inserts : updates).push_back(o);
  }
  sort_by_identity(mapper, updates);
  if (mapper.is_related()) {
    return save_family(work, mapper, inserts, updates);
  }
  const TableColumns to(mapper, 0);
  if (!updates.empty()) {
    update_objects(work, to, updates);
  }
  if (!inserts.empty()) {
    insert_objects(work, to, inserts);
  }
}

void delete_objects(UnitOfWork& work, const Mapper& mapper, const std::vector<Object*>& objects) {
  std::vector<Object*> sorted = objects;
  sort_by_identity(mapper, sorted);
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

}  // namespace azoth::orm
