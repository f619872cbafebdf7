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

constexpr std::size_t many_rows = 10;

// Columns the database is to fill in: a generated key or a server default that the object was not
// given.
bool is_omitted(const Object& o, const ColumnAttribute& c) {
  return (c.is_autoincrement || c.has_server_default || c.has_default_expression) &&
         !is_modified(o, c.index);
}

bool same_insert(const Object& a, const Object& b, const Columns& may_be_omitted) {
  if (has_expressions(a) || has_expressions(b)) {
    return false;
  }
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
  Columns returned{};  ///< values that the database makes, read with the INSERT

  void run() {
    sql::Ref statement = sql::StatementBuilder::make(sql::Kind::insert, to.table.ref);
    add_expressions(to, *objects[0], statement);
    Connection& connection = work.session().connection();
    const Capabilities& can = connection.dialect().capabilities();
    if (can.insert_returning && count < many_rows &&
        mapper_of(*objects[0]).eager_defaults != EagerDefaultsMode::never) {
      find_returned();
    }
    const ObjectValues values(work, objects, count, columns);
    if (!generated && returned.empty()) {
      connection.execute_many(statement, keys, values);
      return;
    }
    if (generated && returned.empty() && count >= (can.lastrowid ? many_rows : 2) &&
        !keys.empty()) {
      connection.insert_many_values(
          statement,
          keys,
          values,
          to.table.table->columns[generated->table_position].name,
          [&](std::size_t i, std::int64_t key) { set_key(*objects[i], *generated, key); });
      return;
    }
    const bool returns_key = can.insert_returning && (count > 1 || !can.lastrowid);
    run_singly(connection, statement, returns_key || !returned.empty());
  }

  // Values that the database makes come along where they can.
  void find_returned() {
    for (const ColumnAttribute* c : to.columns) {
      if ((c->has_server_default || c->has_default_expression) && !c->is_autoincrement &&
          is_omitted(*objects[0], *c) && !find_expression(*objects[0], c->index)) {
        returned.push_back(c);
      }
    }
  }

  // One execution a row, as each key must be asked for.
  void run_singly(Connection& connection, sql::Ref statement, bool is_returning) {
    if (is_returning) {
      if (generated) {
        returned.insert(returned.begin(), generated);
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

}  // namespace

void insert_objects(UnitOfWork& work, const TableColumns& to, const std::vector<Object*>& objects) {
  Columns may_be_omitted;
  for (const ColumnAttribute* c : to.columns) {
    if (c->is_autoincrement || c->has_server_default || c->has_default_expression) {
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
      if (find_expression(*objects[begin], c->index)) {
        continue;
      }
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

}  // namespace azoth::orm
