// SPDX-License-Identifier: MIT
// Joined loading: the LEFT OUTER JOIN, its labels, the subquery it needs under LIMIT, and what the
// rows become. The statements are SQLAlchemy's for the same programs.
#include "orm/load/models.hpp"

namespace load_test {

class JoinedLoad : public LoadTest {
 protected:
  void SetUp() override {
    LoadTest::SetUp();
    add_users();
  }
};

TEST_F(JoinedLoad, AListComesInTheRowsOfItsParents) {
  Session s(engine);
  auto users = s.scalars(select<User>().options(joinedload(&User::addresses)).order_by(&User::id))
                   .unique()
                   .all();
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name, address_1.id AS id_1, address_1.user_id, address_1.email "
            "FROM user LEFT OUTER JOIN address AS address_1 ON user.id = address_1.user_id ORDER "
            "BY user.id, address_1.email | ()\n");
  ASSERT_EQ(users.size(), 2u);
  EXPECT_EQ(emails(users[0]), (Names{"a", "b"}));
  EXPECT_EQ(users[1]->addresses.size(), 0u);
  EXPECT_EQ(users[0]->addresses[0]->user, users[0]);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(JoinedLoad, ManyToOneNeedsNoUnique) {
  Session s(engine);
  auto all =
      s.scalars(select<Address>().options(joinedload(&Address::user)).order_by(&Address::id)).all();
  EXPECT_EQ(statements(),
            "SELECT address.id, address.user_id, address.email, user_1.id AS id_1, user_1.name "
            "FROM address LEFT OUTER JOIN user AS user_1 ON user_1.id = address.user_id ORDER BY "
            "address.id | ()\n");
  EXPECT_EQ(*all[0]->user->name, "ed");
  EXPECT_EQ(all[0]->user, all[1]->user);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(JoinedLoad, TwoListsMultiplyRowsNotMembers) {
  Session s(engine);
  auto users = s.scalars(select<User>()
                             .options(joinedload(&User::groups), joinedload(&User::addresses))
                             .order_by(&User::id))
                   .unique()
                   .all();
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name, address_1.id AS id_1, address_1.user_id, address_1.email, "
            "grp_1.id AS id_2, grp_1.name AS name_1 FROM user LEFT OUTER JOIN address AS address_1 "
            "ON user.id = address_1.user_id LEFT OUTER JOIN (user_group AS user_group_1 JOIN grp "
            "AS grp_1 ON grp_1.id = user_group_1.group_id) ON user.id = user_group_1.user_id ORDER "
            "BY user.id, address_1.email, grp_1.name DESC | ()\n");
  EXPECT_EQ(emails(users[0]), (Names{"a", "b"}));
  ASSERT_EQ(users[0]->groups.size(), 2u);
  EXPECT_EQ(*users[0]->groups[0]->name, "g2");
  EXPECT_EQ(users[1]->groups.size(), 1u);
}

TEST_F(JoinedLoad, WhatIsJoinedFurtherStandsBeforeItsParentsColumns) {
  Session s(engine);
  execute("INSERT INTO dns (id, address_id) VALUES (7, 1)");
  auto user = s.scalars(select<User>()
                            .where(col(&User::id) == 1)
                            .options(joinedload(&User::addresses).joinedload(&Address::dns)))
                  .unique()
                  .one();
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name, dns_1.id AS id_1, dns_1.address_id, address_1.id AS id_2, "
            "address_1.user_id, address_1.email FROM user LEFT OUTER JOIN address AS address_1 ON "
            "user.id = address_1.user_id LEFT OUTER JOIN dns AS dns_1 ON address_1.id = "
            "dns_1.address_id WHERE user.id = ? ORDER BY address_1.email | (1,)\n");
  EXPECT_EQ(*user->addresses[1]->dns[0]->id, 7);
}

TEST_F(JoinedLoad, CriteriaAndJoinsOfTheStatementDoNotTouchTheAlias) {
  Session s(engine);
  auto user = s.scalars(select<User>()
                            .join(&User::addresses)
                            .where(col(&Address::email) == "a")
                            .options(joinedload(&User::addresses)))
                  .unique()
                  .one();
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name, address_1.id AS id_1, address_1.user_id, address_1.email "
            "FROM user JOIN address ON user.id = address.user_id LEFT OUTER JOIN address AS "
            "address_1 ON user.id = address_1.user_id WHERE address.email = ? ORDER BY "
            "address_1.email | ('a',)\n");
  EXPECT_EQ(emails(user), (Names{"a", "b"}));
}

TEST_F(JoinedLoad, AnInferredJoinIsNotDistractedByTheAlias) {
  Session s(engine);
  s.scalars(select<Address>().join<User>().options(joinedload(&Address::user))).all();
  EXPECT_EQ(statements(),
            "SELECT address.id, address.user_id, address.email, user_1.id AS id_1, user_1.name "
            "FROM address JOIN user ON user.id = address.user_id LEFT OUTER JOIN user AS user_1 ON "
            "user_1.id = address.user_id | ()\n");
}

TEST_F(JoinedLoad, AListWithoutUniqueIsRefusedButForTheFirst) {
  Session s(engine);
  const auto stmt = select<User>().options(joinedload(&User::addresses));
  const auto message = [](auto&& body) -> std::string {
    try {
      body();
    } catch (const InvalidRequestError& e) {
      return e.message();
    }
    return {};
  };
  const std::string expected =
      "The unique() method must be invoked on this Result, as it contains results that include "
      "joined eager loads against collections";
  EXPECT_EQ(message([&] { s.scalars(stmt).all(); }), expected);
  EXPECT_EQ(message([&] { (void)s.execute(stmt).one(); }), expected);
  EXPECT_EQ(message([&] {
              for (auto row : s.execute(stmt)) {
                (void)row;
              }
            }),
            expected);
  EXPECT_TRUE(s.scalars(stmt).first().has_value());
  EXPECT_EQ(s.execute(stmt).unique().scalars().all().size(), 2u);
}

const std::string outer =
    "SELECT anon_1.id, anon_1.name, address_1.id AS id_1, address_1.user_id, address_1.email ";
const std::string joined =
    " AS anon_1 LEFT OUTER JOIN address AS address_1 ON anon_1.id = address_1.user_id ";

TEST_F(JoinedLoad, UnderALimitTheStatementBecomesASubquery) {
  Session s(engine);
  auto users = s.scalars(select<User>()
                             .options(joinedload(&User::addresses))
                             .order_by(desc(&User::name))
                             .limit(1)
                             .offset(1))
                   .unique()
                   .all();
  EXPECT_EQ(statements(),
            outer +
                "FROM (SELECT user.id AS id, user.name AS name FROM user ORDER BY user.name DESC "
                "LIMIT ? OFFSET ?)" +
                joined + "ORDER BY anon_1.name DESC, address_1.email | (1, 1)\n");
  ASSERT_EQ(users.size(), 1u);
  EXPECT_EQ(emails(users[0]), (Names{"a", "b"}));
}

TEST_F(JoinedLoad, DistinctAndGroupByBecomeSubqueriesToo) {
  Session s(engine);
  s.scalars(select<User>().options(joinedload(&User::addresses)).distinct()).unique().all();
  EXPECT_EQ(statements(),
            outer + "FROM (SELECT DISTINCT user.id AS id, user.name AS name FROM user)" + joined +
                "ORDER BY address_1.email | ()\n");
  s.scalars(select<User>().options(joinedload(&User::addresses)).group_by(&User::id))
      .unique()
      .all();
  EXPECT_EQ(statements(),
            outer + "FROM (SELECT user.id AS id, user.name AS name FROM user GROUP BY user.id)" +
                joined + "ORDER BY address_1.email | ()\n");
}

TEST_F(JoinedLoad, AnOrderingExpressionIsSelectedInsideAndReferredToOutside) {
  Session s(engine);
  s.scalars(select<User>()
                .options(joinedload(&User::addresses))
                .order_by(desc(&User::name), col(&User::id) + 1)
                .limit(2))
      .unique()
      .all();
  EXPECT_EQ(
      statements(),
      "SELECT anon_1.id, anon_1.name, anon_1.anon_2, address_1.id AS id_1, "
      "address_1.user_id, address_1.email FROM (SELECT user.id AS id, user.name AS name, "
      "user.id + ? AS anon_2 FROM user ORDER BY user.name DESC, user.id + ? LIMIT ? OFFSET ?)" +
          joined + "ORDER BY anon_1.name DESC, anon_1.anon_2, address_1.email | (1, 1, 2, 0)\n");
}

TEST_F(JoinedLoad, FurtherColumnsKeepTheirPlaces) {
  Session s(engine);
  const auto u = aliased<User>("u");
  auto rows = s.execute(select(u, col(&User::name).label("n"))
                            .where(col(&User::id) == 1)
                            .options(joinedload(u[&User::addresses]))
                            .order_by("n")
                            .limit(2));
  std::size_t seen = 0;
  for (auto [user, name] : rows.unique()) {
    EXPECT_EQ(name, "ed");
    EXPECT_EQ(user->addresses.size(), *user->id == 1 ? 2u : 0u);
    ++seen;
  }
  EXPECT_EQ(seen, 2u);
}

TEST_F(JoinedLoad, ManyToOneUnderALimitIsNotWrapped) {
  Session s(engine);
  s.scalars(select<Address>().options(joinedload(&Address::user)).order_by(&Address::id).limit(2))
      .all();
  EXPECT_EQ(statements(),
            "SELECT address.id, address.user_id, address.email, user_1.id AS id_1, user_1.name "
            "FROM address LEFT OUTER JOIN user AS user_1 ON user_1.id = address.user_id ORDER BY "
            "address.id LIMIT ? OFFSET ? | (2, 0)\n");
}

TEST_F(JoinedLoad, ATreeJoinsItselfUnderAnotherName) {
  execute("INSERT INTO node (id, parent_id) VALUES (1, NULL), (2, 1)");
  Session s(engine);
  auto nodes = s.scalars(select<Node>().options(joinedload(&Node::children)).order_by(&Node::id))
                   .unique()
                   .all();
  EXPECT_EQ(statements(),
            "SELECT node.id, node.parent_id, node_1.id AS id_1, node_1.parent_id AS parent_id_1 "
            "FROM node LEFT OUTER JOIN node AS node_1 ON node.id = node_1.parent_id ORDER BY "
            "node.id | ()\n");
  EXPECT_EQ(nodes[0]->children[0], nodes[1]);
  EXPECT_EQ(nodes[1]->children.size(), 0u);
}

TEST_F(JoinedLoad, ADefaultOfTheMappingIsJoinedByGetToo) {
  execute("INSERT INTO author (id) VALUES (3)");
  execute("INSERT INTO book (id, author_id) VALUES (1, 3)");
  Session s(engine);
  auto book = s.get<Book>(1);
  EXPECT_EQ(statements(),
            "SELECT book.id AS book_id, book.author_id AS book_author_id, author_1.id AS "
            "author_1_id FROM book LEFT OUTER JOIN author AS author_1 ON author_1.id = "
            "book.author_id WHERE book.id = ? | (1,)\n");
  EXPECT_EQ(*book->author->id, 3);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(JoinedLoad, AnExpiredObjectIsReadWithItsJoinedDefaults) {
  execute("INSERT INTO author (id) VALUES (3)");
  execute("INSERT INTO book (id, author_id) VALUES (1, 3)");
  Session s(engine);
  auto book = s.get<Book>(1);
  auto author = *book->author.get()->id;
  s.commit();
  log.clear();
  EXPECT_EQ(*book->author_id, author);
  EXPECT_EQ(log.count(), 1u);
  EXPECT_EQ(*book->author->id, 3);
  EXPECT_EQ(log.count(), 1u);
}

TEST_F(JoinedLoad, AnOptionOfAnotherClassIsRefused) {
  Session s(engine);
  try {
    (void)s.scalars(select<User>().options(joinedload(&Address::dns)));
    FAIL();
  } catch (const ArgumentError& e) {
    EXPECT_EQ(e.message(),
              "Mapped class Mapper[Address(address)] does not apply to any of the root entities in "
              "this query, e.g. Mapper[User(user)]. Please specify the full path from one of the "
              "root entities to the target attribute. ");
  }
}

}  // namespace load_test
