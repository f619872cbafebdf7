// SPDX-License-Identifier: MIT
// Key propagation. A foreign key is copied when its row is about to be written: from the target of
// a many-to-one, or from the parent of a one-to-many whose children have no reference of their own.
// Nothing here emits SQL but for association rows.
#include "orm/flush/dependency.hpp"

#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/orm/attribute.hpp>
#include <azoth/sql/statement_builder.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::orm {
namespace {

bool is_new(const Object& object) {
  const ObjectState s = header(object).state;
  return s == ObjectState::pending || s == ObjectState::transient;
}

// Copies one column's value between objects; the cells may differ in width and in being optional.
void copy_column(Object& to,
                 const ColumnAttribute& target,
                 const Object& from,
                 const ColumnAttribute& source) {
  load_before_read(from, source.index);
  Value scratch;
  const Value value(load_cell(source.cell, member(from, source), scratch));
  if (!is_new(to) && is_loaded(to, target.index) &&
      Value(load_cell(target.cell, member(to, target), scratch)) == value) {
    return;
  }
  record_before_change(to, target.index);
  store_cell(target.cell, member(to, target), value);
  set_loaded(to, target.index);
  if (is_new(to)) {
    set_modified(to, target.index);
  }
}

void set_null(UnitOfWork& work, Object& object, const ColumnAttribute& column) {
  record_before_change(object, column.index);
  if (column.cell.optional) {
    clear_cell(column.cell, member(object, column));
    set_loaded(object, column.index);
  } else {
    set_modified(object, column.index);
    work.set_nulled(object, column.slot);  // the member cannot hold it, the row may
  }
}

std::string name_of(const ColumnAttribute& c) {
  return c.table->name + "." + c.table->columns[c.table_position].name;
}

[[noreturn]] void refuse_blank_key(const Mapper& source,
                                   std::uint32_t position,
                                   const ColumnAttribute& column,
                                   const Object& object) {
  throw InvalidRequestError(
      "Dependency rule on column '" + name_of(source.column_at(position)) +
      "' tried to blank-out primary key column '" + name_of(column) + "' on instance '" +
      instance_name(object) +
      "'; delete the object, or cascade delete-orphan along the relationship");
}

}  // namespace

std::vector<Object*> added_members(Object& object, const RelationshipAttribute& r) {
  std::vector<Object*> out;
  if (is_new(object)) {
    each_member(object, r, [&](Object* m) { out.push_back(m); });
    return out;
  }
  if (const RelationshipChange* c = find_change(object, r)) {
    if (r.is_list) {
      c->added.each([&](Object* m) { out.push_back(m); });
    } else if (Object* t = raw_target(object, r); t && t != c->old_target) {
      out.push_back(t);
    }
  }
  return out;
}

std::vector<Object*> removed_members(Object& object, const RelationshipAttribute& r) {
  std::vector<Object*> out;
  const RelationshipChange* c = find_change(object, r);
  if (!c) {
    return out;
  }
  if (r.is_list) {
    c->removed.each([&](Object* m) { out.push_back(m); });
  } else if (c->old_target && c->old_target != raw_target(object, r)) {
    out.push_back(c->old_target);
  }
  return out;
}

std::vector<Object*> stored_members(Object& object, const RelationshipAttribute& r) {
  std::vector<Object*> out = removed_members(object, r);
  const std::vector<Object*> added = added_members(object, r);
  each_member(object, r, [&](Object* m) {
    if (std::find(added.begin(), added.end(), m) == added.end()) {
      out.push_back(m);
    }
  });
  return out;
}

bool has_parent(SessionState& session, const RelationshipAttribute& r, const Object& child) {
  if (r.back && !r.back->is_list) {
    return raw_target(const_cast<Object&>(child), *r.back) != nullptr;
  }
  for (Object* o : session.queue) {  // without a reference of its own, the child belongs to whoever
                                     // has added it since
    if (!mapper_of(*o).isa(*r.parent) || header(*o).state == ObjectState::deleted) {
      continue;
    }
    const std::vector<Object*> added = added_members(*o, r);
    if (std::find(added.begin(), added.end(), &child) != added.end()) {
      return true;
    }
  }
  return false;
}

bool refers_to_another(Object& child, const RelationshipAttribute& r, const Object& parent) {
  if (!r.back || r.back->is_list || !find_change(child, *r.back)) {
    return false;
  }
  const Object* target = raw_target(child, *r.back);
  return target && target != &parent;
}

namespace {
bool is_reference(const RelationshipAttribute& r) {
  return !r.is_viewonly && r.direction == Direction::many_to_one;
}

// Its rows are connected after all are written.
bool is_postponed(const RelationshipAttribute& r) {
  return r.has_post_update || (r.back && r.back->has_post_update);
}

// Whether the children have no reference of their own that would fetch the key.
bool gives_keys(const RelationshipAttribute& r) {
  return !r.is_viewonly && r.direction == Direction::one_to_many && !r.back;
}
}  // namespace

bool has_references(const Mapper& mapper) {
  return std::any_of(mapper.relationships.begin(), mapper.relationships.end(), is_reference);
}

bool gives_keys_to_children(const Mapper& mapper) {
  return std::any_of(mapper.relationships.begin(), mapper.relationships.end(), gives_keys);
}

namespace {
void copy_reference(UnitOfWork& work, Object& object, const RelationshipAttribute& r);
}

bool has_postponed_references(const Mapper& mapper) {
  return std::any_of(mapper.relationships.begin(), mapper.relationships.end(), [](const auto& r) {
    return is_reference(r) && is_postponed(r);
  });
}

void copy_references(UnitOfWork& work, Object& object) {
  for (const RelationshipAttribute& r : mapper_of(object).relationships) {
    if (is_reference(r) && !is_postponed(r)) {
      copy_reference(work, object, r);
    }
  }
}

void copy_postponed_references(UnitOfWork& work, Object& object) {
  for (const RelationshipAttribute& r : mapper_of(object).relationships) {
    if (is_reference(r) && is_postponed(r)) {
      copy_reference(work, object, r);
    }
  }
}

std::vector<const ColumnAttribute*> postponed_columns(const Mapper& mapper) {
  std::vector<const ColumnAttribute*> columns;
  for (const RelationshipAttribute& r : mapper.relationships) {
    if (is_reference(r) && is_postponed(r)) {
      for (const RelationshipAttribute::Pair& p : r.pairs) {
        columns.push_back(&mapper.column_at(p.local));
      }
    }
  }
  return columns;
}

void clear_postponed_references(UnitOfWork& work, Object& object) {
  for (const RelationshipAttribute& r : mapper_of(object).relationships) {
    if (!is_reference(r) || !is_postponed(r)) {
      continue;
    }
    for (const RelationshipAttribute::Pair& p : r.pairs) {
      const ColumnAttribute& column = mapper_of(object).column_at(p.local);
      load_before_read(object, column.index);
      Value scratch;
      if (!Value(load_cell(column.cell, member(object, column), scratch)).is_null()) {
        set_null(work, object, column);
      }
    }
  }
}

namespace {
void copy_reference(UnitOfWork& work, Object& object, const RelationshipAttribute& r) {
  const Mapper& mapper = mapper_of(object);
  const RelationshipChange* change = find_change(object, r);
  Object* target = raw_target(object, r);
  if (!change && !(is_new(object) && target)) {
    return;
  }
  if (target && header(*target).session != &work.session()) {
    warn(WarningCategory::sa_warning,
         "Object of type <" + mapper_of(*target).class_name +
             "> not in session, add operation along '" + r.full_name() + "' will not proceed");
    return;
  }
  for (const RelationshipAttribute::Pair& p : r.pairs) {
    const ColumnAttribute& local = mapper.column_at(p.local);
    if (target) {
      copy_column(object, local, *target, mapper_of(*target).column_at(p.remote));
    } else if (change->old_target || !change->is_known) {
      if (local.is_primary_key) {
        refuse_blank_key(*r.target, p.remote, local, object);
      }
      set_null(work, object, local);
    }
  }
}
}  // namespace

void copy_keys_to_children(UnitOfWork& work, Object& object) {
  for (const RelationshipAttribute& r : mapper_of(object).relationships) {
    if (!gives_keys(r)) {
      continue;
    }
    for (Object* child : added_members(object, r)) {
      if (header(*child).session != &work.session()) {
        continue;
      }
      for (const RelationshipAttribute::Pair& p : r.pairs) {
        copy_column(*child,
                    mapper_of(*child).column_at(p.remote),
                    object,
                    mapper_of(object).column_at(p.local));
      }
    }
  }
}

void copy_changed_key(UnitOfWork& work, const RelationshipAttribute& r, Object& parent) {
  each_member(parent, r, [&](Object* child) {
    if (header(*child).session != &work.session()) {
      return;
    }
    for (const RelationshipAttribute::Pair& p : r.pairs) {
      const ColumnAttribute& target = mapper_of(*child).column_at(p.remote);
      const ColumnAttribute& source = mapper_of(parent).column_at(p.local);
      if (!r.has_passive_updates) {
        copy_column(*child, target, parent, source);
      } else if (is_loaded(*child, target.index) && !is_modified(*child, target.index) &&
                 !target.is_primary_key) {
        Value scratch;
        const Value value(load_cell(source.cell, member(parent, source), scratch));
        store_cell(target.cell, member(*child, target), value);
      }
    }
  });
}

void clear_reference(UnitOfWork& work, const RelationshipAttribute& r, Object& child) {
  for (const RelationshipAttribute::Pair& p : r.pairs) {
    const ColumnAttribute& column = mapper_of(child).column_at(p.remote);
    if (column.is_primary_key) {
      refuse_blank_key(*r.parent, p.local, column, child);
    }
    set_null(work, child, column);
  }
}

namespace {
// The key values of association rows, for the engine's loop.
class AssociationValues final : public ParameterSets {
 public:
  explicit AssociationValues(std::vector<Value> values, std::size_t width)
      : values_(std::move(values)), width_(width) {}

  std::size_t size() const override { return values_.size() / width_; }

  Literal value(std::size_t set, std::size_t key) const override {
    return Literal(values_[set * width_ + key]);
  }

 private:
  std::vector<Value> values_;
  std::size_t width_;
};

// A column of the association table and where its value comes from.
struct RowColumn {
  std::uint32_t position;
  bool is_parents;
  std::uint32_t source;  // position in the parent's or child's table
};

std::vector<RowColumn> row_columns(const RelationshipAttribute& r) {
  std::vector<RowColumn> out;
  for (const auto& p : r.pairs) {
    out.push_back({p.remote, true, p.local});
  }
  for (const auto& p : r.secondary_pairs) {
    out.push_back({p.local, false, p.remote});
  }
  std::sort(out.begin(), out.end(), [](const RowColumn& a, const RowColumn& b) {
    return a.position < b.position;
  });
  return out;
}

void write_rows(UnitOfWork& work,
                const RelationshipAttribute& r,
                const std::vector<const AssociationRow*>& rows,
                bool is_insert) {
  sql::Ref statement = sql::StatementBuilder::make(
      is_insert ? sql::Kind::insert : sql::Kind::delete_, sql::Ref(r.secondary));
  const std::vector<RowColumn> columns = row_columns(r);
  std::vector<std::string> keys;
  for (const RowColumn& c : columns) {
    keys.push_back(r.secondary->columns[c.position].key);
    if (is_insert) {
      continue;
    }
    const sql::Ref column = r.secondary->column(c.position);
    sql::StatementBuilder::append(
        statement,
        sql::Clause::where,
        sql::compare(sql::Op::eq, sql::Ref(column), sql::bindparam(keys.back(), column->type())));
  }
  std::vector<Value> values;
  Value scratch;
  for (const AssociationRow* row : rows) {
    for (const RowColumn& c : columns) {
      const Object& o = c.is_parents ? *row->parent : *row->child;
      const ColumnAttribute& source = mapper_of(o).column_at(c.source);
      load_before_read(o, source.index);
      values.emplace_back(load_cell(source.cell, member(o, source), scratch));
    }
  }
  const AssociationValues sets(std::move(values), keys.size());
  const std::int64_t affected = work.session().connection().execute_many(statement, keys, sets);
  if (!is_insert && affected >= 0 && affected != static_cast<std::int64_t>(rows.size())) {
    throw StaleDataError("DELETE statement on table '" + r.secondary->name +
                         "' expected to delete " + std::to_string(rows.size()) + " row(s); Only " +
                         std::to_string(affected) + " were matched.");
  }
}
}  // namespace

void write_associations(UnitOfWork& work, const std::vector<AssociationRow>& rows, bool is_insert) {
  std::vector<const AssociationRow*> left;
  for (const AssociationRow& row : rows) {
    left.push_back(&row);
  }
  while (!left.empty()) {
    const RelationshipAttribute* r = left.front()->relationship;
    std::vector<const AssociationRow*> of_one;
    std::copy_if(
        left.begin(), left.end(), std::back_inserter(of_one), [&](const AssociationRow* row) {
          return row->relationship == r;
        });
    std::erase_if(left, [&](const AssociationRow* row) { return row->relationship == r; });
    write_rows(work, *r, of_one, is_insert);
  }
}

}  // namespace azoth::orm
