// SPDX-License-Identifier: MIT
// One connection of an ODBC driver, with its prepared statements.
//
// The driver's autocommit is off: a transaction begins by itself with the first statement, and is
// ended by SQLEndTran. So begin() does nothing, and the end of a transaction in which nothing was
// executed neither.
#pragma once
#include "drivers/odbc/arguments.hpp"
#include "drivers/odbc/cursor.hpp"
#include "drivers/odbc/error.hpp"
#include "engine/prepared_statements.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace azoth::drivers::odbc {

/// What the driver says that it can do.
struct DriverFacts {
  bool gets_any_column = false;     ///< cells are asked for in any order
  bool gets_bound_columns = false;  ///< also those that are bound
  bool has_one_active = false;      ///< one statement at a time has rows that are still to come
  SQLUSMALLINT at_commit = SQL_CB_PRESERVE,
               at_rollback = SQL_CB_PRESERVE;  ///< what becomes of them
  TextForm text_form = TextForm::wide;
  SQLUINTEGER isolation_levels = 0;  ///< a bit each
};

class OdbcConnection final : public DriverConnection {
 public:
  /// Connects. @throws OperationalError, InterfaceError
  explicit OdbcConnection(const ConnectRequest& request);
  ~OdbcConnection() override;

  CursorHandle prepare(std::string_view sql, std::size_t hash) override;
  void execute_plain(std::string_view sql) override;
  void begin() override;
  void commit() override;
  void rollback() override;
  void execute_outside_transaction(std::string_view sql) override;
  void transaction_ended() noexcept override;

  bool in_transaction() const override { return is_begun_ || is_used_; }

  std::int64_t last_insert_id() const override;

  bool has_contiguous_keys(std::string_view,
                           std::string_view,
                           std::string_view,
                           std::size_t) override {
    return false;
  }

  std::size_t max_parameters() const override { return backend_.max_parameters; }

  std::size_t max_statement_size() const override { return backend_.max_statement_size; }

  bool prefers_rows_together() const override { return backend_.prefers_rows_together; }

  bool is_usable() const override { return is_usable_; }

  void set_isolation_level(std::string_view level) override;

  bool is_autocommit() const override { return is_autocommit_; }

  std::string isolation_level() override;
  Value sent(const Literal& value, TypePtr type) const override;
  void append_repr(std::string& out, const Literal& value, TypePtr type) const override;
  void cancel() override;

  /// Asks the driver for a text: SQL_DBMS_NAME, SQL_DBMS_VER.
  std::string info(SQLUSMALLINT which) const;

  // What cursors need.
  SQLHDBC handle() const { return connection_; }

  const Backend& backend() const { return backend_; }

  const ValueRules& rules() const { return rules_; }

  const DriverFacts& facts() const { return facts_; }

  /// Counts what has taken the driver's prepared statements away.
  std::uint64_t generation() const { return generation_; }

  /// Makes the connection take a statement: rows that stand in the way are fetched.
  void make_ready();

  /// Notes that a statement is executed, which begins a transaction.
  void note_use() { is_used_ = !is_autocommit_; }

  /// Notes that the schema may have changed: what was prepared before does not hold any more.
  void note_schema() {
    ++generation_;
    has_changed_schema_ = true;
  }

  void note_insert() { has_new_key_ = true; }

  /// Notes that rows of a cursor are to come, or are not any more.
  void add_open(OdbcCursor* cursor) { open_.push_back(cursor); }

  void remove_open(OdbcCursor* cursor) noexcept { std::erase(open_, cursor); }

  /// Names the statement that `cancel` breaks off, as long as it lives.
  struct Running {
    Running(OdbcConnection& connection, SQLHSTMT statement) : connection_(connection) {
      connection_.set_running(statement);
    }

    ~Running() { connection_.set_running(nullptr); }

    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

   private:
    OdbcConnection& connection_;
  };

  /// Throws what a handle reports, and notes whether the connection is lost.
  [[noreturn]] void fail(SQLSMALLINT type, SQLHANDLE handle, const char* function);

 protected:
  void give_back(DriverCursor* cursor) noexcept override;

 private:
  void connect(const ConnectRequest& request);
  void find_facts();
  void set_autocommit(bool on);
  void set_attribute(SQLINTEGER attribute, SQLULEN value);
  SQLULEN attribute(SQLINTEGER attribute);
  void end(SQLSMALLINT how);

  void set_running(SQLHSTMT statement) {
    const std::lock_guard lock(running_mutex_);
    running_ = statement;
  }

  void run(std::string_view sql);
  bool is_dead() const;
  template <class Number>
  Number number_of(SQLUSMALLINT which) const;

  const Backend& backend_;
  ValueRules rules_;
  DriverFacts facts_;
  SQLHDBC connection_ = nullptr;
  bool is_usable_ = true;
  bool is_autocommit_ = false;
  bool is_begun_ = false;
  bool is_used_ = false;             // a statement was executed since the last end of a transaction
  bool has_changed_schema_ = false;  // in the transaction at hand
  mutable bool has_new_key_ = false;
  mutable std::int64_t last_insert_id_ = 0;
  std::uint64_t generation_ = 0;
  std::vector<OdbcCursor*> open_;  // rows of theirs are still to come
  std::mutex running_mutex_;
  SQLHSTMT running_ = nullptr;
  azoth::detail::PreparedStatements<OdbcCursor> statements_;
};

/// Frees a statement of the driver.
struct FreeStatement {
  void operator()(SQLHSTMT statement) const noexcept { SQLFreeHandle(SQL_HANDLE_STMT, statement); }
};

using StatementHandle = std::unique_ptr<void, FreeStatement>;

}  // namespace azoth::drivers::odbc
