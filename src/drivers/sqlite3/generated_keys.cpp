// SPDX-License-Identifier: MIT
// Whether row-id arithmetic tells the keys of a multi-row INSERT.
//
// For a table whose INTEGER PRIMARY KEY is the row-id, SQLite numbers the rows of one INSERT one
// after the other, from one above the largest row-id (or the sequence of AUTOINCREMENT). Inside a
// write transaction nobody else inserts, so the last key tells all. That does not hold for a key
// that is an ordinary indexed column (WITHOUT ROWID, INTEGER PRIMARY KEY DESC), for virtual tables,
// when a trigger may insert rows of its own, and near the largest possible row-id, where SQLite
// picks unused numbers at random. RETURNING would tell the keys too, but its rows are gathered in a
// temporary table, which costs all that the multi-row form gains.
#include "drivers/sqlite3/connection.hpp"
#include <azoth/base/text.hpp>

#include <limits>

namespace azoth::drivers::sqlite {
namespace {

std::string quoted(std::string_view name, char quote) {
  std::string text(1, quote);
  for (const char c : name) {
    text.append(c == quote ? 2 : 1, c);
  }
  return text += quote;
}

}  // namespace

std::int64_t Sqlite3Connection::ask_number(const std::string& sql) {
  CursorHandle cursor = DriverConnection::prepare(sql);
  if (!cursor->step()) {
    return 0;
  }
  return sqlite3_column_int64(static_cast<Sqlite3Cursor&>(*cursor).statement(), 0);
}

bool Sqlite3Connection::key_is_rowid(const std::string& schema,
                                     std::string_view table,
                                     std::string_view key) {
  const std::string name = quoted(table, '\''), scope = quoted(schema, '\'');
  const std::string info = "pragma_table_info(" + name + ", " + scope + ")";
  const std::string indexes = "pragma_index_list(" + name + ", " + scope + ")";
  const std::string same_table = "lower(tbl_name) = lower(" + name + ")";
  return ask_number("SELECT count(*) = 1 AND max(upper(type) = 'INTEGER' AND lower(name) = lower(" +
                    quoted(key, '\'') + ")) FROM " + info + " WHERE pk > 0") == 1 &&
         ask_number("SELECT count(*) FROM " + indexes + " WHERE origin = 'pk'") == 0 &&
         ask_number(
             "SELECT count(*) FROM " + quoted(schema, '"') + ".sqlite_master WHERE " + same_table +
             " AND (type = 'trigger' OR (type = 'table' AND sql LIKE 'CREATE VIRTUAL%'))") == 0 &&
         ask_number("SELECT count(*) FROM temp.sqlite_master WHERE type = 'trigger' AND " +
                    same_table) == 0;
}

bool Sqlite3Connection::has_contiguous_keys(std::string_view schema,
                                            std::string_view table,
                                            std::string_view key,
                                            std::size_t rows) {
  if (!in_transaction()) {
    return false;
  }
  const std::string scope(schema.empty() ? "main" : schema);
  const int version =
      static_cast<int>(ask_number("PRAGMA " + quoted(scope, '"') + ".schema_version"));
  const int temp_version = static_cast<int>(ask_number("PRAGMA temp.schema_version"));
  TableKey& known = table_keys_[scope + '\0' + std::string(table) + '\0' + std::string(key)];
  if (known.version != version || known.temp_version != temp_version) {
    known = {version, temp_version, key_is_rowid(scope, table, key)};
  }
  if (!known.is_rowid) {
    return false;
  }
  const std::int64_t largest =
      ask_number("SELECT max(rowid) FROM " + quoted(scope, '"') + "." + quoted(table, '"'));
  return largest >= 0 &&
         static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() - largest) > rows;
}

}  // namespace azoth::drivers::sqlite
