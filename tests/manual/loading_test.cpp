// SPDX-License-Identifier: MIT
// docs/manual/loading.md.
#include "manual/user_model.hpp"

namespace manual {
namespace {

class Loading : public UserTest {
 protected:
  // Says how many addresses each user has.
  void count(Session& session, const Select<User>& stmt) {
    for (ptr<User> user : session.scalars(stmt).unique().all()) {
      std::cout << user->name << ": " << user->addresses.size() << '\n';
    }
  }
};

TEST_F(Loading, LazyLoadsOneByOne) {
  Session session(engine);
  // [snippet lazy]
  ptr<User> sandy = session.get<User>(2);
  std::cout << sandy->addresses.size() << '\n';          // loads the list
  std::cout << sandy->addresses[0]->user->name << '\n';  // no SQL
  // [/snippet]
  // [output lazy-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
SELECT address.id AS address_id, address.email_address AS address_email_address, address.user_id AS address_user_id
FROM address
WHERE ? = address.user_id ORDER BY address.id
[...] (2,)
2
sandy
)");
  // [/output]
}

TEST_F(Loading, SelectinTakesASecondStatement) {
  Session session(engine);
  // [snippet selectin]
  auto stmt = select<User>().order_by(&User::id).options(selectinload(&User::addresses));
  // [/snippet]
  count(session, stmt);
  // [output selectin-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account ORDER BY user_account.id
[...] ()
SELECT address.user_id AS address_user_id, address.id AS address_id, address.email_address AS address_email_address
FROM address
WHERE address.user_id IN (?, ?, ?) ORDER BY address.id
[...] (1, 2, 3)
spongebob: 1
sandy: 2
patrick: 0
)");
  // [/output]
}

TEST_F(Loading, JoinedTakesOneStatement) {
  Session session(engine);
  // [snippet joined]
  auto stmt = select<User>().order_by(&User::id).options(joinedload(&User::addresses));
  for (ptr<User> user : session.scalars(stmt).unique()) {
    std::cout << user->name << ": " << user->addresses.size() << '\n';
  }
  // [/snippet]
  // [output joined-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id, user_account.name, user_account.fullname, address_1.id AS id_1, address_1.email_address, address_1.user_id
FROM user_account LEFT OUTER JOIN address AS address_1 ON user_account.id = address_1.user_id ORDER BY user_account.id, address_1.id
[...] ()
spongebob: 1
sandy: 2
patrick: 0
)");
  // [/output]

  // [snippet not-unique]
  try {
    session.scalars(stmt).all();
  } catch (const InvalidRequestError& error) {
    std::cout << error.message() << '\n';
  }
  // [/snippet]
  // [output not-unique-says]
  EXPECT_EQ(said(), R"(
SELECT user_account.id, user_account.name, user_account.fullname, address_1.id AS id_1, address_1.email_address, address_1.user_id
FROM user_account LEFT OUTER JOIN address AS address_1 ON user_account.id = address_1.user_id ORDER BY user_account.id, address_1.id
[...] ()
The unique() method must be invoked on this Result, as it contains results that include joined eager loads against collections
)");
  // [/output]

  session.expunge_all();
  // [snippet joined-limit]
  session.scalars(stmt.limit(1)).unique().all();
  // [/snippet]
  // [output joined-limit-says]
  EXPECT_EQ(said(), R"(
SELECT anon_1.id, anon_1.name, anon_1.fullname, address_1.id AS id_1, address_1.email_address, address_1.user_id
FROM (SELECT user_account.id AS id, user_account.name AS name, user_account.fullname AS fullname
FROM user_account ORDER BY user_account.id
 LIMIT ? OFFSET ?) AS anon_1 LEFT OUTER JOIN address AS address_1 ON anon_1.id = address_1.user_id ORDER BY anon_1.id, address_1.id
[...] (1, 0)
)");
  // [/output]
}

TEST_F(Loading, SubqueryRepeatsTheStatement) {
  Session session(engine);
  // [snippet subquery]
  auto stmt = select<User>()
                  .where(col(&User::name) != "patrick")
                  .order_by(&User::id)
                  .options(subqueryload(&User::addresses));
  // [/snippet]
  count(session, stmt);
  // [output subquery-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account
WHERE user_account.name != ? ORDER BY user_account.id
[...] ('patrick',)
SELECT address.id AS address_id, address.email_address AS address_email_address, address.user_id AS address_user_id, anon_1.user_account_id AS anon_1_user_account_id
FROM (SELECT user_account.id AS user_account_id
FROM user_account
WHERE user_account.name != ?) AS anon_1 JOIN address ON anon_1.user_account_id = address.user_id ORDER BY address.id
[...] ('patrick',)
spongebob: 1
sandy: 2
)");
  // [/output]
}

TEST_F(Loading, RaiseRefuses) {
  Session session(engine);
  // [snippet raise]
  auto stmt = select<User>().where(col(&User::id) == 2).options(raiseload("*"));
  ptr<User> sandy = session.scalars(stmt).one();
  try {
    sandy->addresses.size();
  } catch (const InvalidRequestError& error) {
    std::cout << error.message() << '\n';
  }
  // [/snippet]
  // [output raise-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
'User.addresses' is not available due to lazy='raise'
)");
  // [/output]
}

TEST_F(Loading, ContainsEagerUsesTheJoinThatIsThere) {
  Session session(engine);
  // [snippet contains]
  auto stmt = select<User>()
                  .join(&User::addresses)
                  .where(col(&Address::email_address).startswith("sandy"))
                  .options(contains_eager(&User::addresses));
  ptr<User> sandy = session.scalars(stmt).unique().one();
  std::cout << sandy->addresses.size() << '\n';  // the row that was found, not all
  // [/snippet]
  // [output contains-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT address.id, address.email_address, address.user_id, user_account.id AS id_1, user_account.name, user_account.fullname
FROM user_account JOIN address ON user_account.id = address.user_id
WHERE (address.email_address LIKE ? || '%')
[...] ('sandy',)
1
)");
  // [/output]
}

TEST_F(Loading, OptionsMakePaths) {
  Session session(engine);
  // [snippet path]
  auto stmt = select<Address>()
                  .where(col(&Address::id) == 1)
                  .options(joinedload(&Address::user).selectinload(&User::addresses));
  // [/snippet]
  EXPECT_EQ(session.scalars(stmt).one()->user->addresses.size(), 1u);
  // [output path-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT address.id, address.email_address, address.user_id, user_account_1.id AS id_1, user_account_1.name, user_account_1.fullname
FROM address LEFT OUTER JOIN user_account AS user_account_1 ON user_account_1.id = address.user_id
WHERE address.id = ?
[...] (1,)
SELECT address.user_id AS address_user_id, address.id AS address_id, address.email_address AS address_email_address
FROM address
WHERE address.user_id IN (?) ORDER BY address.id
[...] (1,)
)");
  // [/output]
}

TEST_F(Loading, ColumnsAreChosen) {
  Session session(engine);
  // [snippet load-only]
  auto stmt = select<User>().where(col(&User::id) == 2).options(load_only(&User::name));
  ptr<User> sandy = session.scalars(stmt).one();
  std::cout << sandy->name << '\n';
  std::cout << sandy->fullname->value() << '\n';  // loaded now
  // [/snippet]
  // [output load-only-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id, user_account.name
FROM user_account
WHERE user_account.id = ?
[...] (2,)
sandy
SELECT user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
Sandy Cheeks
)");
  // [/output]

  session.expunge_all();
  // [snippet defer-raise]
  auto strict = select<User>()
                    .where(col(&User::id) == 2)
                    .options(defer(&User::fullname, {.raiseload = true}));
  try {
    std::cout << session.scalars(strict).one()->fullname->value() << '\n';
  } catch (const InvalidRequestError& error) {
    std::cout << error.message() << '\n';
  }
  // [/snippet]
  // [output defer-raise-says]
  EXPECT_EQ(said(), R"(
SELECT user_account.id, user_account.name
FROM user_account
WHERE user_account.id = ?
[...] (2,)
'User.fullname' is not available due to raiseload=True
)");
  // [/output]
}

TEST_F(Loading, ObjectsThatAreThereAreLeftAlone) {
  Session session(engine);
  ptr<User> sandy = session.get<User>(2);
  session.execute(text("UPDATE user_account SET fullname = 'S.' WHERE id = 2"));
  hush();
  // [snippet populate]
  auto stmt = select<User>().where(col(&User::id) == 2);
  session.scalars(stmt).all();
  std::cout << sandy->fullname->value() << '\n';
  session.scalars(stmt, {.populate_existing = true}).all();
  std::cout << sandy->fullname->value() << '\n';
  // [/snippet]
  // [output populate-says]
  EXPECT_EQ(said(), R"(
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
Sandy Cheeks
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
S.
)");
  // [/output]
}

}  // namespace
}  // namespace manual
