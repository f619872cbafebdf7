// SPDX-License-Identifier: MIT
// Selectin loading: which statements run, with which keys, and what the lists hold afterwards. The
// statements are SQLAlchemy's for the same programs.
#include "orm/load/models.hpp"

namespace load_test {

class SelectinLoad : public LoadTest {};

const std::string address_by_user =
    "SELECT address.user_id AS address_user_id, address.id AS address_id, address.email AS "
    "address_email FROM address WHERE address.user_id IN ";

TEST_F(SelectinLoad, AListIsLoadedByTheParentsKeysInItsOwnOrder) {
  add_users();
  Session s(engine);
  auto users =
      s.scalars(select<User>().options(selectinload(&User::addresses)).order_by(&User::id)).all();
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name FROM user ORDER BY user.id | ()\n" + address_by_user +
                "(?, ?) ORDER BY address.email | (1, 2)\n");
  EXPECT_EQ(emails(users[0]), (Names{"a", "b"}));
  EXPECT_EQ(users[1]->addresses.size(), 0u);
  EXPECT_EQ(users[0]->addresses[0]->user, users[0]);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(SelectinLoad, ManyToManyGoesThroughAnAliasOfTheParent) {
  add_users();
  Session s(engine);
  auto users =
      s.scalars(select<User>().options(selectinload(&User::groups)).order_by(&User::id)).all();
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name FROM user ORDER BY user.id | ()\n"
            "SELECT user_1.id AS user_1_id, grp.id AS grp_id, grp.name AS grp_name FROM user AS "
            "user_1 JOIN user_group AS user_group_1 ON user_1.id = user_group_1.user_id JOIN grp "
            "ON grp.id = user_group_1.group_id WHERE user_1.id IN (?, ?) ORDER BY grp.name DESC | "
            "(1, 2)\n");
  ASSERT_EQ(users[0]->groups.size(), 2u);
  EXPECT_EQ(*users[0]->groups[0]->name, "g2");
  EXPECT_EQ(users[0]->groups[1], users[1]->groups[0]);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(SelectinLoad, ALinkThatIsThereTwiceGivesOneMember) {
  add_users();
  execute("INSERT INTO user_group (user_id, group_id) VALUES (2, 1)");
  Session s(engine);
  auto user =
      s.scalars(select<User>().where(col(&User::id) == 2).options(selectinload(&User::groups)))
          .one();
  EXPECT_EQ(user->groups.size(), 1u);
}

TEST_F(SelectinLoad, ManyToOneLoadsEachTargetOnceSortedAndSkipsNull) {
  add_users();
  execute("INSERT INTO address (id, user_id, email) VALUES (3, NULL, 'c'), (4, 2, 'd')");
  Session s(engine);
  auto list =
      s.scalars(
           select<Address>().options(selectinload(&Address::user)).order_by(desc(&Address::id)))
          .all();
  EXPECT_EQ(statements(),
            "SELECT address.id, address.user_id, address.email FROM address ORDER BY address.id "
            "DESC | ()\n"
            "SELECT user.id AS user_id, user.name AS user_name FROM user WHERE user.id IN (?, ?) | "
            "(1, 2)\n");
  EXPECT_EQ(*list[0]->user->name, "wendy");
  EXPECT_FALSE(list[1]->user);
  EXPECT_EQ(list[2]->user, list[3]->user);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(SelectinLoad, ManyToOneWithoutAnyKeyEmitsNothing) {
  execute("INSERT INTO address (id) VALUES (1)");
  Session s(engine);
  auto address = s.scalars(select<Address>().options(selectinload(&Address::user))).one();
  EXPECT_EQ(log.count(), 1u);
  EXPECT_FALSE(address->user);
  EXPECT_EQ(log.count(), 1u);
}

TEST_F(SelectinLoad, ADanglingKeyIsNoTarget) {
  Session s(engine);
  s.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON");
  s.connection().exec_driver_sql("INSERT INTO address (id, user_id) VALUES (1, 99)");
  auto address = s.scalars(select<Address>().options(selectinload(&Address::user))).one();
  log.clear();
  EXPECT_FALSE(address->user);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(SelectinLoad, NoParentsNoSecondStatement) {
  Session s(engine);
  EXPECT_TRUE(s.scalars(select<User>().options(selectinload(&User::addresses))).all().empty());
  EXPECT_EQ(log.count(), 1u);
}

TEST_F(SelectinLoad, AParentWhoseListIsLoadedKeepsIt) {
  add_users();
  Session s(engine);
  auto ed = s.get<User>(1);
  ed->addresses[0]->email = "z";
  s.no_autoflush([&] {
    s.scalars(select<User>().options(selectinload(&User::addresses)).order_by(&User::id)).all();
  });
  EXPECT_EQ(emails(ed), (Names{"z", "b"}));  // neither reordered nor overwritten
}

class SelectinChunks : public LoadTest, public ::testing::WithParamInterface<int> {};

TEST_P(SelectinChunks, FiveHundredParentsAStatement) {
  const int count = GetParam();
  execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
          std::to_string(count) + ") INSERT INTO user (id, name) SELECT i, 'u' FROM n");
  execute("INSERT INTO address (user_id, email) SELECT id, 'e' || id FROM user");
  Session s(engine);
  auto users = s.scalars(select<User>().options(selectinload(&User::addresses))).all();
  EXPECT_EQ(log.count(), 1u + (static_cast<std::size_t>(count) + 499) / 500);
  for (const auto& u : users) {
    ASSERT_EQ(emails(u), Names{"e" + std::to_string(*u->id)});
  }
}

INSTANTIATE_TEST_SUITE_P(Counts, SelectinChunks, ::testing::Values(1, 500, 501, 1203));

TEST_F(SelectinLoad, StrategiesComposeAlongAPath) {
  add_users();
  execute("INSERT INTO dns (id, address_id) VALUES (1, 1), (2, 1)");
  Session s(engine);
  auto users = s.scalars(select<User>()
                             .options(selectinload(&User::addresses).joinedload(&Address::dns),
                                      selectinload(&User::groups))
                             .order_by(&User::id))
                   .all();
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name FROM user ORDER BY user.id | ()\n"
            "SELECT address.user_id AS address_user_id, address.id AS address_id, address.email AS "
            "address_email, dns_1.id AS dns_1_id, dns_1.address_id AS dns_1_address_id FROM "
            "address LEFT OUTER JOIN dns AS dns_1 ON address.id = dns_1.address_id WHERE "
            "address.user_id IN (?, ?) ORDER BY address.email | (1, 2)\n"
            "SELECT user_1.id AS user_1_id, grp.id AS grp_id, grp.name AS grp_name FROM user AS "
            "user_1 JOIN user_group AS user_group_1 ON user_1.id = user_group_1.user_id JOIN grp "
            "ON grp.id = user_group_1.group_id WHERE user_1.id IN (?, ?) ORDER BY grp.name DESC | "
            "(1, 2)\n");
  EXPECT_EQ(emails(users[0]), (Names{"a", "b"}));
  EXPECT_EQ(users[0]->addresses[0]->dns.size(), 0u);
  EXPECT_EQ(users[0]->addresses[1]->dns.size(), 2u);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(SelectinLoad, ATreeIsLoadedLevelByLevel) {
  execute("INSERT INTO node (id, parent_id) VALUES (1, NULL), (2, 1), (3, 2)");
  Session s(engine);
  auto root = s.scalars(select<Node>()
                            .where(col(&Node::parent_id) == null)
                            .options(selectinload(&Node::children).selectinload(&Node::children)))
                  .one();
  EXPECT_EQ(statements(),
            "SELECT node.id, node.parent_id FROM node WHERE node.parent_id IS NULL | ()\n"
            "SELECT node.parent_id AS node_parent_id, node.id AS node_id FROM node WHERE "
            "node.parent_id IN (?) | (1,)\n"
            "SELECT node.parent_id AS node_parent_id, node.id AS node_id FROM node WHERE "
            "node.parent_id IN (?) | (2,)\n");
  EXPECT_EQ(*root->children[0]->children[0]->id, 3);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(SelectinLoad, AForeignKeyToAnotherColumnThanTheKeyJoinsTheParent) {
  execute("INSERT INTO room (id, code) VALUES (1, 'q'), (2, 'r')");
  execute("INSERT INTO shelf (id, room_code) VALUES (5, 'q'), (6, 'q')");
  Session s(engine);
  auto rooms = s.scalars(select<Room>().options(selectinload(&Room::shelves))).all();
  EXPECT_EQ(statements(),
            "SELECT room.id, room.code FROM room | ()\n"
            "SELECT room_1.id AS room_1_id, shelf.id AS shelf_id, shelf.room_code AS "
            "shelf_room_code FROM room AS room_1 JOIN shelf ON room_1.code = shelf.room_code WHERE "
            "room_1.id IN (?, ?) | (1, 2)\n");
  EXPECT_EQ(rooms[0]->shelves.size(), 2u);
  s.expunge_all();
  auto shelves = s.scalars(select<Shelf>().options(selectinload(&Shelf::room))).all();
  EXPECT_EQ(statements(),
            "SELECT shelf.id, shelf.room_code FROM shelf | ()\n"
            "SELECT shelf_1.id AS shelf_1_id, room.id AS room_id, room.code AS room_code FROM "
            "shelf AS shelf_1 JOIN room ON room.code = shelf_1.room_code WHERE shelf_1.id IN (?, "
            "?) | (5, 6)\n");
  EXPECT_EQ(*shelves[0]->room->code, "q");
}

TEST_F(SelectinLoad, DefaultsOfTheMappingEndWhereTheyLeadBack) {
  execute("INSERT INTO author (id) VALUES (1)");
  execute("INSERT INTO book (id, author_id) VALUES (1, 1), (2, 1)");
  Session s(engine);
  auto author = s.scalars(select<Author>()).one();
  EXPECT_EQ(statements(),
            "SELECT author.id FROM author | ()\n"
            "SELECT book.author_id AS book_author_id, book.id AS book_id FROM book WHERE "
            "book.author_id IN (?) | (1,)\n");
  EXPECT_EQ(author->books.size(), 2u);
  EXPECT_EQ(author->books[0]->author, author);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(SelectinLoad, LazyloadSwitchesADefaultOff) {
  execute("INSERT INTO author (id) VALUES (1)");
  Session s(engine);
  auto author = s.scalars(select<Author>().options(lazyload(&Author::books))).one();
  EXPECT_EQ(log.count(), 1u);
  EXPECT_EQ(author->books.size(), 0u);
  EXPECT_EQ(log.count(), 2u);
}

TEST_F(SelectinLoad, AMemberAddedWhileTheListWasNotLoadedStays) {
  add_users();
  Session s(engine);
  auto ed = s.get<User>(1);
  auto fresh = make<Address>({.email = "new"});
  fresh->user = ed;
  s.no_autoflush([&] {
    s.scalars(select<User>().options(selectinload(&User::addresses))).all();
    EXPECT_EQ(emails(ed), (Names{"a", "b", "new"}));
  });
}

}  // namespace load_test
