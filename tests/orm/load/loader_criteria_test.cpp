// SPDX-License-Identifier: MIT
// with_loader_criteria(): where the condition stands in each statement, how loads go by it, and
// that cached plans carry no values of an earlier execution. The texts are SQLAlchemy's.
#include "orm/load/models.hpp"
#include <azoth/orm/events.hpp>
#include <azoth/orm/loader_criteria.hpp>

namespace load_test {

// Classes with a mixin, whose criteria go by the names of attributes.
using Words = orm::DeclarationWords;

template <class D>
struct SoftDeleted {
  MixinColumn<D, "deleted", bool, Words::Default<false>> deleted;
};

struct Part;

struct Doc : Entity<Doc, "doc">, SoftDeleted<Doc> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"parts", List<Part>> parts;
};

struct Part : Entity<Part, "part">, SoftDeleted<Part> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"doc_id", std::optional<std::int64_t>, ForeignKey<"doc.id">> doc_id;
};

// The same name, but another type: not meant.
struct Deletion : Entity<Deletion, "deletion"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"deleted", std::string> deleted;
};

class LoaderCriteriaTest : public LoadTest {
 protected:
  void SetUp() override {
    LoadTest::SetUp();
    add_users();
  }

  static LoaderCriteria not_b(LoaderCriteriaOptions o = {}) {
    return with_loader_criteria<Address>(col(&Address::email) != "b", o);
  }

  static LoaderCriteria not_g2() { return with_loader_criteria<Group>(col(&Group::name) != "g2"); }

  static LoaderCriteria not_wendy() {
    return with_loader_criteria<User>(col(&User::name) != "wendy");
  }

  template <class S>
  std::string ran(const S& statement) {
    Session s(engine);
    (void)s.execute(statement).all();
    return statements();
  }

  template <class S>
  std::string ran_unique(const S& statement) {
    Session s(engine);
    (void)s.execute(statement).unique().all();
    return statements();
  }
};

TEST_F(LoaderCriteriaTest, StandsInWhereBehindTheStatementsOwnConditions) {
  EXPECT_EQ(
      ran(select<Address>().where(col(&Address::id) > 0).options(not_b()).order_by(&Address::id)),
      "SELECT address.id, address.user_id, address.email FROM address WHERE address.id > ? "
      "AND address.email != ? ORDER BY address.id | (0, 'b')\n");
}

TEST_F(LoaderCriteriaTest, HoldsForSelectsOfColumnsAndOfNothingOfTheClass) {
  EXPECT_EQ(ran(select(&Address::id).options(not_b())),
            "SELECT address.id FROM address WHERE address.email != ? | ('b',)\n");
  EXPECT_EQ(ran(select(func::count()).select_from<Address>().options(not_b())),
            "SELECT count(*) AS count_1 FROM address WHERE address.email != ? | ('b',)\n");
}

TEST_F(LoaderCriteriaTest, StandsInTheOnClauseOfWhatIsJoined) {
  EXPECT_EQ(ran(select<User>().join(&User::addresses).options(not_b(), not_wendy())),
            "SELECT user.id, user.name FROM user JOIN address ON user.id = address.user_id AND "
            "address.email != ? WHERE user.name != ? | ('b', 'wendy')\n");
  EXPECT_EQ(ran(select(&User::id, &Address::email).outerjoin(&User::addresses).options(not_b())),
            "SELECT user.id, address.email FROM user LEFT OUTER JOIN address ON user.id = "
            "address.user_id AND address.email != ? | ('b',)\n");
  EXPECT_EQ(ran(select<User>().join<Address>().options(not_b())),
            "SELECT user.id, user.name FROM user JOIN address ON user.id = address.user_id AND "
            "address.email != ? | ('b',)\n");
  EXPECT_EQ(
      ran(select<User>().join<Address>(col(&Address::user_id) == col(&User::id)).options(not_b())),
      "SELECT user.id, user.name FROM user JOIN address ON address.user_id = user.id AND "
      "address.email != ? | ('b',)\n");
}

TEST_F(LoaderCriteriaTest, StandsInTheInnerJoinBehindAnAssociationTable) {
  EXPECT_EQ(ran(select<User>().join(&User::groups).options(not_g2())),
            "SELECT user.id, user.name FROM user JOIN user_group AS user_group_1 ON user.id = "
            "user_group_1.user_id JOIN grp ON grp.id = user_group_1.group_id AND grp.name != ? | "
            "('g2',)\n");
  EXPECT_EQ(ran(select<User>().outerjoin(&User::groups).options(not_g2())),
            "SELECT user.id, user.name FROM user LEFT OUTER JOIN (user_group AS user_group_1 JOIN "
            "grp ON grp.id = user_group_1.group_id AND grp.name != ?) ON user.id = "
            "user_group_1.user_id | ('g2',)\n");
}

TEST_F(LoaderCriteriaTest, AliasesAreMeantOnlyWhenAskedFor) {
  const auto a = aliased<Address>();
  EXPECT_EQ(ran(select(a).options(not_b())),
            "SELECT address_1.id, address_1.user_id, address_1.email FROM address AS address_1 | "
            "()\n");
  EXPECT_EQ(ran(select(a).options(not_b({.include_aliases = true}))),
            "SELECT address_1.id, address_1.user_id, address_1.email FROM address AS address_1 "
            "WHERE address_1.email != ? | ('b',)\n");
  EXPECT_EQ(ran(select<User>()
                    .join(col(&User::addresses).of_type(a))
                    .options(not_b({.include_aliases = true}))),
            "SELECT user.id, user.name FROM user JOIN address AS address_1 ON user.id = "
            "address_1.user_id AND address_1.email != ? | ('b',)\n");
}

TEST_F(LoaderCriteriaTest, HoldsWithinSubqueries) {
  EXPECT_EQ(
      ran(select<User>().where(col(&User::id).in(select(&Address::user_id))).options(not_b())),
      "SELECT user.id, user.name FROM user WHERE user.id IN (SELECT address.user_id FROM "
      "address WHERE address.email != ?) | ('b',)\n");
  const From sub = select<Address>().subquery();
  EXPECT_EQ(
      ran(select<User>().join(sub, sub[&Address::user_id] == col(&User::id)).options(not_b())),
      "SELECT user.id, user.name FROM user JOIN (SELECT address.id AS id, address.user_id AS "
      "user_id, address.email AS email FROM address WHERE address.email != ?) AS anon_1 ON "
      "anon_1.user_id = user.id | ('b',)\n");
  EXPECT_EQ(ran(select<User>().where(col(&User::addresses).any()).options(not_b())),
            "SELECT user.id, user.name FROM user WHERE EXISTS (SELECT 1 FROM address WHERE user.id "
            "= address.user_id AND address.email != ?) | ('b',)\n");
}

TEST_F(LoaderCriteriaTest, JoinedLoadsHaveItInTheirOnClause) {
  EXPECT_EQ(ran_unique(select<User>().options(joinedload(&User::addresses), not_b())),
            "SELECT user.id, user.name, address_1.id AS id_1, address_1.user_id, address_1.email "
            "FROM user LEFT OUTER JOIN address AS address_1 ON user.id = address_1.user_id AND "
            "address_1.email != ? ORDER BY address_1.email | ('b',)\n");
  EXPECT_EQ(ran_unique(select<User>().options(joinedload(&User::groups), not_g2())),
            "SELECT user.id, user.name, grp_1.id AS id_1, grp_1.name AS name_1 FROM user LEFT "
            "OUTER JOIN (user_group AS user_group_1 JOIN grp AS grp_1 ON grp_1.id = "
            "user_group_1.group_id AND grp_1.name != ?) ON user.id = user_group_1.user_id ORDER BY "
            "grp_1.name DESC | ('g2',)\n");
  EXPECT_EQ(ran_unique(select<User>().limit(2).options(
                joinedload(&User::addresses), not_b(), not_wendy())),
            "SELECT anon_1.id, anon_1.name, address_1.id AS id_1, address_1.user_id, "
            "address_1.email FROM (SELECT user.id AS id, user.name AS name FROM user WHERE "
            "user.name != ? LIMIT ? OFFSET ?) AS anon_1 LEFT OUTER JOIN address AS address_1 ON "
            "anon_1.id = address_1.user_id AND address_1.email != ? ORDER BY address_1.email | "
            "('wendy', 2, 0, 'b')\n");
}

TEST_F(LoaderCriteriaTest, StatementsOfLoadersHaveIt) {
  EXPECT_EQ(ran(select<User>().options(selectinload(&User::addresses), not_b())),
            "SELECT user.id, user.name FROM user | ()\n"
            "SELECT address.user_id AS address_user_id, address.id AS address_id, address.email AS "
            "address_email FROM address WHERE address.user_id IN (?, ?) AND address.email != ? "
            "ORDER BY address.email | (1, 2, 'b')\n");
  EXPECT_EQ(ran(select<User>().options(selectinload(&User::groups), not_g2())),
            "SELECT user.id, user.name FROM user | ()\n"
            "SELECT user_1.id AS user_1_id, grp.id AS grp_id, grp.name AS grp_name FROM user AS "
            "user_1 JOIN user_group AS user_group_1 ON user_1.id = user_group_1.user_id JOIN grp "
            "ON grp.id = user_group_1.group_id AND grp.name != ? WHERE user_1.id IN (?, ?) ORDER "
            "BY grp.name DESC | ('g2', 1, 2)\n");
  EXPECT_EQ(ran(select<User>().options(subqueryload(&User::addresses), not_b(), not_wendy())),
            "SELECT user.id, user.name FROM user WHERE user.name != ? | ('wendy',)\n"
            "SELECT address.id AS address_id, address.user_id AS address_user_id, address.email AS "
            "address_email, anon_1.user_id AS anon_1_user_id FROM (SELECT user.id AS user_id FROM "
            "user WHERE user.name != ?) AS anon_1 JOIN address ON anon_1.user_id = address.user_id "
            "AND address.email != ? ORDER BY address.email | ('wendy', 'b')\n");
}

TEST_F(LoaderCriteriaTest, LazyLoadsOfTheObjectsGoByItUnlessItIsOfTheStatementAlone) {
  const std::string first = "SELECT user.id, user.name FROM user WHERE user.id = ? | (1,)\n";
  {
    Session s(engine);
    auto ed = s.scalars(select<User>().where(col(&User::id) == 1).options(not_b())).one();
    EXPECT_EQ(emails(ed), Names{"a"});
    EXPECT_EQ(statements(),
              first +
                  "SELECT address.id AS address_id, address.user_id AS address_user_id, "
                  "address.email AS address_email FROM address WHERE ? = address.user_id AND "
                  "address.email != ? ORDER BY address.email | (1, 'b')\n");
  }
  Session s(engine);
  auto ed = s.scalars(select<User>()
                          .where(col(&User::id) == 1)
                          .options(not_b({.propagate_to_loaders = false})))
                .one();
  EXPECT_EQ(emails(ed), (Names{"a", "b"}));
}

TEST_F(LoaderCriteriaTest, AReferenceIsLookedUpUnderIt) {
  Session s(engine);
  auto b = s.scalars(select<Address>()
                         .where(col(&Address::id) == 1)
                         .options(with_loader_criteria<User>(col(&User::name) != "ed")))
               .one();
  EXPECT_FALSE(b->user);
  EXPECT_EQ(statements(),
            "SELECT address.id, address.user_id, address.email FROM address WHERE address.id = ? | "
            "(1,)\n"
            "SELECT user.id AS user_id, user.name AS user_name FROM user WHERE user.id = ? AND "
            "user.name != ? | (1, 'ed')\n");
}

TEST_F(LoaderCriteriaTest, ARefreshIsNotLimitedButWhatItsObjectLoadsIs) {
  Session s(engine);
  auto ed = s.scalars(select<User>()
                          .where(col(&User::id) == 1)
                          .options(not_b(), with_loader_criteria<User>(col(&User::name) == "ed")))
                .one();
  s.expire(ed);
  statements();
  EXPECT_EQ(ed->name, "ed");
  EXPECT_EQ(emails(ed), Names{"a"});
  EXPECT_EQ(statements(),
            "SELECT user.id AS user_id, user.name AS user_name FROM user WHERE user.id = ? | (1,)\n"
            "SELECT address.id AS address_id, address.user_id AS address_user_id, address.email AS "
            "address_email FROM address WHERE ? = address.user_id AND address.email != ? ORDER BY "
            "address.email | (1, 'b')\n");
}

TEST_F(LoaderCriteriaTest, UpdatesAndDeletesOfTheClassAreLimited) {
  Session s(engine);
  s.execute(
      update<User>().values({{&User::name, "q"}}).where(col(&User::id) > 100).options(not_wendy()),
      {.synchronize_session = false});
  s.execute(delete_<User>().where(col(&User::id) > 100).options(not_wendy()),
            {.synchronize_session = false});
  EXPECT_EQ(statements(),
            "UPDATE user SET name=? WHERE user.id > ? AND user.name != ? | ('q', 100, 'wendy')\n"
            "DELETE FROM user WHERE user.id > ? AND user.name != ? | (100, 'wendy')\n");
}

TEST_F(LoaderCriteriaTest, TheCountOfAQueryGoesByIt) {
  Session s(engine);
  EXPECT_EQ(s.query<User>().options(not_wendy()).count(), 1);
}

// A filter for tenants must never see the value of the statement that was compiled first.
TEST_F(LoaderCriteriaTest, ValuesAreThoseOfEachExecution) {
  for (const std::string hidden : {"a", "b", "a", "c"}) {
    const auto crit = with_loader_criteria<Address>(col(&Address::email) != hidden);
    Names expected{"a", "b"};
    std::erase(expected, hidden);
    Session s(engine);
    auto eager = s.scalars(select<User>()
                               .where(col(&User::id) == 1)
                               .options(selectinload(&User::addresses), crit))
                     .one();
    EXPECT_EQ(emails(eager), expected) << hidden;
    Session t(engine);
    auto lazy = t.scalars(select<User>().where(col(&User::id) == 1).options(crit)).one();
    EXPECT_EQ(emails(lazy), expected) << hidden;
    Session u(engine);
    auto nested = u.scalars(select<Group>().where(col(&Group::id) == 1).options(crit)).one();
    EXPECT_EQ(nested->name, "g1");
    auto joined = u.scalars(select<User>().options(joinedload(&User::addresses), crit)).unique();
    std::size_t count = 0;
    for (auto user : joined) {
      count += user->addresses.size();
    }
    EXPECT_EQ(count, expected.size()) << hidden;
  }
}

TEST_F(LoaderCriteriaTest, OneSessionKeepsTheCriteriaOfItsObjectsApart) {
  Session s(engine);
  auto ed = s.scalars(select<User>().where(col(&User::id) == 1).options(not_b())).one();
  auto address = s.scalars(select<Address>()
                               .where(col(&Address::id) == 1)
                               .options(with_loader_criteria<Dns>(col(&Dns::id) != 1)))
                     .one();
  EXPECT_EQ(emails(ed), Names{"a"});
  statements();
  (void)address->dns.size();
  EXPECT_EQ(statements(),
            "SELECT dns.id AS dns_id, dns.address_id AS dns_address_id FROM dns WHERE ? = "
            "dns.address_id AND dns.id != ? | (1, 1)\n");
}

TEST_F(LoaderCriteriaTest, ObjectsOfMoreThan255CriteriaAreRefusedRatherThanUnfiltered) {
  execute(
      "WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT "
      "INTO user (id, name) SELECT i, 'n' FROM n");
  Session s(engine);
  std::vector<ptr<User>> held;
  const auto load = [&](int id) {
    const auto crit = with_loader_criteria<Address>(col(&Address::id) != id);
    held.push_back(s.scalars(select<User>().where(col(&User::id) == id).options(crit)).one());
  };
  for (int id = 3; id < 258; ++id) {
    load(id);
  }
  EXPECT_THROW(load(258), InvalidRequestError);
}

TEST_F(LoaderCriteriaTest, AListenerAddsItToStatementsAndLookups) {
  Session s(engine);
  event::listen(s, event::do_orm_execute, [](ORMExecuteState& state) {
    if (state.is_select && !state.is_column_load && !state.is_relationship_load) {
      state.add_options(not_b(), not_wendy());
    }
  });
  const auto users = s.scalars(select<User>()).all();
  EXPECT_EQ(users.size(), 1u);
  EXPECT_FALSE(s.get<User>(2));
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name FROM user WHERE user.name != ? | ('wendy',)\n"
            "SELECT user.id AS user_id, user.name AS user_name FROM user WHERE user.id = ? AND "
            "user.name != ? | (2, 'wendy')\n");
  EXPECT_EQ(emails(users.front()), Names{"a"});
  EXPECT_EQ(statements(),
            "SELECT address.id AS address_id, address.user_id AS address_user_id, address.email AS "
            "address_email FROM address WHERE ? = address.user_id AND address.email != ? ORDER BY "
            "address.email | (1, 'b')\n");
}

TEST_F(LoaderCriteriaTest, AFunctionMeansTheClassesThatHaveTheAttributesItAsksFor) {
  create_all<Doc, Part, Deletion>(engine);
  execute("INSERT INTO doc (deleted, id) VALUES (0, 1), (1, 2)");
  execute("INSERT INTO part (deleted, id, doc_id) VALUES (0, 1, 1), (1, 2, 1)");
  const auto present = with_loader_criteria(
      [](const LoaderCriteriaClass& c) { return c.attribute<bool>("deleted") == false; });
  Session s(engine);
  auto docs = s.scalars(select<Doc>().options(joinedload(&Doc::parts), present)).unique().all();
  ASSERT_EQ(docs.size(), 1u);
  EXPECT_EQ(docs.front()->parts.size(), 1u);
  statements();
  (void)s.scalars(select<Deletion>().options(present)).all();
  EXPECT_EQ(statements(), "SELECT deletion.id, deletion.deleted FROM deletion | ()\n");
}

TEST_F(LoaderCriteriaTest, AFunctionThatAsksForNothingIsRefused) {
  EXPECT_THROW(
      with_loader_criteria([](const LoaderCriteriaClass&) { return col(&User::name) == "x"; }),
      ArgumentError);
}

}  // namespace load_test
