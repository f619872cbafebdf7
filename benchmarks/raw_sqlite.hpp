// SPDX-License-Identifier: MIT
// The hand-written loops over the sqlite3 C API that every ratio refers to, each with a prepared
// statement, and some faster forms that a careful program might use. They know nothing of Azoth.
#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace raw {

struct User {
  std::int64_t id;
  std::string name;
  std::optional<std::string> fullname;
};

/// An open database; closed at the end. Ends the program with SQLite's message when something
/// fails.
class Database {
 public:
  explicit Database(const std::string& path);

  ~Database() { sqlite3_close(handle_); }

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  void execute(const char* sql);

  sqlite3* handle() { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
};

/// The statements that create the tables `users` and `addresses` and the index between them.
const std::vector<const char*>& schema();
/// Creates the tables and fills them with users 1 to `users`, each with so many addresses.
void fill(Database& database, int users, int children);
/// Makes the structs of users 1 to `count`.
std::vector<User> make_users(int count);

std::uint64_t load_structs(Database& database);
/// One heap object a row in a node-based identity map: what most hand-written sessions do.
std::uint64_t load_shared_objects(Database& database);
std::uint64_t load_two_columns(Database& database);
std::uint64_t select_by_key(Database& database);
std::uint64_t select_by_key(Database& database, std::span<const std::int64_t> ids);
/// As the loop above, but each statement is prepared anew, as text-building code does.
std::uint64_t select_by_key_prepared_anew(Database& database);
/// Inserts in one transaction, and stores the key of each row in its struct.
std::uint64_t insert(Database& database, std::vector<User> users);
/// Inserts a hundred rows a statement; keys are counted back from the last one.
std::uint64_t insert_hundred_a_statement(Database& database, std::vector<User> users);
/// Changes `fullname` and writes all columns, in one transaction.
std::uint64_t update(Database& database, std::vector<User>& users, int round);
/// Writes the changed column only.
std::uint64_t update_one_column(Database& database, std::vector<User>& users, int round);
std::uint64_t parents_by_join(Database& database);
std::uint64_t parents_by_two_scans(Database& database);
/// Formats a SELECT with 2 joins and 5 predicates `count` times.
std::uint64_t format_statements(int count);

}  // namespace raw
