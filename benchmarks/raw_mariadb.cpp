// SPDX-License-Identifier: MIT
// The loops. A text longer than its buffer is fetched again, as the manual says.
#include "raw_mariadb.hpp"

#include "test_data.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace raw {
namespace {

void check(bool ok, const char* message) {
  if (!ok) {
    std::fprintf(stderr, "hand-written loop: %s\n", message);
    std::exit(1);
  }
}

class Statement {
 public:
  Statement(Server& server, const char* sql) : handle_(mysql_stmt_init(server.handle())) {
    check(mysql_stmt_prepare(handle_, sql, std::strlen(sql)) == 0, mysql_stmt_error(handle_));
  }

  ~Statement() { mysql_stmt_close(handle_); }

  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void execute() { check(mysql_stmt_execute(handle_) == 0, mysql_stmt_error(handle_)); }

  MYSQL_STMT* handle() const { return handle_; }

 private:
  MYSQL_STMT* handle_;
};

/// The buffers of a row of users.
struct Buffers {
  explicit Buffers(Statement& statement) : handle(statement.handle()) {
    binds[0].buffer_type = MYSQL_TYPE_LONGLONG;
    binds[0].buffer = &id;
    for (int i = 0; i < 2; ++i) {
      binds[i + 1].buffer_type = MYSQL_TYPE_STRING;
      binds[i + 1].buffer = texts[i];
      binds[i + 1].buffer_length = sizeof texts[i];
      binds[i + 1].length = &lengths[i];
      binds[i + 1].is_null = &nulls[i];
    }
    check(mysql_stmt_bind_result(handle, binds) == 0, mysql_stmt_error(handle));
  }

  bool fetch() {
    const int code = mysql_stmt_fetch(handle);
    check(code == 0 || code == MYSQL_NO_DATA || code == MYSQL_DATA_TRUNCATED,
          mysql_stmt_error(handle));
    return code != MYSQL_NO_DATA;
  }

  std::string text(int which) {
    if (lengths[which] <= sizeof texts[which]) {
      return {texts[which], lengths[which]};
    }
    std::string whole(lengths[which], '\0');
    MYSQL_BIND bind = binds[which + 1];
    bind.buffer = whole.data();
    bind.buffer_length = lengths[which];
    mysql_stmt_fetch_column(handle, &bind, static_cast<unsigned int>(which + 1), 0);
    return whole;
  }

  std::optional<std::string> fullname() {
    return nulls[1] != 0 ? std::nullopt : std::optional(text(1));
  }

  MYSQL_STMT* handle;
  MYSQL_BIND binds[3]{};
  long long id = 0;
  char texts[2][64];
  unsigned long lengths[2]{};
  my_bool nulls[2]{};
};

}  // namespace

Server::Server(const Address& address) : connection_(mysql_init(nullptr)) {
  mysql_options(connection_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  check(mysql_real_connect(connection_,
                           address.host.c_str(),
                           address.user.c_str(),
                           address.password.c_str(),
                           address.database.c_str(),
                           address.port,
                           nullptr,
                           0) != nullptr,
        mysql_error(connection_));
  run("SET autocommit = 0");
}

Server::~Server() {
  mysql_close(connection_);
}

void Server::run(const char* sql) {
  check(mysql_query(connection_, sql) == 0, mysql_error(connection_));
}

std::uint64_t load_rows(Server& server) {
  Statement statement(server, "SELECT id, name, fullname FROM bench_users");
  statement.execute();
  Buffers row(statement);
  check(mysql_stmt_store_result(statement.handle()) == 0, mysql_stmt_error(statement.handle()));
  std::vector<Row> rows;
  while (row.fetch()) {
    rows.emplace_back(row.id, row.text(0), row.fullname());
  }
  server.run("ROLLBACK");
  std::uint64_t total = 0;
  for (const auto& [id, name, fullname] : rows) {
    total += bench::checksum(id, name, fullname);
  }
  return total;
}

std::uint64_t select_by_key(Server& server, const std::vector<std::int64_t>& ids) {
  Statement statement(server, "SELECT id, name, fullname FROM bench_users WHERE id = ?");
  long long key = 0;
  MYSQL_BIND parameter{};
  parameter.buffer_type = MYSQL_TYPE_LONGLONG;
  parameter.buffer = &key;
  mysql_stmt_bind_param(statement.handle(), &parameter);
  std::uint64_t total = 0;
  Buffers row(statement);
  for (const std::int64_t id : ids) {
    key = id;
    statement.execute();
    check(mysql_stmt_store_result(statement.handle()) == 0, mysql_stmt_error(statement.handle()));
    check(row.fetch(), "a user is missing");
    total += bench::checksum(row.id, row.text(0), row.fullname());
    mysql_stmt_free_result(statement.handle());
  }
  server.run("ROLLBACK");
  return total;
}

std::uint64_t insert_rows(Server& server, int count) {
  Statement statement(server, "INSERT INTO bench_new (name, fullname) VALUES (?, ?)");
  std::uint64_t inserted = 0;
  for (int i = 1; i <= count; ++i) {
    std::string name = bench::name_of(i);
    std::optional<std::string> fullname = bench::fullname_of(i);
    MYSQL_BIND parameters[2]{};
    parameters[0].buffer_type = MYSQL_TYPE_STRING;
    parameters[0].buffer = name.data();
    parameters[0].buffer_length = name.size();
    parameters[1].buffer_type = fullname ? MYSQL_TYPE_STRING : MYSQL_TYPE_NULL;
    parameters[1].buffer = fullname ? fullname->data() : nullptr;
    parameters[1].buffer_length = fullname ? fullname->size() : 0;
    mysql_stmt_bind_param(statement.handle(), parameters);
    statement.execute();
    inserted += mysql_stmt_insert_id(statement.handle()) > 0 ? 1 : 0;
  }
  server.run("ROLLBACK");
  return inserted;
}

}  // namespace raw
