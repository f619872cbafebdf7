// SPDX-License-Identifier: MIT
// One connection to a server of MariaDB or MySQL, with its prepared statements.
//
// The server's autocommit is off, as with Python's drivers: a transaction begins by itself with the
// first statement, also with the one after a CREATE TABLE, which commits. So begin() sends nothing,
// and the end of a transaction in which nothing was executed neither.
#pragma once
#include "drivers/mariadb/arguments.hpp"
#include "drivers/mariadb/cursor.hpp"
#include "engine/prepared_statements.hpp"

#include <map>
#include <string>

namespace azoth::drivers::mariadb {

class MariadbConnection final : public DriverConnection {
 public:
  /// Connects. @throws OperationalError
  explicit MariadbConnection(ConnectRequest request);
  ~MariadbConnection() override;

  CursorHandle prepare(std::string_view sql, std::size_t hash) override;
  void execute_plain(std::string_view sql) override;
  void begin() override;
  void commit() override;
  void rollback() override;

  void execute_outside_transaction(std::string_view sql) override;
  void transaction_ended() noexcept override;

  bool in_transaction() const override { return is_begun_ || is_used_; }

  std::int64_t last_insert_id() const override { return last_insert_id_; }

  std::int64_t last_of_contiguous_keys(std::size_t rows) const override {
    return last_insert_id_ + static_cast<std::int64_t>(rows) - 1;
  }

  bool has_contiguous_keys(std::string_view schema,
                           std::string_view table,
                           std::string_view key,
                           std::size_t rows) override;

  std::size_t max_parameters() const override { return 65535; }

  /// What the smallest default of max_allowed_packet admits.
  std::size_t max_statement_size() const override { return 1'000'000; }

  bool prefers_rows_together() const override { return true; }

  bool is_usable() const override { return is_usable_; }

  void set_isolation_level(std::string_view level) override;

  bool is_autocommit() const override { return is_autocommit_; }

  std::string isolation_level() override;

  void append_repr(std::string& out, const Literal& value, TypePtr type) const override;
  void cancel() override;

  // What cursors need.
  MYSQL* handle() const { return connection_; }

  MariadbCursor* stream() const { return stream_; }

  void set_stream(MariadbCursor* cursor) { stream_ = cursor; }

  /// Makes the connection take a command: the rest of a stream is fetched.
  void make_ready();

  /// Notes that a statement is executed, which begins a transaction.
  void note_use() { is_used_ = !is_autocommit_; }

  void set_last_insert_id(unsigned long long id) {
    last_insert_id_ = static_cast<std::int64_t>(id);
  }

  /// Sends a text as it is; what it returns is thrown away.
  void run(const std::string& sql);
  /// Throws a failure, and notes what it has ended.
  [[noreturn]] void fail(Failure failure);

 protected:
  void give_back(DriverCursor* cursor) noexcept override;

 private:
  void set_autocommit(bool on);
  void end(const char* sql);
  bool rolls_back(unsigned int number);
  bool asks_true(const std::string& sql);
  bool generates_key(const std::string& schema, std::string_view table, std::string_view key);

  ConnectRequest request_;
  MYSQL* connection_ = nullptr;
  bool is_usable_ = true;
  bool is_autocommit_ = false;
  bool is_begun_ = false;
  bool is_used_ = false;  // a statement was executed since the last end of a transaction
  std::int64_t last_insert_id_ = 0;
  MariadbCursor* stream_ = nullptr;             // whose rows are still to come
  std::map<std::string, bool> generated_keys_;  // of this transaction, by table
  azoth::detail::PreparedStatements<MariadbCursor> statements_;
};

}  // namespace azoth::drivers::mariadb
