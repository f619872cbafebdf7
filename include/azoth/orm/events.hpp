// SPDX-License-Identifier: MIT
// The events of sessions and mapped classes, under SQLAlchemy's names: `event::listen(session,
// event::before_flush, [](Session&) { ... })`, `event::listen(User::mapper(),
// event::before_insert, [](const orm::Mapper&, Connection&, const ptr<orm::Object>& o) { ... })`;
// `ptr_cast<User>(o)` gives the object its class. Those of engines stand in engine/events.hpp.
#pragma once
#include <azoth/base/event.hpp>
#include <azoth/engine/events.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/orm/session_transaction.hpp>
#include <azoth/sql/statement_builder.hpp>

#include <span>
#include <string>

namespace azoth {

class Connection;
class Session;

/// Says what a session is about to execute, for do_orm_execute.
struct ORMExecuteState {
  Session& session;
  sql::Ref statement;
  bool is_select = false, is_insert = false, is_update = false, is_delete = false;
  bool is_relationship_load = false;  ///< a lazy load
  bool is_column_load = false;        ///< expired or deferred columns of one object

  /// Adds options to the statement, as its options() does: `with_loader_criteria(...)`.
  template <class... O>
  void add_options(const O&... o) {
    (sql::StatementBuilder::append(statement, sql::Clause::option, o.node()), ...);
  }
};

namespace orm {
struct Mapper;
}

/// Says what Query::update() or Query::delete_() has done, for after_bulk_update and
/// after_bulk_delete.
struct BulkContext {
  Session& session;
  const orm::Mapper& mapper;
  const sql::Ref& statement;
  std::int64_t rowcount;
};

namespace event {

// --- of sessions: transactions ---
inline constexpr Event<void(Session&, const SessionTransactionHandle&)> after_transaction_create{
    "after_transaction_create"};
inline constexpr Event<void(Session&, const SessionTransactionHandle&)> after_transaction_end{
    "after_transaction_end"};
/// A transaction or savepoint has begun on the connection.
inline constexpr Event<void(Session&, const SessionTransactionHandle&, Connection&)> after_begin{
    "after_begin"};
inline constexpr Event<void(Session&)> before_commit{"before_commit"};
inline constexpr Event<void(Session&)> after_commit{"after_commit"};
/// The database has rolled back; the session is not usable yet.
inline constexpr Event<void(Session&)> after_rollback{"after_rollback"};
/// A transaction was rolled back, also where nothing had been sent to the database.
inline constexpr Event<void(Session&, const SessionTransactionHandle&)> after_soft_rollback{
    "after_soft_rollback"};

// --- of sessions: flush and execution ---
inline constexpr Event<void(Session&)> before_flush{"before_flush"};
/// The rows are written; new_(), dirty() and deleted() are as they were before.
inline constexpr Event<void(Session&)> after_flush{"after_flush"};
/// Objects have the states that their rows have now.
inline constexpr Event<void(Session&)> after_flush_postexec{"after_flush_postexec"};
inline constexpr Event<void(ORMExecuteState&)> do_orm_execute{"do_orm_execute"};
/// Of the 1.x Query only; statements of the 2.0 style are told to do_orm_execute.
inline constexpr Event<void(const BulkContext&)> after_bulk_update{"after_bulk_update"};
inline constexpr Event<void(const BulkContext&)> after_bulk_delete{"after_bulk_delete"};

// --- of sessions: states of objects ---
using ObjectEvent = Event<void(Session&, const ptr<orm::Object>&)>;
inline constexpr ObjectEvent before_attach{"before_attach"};
inline constexpr ObjectEvent after_attach{"after_attach"};
inline constexpr ObjectEvent transient_to_pending{"transient_to_pending"};
inline constexpr ObjectEvent pending_to_transient{"pending_to_transient"};
inline constexpr ObjectEvent pending_to_persistent{"pending_to_persistent"};
inline constexpr ObjectEvent persistent_to_transient{"persistent_to_transient"};
inline constexpr ObjectEvent persistent_to_deleted{"persistent_to_deleted"};
inline constexpr ObjectEvent deleted_to_persistent{"deleted_to_persistent"};
inline constexpr ObjectEvent deleted_to_detached{"deleted_to_detached"};
inline constexpr ObjectEvent persistent_to_detached{"persistent_to_detached"};
inline constexpr ObjectEvent detached_to_persistent{"detached_to_persistent"};
inline constexpr ObjectEvent loaded_as_persistent{"loaded_as_persistent"};

// --- of mapped classes: rows; changes that a before-listener makes to its object are written ---
using RowEvent = Event<void(const orm::Mapper&, Connection&, const ptr<orm::Object>&)>;
inline constexpr RowEvent before_insert{"before_insert"};
inline constexpr RowEvent after_insert{"after_insert"};
inline constexpr RowEvent before_update{"before_update"};
inline constexpr RowEvent after_update{"after_update"};
inline constexpr RowEvent before_delete{"before_delete"};
inline constexpr RowEvent after_delete{"after_delete"};

// --- of mapped classes: objects ---
/// make() has made an object; the names are those of the attributes that it was given.
inline constexpr Event<void(const ptr<orm::Object>&, std::span<const std::string>)> init{"init"};
/// An object was made from a row.
inline constexpr Event<void(const ptr<orm::Object>&)> load{"load"};
/// Attributes of an object were loaded anew; no names: all columns.
inline constexpr Event<void(const ptr<orm::Object>&, std::span<const std::string>)> refresh{
    "refresh"};
/// A flush has filled in attributes that the program did not give: defaults, versions, values that
/// the row returned.
inline constexpr Event<void(const ptr<orm::Object>&, std::span<const std::string>)> refresh_flush{
    "refresh_flush"};
/// Attributes of an object were expired; no names: all.
inline constexpr Event<void(const ptr<orm::Object>&, std::span<const std::string>)> expire{
    "expire"};

}  // namespace event
}  // namespace azoth
