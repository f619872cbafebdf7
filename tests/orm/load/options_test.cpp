// SPDX-License-Identifier: MIT
// Loader options: what each emits, what objects remember of them, and what is refused.
#include "orm/load/models.hpp"

namespace load_test {

class LoaderOptions : public LoadTest {
 protected:
  void SetUp() override {
    LoadTest::SetUp();
    add_users();
  }

  template <class F>
  static std::string message_of(F&& f) {
    try {
      f();
    } catch (const Error& error) {
      return error.message();
    }
    return "no error";
  }
};

TEST_F(LoaderOptions, RaiseloadRefusesAlsoAfterTheObjectHasExpired) {
  Session s(engine);
  auto ed = s.scalars(select<User>().options(raiseload(&User::addresses)).order_by(&User::id))
                .all()
                .front();
  const std::string refused = "'User.addresses' is not available due to lazy='raise'";
  EXPECT_EQ(message_of([&] { (void)ed->addresses.size(); }), refused);
  s.expire(ed);
  EXPECT_EQ(message_of([&] { (void)ed->addresses.size(); }), refused);
}

TEST_F(LoaderOptions, RaiseloadOfSqlOnlyLetsObjectsOfTheSessionPass) {
  Session s(engine);
  auto ed = s.get<User>(1);
  auto a = s.scalars(select<Address>()
                         .options(raiseload(&Address::user, {.sql_only = true}))
                         .where(col(&Address::id) == 1))
               .one();
  EXPECT_EQ(a->user, ed);
  Session other(engine);
  auto b = other
               .scalars(select<Address>()
                            .options(raiseload(&Address::user, {.sql_only = true}))
                            .where(col(&Address::id) == 1))
               .one();
  EXPECT_EQ(message_of([&] { (void)b->user.get(); }),
            "'Address.user' is not available due to lazy='raise_on_sql'");
}

TEST_F(LoaderOptions, AWildcardHoldsForRelationshipsThatNoOtherOptionNames) {
  Session s(engine);
  auto ed = s.scalars(select<User>()
                          .options(raiseload("*"), selectinload(&User::addresses))
                          .where(col(&User::id) == 1))
                .one();
  EXPECT_EQ(ed->addresses.size(), 2u);
  EXPECT_EQ(message_of([&] { (void)ed->groups.size(); }),
            "'User.groups' is not available due to lazy='raise'");
  EXPECT_EQ(message_of([] { (void)raiseload("addresses"); }),
            "Strings are not accepted for attribute names in loader options; please use "
            "class-bound attributes directly, or \"*\" for all relationships.");
}

TEST_F(LoaderOptions, NoloadLeavesTheListEmptyWithoutSql) {
  Session s(engine);
  auto ed =
      s.scalars(select<User>().options(noload(&User::addresses)).where(col(&User::id) == 1)).one();
  log.clear();
  EXPECT_EQ(ed->addresses.size(), 0u);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(LoaderOptions, ImmediateloadEmitsOneStatementAnObject) {
  Session s(engine);
  auto users = s.scalars(select<User>().options(immediateload(&User::addresses))).all();
  EXPECT_EQ(log.count(), 3u);
  EXPECT_EQ(users[0]->addresses.size(), 2u);
  EXPECT_EQ(log.count(), 3u);
}

TEST_F(LoaderOptions, SubqueryloadKeepsCriteriaWithTheirValues) {
  Session s(engine);
  for (const char* name : {"wendy", "ed"}) {  // the second execution finds the statement compiled
    auto users =
        s.scalars(
             select<User>().options(subqueryload(&User::addresses)).where(col(&User::name) == name))
            .all();
    ASSERT_EQ(users.size(), 1u);
    log.clear();
    EXPECT_EQ(users[0]->addresses.size(), std::string(name) == "ed" ? 2u : 0u);
    EXPECT_EQ(log.count(), 0u);
  }
}

TEST_F(LoaderOptions, SubqueryloadOfALimitedSelectKeepsItsLimitAndOrder) {
  Session s(engine);
  (void)s
      .scalars(
          select<User>().options(subqueryload(&User::addresses)).order_by(desc(&User::id)).limit(1))
      .all();
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name FROM user ORDER BY user.id DESC LIMIT ? OFFSET ? | (1, 0)\n"
            "SELECT address.id AS address_id, address.user_id AS address_user_id, address.email AS "
            "address_email, anon_1.user_id AS anon_1_user_id FROM (SELECT user.id AS user_id FROM "
            "user ORDER BY user.id DESC LIMIT ? OFFSET ?) AS anon_1 JOIN address ON anon_1.user_id "
            "= address.user_id ORDER BY address.email | (1, 0)\n");
}

TEST_F(LoaderOptions, LoadOnlyLeavesOthersOutUntilTheObjectExpires) {
  Session s(engine);
  auto ed =
      s.scalars(select<User>().options(load_only(&User::id)).where(col(&User::id) == 1)).one();
  EXPECT_EQ(statements(), "SELECT user.id FROM user WHERE user.id = ? | (1,)\n");
  EXPECT_EQ(*ed->name, "ed");
  EXPECT_EQ(statements(), "SELECT user.name AS user_name FROM user WHERE user.id = ? | (1,)\n");
  s.expire(ed);
  (void)*ed->id;
  EXPECT_EQ(statements(),
            "SELECT user.id AS user_id, user.name AS user_name FROM user WHERE user.id = ? | "
            "(1,)\n");
}

TEST_F(LoaderOptions, AnExpiredObjectIsReadAsItWasLoaded) {
  Session s(engine);
  auto ed = s.scalars(select<User>()
                          .options(selectinload(&User::addresses).joinedload(&Address::dns))
                          .where(col(&User::id) == 1))
                .one();
  s.commit();
  log.clear();
  EXPECT_EQ(*ed->name, "ed");
  EXPECT_EQ(statements(),
            "SELECT user.id AS user_id, user.name AS user_name FROM user WHERE user.id = ? | (1,)\n"
            "SELECT address.id AS address_id, address.user_id AS address_user_id, address.email AS "
            "address_email, dns_1.id AS dns_1_id, dns_1.address_id AS dns_1_address_id FROM "
            "address LEFT OUTER JOIN dns AS dns_1 ON address.id = dns_1.address_id WHERE ? = "
            "address.user_id ORDER BY address.email | (1,)\n");
  EXPECT_EQ(ed->addresses.size(), 2u);
  EXPECT_EQ(log.count(), 0u);
}

// More option sets than one session can number: the oldest is given up, nothing else is lost.
TEST_F(LoaderOptions, ManyDifferentOptionsInOneSessionAreNotMixedUp) {
  Session s(engine);
  std::vector<ptr<Address>> kept;
  for (int i = 0; i < 300; ++i) {
    execute("INSERT INTO address (id, email) VALUES (" + std::to_string(100 + i) + ", 'x')");
    auto stmt = select<Address>()
                    .options(raiseload(&Address::dns))
                    .where(col(&Address::id) == 100 + i)
                    .prefix_with("/* " + std::to_string(i) + " */");
    kept.push_back(s.scalars(stmt).one());
  }
  EXPECT_EQ(message_of([&] { (void)kept.back()->dns.size(); }),
            "'Address.dns' is not available due to lazy='raise'");
  EXPECT_EQ(*kept.front()->email, "x");
}

TEST_F(LoaderOptions, AnOptionOfTheClassIsNotOneOfItsAlias) {
  Session s(engine);
  const auto u = aliased<User>();
  EXPECT_EQ(message_of([&] { (void)s.scalars(select(u).options(defer(&User::name))); }),
            "Mapped class Mapper[User(user)] does not apply to any of the root entities in this "
            "query, e.g. Mapper[User(user)]. Please specify the full path from one of the root "
            "entities to the target attribute. ");
  (void)s.scalars(select(u).options(Load<User>(u).defer(&User::name))).all();
  EXPECT_EQ(statements(), "SELECT user_1.id FROM user AS user_1 | ()\n");
}

TEST_F(LoaderOptions, RelatedObjectsAreCriteria) {
  Session s(engine);
  auto ed = s.get<User>(1);
  log.clear();
  EXPECT_EQ(s.scalars(select<User>().where(col(&User::addresses).any(col(&Address::email) == "a")))
                .all()
                .size(),
            1u);
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name FROM user WHERE EXISTS (SELECT 1 FROM address WHERE user.id "
            "= address.user_id AND address.email = ?) | ('a',)\n");
  EXPECT_EQ(s.scalars(select<Address>().where(col(&Address::user).has(col(&User::name) == "ed")))
                .all()
                .size(),
            2u);
  EXPECT_EQ(s.scalars(select<Address>().where(col(&Address::user) == ed)).all().size(), 2u);
  EXPECT_EQ(s.scalars(select<Address>().where(col(&Address::user) == nullptr)).all().size(), 0u);
  auto a = s.get<Address>(1);
  EXPECT_EQ(s.scalars(select<User>().where(col(&User::addresses).contains(a))).one(), ed);
}

TEST_F(LoaderOptions, AClassOverASubqueryNeedsItsKey) {
  Session s(engine);
  const auto names = aliased<User>(select(&User::name).subquery());
  EXPECT_EQ(message_of([&] { (void)s.scalars(select(names)).all(); }),
            "What User is selected from lacks the primary key column 'id', without which rows are "
            "no objects; select it there");
}

TEST_F(LoaderOptions, NamesOfAttributesAreChecked) {
  Session s(engine);
  auto ed = s.get<User>(1);
  EXPECT_EQ(message_of([&] { s.expire(ed, {"nope"}); }), "Entity 'User' has no attribute 'nope'");
}

}  // namespace load_test
