// SPDX-License-Identifier: MIT
// Objects on every database: keys, flushes, loading.
#include "backend/fixture.hpp"
#include <azoth/orm.hpp>

namespace backend_orm {
using namespace azoth;

struct Address;

struct User : Entity<User, "backend_user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Length<30>> name;
  Column<"fullname", std::optional<std::string>, Length<60>> fullname;
  Relationship<"addresses", List<Address>, BackPopulates<"user">, Cascade<"all, delete-orphan">>
      addresses;
};

struct Address : Entity<Address, "backend_address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"email", std::string, Length<60>> email;
  Column<"user_id", std::int64_t, ForeignKey<"backend_user.id">> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

class Orm : public azoth_test::Backend {
 protected:
  void SetUp() override {
    Backend::SetUp();
    if (!IsSkipped()) {
      create_all<User, Address>(*engine);
    }
  }

  void TearDown() override {
    if (engine) {
      drop_all<User, Address>(*engine);
    }
    Backend::TearDown();
  }

  static ptr<User> user(int i) {
    return make<User>({.name = "u" + std::to_string(i),
                       .addresses = {make<Address>({.email = std::to_string(i) + "@a"}),
                                     make<Address>({.email = std::to_string(i) + "@b"})}});
  }

  void fill(int users) {
    Session session(*engine);
    for (int i = 1; i <= users; ++i) {
      session.add(user(i));
    }
    session.commit();
  }
};

AZOTH_ON_ALL_BACKENDS(Orm);

TEST_P(Orm, KeysReachTheirObjectsForBatchesOfAnySize) {
  for (const int count : {1, 2, 9, 50}) {
    Session session(*engine);
    std::vector<ptr<User>> users;
    for (int i = 0; i < count; ++i) {
      users.push_back(user(i));
      session.add(users.back());
    }
    session.commit();
    for (const ptr<User>& each : users) {
      const std::int64_t key = each->id;
      const std::string name = each->name;
      Session other(*engine);
      const auto found = other.get<User>(key);
      ASSERT_TRUE(found);
      EXPECT_EQ(*found->name, name);
      EXPECT_EQ(found->addresses.size(), 2U);
    }
  }
}

TEST_P(Orm, ChangesAreWrittenAndRolledBack) {
  fill(3);
  Session session(*engine);
  const auto first = session.scalars(select<User>().where(col(&User::name) == "u1")).one();
  first->fullname = "One";
  session.commit();
  first->fullname = "Two";
  session.flush();
  session.rollback();
  EXPECT_EQ(*first->fullname, "One");
  session.delete_(first);
  session.commit();
  EXPECT_EQ(session.scalars(select<Address>()).all().size(), 4U);
}

TEST_P(Orm, CollectionsAreLoadedInBothWays) {
  fill(4);
  for (const auto& option : {selectinload(&User::addresses), joinedload(&User::addresses)}) {
    Session session(*engine);
    const auto users =
        session.scalars(select<User>().order_by(col(&User::id)).options(option)).unique().all();
    for (const ptr<User>& each : users) {
      EXPECT_EQ(each->addresses.size(), 2U);
    }
    EXPECT_EQ(users.size(), 4U);
  }
}

TEST_P(Orm, JoinsAndGroupsAreTyped) {
  fill(2);
  Session session(*engine);
  const auto counts = select(&User::name, func::count(&Address::id).label("n"))
                          .join(&User::addresses)
                          .group_by(&User::name)
                          .order_by(&User::name);
  std::vector<std::pair<std::string, std::int64_t>> rows;
  for (auto [name, n] : session.execute(counts)) {
    rows.emplace_back(name, n);
  }
  EXPECT_EQ(rows, (std::vector<std::pair<std::string, std::int64_t>>{{"u1", 2}, {"u2", 2}}));
}

TEST_P(Orm, FailedFlushLeavesTheSessionUsableAfterRollback) {
  fill(1);
  Session session(*engine);
  session.add(make<Address>({.email = "x", .user_id = 4711}));
  if (is("sqlite")) {
    GTEST_SKIP() << "SQLite checks foreign keys only when it is told to";
  }
  EXPECT_THROW(session.flush(), IntegrityError);
  session.rollback();
  session.add(user(2));
  session.commit();
  EXPECT_EQ(session.scalars(select<User>()).all().size(), 2U);
}

}  // namespace backend_orm
