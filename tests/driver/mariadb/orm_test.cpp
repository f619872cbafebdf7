// SPDX-License-Identifier: MIT
// The program of the README on a server of MariaDB, where a VARCHAR has a length.
#include "servers.hpp"
#include <azoth/orm.hpp>

#include <gtest/gtest.h>

namespace readme {
using namespace azoth;

struct Address;

struct User : Entity<User, "user_account"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Length<30>> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">, Cascade<"all, delete-orphan">>
      addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"email_address", std::string, Length<60>> email_address;
  Column<"user_id", std::int64_t, ForeignKey<"user_account.id">> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

class MariadbReadme : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto url = azoth_test::server_url("mariadb");
    if (!url) {
      GTEST_SKIP() << azoth_test::no_server;
    }
    engine.emplace(create_engine(azoth_test::with_own_schema(*url)));
    create_all<User, Address>(*engine);
  }

  void TearDown() override {
    if (engine) {
      drop_all<User, Address>(*engine);
    }
  }

  std::optional<Engine> engine;
};

TEST_F(MariadbReadme, ProgramRuns) {
  Session session(*engine);
  session.add(
      make<User>({.name = "spongebob",
                  .addresses = {make<Address>({.email_address = "spongebob@example.org"})}}));
  session.commit();
  const auto statement = select<User>()
                             .where(col(&User::name).in({"spongebob", "sandy"}))
                             .options(selectinload(&User::addresses));
  int found = 0;
  for (const ptr<User>& user : session.scalars(statement)) {
    EXPECT_EQ(user->addresses.size(), 1U);
    user->name = "Bob";
    ++found;
  }
  EXPECT_EQ(found, 1);
  const auto counts = select(&User::name, func::count(&Address::id).label("n"))
                          .join(&User::addresses)
                          .group_by(&User::name);
  std::vector<std::pair<std::string, std::int64_t>> rows;
  for (auto [name, n] : session.execute(counts)) {
    rows.emplace_back(name, n);
  }
  EXPECT_EQ(rows, (std::vector<std::pair<std::string, std::int64_t>>{{"Bob", 1}}));
  session.commit();
}

TEST_F(MariadbReadme, KeysReachTheirObjectsInLargeFlushes) {
  Session session(*engine);
  std::vector<ptr<User>> users;
  for (int i = 0; i < 1500; ++i) {
    users.push_back(make<User>({.name = "u" + std::to_string(i)}));
    session.add(users.back());
  }
  session.commit();
  Session other(*engine);
  for (std::size_t i = 0; i < users.size(); i += 107) {
    EXPECT_EQ(*other.get<User>(*users[i]->id)->name, "u" + std::to_string(i));
  }
}

}  // namespace readme
