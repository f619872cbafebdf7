// SPDX-License-Identifier: MIT
// The doors of Session: checks of arguments, autoflush, boundaries at which the heap may sweep; the
// work is done behind them.
#include "orm/dml/dml.hpp"
#include "orm/load/loader.hpp"
#include "orm/session_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/schema.hpp>
#include <azoth/orm/session.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

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

Session::Session(const Engine& engine, SessionOptions options)
    : state_(std::make_unique<orm::SessionState>(engine, options)) {}

Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
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
      orm::refresh_columns(*state_, *found, false);
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

void Session::expire_object(Object* object) {
  state_->expire(required(object, "expire"));
}

void Session::expire_all() {
  state_->expire_everything();
}

void Session::refresh_object(Object* object) {
  Object& o = required(object, "refresh");
  if (header(o).session != state_.get() || header(o).state != orm::ObjectState::persistent) {
    throw InvalidRequestError("Instance '" + orm::instance_name(o) +
                              "' is not persistent within this Session");
  }
  state_->autoflush();
  orm::refresh_columns(*state_, o, true);
}

orm::LoadedRows Session::load(const sql::Ref& statement, const orm::ExecuteOptions& options) {
  state_->autoflush();
  state_->heap().boundary();
  return orm::load_rows(*state_, statement, options);
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

}  // namespace

CursorResult Session::run(const sql::Ref& statement, const Params& params) {
  state_->autoflush();
  state_->heap().boundary();
  CursorResult result = state_->connection().run(statement, params);
  if (statement->kind() == sql::Kind::select) {
    if (const std::vector<std::string> names = attribute_names(statement); !names.empty()) {
      result.rename(names);
    }
  }
  return result;
}

CursorResult Session::run_dml(const sql::Ref& statement,
                              const Params& params,
                              const orm::DmlOptions& options) {
  state_->autoflush();
  state_->heap().boundary();
  return orm::run_dml(*state_, statement, params, options);
}

CursorResult Session::insert_sets(const sql::Ref& statement,
                                  const ParamsList& sets,
                                  const orm::DmlOptions& options) {
  state_->autoflush();
  state_->heap().boundary();
  return orm::insert_sets(*state_, statement, sets, options);
}

orm::LoadedRows Session::load_returned(CursorResult rows, const orm::DmlOptions& options) {
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

namespace {
MetaData subset(std::initializer_list<const orm::Mapper*> mappers) {
  MetaData metadata;
  for (const orm::Mapper* m : mappers) {
    orm::configured(*m);
    metadata.state()->tables.push_back(m->table_ref);
    for (const orm::RelationshipAttribute& r : m->relationships) {
      if (r.secondary && !metadata.state()->find(r.secondary->schema, r.secondary->name)) {
        metadata.state()->tables.push_back(sql::Ref(r.secondary));
      }
    }
  }
  return metadata;
}
}  // namespace

void create_all(const Engine& engine, std::initializer_list<const orm::Mapper*> mappers) {
  create_all(subset(mappers), engine);
}

void drop_all(const Engine& engine, std::initializer_list<const orm::Mapper*> mappers) {
  drop_all(subset(mappers), engine);
}

}  // namespace azoth
