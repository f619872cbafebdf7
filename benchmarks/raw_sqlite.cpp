// SPDX-License-Identifier: MIT
// The loops. Results are kept in containers, summed up and destroyed, as a program would use them.
#include "raw_sqlite.hpp"

#include "test_data.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <tuple>
#include <unordered_map>

namespace raw {
namespace {

struct Address {
  std::int64_t id;
  std::string email;
  std::int64_t user_id;
};

struct UserWithAddresses : User {
  std::vector<Address> addresses{};
};

[[noreturn]] void fail(const char* message) {
  std::fprintf(stderr, "hand-written loop: %s\n", message);
  std::exit(1);
}

class Statement {
 public:
  Statement(Database& database, const char* sql) {
    if (sqlite3_prepare_v2(database.handle(), sql, -1, &handle_, nullptr) != SQLITE_OK) {
      fail(sqlite3_errmsg(database.handle()));
    }
  }

  ~Statement() { sqlite3_finalize(handle_); }

  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  bool step() {
    const int code = sqlite3_step(handle_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
      fail(sqlite3_errstr(code));
    }
    return code == SQLITE_ROW;
  }

  void reset() { sqlite3_reset(handle_); }

  void bind(int index, std::int64_t value) { sqlite3_bind_int64(handle_, index, value); }

  void bind(int index, const std::string& value) {
    sqlite3_bind_text(handle_, index, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  }

  void bind(int index, const std::optional<std::string>& value) {
    if (value) {
      bind(index, *value);
    } else {
      sqlite3_bind_null(handle_, index);
    }
  }

  std::int64_t integer(int column) { return sqlite3_column_int64(handle_, column); }

  bool is_null(int column) { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

  void read(int column, std::string& out) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    out.assign(text, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
  }

  void read(int column, std::optional<std::string>& out) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    if (text != nullptr) {
      out.emplace(text, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
    } else {
      out.reset();
    }
  }

  void read(User& user) {
    user.id = integer(0);
    read(1, user.name);
    read(2, user.fullname);
  }

 private:
  sqlite3_stmt* handle_ = nullptr;
};

std::uint64_t sum(const User& user) {
  return bench::checksum(user.id, user.name, user.fullname);
}

std::uint64_t sum(const std::vector<UserWithAddresses>& users) {
  std::uint64_t total = 0;
  for (const auto& user : users) {
    total += sum(static_cast<const User&>(user));
    for (const auto& address : user.addresses) {
      total += address.email.size() + static_cast<std::uint64_t>(address.id);
    }
  }
  return total;
}

constexpr const char* select_users = "SELECT id, name, fullname FROM users";
constexpr const char* select_user = "SELECT id, name, fullname FROM users WHERE id = ?";

}  // namespace

Database::Database(const std::string& path) {
  if (sqlite3_open_v2(
          path.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) !=
      SQLITE_OK) {
    fail(sqlite3_errmsg(handle_));
  }
}

void Database::execute(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(sqlite3_errmsg(handle_));
  }
}

const std::vector<const char*>& schema() {
  static const std::vector<const char*> statements{
      "CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, fullname TEXT)",
      "CREATE TABLE addresses (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL,"
      " user_id INTEGER NOT NULL REFERENCES users (id))",
      "CREATE INDEX ix_addresses_user_id ON addresses (user_id)"};
  return statements;
}

void fill(Database& database, int users, int children) {
  for (const char* statement : schema()) {
    database.execute(statement);
  }
  database.execute("BEGIN");
  Statement user(database, "INSERT INTO users (id, name, fullname) VALUES (?, ?, ?)");
  Statement address(database, "INSERT INTO addresses (email, user_id) VALUES (?, ?)");
  for (int id = 1; id <= users; ++id) {
    const std::string name = bench::name_of(id);
    const std::optional<std::string> fullname = bench::fullname_of(id);
    user.bind(1, std::int64_t{id});
    user.bind(2, name);
    user.bind(3, fullname);
    user.step();
    user.reset();
    for (int child = 0; child < children; ++child) {
      const std::string email = bench::email_of(id, child);
      address.bind(1, email);
      address.bind(2, std::int64_t{id});
      address.step();
      address.reset();
    }
  }
  database.execute("COMMIT");
}

std::vector<User> make_users(int count) {
  std::vector<User> users;
  users.reserve(static_cast<std::size_t>(count));
  for (int id = 1; id <= count; ++id) {
    users.push_back({id, bench::name_of(id), bench::fullname_of(id)});
  }
  return users;
}

std::uint64_t load_structs(Database& database) {
  Statement statement(database, select_users);
  std::vector<User> users;
  while (statement.step()) {
    statement.read(users.emplace_back());
  }
  std::uint64_t total = 0;
  for (const User& user : users) {
    total += sum(user);
  }
  return total;
}

std::uint64_t load_shared_objects(Database& database) {
  Statement statement(database, select_users);
  std::unordered_map<std::int64_t, std::shared_ptr<User>> identity_map;
  std::vector<std::shared_ptr<User>> users;
  while (statement.step()) {
    std::shared_ptr<User>& slot = identity_map[statement.integer(0)];
    if (!slot) {
      slot = std::make_shared<User>();
      statement.read(*slot);
    }
    users.push_back(slot);
  }
  std::uint64_t total = 0;
  for (const auto& user : users) {
    total += sum(*user);
  }
  return total;
}

std::uint64_t load_two_columns(Database& database) {
  Statement statement(database, "SELECT id, name FROM users");
  std::vector<std::tuple<std::int64_t, std::string>> rows;
  while (statement.step()) {
    auto& row = rows.emplace_back();
    std::get<0>(row) = statement.integer(0);
    statement.read(1, std::get<1>(row));
  }
  std::uint64_t total = 0;
  for (const auto& [id, name] : rows) {
    total += static_cast<std::uint64_t>(id) + name.size();
  }
  return total;
}

std::uint64_t select_by_key(Database& database) {
  return select_by_key(database, bench::random_ids());
}

std::uint64_t select_by_key(Database& database, std::span<const std::int64_t> ids) {
  Statement statement(database, select_user);
  std::uint64_t total = 0;
  for (const std::int64_t id : ids) {
    statement.bind(1, id);
    statement.step();
    User user;
    statement.read(user);
    statement.reset();
    total += sum(user);
  }
  return total;
}

std::uint64_t select_by_key_prepared_anew(Database& database) {
  std::uint64_t total = 0;
  for (const std::int64_t id : bench::random_ids()) {
    Statement statement(database, select_user);
    statement.bind(1, id);
    statement.step();
    User user;
    statement.read(user);
    total += sum(user);
  }
  return total;
}

std::uint64_t insert(Database& database, std::vector<User> users) {
  database.execute("BEGIN");
  Statement statement(database, "INSERT INTO users (name, fullname) VALUES (?, ?)");
  std::uint64_t total = 0;
  for (User& user : users) {
    statement.bind(1, user.name);
    statement.bind(2, user.fullname);
    statement.step();
    statement.reset();
    user.id = sqlite3_last_insert_rowid(database.handle());
    total += static_cast<std::uint64_t>(user.id);
  }
  database.execute("COMMIT");
  return total;
}

std::uint64_t insert_hundred_a_statement(Database& database, std::vector<User> users) {
  std::string sql = "INSERT INTO users (name, fullname) VALUES (?, ?)";
  for (int row = 1; row < 100; ++row) {
    sql += ", (?, ?)";
  }
  database.execute("BEGIN");
  Statement statement(database, sql.c_str());
  std::uint64_t total = 0;
  for (std::size_t first = 0; first + 100 <= users.size(); first += 100) {
    for (std::size_t row = 0; row < 100; ++row) {
      statement.bind(static_cast<int>(2 * row + 1), users[first + row].name);
      statement.bind(static_cast<int>(2 * row + 2), users[first + row].fullname);
    }
    statement.step();
    statement.reset();
    const std::int64_t last = sqlite3_last_insert_rowid(database.handle());
    for (std::size_t row = 0; row < 100; ++row) {
      users[first + row].id = last - 99 + static_cast<std::int64_t>(row);
      total += static_cast<std::uint64_t>(users[first + row].id);
    }
  }
  database.execute("COMMIT");
  return total;
}

std::uint64_t update(Database& database, std::vector<User>& users, int round) {
  database.execute("BEGIN");
  Statement statement(database, "UPDATE users SET name = ?, fullname = ? WHERE id = ?");
  for (User& user : users) {
    user.fullname = bench::changed_fullname(round);
    statement.bind(1, user.name);
    statement.bind(2, user.fullname);
    statement.bind(3, user.id);
    statement.step();
    statement.reset();
  }
  database.execute("COMMIT");
  return users.size();
}

std::uint64_t update_one_column(Database& database, std::vector<User>& users, int round) {
  database.execute("BEGIN");
  Statement statement(database, "UPDATE users SET fullname = ? WHERE id = ?");
  for (User& user : users) {
    user.fullname = bench::changed_fullname(round);
    statement.bind(1, user.fullname);
    statement.bind(2, user.id);
    statement.step();
    statement.reset();
  }
  database.execute("COMMIT");
  return users.size();
}

std::uint64_t parents_by_join(Database& database) {
  Statement statement(database,
                      "SELECT u.id, u.name, u.fullname, a.id, a.email FROM users u "
                      "LEFT JOIN addresses a ON a.user_id = u.id ORDER BY u.id");
  std::vector<UserWithAddresses> users;
  while (statement.step()) {
    const std::int64_t id = statement.integer(0);
    if (users.empty() || users.back().id != id) {
      statement.read(users.emplace_back());
    }
    if (!statement.is_null(3)) {
      Address& address = users.back().addresses.emplace_back();
      address.id = statement.integer(3);
      statement.read(4, address.email);
      address.user_id = id;
    }
  }
  return sum(users);
}

std::uint64_t parents_by_two_scans(Database& database) {
  std::vector<UserWithAddresses> users;
  std::unordered_map<std::int64_t, std::size_t> places;
  Statement parents(database, select_users);
  while (parents.step()) {
    parents.read(users.emplace_back());
    places.emplace(users.back().id, users.size() - 1);
  }
  Statement children(database, "SELECT id, email, user_id FROM addresses");
  while (children.step()) {
    const std::int64_t user_id = children.integer(2);
    Address& address = users[places.find(user_id)->second].addresses.emplace_back();
    address.id = children.integer(0);
    children.read(1, address.email);
    address.user_id = user_id;
  }
  return sum(users);
}

std::uint64_t format_statements(int count) {
  std::uint64_t total = 0;
  for (int i = 0; i < count; ++i) {
    char text[1024];
    const int length =
        std::snprintf(text,
                      sizeof text,
                      "SELECT %s.id, %s.name, %s.email, %s.amount FROM %s JOIN %s ON %s.user_id = "
                      "%s.id JOIN %s ON %s.user_id = %s.id "
                      "WHERE %s.id > ? AND %s.name LIKE ? AND %s.email != ? AND %s.amount >= ? AND "
                      "%s.state = ? ORDER BY %s.name DESC LIMIT %d",
                      "users",
                      "users",
                      "addresses",
                      "orders",
                      "users",
                      "addresses",
                      "addresses",
                      "users",
                      "orders",
                      "orders",
                      "users",
                      "users",
                      "users",
                      "addresses",
                      "orders",
                      "orders",
                      "users",
                      10 + i % 50);
    const std::string statement(text, static_cast<std::size_t>(length));
    total += statement.size() > 200 ? 1 : 0;
  }
  return total;
}

}  // namespace raw
