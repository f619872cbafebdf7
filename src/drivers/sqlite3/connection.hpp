// SPDX-License-Identifier: MIT
// One connection to a SQLite database with its cache of prepared statements.
#pragma once
#include "drivers/sqlite3/cursor.hpp"
#include "engine/prepared_statements.hpp"

#include <string>
#include <unordered_map>

namespace azoth::drivers::sqlite {

/// What a URL, its query and the connect arguments ask for.
struct OpenRequest {
  std::string filename;   ///< a path, a `file:` URI or `:memory:`
  int flags = 0;          ///< of sqlite3_open_v2
  double timeout = 5;     ///< seconds to wait for a lock
  int foreign_keys = -1;  ///< 1 or 0; -1: as the library was built
  std::size_t cached_statements = 128;
};

/// Reads a URL and the options. @throws ArgumentError naming the argument that is not known or has
/// a wrong value.
OpenRequest open_request(const URL& url, const EngineOptions& options);

class Sqlite3Connection final : public DriverConnection {
 public:
  /// Opens the database. @throws OperationalError
  explicit Sqlite3Connection(const OpenRequest& request);
  ~Sqlite3Connection() override;

  CursorHandle prepare(std::string_view sql, std::size_t hash) override;
  void execute_plain(std::string_view sql) override;
  void begin() override;
  void commit() override;
  void rollback() override;

  bool in_transaction() const override { return sqlite3_get_autocommit(db_) == 0; }

  std::int64_t last_insert_id() const override { return sqlite3_last_insert_rowid(db_); }

  bool has_contiguous_keys(std::string_view schema,
                           std::string_view table,
                           std::string_view key,
                           std::size_t rows) override;
  std::size_t max_parameters() const override;

  bool prefers_rows_together() const override { return true; }

  std::optional<std::int64_t> changed_rows() const override;

  bool is_usable() const override { return db_ != nullptr; }

  void set_isolation_level(std::string_view level) override;

  bool is_autocommit() const override { return is_autocommit_; }

  void cancel() override { sqlite3_interrupt(db_); }

  std::string isolation_level() override;
  Value sent(const Literal& value, TypePtr type) const override;
  void append_repr(std::string& out, const Literal& value, TypePtr type) const override;

 protected:
  void give_back(DriverCursor* cursor) noexcept override;

 private:
  struct TableKey {
    int version = -1, temp_version = -1;
    bool is_rowid = false;
  };

  void run(sqlite3_stmt*& statement, const char* sql);
  std::int64_t ask_number(const std::string& sql);
  bool key_is_rowid(const std::string& schema, std::string_view table, std::string_view key);

  sqlite3* db_ = nullptr;
  sqlite3_stmt *begin_ = nullptr, *commit_ = nullptr, *rollback_ = nullptr;
  bool is_autocommit_ = false;
  azoth::detail::PreparedStatements<Sqlite3Cursor> statements_;
  std::unordered_map<std::string, TableKey> table_keys_;
};

}  // namespace azoth::drivers::sqlite
