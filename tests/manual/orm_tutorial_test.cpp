// SPDX-License-Identifier: MIT
// docs/manual/orm-tutorial.md.
#include "manual/user_model.hpp"

namespace manual {
namespace {

class OrmTutorialStart : public Transcript {};

TEST_F(OrmTutorialStart, TablesAndRowsAreMade) {
  // [snippet engine]
  Engine engine = create_engine("sqlite://", {.echo = true});
  create_all<User, Address>(engine);
  // [/snippet]
  // [output tables]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
PRAGMA main.table_info("user_account")
[...] ()
PRAGMA temp.table_info("user_account")
[...] ()
PRAGMA main.table_info("address")
[...] ()
PRAGMA temp.table_info("address")
[...] ()

CREATE TABLE user_account (
	id INTEGER NOT NULL,
	name VARCHAR(30) NOT NULL,
	fullname VARCHAR,
	PRIMARY KEY (id)
)


[...] ()

CREATE TABLE address (
	id INTEGER NOT NULL,
	email_address VARCHAR NOT NULL,
	user_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(user_id) REFERENCES user_account (id)
)


[...] ()
COMMIT
)");
  // [/output]

  // [snippet make]
  ptr<User> spongebob = make<User>({
      .name = "spongebob",
      .fullname = "Spongebob Squarepants",
      .addresses = {make<Address>({.email_address = "spongebob@example.org"})},
  });
  ptr<User> sandy = make<User>({.name = "sandy", .fullname = "Sandy Cheeks"});
  sandy->addresses.push_back(make<Address>({.email_address = "sandy@example.org"}));
  sandy->addresses.push_back(make<Address>({.email_address = "squirrel@example.org"}));
  ptr<User> patrick = make<User>({.name = "patrick", .fullname = "Patrick Star"});
  // [/snippet]
  EXPECT_EQ(sandy->addresses[0]->user, sandy);
  EXPECT_TRUE(inspect(sandy).transient());
  EXPECT_EQ(said(), "\n");

  // [snippet add]
  Session session(engine);
  session.add_all({spongebob, sandy, patrick});
  session.commit();
  // [/snippet]
  // [output added]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO user_account (name, fullname) VALUES (?, ?) RETURNING id
[...] ('spongebob', 'Spongebob Squarepants')
INSERT INTO user_account (name, fullname) VALUES (?, ?) RETURNING id
[...] ('sandy', 'Sandy Cheeks')
INSERT INTO user_account (name, fullname) VALUES (?, ?) RETURNING id
[...] ('patrick', 'Patrick Star')
INSERT INTO address (email_address, user_id) VALUES (?, ?) RETURNING id
[...] ('spongebob@example.org', 1)
INSERT INTO address (email_address, user_id) VALUES (?, ?) RETURNING id
[...] ('sandy@example.org', 2)
INSERT INTO address (email_address, user_id) VALUES (?, ?) RETURNING id
[...] ('squirrel@example.org', 2)
COMMIT
)");
  // [/output]

  // [snippet read-again]
  std::cout << sandy->id << ' ' << sandy->name << '\n';
  // [/snippet]
  // [output read-again-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
2 sandy
)");
  // [/output]
}

class OrmTutorial : public UserTest {};

TEST_F(OrmTutorial, SelectGivesObjects) {
  // [snippet select]
  Session session(engine);
  auto stmt = select<User>().where(col(&User::name).in({"spongebob", "sandy"})).order_by(&User::id);
  for (ptr<User> user : session.scalars(stmt)) {
    std::cout << user->name << " is " << user->fullname->value_or("?") << '\n';
  }
  // [/snippet]
  // [output selected]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account
WHERE user_account.name IN (?, ?) ORDER BY user_account.id
[...] ('spongebob', 'sandy')
spongebob is Spongebob Squarepants
sandy is Sandy Cheeks
)");
  // [/output]
}

TEST_F(OrmTutorial, JoinFollowsARelationship) {
  Session session(engine);
  // [snippet join]
  auto stmt = select<Address>()
                  .join(&Address::user)
                  .where(col(&User::name) == "sandy")
                  .where(col(&Address::email_address) == "sandy@example.org");
  ptr<Address> address = session.scalars(stmt).one();
  // [/snippet]
  // [output joined]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT address.id, address.email_address, address.user_id
FROM address JOIN user_account ON user_account.id = address.user_id
WHERE user_account.name = ? AND address.email_address = ?
[...] ('sandy', 'sandy@example.org')
)");
  // [/output]
  EXPECT_EQ(*address->email_address, "sandy@example.org");

  // [snippet one]
  try {
    session.scalars(select<User>().where(col(&User::name) == "plankton")).one();
  } catch (const NoResultFound& error) {
    std::cout << error.what() << '\n';
  }
  // [/snippet]
  // [output none]
  EXPECT_EQ(said(), R"(
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account
WHERE user_account.name = ?
[...] ('plankton',)
No row was found when one was required
)");
  // [/output]
}

TEST_F(OrmTutorial, ColumnsGiveTypedRows) {
  Session session(engine);
  // [snippet columns]
  auto stmt = select(&User::name, func::count(&Address::id).label("addresses"))
                  .outerjoin(&User::addresses)
                  .group_by(&User::name)
                  .order_by(&User::name);
  for (auto [name, addresses] : session.execute(stmt)) {  // std::string, std::int64_t
    std::cout << name << ": " << addresses << '\n';
  }
  // [/snippet]
  // [output rows]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.name, count(address.id) AS addresses
FROM user_account LEFT OUTER JOIN address ON user_account.id = address.user_id GROUP BY user_account.name ORDER BY user_account.name
[...] ()
patrick: 0
sandy: 2
spongebob: 1
)");
  // [/output]

  // [snippet mixed]
  auto both = select(entity<User>(), &Address::email_address)
                  .join(&User::addresses)
                  .order_by(&Address::id)
                  .limit(1);
  for (auto [user, email] : session.execute(both)) {  // ptr<User>, std::string
    std::cout << user->fullname->value_or("?") << " <" << email << ">\n";
  }
  // [/snippet]
  // [output mixed-rows]
  EXPECT_EQ(said(), R"(
SELECT user_account.id, user_account.name, user_account.fullname, address.email_address
FROM user_account JOIN address ON user_account.id = address.user_id ORDER BY address.id
 LIMIT ? OFFSET ?
[...] (1, 0)
Spongebob Squarepants <spongebob@example.org>
)");
  // [/output]
}

TEST_F(OrmTutorial, CriteriaSpeakOfRelatedObjects) {
  Session session(engine);
  // [snippet any]
  auto stmt = select(&User::name).where(!col(&User::addresses).any());
  std::cout << session.scalars(stmt).one() << '\n';
  // [/snippet]
  // [output any-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.name
FROM user_account
WHERE NOT (EXISTS (SELECT 1
FROM address
WHERE user_account.id = address.user_id))
[...] ()
patrick
)");
  // [/output]

  // [snippet alias]
  auto other = aliased<Address>("other");
  auto pairs = select(&Address::email_address, other[&Address::email_address])
                   .join(other,
                         col(&Address::user_id) == other[&Address::user_id] &&
                             col(&Address::id) < other[&Address::id]);
  for (auto [first, second] : session.execute(pairs)) {
    std::cout << first << " and " << second << '\n';
  }
  // [/snippet]
  // [output alias-says]
  EXPECT_EQ(said(), R"(
SELECT address.email_address, other.email_address AS email_address_1
FROM address JOIN address AS other ON address.user_id = other.user_id AND address.id < other.id
[...] ()
sandy@example.org and squirrel@example.org
)");
  // [/output]

  // [snippet subquery]
  auto counted = select(&Address::user_id, func::count().label("n"))
                     .group_by(&Address::user_id)
                     .subquery("counted");
  auto many = select(&User::name, counted.c<std::int64_t>("n"))
                  .join(counted, col(&User::id) == counted[&Address::user_id])
                  .where(counted.c<std::int64_t>("n") > 1);
  for (auto [name, n] : session.execute(many)) {
    std::cout << name << ": " << n << '\n';
  }
  // [/snippet]
  // [output subquery-says]
  EXPECT_EQ(said(), R"(
SELECT user_account.name, counted.n
FROM user_account JOIN (SELECT address.user_id AS user_id, count(*) AS n
FROM address GROUP BY address.user_id) AS counted ON user_account.id = counted.user_id
WHERE counted.n > ?
[...] (1,)
sandy: 2
)");
  // [/output]
}

TEST_F(OrmTutorial, ChangesAreFlushed) {
  // [snippet change]
  Session session(engine);
  ptr<User> patrick = session.scalars(select<User>().where(col(&User::name) == "patrick")).one();
  patrick->fullname = "Patrick the Star";
  patrick->addresses.push_back(make<Address>({.email_address = "patrick@example.org"}));
  session.commit();
  // [/snippet]
  // [output changed]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account
WHERE user_account.name = ?
[...] ('patrick',)
UPDATE user_account SET fullname=? WHERE user_account.id = ?
[...] ('Patrick the Star', 3)
SELECT address.id AS address_id, address.email_address AS address_email_address, address.user_id AS address_user_id
FROM address
WHERE ? = address.user_id ORDER BY address.id
[...] (3,)
INSERT INTO address (email_address, user_id) VALUES (?, ?)
[...] ('patrick@example.org', 3)
COMMIT
)");
  // [/output]

  // [snippet rollback]
  patrick->name = "rick";
  session.flush();
  session.rollback();
  std::cout << patrick->name << '\n';
  // [/snippet]
  // [output rolled-back]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (3,)
UPDATE user_account SET name=? WHERE user_account.id = ?
[...] ('rick', 3)
ROLLBACK
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (3,)
patrick
)");
  // [/output]
}

TEST_F(OrmTutorial, ObjectsAreDeleted) {
  // [snippet remove]
  Session session(engine);
  ptr<User> sandy = session.get<User>(2);
  sandy->addresses.remove(sandy->addresses[1]);
  session.flush();
  // [/snippet]
  // [output removed]
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
DELETE FROM address WHERE address.id = ?
[...] (3,)
)");
  // [/output]

  // [snippet delete]
  session.delete_(sandy);
  session.commit();
  // [/snippet]
  // [output deleted]
  EXPECT_EQ(said(), R"(
DELETE FROM address WHERE address.id = ?
[...] (2,)
DELETE FROM user_account WHERE user_account.id = ?
[...] (2,)
COMMIT
)");
  // [/output]
}

TEST_F(OrmTutorial, StatementsChangeManyRows) {
  // [snippet bulk]
  Session session(engine);
  session.execute(insert<User>(),
                  ParamsList{
                      {{"name", "squidward"}},
                      {{"name", "krabs"}},
                  });
  session.execute(
      update<User>().where(col(&User::fullname) == null).values({{&User::fullname, "(unknown)"}}));
  session.execute(delete_<User>().where(col(&User::name) == "krabs"));
  session.commit();
  // [/snippet]
  // [output bulk-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO user_account (name) VALUES (?)
[...] [('squidward',), ('krabs',)]
UPDATE user_account SET fullname=? WHERE user_account.fullname IS NULL
[...] ('(unknown)',)
DELETE FROM user_account WHERE user_account.name = ?
[...] ('krabs',)
COMMIT
)");
  // [/output]
}

TEST_F(OrmTutorial, RelatedObjectsAreLoadedTogether) {
  // [snippet lazy]
  Session session(engine);
  for (ptr<User> user : session.scalars(select<User>().order_by(&User::id)).all()) {
    std::cout << user->addresses.size() << " of " << user->name << '\n';
  }
  // [/snippet]
  // [output lazy-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account ORDER BY user_account.id
[...] ()
SELECT address.id AS address_id, address.email_address AS address_email_address, address.user_id AS address_user_id
FROM address
WHERE ? = address.user_id ORDER BY address.id
[...] (1,)
1 of spongebob
SELECT address.id AS address_id, address.email_address AS address_email_address, address.user_id AS address_user_id
FROM address
WHERE ? = address.user_id ORDER BY address.id
[...] (2,)
2 of sandy
SELECT address.id AS address_id, address.email_address AS address_email_address, address.user_id AS address_user_id
FROM address
WHERE ? = address.user_id ORDER BY address.id
[...] (3,)
0 of patrick
)");
  // [/output]

  session.expire_all();
  // [snippet eager]
  auto stmt = select<User>().order_by(&User::id).options(selectinload(&User::addresses));
  for (ptr<User> user : session.scalars(stmt)) {
    std::cout << user->addresses.size() << " of " << user->name << '\n';
  }
  // [/snippet]
  // [output eager-says]
  EXPECT_EQ(said(), R"(
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account ORDER BY user_account.id
[...] ()
SELECT address.user_id AS address_user_id, address.id AS address_id, address.email_address AS address_email_address
FROM address
WHERE address.user_id IN (?, ?, ?) ORDER BY address.id
[...] (1, 2, 3)
1 of spongebob
2 of sandy
0 of patrick
)");
  // [/output]
}

TEST_F(OrmTutorial, HandlesOutliveTheSession) {
  // [snippet detached]
  ptr<User> sandy;
  {
    Session session(engine);
    sandy = session.get<User>(2);
  }  // the session closes, the object stays
  std::cout << sandy->name << '\n';
  try {
    std::cout << sandy->addresses.size() << '\n';
  } catch (const DetachedInstanceError& error) {
    std::cout << error.message() << '\n';
  }
  // [/snippet]
  // [output detached-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
ROLLBACK
sandy
Parent instance <User at 0x...> is not bound to a Session; lazy load operation of attribute 'addresses' cannot proceed
)");
  // [/output]
}

}  // namespace
}  // namespace manual
