// SPDX-License-Identifier: MIT
// Loops over libpq as a careful program has them.
#include "raw_postgresql.hpp"

#include "test_data.hpp"

#include <endian.h>

#include <cstdlib>
#include <cstring>

namespace raw {
namespace {

struct User {
  std::int64_t id;
  std::string name;
  std::optional<std::string> fullname;
};

std::int64_t read_id(const PGresult* result, int row) {
  std::uint32_t bits;
  std::memcpy(&bits, PQgetvalue(result, row, 0), sizeof bits);
  return static_cast<std::int32_t>(be32toh(bits));
}

std::string read_text(const PGresult* result, int row, int column) {
  return {PQgetvalue(result, row, column),
          static_cast<std::size_t>(PQgetlength(result, row, column))};
}

User read_user(const PGresult* result, int row) {
  User user{read_id(result, row), read_text(result, row, 1), std::nullopt};
  if (PQgetisnull(result, row, 2) == 0) {
    user.fullname = read_text(result, row, 2);
  }
  return user;
}

void append_field(std::string& out, const void* data, std::size_t size) {
  const std::uint32_t length = htobe32(static_cast<std::uint32_t>(size));
  out.append(reinterpret_cast<const char*>(&length), sizeof length);
  out.append(static_cast<const char*>(data), size);
}

}  // namespace

Postgresql::Postgresql(const std::string& url) : handle_(PQconnectdb(url.c_str())) {
  if (PQstatus(handle_) != CONNECTION_OK) {
    std::fputs(PQerrorMessage(handle_), stderr);
    std::exit(1);
  }
}

PGresult* Postgresql::checked(PGresult* result) const {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
    std::fputs(PQresultErrorMessage(result), stderr);
    std::exit(1);
  }
  return result;
}

void Postgresql::execute(const char* sql) {
  PQclear(checked(PQexec(handle_, sql)));
}

std::uint64_t load_users(Postgresql& database) {
  PGresult* result = database.checked(PQexecParams(database.handle(),
                                                   "SELECT id, name, fullname FROM users",
                                                   0,
                                                   nullptr,
                                                   nullptr,
                                                   nullptr,
                                                   nullptr,
                                                   1));
  std::vector<User> users;
  for (int row = 0; row < PQntuples(result); ++row) {
    users.push_back(read_user(result, row));
  }
  PQclear(result);
  std::uint64_t total = 0;
  for (const User& user : users) {
    total += bench::checksum(user.id, user.name, user.fullname);
  }
  return total;
}

std::uint64_t select_by_key(Postgresql& database, int count) {
  PGconn* connection = database.handle();
  PQclear(database.checked(PQprepare(
      connection, "one", "SELECT id, name, fullname FROM users WHERE id = $1::int4", 1, nullptr)));
  std::uint64_t total = 0;
  for (int i = 0; i < count; ++i) {
    const std::uint32_t key =
        htobe32(static_cast<std::uint32_t>(bench::random_ids()[static_cast<std::size_t>(i)]));
    const char* const values[] = {reinterpret_cast<const char*>(&key)};
    const int lengths[] = {sizeof key}, formats[] = {1};
    PGresult* result =
        database.checked(PQexecPrepared(connection, "one", 1, values, lengths, formats, 1));
    const User user = read_user(result, 0);
    total += bench::checksum(user.id, user.name, user.fullname);
    PQclear(result);
  }
  database.execute("DEALLOCATE one");
  return total;
}

std::uint64_t insert_users(Postgresql& database, int count) {
  PGconn* connection = database.handle();
  PQclear(
      database.checked(PQprepare(connection,
                                 "ins",
                                 "INSERT INTO users (name, fullname) VALUES ($1, $2) RETURNING id",
                                 2,
                                 nullptr)));
  database.execute("BEGIN");
  std::uint64_t rows = 0;
  for (int id = 1; id <= count; ++id) {
    const std::string name = bench::name_of(id);
    const auto fullname = bench::fullname_of(id);
    const char* const values[] = {name.c_str(), fullname ? fullname->c_str() : nullptr};
    const int lengths[] = {static_cast<int>(name.size()),
                           fullname ? static_cast<int>(fullname->size()) : 0};
    const int formats[] = {1, 1};
    PGresult* result =
        database.checked(PQexecPrepared(connection, "ins", 2, values, lengths, formats, 1));
    rows += read_id(result, 0) > 0 ? 1 : 0;
    PQclear(result);
  }
  database.execute("COMMIT");
  database.execute("DEALLOCATE ins");
  return rows;
}

std::uint64_t update_users(Postgresql& database, int count) {
  PGconn* connection = database.handle();
  PQclear(database.checked(PQprepare(
      connection, "upd", "UPDATE users SET fullname = $1 WHERE id = $2::int4", 2, nullptr)));
  database.execute("BEGIN");
  std::uint64_t rows = 0;
  for (std::uint32_t id = 1; id <= static_cast<std::uint32_t>(count); ++id) {
    const std::string fullname = "changed " + std::to_string(id);
    const std::uint32_t key = htobe32(id);
    const char* const values[] = {fullname.c_str(), reinterpret_cast<const char*>(&key)};
    const int lengths[] = {static_cast<int>(fullname.size()), sizeof key};
    const int formats[] = {1, 1};
    PGresult* result =
        database.checked(PQexecPrepared(connection, "upd", 2, values, lengths, formats, 1));
    rows += std::strcmp(PQcmdTuples(result), "1") == 0 ? 1 : 0;
    PQclear(result);
  }
  database.execute("COMMIT");
  database.execute("DEALLOCATE upd");
  return rows;
}

std::uint64_t copy_users(Postgresql& database, int count) {
  PGconn* connection = database.handle();
  database.execute("BEGIN");
  database.execute("COPY users (name, fullname) FROM STDIN (FORMAT binary)");
  std::string data("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
  for (int id = 1; id <= count; ++id) {
    data.append("\0\2", 2);
    const std::string name = bench::name_of(id);
    append_field(data, name.data(), name.size());
    if (const auto fullname = bench::fullname_of(id)) {
      append_field(data, fullname->data(), fullname->size());
    } else {
      data.append("\377\377\377\377", 4);
    }
    if (data.size() > 60000) {
      PQputCopyData(connection, data.data(), static_cast<int>(data.size()));
      data.clear();
    }
  }
  data.append("\377\377", 2);
  PQputCopyData(connection, data.data(), static_cast<int>(data.size()));
  PQputCopyEnd(connection, nullptr);
  while (PGresult* result = PQgetResult(connection)) {
    PQclear(database.checked(result));
  }
  database.execute("COMMIT");
  return static_cast<std::uint64_t>(count);
}

}  // namespace raw
