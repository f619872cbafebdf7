// SPDX-License-Identifier: MIT
// What a Session executes: selects of entities and values, DML of mapped classes, text.
#pragma once
#include <azoth/engine/connection.hpp>
#include <azoth/orm/dml_options.hpp>
#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/session_result.hpp>
#include <azoth/sql/dml.hpp>

#include <memory>

namespace azoth {

namespace orm {
class SessionState;
}

/// Executes statements in the transaction of a session, whose base it is; changes are flushed
/// first. @throws PendingRollbackError after a failed flush, StatementError, DBAPIError.
class SessionExecution {
 public:
  /// Executes a statement. Selects with entities give rows of handles and values; others give
  /// Core's Result.
  template <class... C>
  [[nodiscard]] auto execute(const Select<C...>& statement,
                             const orm::ExecuteOptions& options = {}) {
    if constexpr ((Mapped<C> || ...)) {
      return SessionResult<C...>(load(statement.node(), options));
    } else {
      return Result<C...>(run(statement.node(), {}, options.autoflush));
    }
  }

  /// The same with values of the statement's parameters: `bindparam()`, or those of `prepare`.
  template <class... C>
  [[nodiscard]] auto execute(const Select<C...>& statement,
                             const Params& params,
                             const orm::ExecuteOptions& options = {}) {
    return execute(Select<C...>(with_values(statement.node(), params)), options);
  }

  /// Executes INSERT, UPDATE, DELETE or text in the session's transaction.
  template <class S>
    requires(!requires { typename S::azoth_select; } && StatementLike<S> && !DmlLike<S>)
  auto execute(const S& statement, const Params& params = {}) {
    return typename detail::ResultOf<S>::type(run(statement.node(), params));
  }

  /// Executes INSERT, UPDATE or DELETE. Of a mapped class, objects of the session follow an UPDATE
  /// or DELETE, and RETURNING may ask for objects: `update<User>().where(...).returning<User>()`.
  template <DmlLike S>
  auto execute(const S& statement, const Params& params = {}, const orm::DmlOptions& options = {}) {
    return dml_result<S>(run_dml(statement.node(), params, options), options);
  }

  template <DmlLike S>
  auto execute(const S& statement, const orm::DmlOptions& options) {
    return execute(statement, Params(), options);
  }

  /// Inserts a row for each set; of a mapped class the sets have the names of attributes, and need
  /// not have the same.
  template <DmlLike S>
  auto execute(const S& statement, const ParamsList& sets, const orm::DmlOptions& options = {}) {
    return dml_result<S>(insert_sets(statement.node(), sets, options), options);
  }

  /// Returns the first column of the rows that were written.
  template <DmlLike S, class... A>
  auto scalars(const S& statement, const A&... arguments) {
    return execute(statement, arguments...).scalars();
  }

  template <DmlLike S>
  auto scalars(const S& statement, const ParamsList& sets, const orm::DmlOptions& options = {}) {
    return execute(statement, sets, options).scalars();
  }

  template <DmlLike S>
  auto scalars(const S& statement, const orm::DmlOptions& options) {
    return execute(statement, options).scalars();
  }

  /// Returns the first column of the rows.
  template <class C, class... D>
  [[nodiscard]] auto scalars(const Select<C, D...>& statement,
                             const orm::ExecuteOptions& options = {}) {
    if constexpr (Mapped<C> || (Mapped<D> || ...)) {
      return SessionScalars<C>(load(statement.node(), options));
    } else {
      return Result<C, D...>(run(statement.node(), {}, options.autoflush)).scalars();
    }
  }

  template <class C, class... D>
  [[nodiscard]] auto scalars(const Select<C, D...>& statement,
                             const Params& params,
                             const orm::ExecuteOptions& options = {}) {
    return scalars(Select<C, D...>(with_values(statement.node(), params)), options);
  }

  /// Returns the first column of the first row: a handle (empty when there is no row) or an
  /// optional value.
  template <class C, class... D>
  [[nodiscard]] auto scalar(const Select<C, D...>& statement) {
    if constexpr (Mapped<C>) {
      return scalars(statement).first().value_or(ptr<C>());
    } else {
      return Result<C, D...>(run(statement.node())).scalar();
    }
  }

  template <class C, class... D>
  [[nodiscard]] auto scalar(const Select<C, D...>& statement, const Params& params) {
    return scalar(Select<C, D...>(with_values(statement.node(), params)));
  }

 protected:
  explicit SessionExecution(std::unique_ptr<orm::SessionState> state);
  SessionExecution(SessionExecution&&) noexcept;
  SessionExecution& operator=(SessionExecution&&) noexcept;
  ~SessionExecution();

  std::unique_ptr<orm::SessionState> state_;

 private:
  static sql::Ref with_values(const sql::Ref& statement, const Params& params);
  orm::LoadedRows load(const sql::Ref& statement, const orm::ExecuteOptions& options);
  CursorResult run(const sql::Ref& statement, const Params& params = {}, bool autoflush = true);
  CursorResult run_dml(const sql::Ref& statement,
                       const Params& params,
                       const orm::DmlOptions& options);
  CursorResult insert_sets(const sql::Ref& statement,
                           const ParamsList& sets,
                           const orm::DmlOptions& options);
  orm::LoadedRows load_returned(CursorResult rows, const orm::DmlOptions& options);

  template <class S>
  auto dml_result(CursorResult rows, [[maybe_unused]] const orm::DmlOptions& options) {
    using R = typename detail::DmlResult<S>::type;
    if constexpr (detail::DmlResult<S>::has_entities) {
      return R(load_returned(std::move(rows), options));
    } else {
      return R(std::move(rows));
    }
  }
};

}  // namespace azoth
