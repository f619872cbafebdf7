// SPDX-License-Identifier: MIT
// The doors of Session: checks of arguments, autoflush, boundaries at which the heap may sweep; the
// work is done behind them.
#include "orm/dml/dml.hpp"
#include "orm/load/criteria.hpp"
#include "orm/load/loader.hpp"
#include "orm/load/rewriter.hpp"
#include "orm/session_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/session.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {

using orm::header;
using orm::Object;

namespace {
Object& required(Object* object, const char* what) {
  if (!object) {
    throw ArgumentError(std::string("Session.") + what + "() needs an object, got an empty handle");
  }
  return *object;
}
}  // namespace

SessionExecution::SessionExecution(std::unique_ptr<orm::SessionState> state)
    : state_(std::move(state)) {}

SessionExecution::SessionExecution(SessionExecution&&) noexcept = default;
SessionExecution& SessionExecution::operator=(SessionExecution&&) noexcept = default;
SessionExecution::~SessionExecution() = default;

Session::Session(const Engine& engine, SessionOptions options)
    : SessionExecution(std::make_unique<orm::SessionState>(engine, options)) {
  state_->owner = this;
}

Session::Session(Connection& connection, SessionOptions options)
    : SessionExecution(
          std::make_unique<orm::SessionState>(connection.engine(), options, &connection)) {
  state_->owner = this;
}

Session::Session(Session&& other) noexcept : SessionExecution(std::move(other)) {
  if (state_) {
    state_->owner = this;
  }
}

Session& Session::operator=(Session&& other) noexcept {
  SessionExecution::operator=(std::move(other));
  if (state_) {
    state_->owner = this;
  }
  return *this;
}

Session::~Session() = default;

void Session::add_object(Object* object) {
  state_->add(required(object, "add"));  // no boundary: what is pending is not freed
}

void Session::delete_object(Object* object) {
  state_->delete_object(required(object, "delete_"));
}

void Session::expunge_object(Object* object) {
  state_->expunge(required(object, "expunge"));
}

void Session::expunge_all() {
  state_->expunge_all();
  state_->heap().boundary();
}

Object* Session::get_object(const orm::Mapper& mapper, std::span<const Value> key) {
  if (key.size() != mapper.primary_key.size()) {
    throw InvalidRequestError(
        "Incorrect number of values in identifier to formulate primary key for session.get(); "
        "primary key columns are " +
        std::to_string(mapper.primary_key.size()) + ", got " + std::to_string(key.size()));
  }
  state_->heap().boundary();
  const Value* only = key.size() == 1 && mapper.has_integer_key ? key.data() : nullptr;
  Object* found = only && only->get_if<std::int64_t>()
                      ? state_->identities.find(mapper, *only->get_if<std::int64_t>())
                      : state_->identities.find(mapper, key);
  if (found) {
    if (!orm::of_class(found, mapper)) {
      return nullptr;
    }
    if (!header(*found).has_unloaded_columns) {
      return header(*found).state == orm::ObjectState::persistent ? found : nullptr;
    }
    ptr<Object> pin(found);
    try {  // an expired object is read anew; its row may be gone
      orm::refresh_columns(*state_, *found);
    } catch (const ObjectDeletedError&) {
      return nullptr;
    }
    return found;
  }
  state_->autoflush();
  return orm::load_by_key(*state_, mapper, key);
}

void Session::flush() {
  state_->flush();
  state_->heap().boundary();
}

void Session::commit() {
  state_->commit();
  state_->heap().boundary();
}

void Session::rollback() {
  state_->rollback();
  state_->heap().boundary();
}

void Session::close() {
  state_->close();
  state_->heap().boundary();
}

SessionTransaction Session::begin() {
  return SessionTransaction(state_->begin());
}

SessionTransaction Session::begin_nested() {
  return SessionTransaction(state_->begin_nested());
}

void Session::run_block(SessionTransaction transaction, orm::TransactionBody body) {
  state_->run_block(*transaction.record_, [&] { body(transaction); });
}

bool Session::is_active() const {
  return !state_->current() || state_->current()->state == orm::TransactionRecord::State::active;
}

bool Session::in_nested_transaction() const {
  return get_nested_transaction().has_value();
}

std::optional<SessionTransactionHandle> Session::get_transaction() const {
  std::shared_ptr<orm::TransactionRecord> record = state_->current();
  while (record && record->parent) {
    record = record->parent;
  }
  return record ? std::optional(SessionTransactionHandle(std::move(record))) : std::nullopt;
}

std::optional<SessionTransactionHandle> Session::get_nested_transaction() const {
  const std::shared_ptr<orm::TransactionRecord>& record = state_->current();
  return record && record->is_nested ? std::optional(SessionTransactionHandle(record))
                                     : std::nullopt;
}

void Session::expire_object(Object* object, const AttributeNames& names) {
  state_->expire(required(object, "expire"), names);
}

Object* Session::merge_object(Object* object, const MergeOptions& options) {
  return state_->merge(required(object, "merge"), options);
}

bool Session::is_object_modified(const Object* object, bool include_collections) const {
  if (!object) {
    throw ArgumentError("Session.is_modified() needs an object, got an empty handle");
  }
  const orm::Mapper& mapper = orm::mapper_of(*object);
  const auto changed = [&](const auto& attribute) {
    return orm::is_modified(*object, attribute.index) &&
           orm::history_of(*object, attribute).has_changes();
  };
  return std::any_of(mapper.columns.begin(), mapper.columns.end(), changed) ||
         std::any_of(mapper.relationships.begin(), mapper.relationships.end(), [&](const auto& r) {
           return (include_collections || !r.is_list) && changed(r);
         });
}

namespace {
template <class Keep>
std::vector<ptr<Object>> filtered(const std::vector<Object*>& queue, Keep keep) {
  std::vector<ptr<Object>> found;
  for (Object* o : queue) {
    if (keep(header(*o))) {
      found.emplace_back(o);
    }
  }
  return found;
}
}  // namespace

std::vector<ptr<Object>> Session::new_() const {
  return filtered(state_->queue,
                  [](const auto& h) { return h.state == orm::ObjectState::pending; });
}

std::vector<ptr<Object>> Session::dirty() const {
  return filtered(state_->queue,
                  [](const auto& h) { return h.state == orm::ObjectState::persistent; });
}

std::vector<ptr<Object>> Session::deleted() const {
  return filtered(state_->queue,
                  [](const auto& h) { return h.state == orm::ObjectState::deleted; });
}

std::vector<ptr<Object>> Session::identity_map() const {
  std::vector<ptr<Object>> all;
  all.reserve(state_->identities.size());
  state_->identities.each([&](Object& o) { all.emplace_back(&o); });
  return all;
}

event::Dispatch& Session::dispatch() const {
  return state_->events;
}

void Session::expire_all() {
  state_->expire_everything();
}

void Session::refresh_object(Object* object, const RefreshOptions& options) {
  Object& o = required(object, "refresh");
  if (header(o).session != state_.get() || header(o).state != orm::ObjectState::persistent) {
    throw InvalidRequestError("Instance '" + orm::instance_name(o) +
                              "' is not persistent within this Session");
  }
  orm::refresh(*state_, o, options);
}

namespace {
constexpr auto program = orm::ExecutionPurpose::program;
}

orm::LoadedRows SessionExecution::load(const sql::Ref& statement,
                                       const orm::ExecuteOptions& options) {
  sql::Ref changed;
  const sql::Ref& told = orm::tell_execute(*state_, statement, program, changed);
  if (options.autoflush) {
    state_->autoflush();
  }
  state_->heap().boundary();
  return orm::load_rows(*state_, told, options);
}

namespace {

// Attributes go by their own names, not by those of their columns; hybrids and synonyms by theirs.
std::vector<std::string> attribute_names(const sql::Ref& select) {
  const auto& s = sql::as<sql::Statement>(select);
  std::vector<std::string> names;
  std::size_t place = 0;
  const auto name = [&](std::size_t at, std::string_view key) {
    names.resize(std::max(names.size(), at + 1));
    names[at] = key;
  };
  bool is_plain = true;
  s.each(sql::Clause::column, [&](const sql::Ref& part) {
    is_plain &= !sql::is_from(part->kind());
    if (part->kind() == sql::Kind::column) {
      const auto& column = sql::as<sql::ColumnNode>(part);
      if (column.owner->kind() == sql::Kind::table && column.key() != column.name()) {
        name(place, column.key());
      }
    }
    ++place;
  });
  s.each(sql::Clause::option, [&](const sql::Ref& part) {
    if (part->kind() == sql::Kind::result_key) {
      name(sql::as<sql::ResultKey>(part).place, sql::as<sql::ResultKey>(part).key);
    }
  });
  return is_plain ? names : std::vector<std::string>();
}

bool is_textual(const sql::Node& statement) {
  return statement.kind() == sql::Kind::text || statement.kind() == sql::Kind::text_select;
}
}  // namespace

CursorResult SessionExecution::run(const sql::Ref& statement,
                                   const Params& params,
                                   bool autoflush) {
  sql::Ref changed;
  const sql::Ref& told = orm::tell_execute(*state_, statement, program, changed);
  if (autoflush && !is_textual(*told)) {
    state_->autoflush();
  }
  state_->heap().boundary();
  ExecutionOptions options;
  if (!orm::criteria_of(told).empty()) {
    options.rewriter = &orm::CriteriaRewriter::instance();
  }
  CursorResult result = state_->connection().run(told, params, options);
  if (told->kind() == sql::Kind::select) {
    if (const std::vector<std::string> names = attribute_names(told); !names.empty()) {
      result.rename(names);
    }
  }
  return result;
}

CursorResult SessionExecution::run_dml(const sql::Ref& statement,
                                       const Params& params,
                                       const orm::DmlOptions& options) {
  sql::Ref changed;
  const sql::Ref& told = orm::tell_execute(*state_, statement, program, changed);
  state_->autoflush();
  state_->heap().boundary();
  return orm::run_dml(*state_, told, params, options);
}

CursorResult SessionExecution::insert_sets(const sql::Ref& statement,
                                           const ParamsList& sets,
                                           const orm::DmlOptions& options) {
  sql::Ref changed;
  const sql::Ref& told = orm::tell_execute(*state_, statement, program, changed);
  state_->autoflush();
  state_->heap().boundary();
  return orm::insert_sets(*state_, told, sets, options);
}

orm::LoadedRows SessionExecution::load_returned(CursorResult rows, const orm::DmlOptions& options) {
  return orm::load_returned(*state_, std::move(rows), options);
}

bool Session::contains_object(const Object* object) const {
  if (!object || header(*object).session != state_.get()) {
    return false;
  }
  return header(*object).state != orm::ObjectState::deleted || header(*object).is_queued;
}

bool Session::is_modified() const {
  return !state_->queue.empty() || !state_->orphans.empty();
}

bool Session::in_transaction() const {
  return state_->in_transaction();
}

Connection& Session::connection() {
  return state_->connection();
}

const Engine& Session::engine() const {
  return state_->engine;
}

std::size_t Session::identity_count() const {
  return state_->identities.size();
}

void Session::sweep() {
  state_->heap().sweep();
}

bool Session::set_autoflush(bool on) {
  return std::exchange(state_->options.autoflush, on);
}

}  // namespace azoth
