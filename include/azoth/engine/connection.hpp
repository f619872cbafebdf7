// SPDX-License-Identifier: MIT
// A connection as programs hold it: executes statements inside a transaction that begins by itself
// and ends only when told.
#pragma once
#include <azoth/engine/execution.hpp>
#include <azoth/engine/result.hpp>
#include <azoth/engine/transaction.hpp>

#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// Holds for statements whose columns' C++ types the compiler knows: they name the result they
/// give.
template <class S>
concept TypedStatement = requires(const S& s) {
  typename S::result_type;
  { s.node() } -> std::convertible_to<sql::Ref>;
};
/// Holds for everything that stands for a statement.
template <class S>
concept StatementLike = requires(const S& s) {
  { s.node() } -> std::convertible_to<sql::Ref>;
};

namespace detail {
struct BorrowedConnection;

template <class S>
struct ResultOf {
  using type = Result<>;
};

template <TypedStatement S>
struct ResultOf<S> {
  using type = typename S::result_type;
};
}  // namespace detail

/// A database connection taken from an engine's pool. Move-only; belongs to one thread at a time.
/// The first statement begins a transaction; `commit` and `rollback` end it; closing, which the
/// destructor does too, rolls back.
class Connection {
 public:
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  /// Executes a statement and returns its rows, typed if the statement is. @throws StatementError,
  /// DBAPIError and its family, ResourceClosedError on a closed connection, InvalidRequestError
  /// when the transaction is inactive.
  template <StatementLike S>
  typename detail::ResultOf<S>::type execute(const S& statement,
                                             const Params& params = {},
                                             const ExecutionOptions& options = {}) {
    return typename detail::ResultOf<S>::type(run(statement.node(), params, options));
  }

  /// Executes an INSERT, UPDATE or DELETE once for each parameter set.
  template <StatementLike S>
  Result<> execute(const S& statement, const ParamsList& sets) {
    return execute(sql::Ref(statement.node()), sets);
  }

  Result<> execute(const sql::Ref& statement, const Params& params = {}) {
    return Result<>(run(statement, params));
  }

  Result<> execute(const sql::Ref& statement, const ParamsList& sets) {
    return Result<>(run(statement, sets));
  }

  /// Returns the first column of the first row.
  template <StatementLike S>
  auto scalar(const S& statement, const Params& params = {}) {
    return execute(statement, params).scalar();
  }

  std::optional<Value> scalar(const sql::Ref& statement, const Params& params = {}) {
    return execute(statement, params).scalar();
  }

  /// Returns the first column of the rows.
  template <StatementLike S>
  auto scalars(const S& statement, const Params& params = {}) {
    return execute(statement, params).scalars();
  }

  ScalarResult<Value> scalars(const sql::Ref& statement, const Params& params = {}) {
    return execute(statement, params).scalars();
  }

  /// Passes text to the driver as it is, with its own placeholders and positional values.
  Result<> exec_driver_sql(std::string_view sql, const std::vector<Value>& parameters = {});

  /// The same once for each set of values.
  template <std::same_as<std::vector<std::vector<Value>>> V>
  Result<> exec_driver_sql(std::string_view sql, const V& sets) {
    return Result<>(run_driver_sql(sql, sets));
  }

  /// Sets options for all that this connection executes. @throws ArgumentError for an unknown
  /// isolation level, InvalidRequestError for changing it within a transaction.
  Connection& execution_options(const ExecutionOptions& options);
  const ExecutionOptions& get_execution_options() const;
  /// The isolation level at work, and that of connections for which none was chosen.
  std::string get_isolation_level();
  std::string default_isolation_level();

  /// Begins a transaction explicitly. @throws InvalidRequestError when one has begun already, by
  /// itself or explicitly.
  [[nodiscard]] Transaction begin();
  /// Begins a savepoint, and a transaction before it if there is none.
  [[nodiscard]] Transaction begin_nested();

  /// Begins a transaction that can be prepared; an empty `xid` makes one.
  /// @throws InvalidRequestError when a transaction has begun already, in AUTOCOMMIT, or when the
  /// database has no two-phase transactions.
  [[nodiscard]] TwoPhaseTransaction begin_twophase(std::string_view xid = {});
  /// Returns the xids of the transactions that the database keeps prepared.
  std::vector<std::string> recover_twophase();
  /// Commit or roll back a transaction that was prepared, on any connection. `recover` ends this
  /// connection's own transaction first, which must not be open. @throws InvalidRequestError for
  /// that, DBAPIError
  void commit_prepared(std::string_view xid, bool recover = false);
  void rollback_prepared(std::string_view xid, bool recover = false);

  /// Runs `body()` in a transaction, or in a savepoint: commits when it returns, rolls back when it
  /// throws. While it runs, nothing can be executed after the transaction has been ended by hand.
  /// `body` may take the transaction: `begin([](Transaction& trans) { ... })`.
  template <class F>
  void begin(F&& body) {
    in_block(begin(), std::forward<F>(body));
  }

  template <class F>
  void begin_nested(F&& body) {
    in_block(begin_nested(), std::forward<F>(body));
  }

  /// Begins the transaction if none has begun, as the first statement would.
  void autobegin();

  /// Commits the transaction; does nothing when none has begun. @throws DBAPIError
  void commit();
  /// Rolls the transaction back; open results are closed. @throws DBAPIError
  void rollback();
  /// Rolls back and gives the connection back to the pool.
  void close();
  /// Gives the connection to the database up, because of `error` if there is one: it is closed, not
  /// pooled. The next statement opens another one, once the transaction has been rolled back.
  void invalidate(const std::exception* error = nullptr);
  /// Takes the connection out of the pool: closing closes it.
  void detach();
  bool in_transaction() const;
  bool in_nested_transaction() const;
  /// The transaction, or the innermost savepoint, that has begun.
  std::optional<TransactionHandle> get_transaction() const;
  std::optional<TransactionHandle> get_nested_transaction() const;
  bool closed() const;
  /// Says whether the connection to the database was lost or given up.
  bool invalidated() const;
  /// The program's notes on the connection to the database; they live as long as that.
  std::map<std::string, Value, std::less<>>& info();

  /// The engine of this connection. @throws ResourceClosedError when closed.
  const Engine& engine() const;
  const Dialect& dialect() const;
  /// Calls `body` with the vendor's connection, within the transaction; logged as `statement`, with
  /// which errors of the driver are thrown. For what only one driver can do, as COPY.
  void run_driver(std::string_view statement, base::FunctionRef<void(DriverConnection&)> body);
  /// The vendor's connection, for what only it can do. @throws ResourceClosedError when closed.
  DriverConnection& driver_connection();

  /// Executes a statement the erased way; every other form comes here. Text in `params` is copied
  /// when rows are streamed.
  CursorResult run(const sql::Ref& statement,
                   const Params& params = {},
                   const ExecutionOptions& options = {});
  CursorResult run(const sql::Ref& statement,
                   const ParamsList& sets,
                   const ExecutionOptions& options = {});
  /// Executes a statement whose bind parameters take these values, in the order of
  /// `sql::collect_binds`. Nothing is copied: text and bytes must live as long as the result is
  /// read.
  CursorResult run_positional(const sql::Ref& statement,
                              std::span<const Literal> values,
                              const ExecutionOptions& options = {});
  /// Returns rows that are known as the result of a statement, which is compiled for its columns
  /// and not executed. @throws InvalidRequestError for a row of another length
  CursorResult known_rows(const sql::Ref& statement,
                          std::vector<std::vector<Value>> rows,
                          const ExecutionOptions& options = {});
  /// Executes one prepared statement for each set, values by `keys`. Returns the sum of affected
  /// rows.
  std::int64_t execute_many(const sql::Ref& statement,
                            const std::vector<std::string>& keys,
                            const ParameterSets& sets,
                            AfterEach after_each);
  std::int64_t execute_many(const sql::Ref& statement,
                            const std::vector<std::string>& keys,
                            const ParameterSets& sets);
  /// Inserts all sets, many rows a statement where the database gives contiguous keys, else one,
  /// and reports the key generated for each in the column `key_column` of the statement's table.
  /// @throws InvalidRequestError when the statement is no single-row INSERT.
  void insert_many_values(const sql::Ref& statement,
                          const std::vector<std::string>& keys,
                          const ParameterSets& sets,
                          std::string_view key_column,
                          OnGeneratedKey on_key);

 private:
  friend class Engine;
  friend struct detail::BorrowedConnection;
  explicit Connection(std::unique_ptr<detail::ConnectionState> state);

  template <class F>
  void in_block(Transaction transaction, F&& body) {
    if constexpr (std::is_invocable_v<F&, Transaction&>) {
      run_block(transaction, [&] { body(transaction); });
    } else {
      run_block(transaction, [&] { body(); });
    }
  }

  CursorResult run_driver_sql(std::string_view sql, const std::vector<std::vector<Value>>& sets);
  void run_block(Transaction& transaction, base::FunctionRef<void()> body);
  void end_prepared(std::string_view xid, bool commits, bool recover);
  detail::ConnectionState& open_state();
  std::unique_ptr<detail::ConnectionState> state_;
};

}  // namespace azoth
