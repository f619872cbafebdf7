// SPDX-License-Identifier: MIT
// A session's conduct: identity, states, transactions, autoflush, errors. Expected statements are
// those of SQLAlchemy 2.0 for the same programs.
#include "orm/statement_log.hpp"

namespace session_test {
using namespace azoth;
using azoth_test::OrmTest;

struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

class Sessions : public OrmTest {
 protected:
  void SetUp() override {
    create_all<User, Address>(engine);
    Session s(engine);
    s.add_all({make<User>({.id = 1, .name = "one", .addresses = {make<Address>({.id = 1})}}),
               make<User>({.id = 2, .name = "two"})});
    s.commit();
    log.clear();
  }
};

TEST_F(Sessions, NoTransactionBeginsBeforeItIsNeeded) {
  Session s(engine);
  EXPECT_FALSE(s.in_transaction());
  s.commit();
  s.rollback();
  EXPECT_EQ(log.take(), "");
  EXPECT_TRUE(s.get<User>(1));
  EXPECT_TRUE(s.in_transaction());
}

TEST_F(Sessions, OneRowIsOneObject) {
  Session s(engine);
  auto a = s.get<User>(1);
  auto b = s.scalars(select<User>().where(col(&User::name) == "one")).one();
  EXPECT_EQ(a, b);
  log.clear();
  EXPECT_EQ(s.get<User>(1), a);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(Sessions, GetOfAnAbsentKeyIsEmpty) {
  Session s(engine);
  EXPECT_FALSE(s.get<User>(77));
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\nSELECT user.id AS user_id, user.name AS user_name FROM user WHERE "
            "user.id = ? | (77,)\n");
}

TEST_F(Sessions, AQueryFlushesPendingChangesFirst) {
  Session s(engine);
  s.add(make<User>({.name = "three"}));
  EXPECT_EQ(s.scalars(select(&User::name).order_by(&User::id)).all(),
            (std::vector<std::string>{"one", "two", "three"}));
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\nINSERT INTO user (name) VALUES (?) | ('three',)\n"
            "SELECT user.name FROM user ORDER BY user.id | ()\n");
}

TEST_F(Sessions, ALazyLoadFlushesAndTheIdentityMapDoesNot) {
  Session s(engine);
  auto u = s.get<User>(1);
  log.clear();
  u->name = "eins";
  EXPECT_EQ(s.get<User>(1), u);
  EXPECT_EQ(log.take(), "");
  EXPECT_EQ(u->addresses.size(), 1u);
  EXPECT_EQ(log.take(),
            "UPDATE user SET name=? WHERE user.id = ? | ('eins', 1)\n"
            "SELECT address.id AS address_id, address.user_id AS address_user_id FROM address "
            "WHERE ? = address.user_id | (1,)\n");
}

TEST_F(Sessions, AFailedAutoflushSaysThatItWasOne) {
  Session s(engine);
  s.add(make<User>({.id = 1, .name = "again"}));
  try {
    static_cast<void>(s.scalars(select<User>()).all());
    FAIL() << "no error";
  } catch (const IntegrityError& e) {
    EXPECT_EQ(
        std::string(e.what()).rfind("(raised as a result of Query-invoked autoflush; consider "
                                    "using a session.no_autoflush block if this "
                                    "flush is occurring prematurely)\n(sqlite3.IntegrityError) "
                                    "UNIQUE constraint failed: user.id\n",
                                    0),
        0u)
        << e.what();
  }
}

TEST_F(Sessions, NoAutoflushKeepsChangesBack) {
  Session s(engine);
  s.add(make<User>({.name = "kept"}));
  s.no_autoflush([&] { EXPECT_EQ(s.scalar(select(func::count(&User::id))), 2); });
  EXPECT_EQ(s.scalar(select(func::count(&User::id))), 3);
}

TEST_F(Sessions, CommitExpiresAndTheNextReadBeginsATransaction) {
  Session s(engine);
  auto u = s.get<User>(1);
  s.commit();
  log.clear();
  EXPECT_EQ(*u->name, "one");
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\nSELECT user.id AS user_id, user.name AS user_name FROM user WHERE "
            "user.id = ? | (1,)\n");
}

TEST_F(Sessions, WithoutExpireOnCommitAttributesStay) {
  Session s(engine, {.expire_on_commit = false});
  auto u = s.get<User>(1);
  s.commit();
  log.clear();
  EXPECT_EQ(*u->name, "one");
  EXPECT_EQ(log.take(), "");
}

TEST_F(Sessions, ExpireAndRefreshDropChanges) {
  Session s(engine);
  auto u = s.get<User>(1);
  u->name = "lost";
  s.expire(u);
  EXPECT_EQ(*u->name, "one");
  u->name = "lost2";
  s.no_autoflush([&] { s.refresh(u); });
  EXPECT_EQ(*u->name, "one");
  log.clear();
  s.flush();
  EXPECT_EQ(log.take(), "");
}

TEST_F(Sessions, RollbackRestoresPendingChangedInsertedAndDeletedObjects) {
  Session s(engine);
  auto u1 = s.get<User>(1), u2 = s.get<User>(2);
  auto p = make<User>({.name = "flushed"});
  s.add(p);
  u1->name = "changed";
  s.delete_(u2);
  auto a = make<Address>({.id = 50});
  u1->addresses.push_back(a);
  s.flush();
  EXPECT_FALSE(s.contains(u2));
  s.rollback();
  EXPECT_FALSE(s.contains(p));
  EXPECT_EQ(*p->name, "flushed");
  EXPECT_EQ(*p->id, 3);
  EXPECT_TRUE(s.contains(u2));
  EXPECT_EQ(*u1->name, "one");
  EXPECT_EQ(u1->addresses.size(), 1u);
  EXPECT_FALSE(s.contains(a));
  log.clear();
  s.add(p);
  s.flush();
  EXPECT_EQ(log.take(), "INSERT INTO user (id, name) VALUES (?, ?) | (3, 'flushed')\n");
}

TEST_F(Sessions, AFailedFlushRollsBackAndTheSessionWaitsForRollback) {
  Session s(engine);
  auto u = s.get<User>(1);
  s.add(make<User>({.id = 1, .name = "again"}));
  EXPECT_THROW(s.flush(), IntegrityError);
  try {
    static_cast<void>(s.scalar(select(func::count(&User::id))));
    FAIL() << "no error";
  } catch (const PendingRollbackError& e) {
    EXPECT_EQ(std::string(e.what()),
              "This Session's transaction has been rolled back due to a previous exception during "
              "flush. To begin a new transaction with this "
              "Session, first issue Session.rollback(). Original exception was: "
              "(sqlite3.IntegrityError) UNIQUE constraint failed: user.id\n"
              "[SQL: INSERT INTO user (id, name) VALUES (?, ?)]\n[parameters: (1, 'again')]\n"
              "(Background on this error at: https://sqlalche.me/e/20/gkpj) (Background on this "
              "error at: https://sqlalche.me/e/20/7s2a)");
  }
  s.rollback();
  EXPECT_EQ(s.scalar(select(func::count(&User::id))), 2);
  EXPECT_EQ(*u->name, "one");
}

TEST_F(Sessions, AnObjectBelongsToOneSession) {
  Session s(engine), t(engine);
  auto u = s.get<User>(1);
  EXPECT_THROW(t.add(u), InvalidRequestError);
  s.expunge(u);
  EXPECT_FALSE(s.contains(u));
  t.add(u);
  u->name = "moved";
  t.commit();
  EXPECT_EQ(s.scalar(select(&User::name).where(col(&User::id) == 1)), "moved");
}

TEST_F(Sessions, DeletingWhatHasNoRowIsRefused) {
  Session s(engine);
  auto u = make<User>({.name = "x"});
  try {
    s.delete_(u);
    FAIL() << "no error";
  } catch (const InvalidRequestError& e) {
    EXPECT_NE(std::string(e.what()).find("is not persisted"), std::string::npos) << e.what();
  }
}

TEST_F(Sessions, ADeletedObjectCannotBeAddedAgain) {
  Session s(engine);
  auto u = s.get<User>(2);
  s.delete_(u);
  s.commit();
  EXPECT_THROW(s.add(u), InvalidRequestError);
}

TEST_F(Sessions, HandlesOutliveTheSession) {
  ptr<User> u;
  ptr<Address> a;
  {
    Session s(engine);
    u = s.get<User>(1);
    a = u->addresses[0];
    EXPECT_EQ(a->user, u);  // loading a list does not load the other side of its members
  }
  EXPECT_EQ(*u->name, "one");
  EXPECT_EQ(a->user, u);
  EXPECT_EQ(u->addresses.size(), 1u);
}

TEST_F(Sessions, AnUnloadedAttributeWithoutASessionIsADetachedInstanceError) {
  ptr<User> u;
  {
    Session s(engine);
    u = s.get<User>(1);
    s.commit();
  }
  try {
    static_cast<void>(*u->name);
    FAIL() << "no error";
  } catch (const DetachedInstanceError& e) {
    EXPECT_NE(std::string(e.what()).find(
                  "is not bound to a Session; attribute refresh operation cannot proceed"),
              std::string::npos)
        << e.what();
  }
  EXPECT_THROW(static_cast<void>(u->addresses.size()), DetachedInstanceError);
}

TEST_F(Sessions, ARowThatVanishedIsAnObjectDeletedError) {
  Session s(engine);
  auto u = s.get<User>(2);
  s.execute(delete_<User>().where(col(&User::id) == 2), {.synchronize_session = false});
  s.expire(u);
  EXPECT_THROW(static_cast<void>(*u->name), ObjectDeletedError);
}

TEST_F(Sessions, WhatNothingReachesLeavesTheIdentityMap) {
  Session s(engine);
  {
    auto all = s.scalars(select<User>()).all();
    EXPECT_EQ(s.identity_count(), 2u);
  }
  auto kept = s.get<User>(1);
  s.sweep();
  EXPECT_EQ(s.identity_count(), 1u);
  kept->name = "dirty";
  kept = nullptr;
  s.sweep();
  EXPECT_EQ(s.identity_count(), 1u) << "a changed object stays until it is flushed";
  s.commit();
  EXPECT_EQ(s.scalar(select(&User::name).where(col(&User::id) == 1)), "dirty");
}

TEST_F(Sessions, BackReferencesDoNotCascadeIntoTheSession) {
  Session s(engine);
  auto u = s.get<User>(1);
  auto a = make<Address>({.user = u});
  EXPECT_FALSE(s.contains(a));
  auto b = make<Address>({});
  u->addresses.push_back(b);
  EXPECT_TRUE(s.contains(b));
}

TEST_F(Sessions, TwoRowsOfOneKeyInAnInsertLeaveTheSessionUsableAfterRollback) {
  Session s(engine);
  s.add_all({make<User>({.id = 9, .name = "a"}), make<User>({.id = 9, .name = "b"})});
  EXPECT_THROW(s.commit(), IntegrityError);
  s.rollback();
  s.add(make<User>({.id = 9, .name = "c"}));
  s.commit();
  EXPECT_EQ(*s.get<User>(9)->name, "c");
}

TEST_F(Sessions, AnEmptyHandleIsRefused) {
  Session s(engine);
  EXPECT_THROW(s.add(ptr<User>()), ArgumentError);
}

}  // namespace session_test
