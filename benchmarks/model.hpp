// SPDX-License-Identifier: MIT
// The mapped classes of the workloads, and engines over databases in memory that hold the same rows
// as those of the hand-written loops.
#pragma once
#include "test_data.hpp"
#include <azoth/orm.hpp>

namespace bench {

struct Address;
struct Order;

struct User : azoth::Entity<User, "users"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Column<"fullname", std::optional<std::string>> fullname;
  Relationship<"addresses", azoth::List<Address>, BackPopulates<"user">> addresses;
};

struct Address : azoth::Entity<Address, "addresses"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"email", std::string> email;
  Column<"user_id", std::int64_t, ForeignKey<"users.id">, Indexed> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

struct Order : azoth::Entity<Order, "orders"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::int64_t, ForeignKey<"users.id">> user_id;
  Column<"amount", std::int64_t> amount;
  Column<"state", std::string> state;
};

/// Makes an engine over a new database in memory with users 1 to `users`, each with so many
/// addresses.
azoth::Engine filled_engine(int users, int children);

/// Creates the tables and rows in the database of an engine.
void fill(const azoth::Engine& engine, int users, int children);

inline std::uint64_t checksum(const User& user) {
  return checksum(user.id, user.name, user.fullname);
}

}  // namespace bench
