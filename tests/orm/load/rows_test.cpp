// SPDX-License-Identifier: MIT
// Rows as objects: identity, outer joins, values that do not fit, unique rows, batches.
#include "orm/load/models.hpp"

namespace load_test {

class EntityRows : public LoadTest {};

TEST_F(EntityRows, OneRowIsOneObjectHoweverOftenItComes) {
  add_users();
  Session s(engine);
  auto users = s.scalars(select<User>().join(&User::addresses).order_by(&Address::id)).all();
  ASSERT_EQ(users.size(), 2u);
  EXPECT_EQ(users[0], users[1]);
  EXPECT_EQ(
      s.scalars(select<User>().join(&User::addresses).order_by(&Address::id)).unique().all().size(),
      1u);
}

TEST_F(EntityRows, UniqueRowsOfATemporaryCanBeGoneOver) {
  add_users();
  Session s(engine);
  std::vector<std::int64_t> ids;
  for (auto user : s.scalars(select<User>().join(&User::addresses)).unique()) {
    ids.push_back(*user->id);
  }
  for (auto [user, n] : s.execute(select(aliased<User>("u"), literal(10))).unique()) {
    ids.push_back(*user->id * n);
  }
  EXPECT_EQ(ids, (std::vector<std::int64_t>{1, 10, 20}));
}

TEST_F(EntityRows, AnOuterJoinThatFindsNothingGivesAnEmptyHandle) {
  add_users();
  Session s(engine);
  auto rows =
      s.execute(
           select<User, Address>().outerjoin(&User::addresses).order_by(&User::id, &Address::id))
          .all();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(*std::get<1>(rows[0])->id, 1);
  EXPECT_EQ(*std::get<0>(rows[2])->name, "wendy");
  EXPECT_FALSE(std::get<1>(rows[2]));
}

TEST_F(EntityRows, EntitiesAndValuesMix) {
  add_users();
  Session s(engine);
  auto u = aliased<User>("u");
  auto rows = s.execute(select(u, func::count(u[&User::id]).label("n")).group_by(u[&User::id]));
  for (auto [user, n] : rows) {
    EXPECT_EQ(n, 1);
    EXPECT_EQ(user, s.get<User>(*user->id));
  }
}

TEST_F(EntityRows, TextInAnIntegerColumnIsRefusedByName) {
  execute("INSERT INTO note (slug, number, text) VALUES ('ok', 1, ''), ('bad', 'many', '')");
  Session s(engine);
  try {
    s.scalars(select<Note>()).all();
    FAIL();
  } catch (const DataError& e) {
    const std::string what = e.what();
    EXPECT_NE(what.find("column note.number holds 'many' (text)"), what.npos) << what;
  }
  EXPECT_EQ(s.identity_count(), 1u);  // what was refused is not in the session
  EXPECT_EQ(*s.get<Note>("ok")->number, 1);
}

TEST_F(EntityRows, NullInAnAttributeThatIsNotOptionalIsRefusedByName) {
  execute("DROP TABLE note");
  execute("CREATE TABLE note (slug TEXT PRIMARY KEY, number INTEGER, text TEXT)");
  execute("INSERT INTO note (slug) VALUES ('n')");
  Session s(engine);
  try {
    (void)s.get<Note>("n");
    FAIL();
  } catch (const DataError& e) {
    const std::string what = e.what();
    EXPECT_NE(what.find("column note.number is NULL"), what.npos) << what;
  }
}

TEST_F(EntityRows, AResultThatFailedHandsNothingOut) {
  execute("INSERT INTO note (slug, number, text) VALUES ('ok', 1, ''), ('bad', 'many', '')");
  Session s(engine);
  auto result = s.scalars(select<Note>().order_by(desc(&Note::slug)));
  EXPECT_THROW(result.fetchone(), DataError);
  EXPECT_FALSE(result.fetchone().has_value());
}

TEST_F(EntityRows, UniqueFindsScatteredRepeatsOfLongResults) {
  execute(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO "
      "user (id, name) SELECT i, 'u' FROM n");
  execute("INSERT INTO address (user_id, email) SELECT id, 'a' FROM user");
  execute("INSERT INTO address (user_id, email) SELECT id, 'b' FROM user");
  Session s(engine);
  auto users =
      s.scalars(select<User>().join(&User::addresses).order_by(&Address::id)).unique().all();
  ASSERT_EQ(users.size(), 3000u);
  EXPECT_EQ(*users[0]->id, 1);
  EXPECT_EQ(*users[2999]->id, 3000);
}

class Streaming : public LoadTest {
 protected:
  void SetUp() override {
    LoadTest::SetUp();
    execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT "
        "INTO user (id, name) SELECT i, 'u' || i FROM n");
  }
};

TEST_F(Streaming, BatchesKeepMemoryBounded) {
  Session s(engine);
  std::size_t most = 0, rows = 0;
  for (auto user : s.scalars(select<User>(), {.yield_per = 500})) {
    most = std::max(most, s.identity_count());
    ASSERT_EQ(*user->id, static_cast<std::int64_t>(++rows));
  }
  EXPECT_EQ(rows, 20000u);
  EXPECT_LE(most, 3000u);
}

TEST_F(Streaming, WhatTheProgramHoldsSurvivesTheBatches) {
  Session s(engine);
  std::vector<ptr<User>> kept;
  for (auto user : s.scalars(select<User>(), {.yield_per = 100})) {
    if (*user->id % 1000 == 0) {
      kept.push_back(user);
    }
  }
  ASSERT_EQ(kept.size(), 20u);
  EXPECT_EQ(kept[3]->name.get(), "u4000");
  EXPECT_EQ(s.get<User>(4000), kept[3]);
}

TEST_F(Streaming, LoadersRunOncePerBatch) {
  execute("DELETE FROM user WHERE id > 7");
  execute("INSERT INTO address (user_id, email) SELECT id, 'e' FROM user");
  Session s(engine);
  std::size_t rows = 0;
  for (auto user :
       s.scalars(select<User>().options(selectinload(&User::addresses)), {.yield_per = 3})) {
    EXPECT_EQ(user->addresses.size(), 1u);
    ++rows;
  }
  EXPECT_EQ(rows, 7u);
  EXPECT_EQ(log.count(), 4u);
}

TEST_F(Streaming, JoinedListsAreRefused) {
  Session s(engine);
  try {
    (void)s.scalars(select<User>().options(joinedload(&User::addresses)), {.yield_per = 2});
    FAIL();
  } catch (const InvalidRequestError& e) {
    EXPECT_TRUE(e.message().starts_with(
        "Can't use yield_per with eager loaders that require uniquing or row buffering"));
  }
}

TEST_F(Streaming, TheResultEndsWithItsTransaction) {
  Session s(engine);
  auto users = s.scalars(select<User>(), {.yield_per = 100});
  EXPECT_TRUE(users.fetchone().has_value());
  s.rollback();
  EXPECT_THROW(users.all(), ResourceClosedError);
}

}  // namespace load_test
