// SPDX-License-Identifier: MIT
// Lazy loading: what reading a relationship emits, and when it emits nothing. The statements are
// SQLAlchemy's for the same programs.
#include "orm/load/models.hpp"

namespace load_test {

class LazyLoad : public LoadTest {
 protected:
  void SetUp() override {
    LoadTest::SetUp();
    add_users();
  }
};

const std::string user_by_key =
    "SELECT user.id AS user_id, user.name AS user_name FROM user WHERE user.id = ? | ";

TEST_F(LazyLoad, AListIsSelectedByTheParentsKey) {
  Session s(engine);
  auto ed = s.get<User>(1);
  log.clear();
  EXPECT_EQ(emails(ed), (Names{"a", "b"}));
  EXPECT_EQ(statements(),
            "SELECT address.id AS address_id, address.user_id AS address_user_id, address.email AS "
            "address_email FROM address WHERE ? = address.user_id ORDER BY address.email | (1,)\n");
  EXPECT_EQ(ed->addresses.size(), 2u);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(LazyLoad, ManyToOneComesFromTheIdentityMapOrByKey) {
  Session s(engine);
  auto a1 = s.get<Address>(1);
  log.clear();
  auto ed = a1->user.get();
  EXPECT_EQ(statements(), user_by_key + "(1,)\n");
  auto a2 = s.get<Address>(2);
  log.clear();
  EXPECT_EQ(a2->user, ed);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(LazyLoad, ANullForeignKeyEmitsNothing) {
  execute("INSERT INTO address (id) VALUES (3)");
  Session s(engine);
  auto a = s.get<Address>(3);
  log.clear();
  EXPECT_FALSE(a->user);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(LazyLoad, ADanglingKeyIsAskedOnceAndIsNull) {
  Session s(engine);
  s.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON");
  s.connection().exec_driver_sql("INSERT INTO address (id, user_id) VALUES (4, 99)");
  auto a = s.get<Address>(4);
  log.clear();
  EXPECT_FALSE(a->user);
  EXPECT_EQ(statements(), user_by_key + "(99,)\n");
  EXPECT_FALSE(a->user);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(LazyLoad, ManyToOneOverAnotherColumnIsAlwaysSelected) {
  execute("INSERT INTO room (id, code) VALUES (1, 'q')");
  execute("INSERT INTO shelf (id, room_code) VALUES (5, 'q')");
  Session s(engine);
  auto room = s.get<Room>(1);
  auto shelf = s.get<Shelf>(5);
  log.clear();
  EXPECT_EQ(shelf->room, room);
  EXPECT_EQ(statements(),
            "SELECT room.id AS room_id, room.code AS room_code FROM room WHERE room.code = ? | "
            "('q',)\n");
  EXPECT_EQ(room->shelves.size(), 1u);
  EXPECT_EQ(statements(),
            "SELECT shelf.id AS shelf_id, shelf.room_code AS shelf_room_code FROM shelf WHERE ? = "
            "shelf.room_code | ('q',)\n");
}

TEST_F(LazyLoad, ManyToManyGoesThroughTheAssociationTable) {
  Session s(engine);
  auto ed = s.get<User>(1);
  log.clear();
  EXPECT_EQ(ed->groups.size(), 2u);
  EXPECT_EQ(statements(),
            "SELECT grp.id AS grp_id, grp.name AS grp_name FROM grp, user_group WHERE ? = "
            "user_group.user_id AND grp.id = user_group.group_id ORDER BY grp.name DESC | (1,)\n");
}

TEST_F(LazyLoad, AForeignKeyChangedByHandDoesNotChangeWhatIsLoaded) {
  Session s(engine);
  auto a = s.get<Address>(1);
  auto ed = a->user.get();
  a->user_id = 2;
  EXPECT_EQ(a->user, ed);
  s.flush();
  EXPECT_EQ(a->user, ed);
  s.expire(a);
  EXPECT_EQ(*a->user->id, 2);
}

TEST_F(LazyLoad, AnExpiredParentIsReadBeforeItsList) {
  Session s(engine);
  auto ed = s.get<User>(1);
  s.commit();
  log.clear();
  EXPECT_EQ(ed->addresses.size(), 2u);
  EXPECT_EQ(statements(),
            user_by_key +
                "(1,)\nSELECT address.id AS address_id, address.user_id AS address_user_id, "
                "address.email AS address_email FROM address WHERE ? = address.user_id ORDER BY "
                "address.email | (1,)\n");
}

TEST_F(LazyLoad, ARowThatIsGoneIsNoTarget) {
  Session s(engine);
  auto a = s.get<Address>(1);
  auto ed = s.get<User>(1);
  s.commit();
  EXPECT_EQ(*a->user_id, 1);
  s.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON");
  s.connection().exec_driver_sql("DELETE FROM user WHERE id = 1");
  log.clear();
  EXPECT_FALSE(a->user);
  EXPECT_EQ(statements(), user_by_key + "(1,)\n");
}

TEST_F(LazyLoad, RaiseRefusesAndNamesTheAttribute) {
  execute("INSERT INTO book (id) VALUES (1)");
  Session s(engine);
  auto book = s.get<Book>(1);
  try {
    (void)book->pages.size();
    FAIL();
  } catch (const InvalidRequestError& e) {
    EXPECT_EQ(e.message(), "'Book.pages' is not available due to lazy='raise'");
  }
  auto again = s.scalars(select<Book>().options(selectinload(&Book::pages))).one();
  EXPECT_EQ(again->pages.size(), 0u);
}

TEST_F(LazyLoad, AListThatIsNotLoadedFlushesBeforeItIs) {
  Session s(engine);
  auto ed = s.get<User>(1);
  s.add(make<Address>({.user_id = 1, .email = "c"}));
  EXPECT_EQ(emails(ed), (Names{"a", "b", "c"}));
}

}  // namespace load_test
