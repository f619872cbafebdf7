// SPDX-License-Identifier: MIT
// The parameter values of a batch, read from the members of objects when the engine asks for them.
#pragma once
#include "orm/flush/unit_of_work.hpp"
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace azoth::orm {

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
      const Mapper& mapper = mapper_of(o);
      const bool is_version = static_cast<std::int32_t>(c.slot) == mapper.version_slot;
      return !is_version && mapper.has_integer_key ? Literal(integer_identity(o))
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

/// Returns the name under which a statement takes a column's value.
inline std::string key_of(const ColumnAttribute& c) {
  return c.table->columns[c.table_position].key;
}

/// What the flush writes of a class to one of its tables.
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
  std::vector<const ColumnAttribute*> columns;
};

/// Adds the SQL expressions that an object was given as values of a table's columns to a statement
/// that writes it alone.
void add_expressions(const TableColumns& to, const Object& object, sql::Ref& statement);

/// Says whether an object was given any for this table.
bool has_expressions_for(const TableColumns& to, const Object& object);

/// Loads the key of an object that is expired: it finds the row.
void load_key(const Mapper& mapper, const Object& object);

/// Sorts objects by their keys, so that concurrent sessions lock rows in one order.
void sort_by_identity(const Mapper& mapper, std::vector<Object*>& objects);

/// Inserts pending objects.
void insert_objects(UnitOfWork& work, const TableColumns& to, const std::vector<Object*>& objects);
/// Gives an object that has net changes the values that an UPDATE sets by itself, and its next
/// version.
void complete_change(UnitOfWork& work, Object& object);
/// Updates the rows of objects that have net changes. @throws StaleDataError
void update_objects(UnitOfWork& work, const TableColumns& to, const std::vector<Object*>& objects);

/// Updates some columns of objects of one class, which are of one table.
void update_columns(UnitOfWork& work,
                    const Mapper& mapper,
                    const std::vector<Object*>& objects,
                    const std::vector<const ColumnAttribute*>& columns);

/// Write references with PostUpdate after all rows, and clear them before deletes.
void connect_postponed(UnitOfWork& work, const Mapper& mapper, const std::vector<Object*>& objects);
void disconnect_postponed(UnitOfWork& work,
                          const Mapper& mapper,
                          const std::vector<Object*>& objects);

}  // namespace azoth::orm
