// SPDX-License-Identifier: MIT
// The events of an engine, under SQLAlchemy's names: `event::listen(engine,
// event::before_cursor_execute, [](Connection&, const CursorExecution& e) { ... })`. Those of pools
// stand in pool/events.hpp, those of tables in sql/events.hpp.
#pragma once
#include <azoth/base/error.hpp>
#include <azoth/base/event.hpp>
#include <azoth/engine/params.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace azoth {

class Connection;
class CursorResult;
class Engine;

namespace sql {
class Ref;
}

/// What is handed to the driver: the text, and the values as the driver sends them. The views are
/// good only during the event.
struct CursorExecution {
  std::string_view statement;
  std::span<const std::vector<Value>> parameters;  ///< one set, or those of an executemany
  bool executemany = false;
};

/// What is known of an error on its way to the program. A listener may throw another error, which
/// then takes its place, or correct `is_disconnect`.
struct ExceptionContext {
  const DBAPIError* original = nullptr;  ///< as the driver said it, without the statement
  std::string_view statement;
  Connection* connection = nullptr;  ///< null when the error came up without one
  bool is_disconnect = false;        ///< the connection is dead, and so are those of its pool
  bool invalidate_pool_on_disconnect = true;
  bool is_pre_ping = false;
};

namespace event {

inline constexpr Event<void(Connection&)> engine_connect{"engine_connect"};
/// A statement is about to be executed, before it is compiled, with its parameter sets; not told of
/// the statements that a flush executes for many objects.
inline constexpr Event<void(Connection&, const sql::Ref&, std::span<const Params>)> before_execute{
    "before_execute"};
inline constexpr Event<void(Connection&, const sql::Ref&, std::span<const Params>, CursorResult&)>
    after_execute{"after_execute"};
inline constexpr Event<void(Connection&, const CursorExecution&)> before_cursor_execute{
    "before_cursor_execute"};
inline constexpr Event<void(Connection&, const CursorExecution&)> after_cursor_execute{
    "after_cursor_execute"};
inline constexpr Event<void(ExceptionContext&)> handle_error{"handle_error"};
/// A transaction is about to begin. What a listener executes is its first statement;
/// `exec_driver_sql("BEGIN IMMEDIATE")` begins it in another way than the driver's.
inline constexpr Event<void(Connection&)> begin{"begin"};
inline constexpr Event<void(Connection&)> commit{"commit"};
inline constexpr Event<void(Connection&)> rollback{"rollback"};
inline constexpr Event<void(Connection&, std::string_view name)> savepoint{"savepoint"};
inline constexpr Event<void(Connection&, std::string_view name)> rollback_savepoint{
    "rollback_savepoint"};
inline constexpr Event<void(Connection&, std::string_view name)> release_savepoint{
    "release_savepoint"};
inline constexpr Event<void(Connection&, std::string_view xid)> begin_twophase{"begin_twophase"};
inline constexpr Event<void(Connection&, std::string_view xid)> prepare_twophase{
    "prepare_twophase"};
inline constexpr Event<void(Connection&, std::string_view xid, bool is_prepared)> commit_twophase{
    "commit_twophase"};
inline constexpr Event<void(Connection&, std::string_view xid, bool is_prepared)> rollback_twophase{
    "rollback_twophase"};
inline constexpr Event<void(const Engine&)> engine_disposed{"engine_disposed"};

}  // namespace event
}  // namespace azoth
