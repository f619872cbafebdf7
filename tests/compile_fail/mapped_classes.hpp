// SPDX-License-Identifier: MIT
// Two mapped classes for laws about objects.
#pragma once
#include <azoth/orm.hpp>

struct Address;

struct User : azoth::Entity<User, "user_account"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Relationship<"addresses", azoth::List<Address>, BackPopulates<"user">> addresses;
};

struct Address : azoth::Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::int64_t, ForeignKey<"user_account.id">> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};
