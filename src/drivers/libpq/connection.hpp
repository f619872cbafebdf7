// SPDX-License-Identifier: MIT
// One connection to a PostgreSQL server, with its prepared statements.
#pragma once
#include "drivers/libpq/cursor.hpp"
#include "engine/prepared_statements.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace azoth::drivers::libpq {

/// What a URL, its query and the connect arguments ask for.
struct ConnectRequest {
  std::vector<std::pair<std::string, std::string>> keywords;  ///< of libpq: host, dbname, sslmode
  std::size_t prepared_statements = 100;  ///< kept by a connection, as asyncpg does
};

/// Reads a URL and the options. @throws ArgumentError naming the argument that is not known or has
/// a wrong value.
ConnectRequest connect_request(const URL& url, const EngineOptions& options);

class LibpqConnection final : public DriverConnection {
 public:
  /// Connects. @throws OperationalError
  explicit LibpqConnection(const ConnectRequest& request);
  ~LibpqConnection() override;

  CursorHandle prepare(std::string_view sql, std::size_t hash) override;
  void execute_plain(std::string_view sql) override;
  void begin() override;
  void commit() override;
  void rollback() override;
  bool in_transaction() const override;

  std::int64_t last_insert_id() const override { return 0; }

  bool has_contiguous_keys(std::string_view,
                           std::string_view,
                           std::string_view,
                           std::size_t) override {
    return false;
  }

  std::size_t max_parameters() const override { return 65535; }

  bool is_usable() const override { return PQstatus(connection_) == CONNECTION_OK; }

  void set_isolation_level(std::string_view level) override;

  bool is_autocommit() const override { return is_autocommit_; }

  std::string isolation_level() override;

  void set_transaction_options(std::optional<bool> readonly,
                               std::optional<bool> deferrable) override;
  void append_repr(std::string& out, const Literal& value, TypePtr type) const override;
  void cancel() override;

  // What cursors need.
  PGconn* handle() const { return connection_; }

  /// Prepares a statement and returns its description: the types of its parameters and columns.
  ResultHandle prepare_named(const std::string& name,
                             const std::string& sql,
                             const std::vector<Oid>& types);
  std::string new_statement_name();
  /// Notes a prepared statement to be given up when the server takes commands.
  void close_later(std::string name) noexcept;

  /// Counts the changes of the schema that this connection has made or undone: what was prepared
  /// before the last one may not hold any more.
  std::uint64_t schema_version() const { return schema_version_; }

  /// Notes what a command did to the schema, by its tag: CREATE TABLE, ROLLBACK.
  void note_command(std::string_view tag) noexcept;

  LibpqCursor* stream() const { return stream_; }

  void set_stream(LibpqCursor* cursor) { stream_ = cursor; }

  /// Run a COPY; what `next` and `take` throw ends it. Return the number of rows.
  std::int64_t copy_in(const std::string& sql, base::FunctionRef<bool(std::string& chunk)> next);
  std::int64_t copy_out(const std::string& sql, base::FunctionRef<void(std::string_view)> take);

  /// Makes the connection take a command: the rest of a stream is fetched.
  void make_ready();
  /// Says whether an execution failed because its prepared form does not hold any more.
  bool is_stale(const PGresult* result) const;
  /// Throws when the result is an error, or begins a COPY, which is ended.
  void check(ResultHandle& result);

 protected:
  void give_back(DriverCursor* cursor) noexcept override;

 private:
  ResultHandle run(const char* sql);
  std::string begin_text() const;
  std::int64_t end_copy();
  void use_iso_formats();

  PGconn* connection_ = nullptr;
  bool is_autocommit_ = false;
  std::string level_;              // empty: the server's own
  std::string options_;            // READ ONLY, DEFERRABLE
  LibpqCursor* stream_ = nullptr;  // whose rows are still to come
  std::uint64_t names_ = 0;
  std::uint64_t schema_version_ = 0;
  bool has_changed_schema_ = false;  // in the transaction at hand
  std::vector<std::string> unused_;
  azoth::detail::PreparedStatements<LibpqCursor> statements_;
};

}  // namespace azoth::drivers::libpq
