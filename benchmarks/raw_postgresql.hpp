// SPDX-License-Identifier: MIT
// The hand-written loops over libpq that ratios refer to: prepared statements, binary parameters
// and binary rows. They know nothing of Azoth.
#pragma once
#include <libpq-fe.h>

#include <cstdint>
#include <string>

namespace raw {

/// An open connection to a PostgreSQL server; closed at the end. Ends the program with the server's
/// message when something fails.
class Postgresql {
 public:
  explicit Postgresql(const std::string& url);

  ~Postgresql() { PQfinish(handle_); }

  Postgresql(const Postgresql&) = delete;
  Postgresql& operator=(const Postgresql&) = delete;
  void execute(const char* sql);
  /// Ends the program when the result is an error.
  PGresult* checked(PGresult* result) const;

  PGconn* handle() { return handle_; }

 private:
  PGconn* handle_;
};

/// Reads the three columns of all users into structs.
std::uint64_t load_users(Postgresql& database);
/// Selects one user by key, for the first `count` keys of random_ids().
std::uint64_t select_by_key(Postgresql& database, int count);
/// Inserts one row a statement in one transaction, and reads the key of each.
std::uint64_t insert_users(Postgresql& database, int count);
/// COPY in the binary format; the keys do not come back.
std::uint64_t copy_users(Postgresql& database, int count);

/// Changes `fullname` of each of the first users, one a statement in one transaction.
std::uint64_t update_users(Postgresql& database, int count);

}  // namespace raw
