// SPDX-License-Identifier: MIT
// Loads one object: by its key, anew, or what of it is expired or deferred.
#include "orm/load/criteria.hpp"
#include "orm/load/loader.hpp"
#include "orm/load/mapper_statements.hpp"
#include "orm/load/options.hpp"
#include "orm/load/rewriter.hpp"
#include "orm/load/row_reader.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/statement_builder.hpp>

#include <algorithm>

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
                   bool has_own_values = false,
                   ExecutionPurpose purpose = ExecutionPurpose::column_load) {
  sql::Ref changed;
  const sql::Ref& told = tell_execute(session, select, purpose, changed);
  CursorResult rows = run_with(session,
                               mapper,
                               told,
                               key,
                               {.rewriter = &EntityRewriter::instance()},
                               has_own_values || changed);
  RowReader reader(session, rows, false);
  reader.follow_criteria(told);
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

bool has_bit(const std::vector<std::uint32_t>& words, std::uint32_t bit) {
  return bit / 32 < words.size() && (words[bit / 32] >> bit % 32 & 1);
}

// Whether the column was left out on purpose, by the mapping or by the statement.
bool is_deferred(const ColumnAttribute& column, const LoadContext* context) {
  return column.is_deferred || (context && has_bit(context->deferred, column.index));
}

// The columns that are expired: not loaded, and not left out on purpose.
std::vector<std::uint32_t> expired_slots(const Object& object, const LoadContext* context) {
  std::vector<std::uint32_t> slots;
  for (const ColumnAttribute& column : mapper_of(object).expressions) {
    if (!is_deferred(column, context) && !is_loaded(object, column.index)) {
      slots.push_back(column.slot);
    }
  }
  for (const ColumnAttribute& column : mapper_of(object).columns) {
    if (!is_deferred(column, context) && !is_loaded(object, column.index) &&
        !find_expression(object, column.index)) {
      slots.push_back(column.slot);
    }
  }
  return slots;
}

// A statement that reads an object anew, with the options that loaded it.
sql::Ref with_context(const sql::Ref& select, const LoadContext* context) {
  const LoadContext* options = context && context->expired ? context->expired.get() : context;
  if (!options || (context->path.steps.empty() && !context->path.wildcard)) {
    return select;
  }
  sql::Ref statement = select;
  append_options(statement, options->path);
  append_criteria(statement, options->criteria);
  sql::StatementBuilder::append(statement, sql::Clause::option, ancestor_option(nullptr));
  return statement;
}

bool has_criteria(const LoadContext* context) {
  return context && !context->criteria.empty();
}

bool is_whole(const Mapper& mapper, const std::vector<std::uint32_t>& slots) {
  std::size_t count = 0;
  for (const ColumnAttribute& column : mapper.columns) {
    count += !column.is_deferred;
  }
  for (const ColumnAttribute& column : mapper.expressions) {
    count += !column.is_deferred;
  }
  return slots.size() == count;
}

void tell_refreshed(Object& object, const std::vector<std::uint32_t>& slots) {
  if (const event::Dispatch* listeners = mapper_of(object).listeners()) {
    std::vector<std::string> names;
    for (const std::uint32_t slot : slots) {
      names.push_back(mapper_of(object).at(slot).name);
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
  sql::Ref changed;
  tell_execute(session, select, ExecutionPurpose::column_load, changed);
  const bool has_expressions = std::any_of(slots.begin(), slots.end(), [&](std::uint32_t slot) {
    return slot >= mapper.columns.size();
  });
  CursorResult row = run_with(session, mapper, select, key.view(), {}, has_expressions);
  if (!row.next()) {
    return false;
  }
  for (std::uint32_t i = 0; i < slots.size(); ++i) {
    const ColumnAttribute& column = mapper.at(slots[i]);
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

Object* load_by_key(SessionState& session,
                    const Mapper& mapper,
                    std::span<const Value> key,
                    const LoadPath* options,
                    const sql::Refs& criteria,
                    ExecutionPurpose purpose) {
  sql::Ref select = statements_of(mapper).by_key;
  if (options) {
    append_options(select, *options);
  }
  append_criteria(select, criteria);
  const bool has_own_values = options || !criteria.empty();
  if (key.size() == 1) {
    const Literal only(key.front());
    return load_first(session, mapper, select, {&only, 1}, has_own_values, purpose);
  }
  const std::vector<Literal> literals(key.begin(), key.end());
  return load_first(session, mapper, select, literals, has_own_values, purpose);
}

void refresh_columns(SessionState& session, Object& object) {
  const Mapper& mapper = mapper_of(object);
  const LoadContext* context = session.contexts.of(object);
  const std::vector<std::uint32_t> slots = expired_slots(object, context);
  if (slots.empty()) {
    return;
  }
  session.autoflush();
  if (!is_whole(mapper, slots)) {
    return load_columns(session, object, slots);
  }
  const IdentityLiterals key(object);
  const sql::Ref select = with_context(statements_of(mapper).unexpire, context);
  if (load_first(session, mapper, select, key.view(), has_criteria(context)) != &object) {
    throw_deleted(object);
  }
}

namespace {

// Reads columns and joined relationships of an object in one statement, which asks for nothing
// else; false when no relationship is joined.
bool refresh_joined(SessionState& session,
                    Object& object,
                    const std::vector<std::uint32_t>& slots,
                    const std::vector<const RelationshipAttribute*>& relationships) {
  const Mapper& mapper = mapper_of(object);
  const LoadContext* context = session.contexts.of(object);
  static const LoadPath nothing;
  const LoadPath& given = context ? context->path : nothing;
  LoadPath path;
  for (const RelationshipAttribute* r : relationships) {
    if (given.strategy_of(*r) == LazyStrategy::joined) {
      const LoadPath::Step* step = given.find(*r);
      path.steps.push_back({r, LazyStrategy::joined, {}, step ? step->below : LoadPath{}});
    }
  }
  if (path.steps.empty()) {
    return false;
  }
  std::string names;
  for (const std::uint32_t slot : slots) {
    names += (names.empty() ? "" : " ") + mapper.at(slot).name;
  }
  path.columns.push_back({ColumnStrategy::defer, names.empty() ? " " : names, {}, true});
  path.wildcard = LazyStrategy::select;
  sql::Ref select = statements_of(mapper).refresh;
  append_options(select, path);
  if (has_criteria(context)) {
    append_criteria(select, context->criteria);
  }
  const IdentityLiterals key(object);
  const std::uint8_t mark = header(object).loader_mark;
  if (load_first(session, mapper, select, key.view(), has_criteria(context)) != &object) {
    throw_not_refreshed(object);
  }
  header(object).loader_mark = mark;
  return true;
}

}  // namespace

void refresh(SessionState& session, Object& object, const RefreshOptions& options) {
  const Mapper& mapper = configured(mapper_of(object));
  const IdentityLiterals key(object);
  const LoadContext* context = session.contexts.of(object);
  const std::uint8_t mark = header(object).loader_mark;
  session.expire(object, options.attribute_names);
  session.autoflush();  // what remains: this object has no changes any more
  if (options.attribute_names.empty()) {
    const sql::Ref select =
        locking(with_context(statements_of(mapper).refresh, context), options.with_for_update);
    if (load_first(session, mapper, select, key.view(), has_criteria(context)) != &object) {
      throw_not_refreshed(object);
    }
    header(object).loader_mark = mark;  // it was read as it had been loaded
    return;
  }
  std::vector<std::uint32_t> slots;
  std::vector<const RelationshipAttribute*> relationships;
  for (const std::string_view name : options.attribute_names) {
    if (const ColumnAttribute* column = mapper.find_value(name)) {
      slots.push_back(column->slot);
    } else if (const RelationshipAttribute* r = mapper.find_relationship(name)) {
      relationships.push_back(r);
    }
  }
  if (!refresh_joined(session, object, slots, relationships)) {
    const std::vector<std::uint32_t>& read = slots.empty() ? mapper.primary_key : slots;
    const sql::Ref select = locking(
        select_columns(mapper, read, sql::LabelStyle::disambiguate_only), options.with_for_update);
    if (!read_slots(session, object, read, select)) {
      throw_not_refreshed(object);
    }
  }
  for (const RelationshipAttribute* r : relationships) {
    if (!is_loaded(object, r->index) && !r->is_never_loaded) {
      load_related(session, object, *r, Fetch::allowed);
    }
  }
}

const sql::Ref& tell_execute(SessionState& session,
                             const sql::Ref& statement,
                             ExecutionPurpose purpose,
                             sql::Ref& changed) {
  if (!session.events.is_used()) [[likely]] {
    return statement;
  }
  const sql::Kind kind = statement->kind();
  ORMExecuteState state{*session.owner, statement};
  state.is_select = kind == sql::Kind::select || kind == sql::Kind::compound_select;
  state.is_insert = kind == sql::Kind::insert;
  state.is_update = kind == sql::Kind::update;
  state.is_delete = kind == sql::Kind::delete_;
  state.is_relationship_load = purpose == ExecutionPurpose::relationship_load;
  state.is_column_load = purpose == ExecutionPurpose::column_load;
  session.events.fire(event::do_orm_execute, state);
  if (state.statement == statement) {
    return statement;
  }
  changed = std::move(state.statement);
  return changed;
}

namespace {

// A deferred column, and those of its group.
std::vector<std::uint32_t> deferred_slots(const Object& object, const ColumnAttribute& column) {
  if (column.deferred_group.empty()) {
    return {column.slot};
  }
  std::vector<std::uint32_t> slots;
  const Mapper& mapper = mapper_of(object);
  for (std::uint32_t slot = 0; slot < mapper.columns.size() + mapper.expressions.size(); ++slot) {
    const ColumnAttribute& other = mapper.at(slot);
    if (other.deferred_group == column.deferred_group && !is_loaded(object, other.index)) {
      slots.push_back(other.slot);
    }
  }
  return slots;
}

}  // namespace

void load_attribute(SessionState& session, Object& object, unsigned attribute) {
  const ColumnAttribute& column = mapper_of(object).column(attribute);
  const LoadContext* context = session.contexts.of(object);
  if (!is_deferred(column, context)) {
    return refresh_columns(session, object);
  }
  const bool is_left_out = context && has_bit(context->deferred, attribute);
  if (is_left_out ? has_bit(context->raising, attribute) : column.has_deferred_raiseload) {
    throw InvalidRequestError("'" + mapper_of(object).class_name + "." + column.name +
                              "' is not available due to raiseload=True");
  }
  session.autoflush();
  load_columns(session, object, deferred_slots(object, column));
}

void expire_context(SessionState& session, Object& object, std::span<const unsigned> attributes) {
  const LoadContext* context = session.contexts.of(object);
  for (const unsigned attribute : attributes) {
    if (context && has_bit(context->deferred, attribute)) {
      return session.contexts.expire(object);
    }
  }
}

}  // namespace azoth::orm
