// SPDX-License-Identifier: MIT
// Loads one object: by its key, anew, or what of it is expired or deferred.
#include "orm/load/loader.hpp"
#include "orm/load/mapper_statements.hpp"
#include "orm/load/rewriter.hpp"
#include "orm/load/row_reader.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>

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
    if (!column.is_deferred && !is_loaded(object, column.index)) {
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

// Reads some columns straight into the object.
void load_slots(SessionState& session, Object& object, const std::vector<std::uint32_t>& slots) {
  const Mapper& mapper = mapper_of(object);
  const IdentityLiterals key(object);
  CursorResult row = run_with(session, mapper, select_columns(mapper, slots), key.view());
  if (!row.next()) {
    throw_deleted(object);
  }
  for (std::uint32_t i = 0; i < slots.size(); ++i) {
    const ColumnAttribute& column = mapper.columns[slots[i]];
    row.read(row.reader(i, column.cell), member(object, column));
    set_loaded(object, column.index);
  }
}

}  // namespace

Object* load_by_key(SessionState& session, const Mapper& mapper, std::span<const Value> key) {
  const sql::Ref& select = statements_of(mapper).by_key;
  if (key.size() == 1) {
    const Literal only(key.front());
    return load_first(session, mapper, select, {&only, 1}, false);
  }
  const std::vector<Literal> literals(key.begin(), key.end());
  return load_first(session, mapper, select, literals, false);
}

void refresh_columns(SessionState& session, Object& object, bool all) {
  const Mapper& mapper = mapper_of(object);
  if (all) {
    const IdentityLiterals key(object);
    if (load_first(session, mapper, statements_of(mapper).refresh, key.view(), true) != &object) {
      throw InvalidRequestError("Could not refresh instance '" + instance_name(object) + "'");
    }
    return;
  }
  const std::vector<std::uint32_t> slots = expired_slots(object);
  if (slots.empty()) {
    return;
  }
  if (!is_whole(mapper, slots)) {
    return load_slots(session, object, slots);
  }
  const IdentityLiterals key(object);
  if (load_first(session, mapper, statements_of(mapper).by_key, key.view(), false) != &object) {
    throw_deleted(object);
  }
}

void load_attribute(SessionState& session, Object& object, unsigned attribute) {
  const ColumnAttribute& column = mapper_of(object).column(attribute);
  if (column.is_deferred) {
    load_slots(session, object, {column.slot});
  } else {
    refresh_columns(session, object, false);
  }
}

}  // namespace azoth::orm
