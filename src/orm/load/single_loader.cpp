// SPDX-License-Identifier: MIT
// Loads one object: by its key, anew, or what of it is expired or deferred.
#include "orm/load/loader.hpp"
#include "orm/load/mapper_statements.hpp"
#include "orm/load/rewriter.hpp"
#include "orm/load/row_reader.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/statement_builder.hpp>

namespace azoth::orm {

namespace {

// The identity of an object as literals; views of `values`, or integers.
class IdentityLiterals {
 public:
  explicit IdentityLiterals(const Object& object) {
    if (mapper_of(object).has_integer_key) {
      integer_ = Literal(integer_identity(object));
      view_ = {&integer_, 1};
      return;
    }
    values_ = identity_key(object);
    literals_.assign(values_.begin(), values_.end());
    view_ = literals_;
  }

  IdentityLiterals(const IdentityLiterals&) = delete;
  IdentityLiterals& operator=(const IdentityLiterals&) = delete;

  std::span<const Literal> view() const { return view_; }

 private:
  Literal integer_ = std::nullopt;
  std::vector<Value> values_;
  std::vector<Literal> literals_;
  std::span<const Literal> view_;
};

// Runs a select of one entity and returns the object of its first row.
Object* load_first(SessionState& session,
                   const Mapper& mapper,
                   const sql::Ref& select,
                   std::span<const Literal> key,
                   bool populate_existing) {
  tell_execute(session, select, false, true);
  CursorResult rows =
      run_with(session, mapper, select, key, {.rewriter = &EntityRewriter::instance()});
  RowReader reader(session, rows, populate_existing);
  const EntityPlan& entity = *reader.plan().entities.front();
  Object* first = nullptr;
  while (rows.next()) {
    Object* object = reader.read(entity);
    first = first ? first : object;
    if (!reader.plan().needs_unique) {
      rows.close();  // a key has one row, but for what is joined to it
      break;
    }
  }
  reader.finish();
  return first;
}

[[noreturn]] void throw_deleted(const Object& object) {
  throw ObjectDeletedError("Instance '" + instance_name(object) +
                           "' has been deleted, or its row is otherwise not present.");
}

// The columns that are expired: not loaded, and not left out on purpose.
std::vector<std::uint32_t> expired_slots(const Object& object) {
  std::vector<std::uint32_t> slots;
  for (const ColumnAttribute& column : mapper_of(object).columns) {
    if (!column.is_deferred && !is_loaded(object, column.index) &&
        !find_expression(object, column.index)) {
      slots.push_back(column.slot);
    }
  }
  return slots;
}

bool is_whole(const Mapper& mapper, const std::vector<std::uint32_t>& slots) {
  std::size_t count = 0;
  for (const ColumnAttribute& column : mapper.columns) {
    count += !column.is_deferred;
  }
  return slots.size() == count;
}

void tell_refreshed(Object& object, const std::vector<std::uint32_t>& slots) {
  if (const event::Dispatch* listeners = mapper_of(object).listeners()) {
    std::vector<std::string> names;
    for (const std::uint32_t slot : slots) {
      names.push_back(mapper_of(object).columns[slot].name);
    }
    listeners->fire(event::refresh, ptr<Object>(&object), names);
  }
}

[[noreturn]] void throw_not_refreshed(const Object& object) {
  throw InvalidRequestError("Could not refresh instance '" + instance_name(object) + "'");
}

sql::Ref locking(sql::Ref select, bool with_for_update) {
  if (with_for_update) {
    sql::StatementBuilder::append(
        select, sql::Clause::for_update, sql::for_update(false, false, false, false));
  }
  return select;
}

// Reads some columns straight into the object; false when its row is gone.
bool read_slots(SessionState& session,
                Object& object,
                const std::vector<std::uint32_t>& slots,
                const sql::Ref& select) {
  const Mapper& mapper = mapper_of(object);
  const IdentityLiterals key(object);
  tell_execute(session, select, false, true);
  CursorResult row = run_with(session, mapper, select, key.view());
  if (!row.next()) {
    return false;
  }
  for (std::uint32_t i = 0; i < slots.size(); ++i) {
    const ColumnAttribute& column = mapper.columns[slots[i]];
    if (!is_loaded(object, column.index)) {  // a flush on the way may have read it
      row.read(row.reader(i, column.cell), member(object, column));
      set_loaded(object, column.index);
    }
  }
  row.close();
  tell_refreshed(object, slots);
  return true;
}

}  // namespace

void load_columns(SessionState& session, Object& object, const std::vector<std::uint32_t>& slots) {
  if (!read_slots(session, object, slots, select_columns(mapper_of(object), slots))) {
    throw_deleted(object);
  }
}

Object* load_by_key(SessionState& session, const Mapper& mapper, std::span<const Value> key) {
  const sql::Ref& select = statements_of(mapper).by_key;
  if (key.size() == 1) {
    const Literal only(key.front());
    return load_first(session, mapper, select, {&only, 1}, false);
  }
  const std::vector<Literal> literals(key.begin(), key.end());
  return load_first(session, mapper, select, literals, false);
}

void refresh_columns(SessionState& session, Object& object) {
  const Mapper& mapper = mapper_of(object);
  const std::vector<std::uint32_t> slots = expired_slots(object);
  if (slots.empty()) {
    return;
  }
  session.autoflush();
  if (!is_whole(mapper, slots)) {
    return load_columns(session, object, slots);
  }
  const IdentityLiterals key(object);
  if (load_first(session, mapper, statements_of(mapper).by_key, key.view(), false) != &object) {
    throw_deleted(object);
  }
}

void refresh(SessionState& session, Object& object, const RefreshOptions& options) {
  const Mapper& mapper = mapper_of(object);
  const IdentityLiterals key(object);
  session.expire(object, options.attribute_names);
  session.autoflush();  // what remains: this object has no changes any more
  if (options.attribute_names.empty()) {
    const sql::Ref select = locking(statements_of(mapper).refresh, options.with_for_update);
    if (load_first(session, mapper, select, key.view(), false) != &object) {
      throw_not_refreshed(object);
    }
    return;
  }
  std::vector<std::uint32_t> slots;
  for (const std::string_view name : options.attribute_names) {
    if (const ColumnAttribute* column = mapper.find_column(name)) {
      slots.push_back(column->slot);
    }
  }
  const sql::Ref select = locking(
      select_columns(
          mapper, slots.empty() ? mapper.primary_key : slots, sql::LabelStyle::disambiguate_only),
      options.with_for_update);
  if (!read_slots(session, object, slots.empty() ? mapper.primary_key : slots, select)) {
    throw_not_refreshed(object);
  }
  for (const std::string_view name : options.attribute_names) {
    if (const RelationshipAttribute* r = mapper.find_relationship(name)) {
      load_related(session, object, *r, Fetch::allowed);
    }
  }
}

void tell_execute(SessionState& session,
                  const sql::Ref& statement,
                  bool is_relationship_load,
                  bool is_column_load) {
  if (!session.events.is_used()) [[likely]] {
    return;
  }
  const sql::Kind kind = statement->kind();
  ORMExecuteState state{*session.owner, statement};
  state.is_select = kind == sql::Kind::select || kind == sql::Kind::compound_select;
  state.is_insert = kind == sql::Kind::insert;
  state.is_update = kind == sql::Kind::update;
  state.is_delete = kind == sql::Kind::delete_;
  state.is_relationship_load = is_relationship_load;
  state.is_column_load = is_column_load;
  session.events.fire(event::do_orm_execute, state);
}

void load_attribute(SessionState& session, Object& object, unsigned attribute) {
  const ColumnAttribute& column = mapper_of(object).column(attribute);
  if (column.is_deferred) {
    session.autoflush();
    load_columns(session, object, {column.slot});
  } else {
    refresh_columns(session, object);
  }
}

}  // namespace azoth::orm
