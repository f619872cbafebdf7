// SPDX-License-Identifier: MIT
// docs/manual/session.md.
#include "manual/user_model.hpp"

#include <stdexcept>

namespace manual {
namespace {

class SessionGuide : public UserTest {};

TEST_F(SessionGuide, TransactionsBeginByThemselves) {
  // [snippet open]
  {
    Session session(engine);
    session.add(make<User>({.name = "squidward"}));
    session.commit();
  }  // closes the session: what is not committed is rolled back
  // [/snippet]
  // [output open-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO user_account (name, fullname) VALUES (?, ?)
[...] ('squidward', None)
COMMIT
)");
  // [/output]

  // [snippet block]
  Session session(engine);
  session.begin([&] { session.add(make<User>({.name = "krabs"})); });  // commits
  try {
    session.begin([&] {
      session.add(make<User>({.name = "plankton"}));
      session.flush();
      throw std::runtime_error("no plankton");
    });  // rolls back
  } catch (const std::runtime_error& error) {
    std::cout << error.what() << '\n';
  }
  // [/snippet]
  // [output block-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO user_account (name, fullname) VALUES (?, ?)
[...] ('krabs', None)
COMMIT
BEGIN (implicit)
INSERT INTO user_account (name, fullname) VALUES (?, ?)
[...] ('plankton', None)
ROLLBACK
no plankton
)");
  // [/output]
}

TEST_F(SessionGuide, AMakerMakesSessionsThatAreAlike) {
  // [snippet maker]
  const SessionMaker sessions(engine, {.expire_on_commit = false});

  sessions.begin([](Session& session) {  // a session and a transaction for this block
    session.add(make<User>({.name = "gary"}));
  });

  Session session = sessions();
  std::cout << session.scalar(select(func::count()).select_from<User>()).value() << '\n';
  // [/snippet]
  // [output maker-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO user_account (name, fullname) VALUES (?, ?)
[...] ('gary', None)
COMMIT
BEGIN (implicit)
SELECT count(*) AS count_1
FROM user_account
[...] ()
4
)");
  // [/output]
}

TEST_F(SessionGuide, ARowIsOneObject) {
  // [snippet identity]
  Session session(engine);
  ptr<User> a = session.get<User>(1);
  ptr<User> b = session.get<User>(1);  // no SQL: it is there
  ptr<User> c = session.scalars(select<User>().where(col(&User::name) == "spongebob")).one();
  std::cout << (a == b) << (b == c) << '\n';
  std::cout << (session.get<User>(77) == nullptr) << '\n';
  // [/snippet]
  // [output identity-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (1,)
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account
WHERE user_account.name = ?
[...] ('spongebob',)
11
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (77,)
1
)");
  // [/output]
}

std::string state_of(const ptr<User>& user) {
  const InstanceState state = inspect(user);
  return state.transient()    ? "transient"
         : state.pending()    ? "pending"
         : state.persistent() ? "persistent"
         : state.deleted()    ? "deleted"
                              : "detached";
}

TEST_F(SessionGuide, ObjectsHaveStates) {
  std::string seen;
  Session session(engine);
  ptr<User> user = make<User>({.name = "larry"});
  seen += state_of(user) + ' ';
  session.add(user);
  seen += state_of(user) + ' ';
  session.flush();
  seen += state_of(user) + ' ';
  session.delete_(user);
  session.flush();
  seen += state_of(user) + ' ';
  session.commit();
  seen += state_of(user);
  EXPECT_EQ(seen, "transient pending persistent deleted detached");
  hush();

  // [snippet history]
  ptr<User> sandy = session.get<User>(2);
  sandy->name = "sandra";
  auto history = inspect(sandy).history(&User::name);
  std::cout << session.is_modified(sandy) << ' ' << session.dirty().size() << '\n';
  // [/snippet]
  // [output history-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
1 1
)");
  // [/output]
  EXPECT_TRUE(history.has_changes());
}

TEST_F(SessionGuide, AFlushIsSortedAndBatched) {
  // [snippet flush]
  Session session(engine);
  ptr<User> spongebob = session.get<User>(1), sandy = session.get<User>(2),
            patrick = session.get<User>(3);
  sandy->fullname = "S. Cheeks";
  patrick->fullname = "P. Star";
  session.add(make<Address>({.email_address = "p@example.org", .user = patrick}));
  session.delete_(spongebob);
  session.flush();
  // [/snippet]
  // [output flush-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (1,)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (3,)
UPDATE user_account SET fullname=? WHERE user_account.id = ?
[...] [('S. Cheeks', 2), ('P. Star', 3)]
INSERT INTO address (email_address, user_id) VALUES (?, ?)
[...] ('p@example.org', 3)
SELECT address.id AS address_id, address.email_address AS address_email_address, address.user_id AS address_user_id
FROM address
WHERE ? = address.user_id ORDER BY address.id
[...] (1,)
DELETE FROM address WHERE address.id = ?
[...] (1,)
DELETE FROM user_account WHERE user_account.id = ?
[...] (1,)
)");
  // [/output]
}

TEST_F(SessionGuide, QueriesSeeChangesBecauseOfAutoflush) {
  // [snippet autoflush]
  Session session(engine);
  session.add(make<User>({.name = "squilliam"}));
  auto stmt = select(&User::id).where(col(&User::name).startswith("squi"));
  std::cout << session.scalars(stmt).all().size() << '\n';

  session.add(make<User>({.name = "squire"}));
  session.no_autoflush([&] { std::cout << session.scalars(stmt).all().size() << '\n'; });
  // [/snippet]
  // [output autoflush-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO user_account (name, fullname) VALUES (?, ?)
[...] ('squilliam', None)
SELECT user_account.id
FROM user_account
WHERE (user_account.name LIKE ? || '%')
[...] ('squi',)
1
SELECT user_account.id
FROM user_account
WHERE (user_account.name LIKE ? || '%')
[...] ('squi',)
1
)");
  // [/output]
}

TEST_F(SessionGuide, ACommitExpires) {
  // [snippet expire]
  Session session(engine);
  ptr<User> sandy = session.get<User>(2);
  session.commit();
  std::cout << sandy->name << '\n';  // read anew, in a new transaction
  session.expire(sandy, {"fullname"});
  std::cout << sandy->fullname->value() << '\n';
  session.refresh(sandy);  // now
  // [/snippet]
  // [output expire-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
COMMIT
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
sandy
SELECT user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
Sandy Cheeks
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
)");
  // [/output]
}

TEST_F(SessionGuide, AFailedFlushWantsARollback) {
  // [snippet failed]
  Session session(engine);
  session.add(make<User>({.id = 1, .name = "twin"}));
  try {
    session.flush();
  } catch (const IntegrityError& error) {
    std::cout << error.message() << '\n';
  }
  try {
    ptr<User> sandy = session.get<User>(2);
  } catch (const PendingRollbackError& error) {
    std::cout << error.message() << '\n';
  }
  session.rollback();
  std::cout << session.get<User>(2)->name << '\n';
  // [/snippet]
  // [output failed-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO user_account (id, name, fullname) VALUES (?, ?, ?)
[...] (1, 'twin', None)
ROLLBACK
(sqlite3.IntegrityError) UNIQUE constraint failed: user_account.id
This Session's transaction has been rolled back due to a previous exception during flush. To begin a new transaction with this Session, first issue Session.rollback(). Original exception was: (sqlite3.IntegrityError) UNIQUE constraint failed: user_account.id
[SQL: INSERT INTO user_account (id, name, fullname) VALUES (?, ?, ?)]
[parameters: (1, 'twin', None)]
(Background on this error at: https://sqlalche.me/e/20/gkpj)
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (2,)
sandy
)");
  // [/output]
}

TEST_F(SessionGuide, ASavepointUndoesAPart) {
  // [snippet savepoint]
  Session session(engine);
  for (const char* name : {"karen", "sandy"}) {
    try {
      session.begin_nested([&] {
        if (session.scalars(select(&User::id).where(col(&User::name) == name)).first()) {
          throw std::runtime_error(std::string(name) + " is there already");
        }
        session.add(make<User>({.name = name}));
      });
    } catch (const std::runtime_error& error) {
      std::cout << error.what() << '\n';
    }
  }
  session.commit();
  // [/snippet]
  // [output savepoint-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SAVEPOINT sa_savepoint_1
[...] ()
SELECT user_account.id
FROM user_account
WHERE user_account.name = ?
[...] ('karen',)
INSERT INTO user_account (name, fullname) VALUES (?, ?)
[...] ('karen', None)
RELEASE SAVEPOINT sa_savepoint_1
[...] ()
SAVEPOINT sa_savepoint_2
[...] ()
SELECT user_account.id
FROM user_account
WHERE user_account.name = ?
[...] ('sandy',)
ROLLBACK TO SAVEPOINT sa_savepoint_2
[...] ()
sandy is there already
COMMIT
)");
  // [/output]
}

TEST_F(SessionGuide, MergeTakesAStateOver) {
  // [snippet merge]
  ptr<User> form = make<User>({.id = 3, .fullname = "Patrick S."});  // from somewhere else
  Session session(engine);
  ptr<User> patrick = session.merge(form);
  session.flush();
  std::cout << patrick->name << ' ' << (patrick == form) << '\n';
  // [/snippet]
  // [output merge-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id AS user_account_id, user_account.name AS user_account_name, user_account.fullname AS user_account_fullname
FROM user_account
WHERE user_account.id = ?
[...] (3,)
UPDATE user_account SET fullname=? WHERE user_account.id = ?
[...] ('Patrick S.', 3)
patrick 0
)");
  // [/output]
}

TEST_F(SessionGuide, StatementsChangeRowsAndObjectsFollow) {
  Session session(engine);
  ptr<User> sandy = session.get<User>(2);
  hush();
  // [snippet update]
  auto result = session.execute(update<User>()
                                    .where(col(&User::name).in({"sandy", "patrick"}))
                                    .values({{&User::fullname, "(hidden)"}}));
  std::cout << result.rowcount() << " rows, " << sandy->fullname->value() << '\n';
  // [/snippet]
  // [output update-says]
  EXPECT_EQ(said(), R"(
UPDATE user_account SET fullname=? WHERE user_account.name IN (?, ?)
[...] ('(hidden)', 'sandy', 'patrick')
2 rows, (hidden)
)");
  // [/output]

  // [snippet insert]
  auto users = session.scalars(insert<User>().returning<User>(),
                               ParamsList{{{"name", "bubble"}}, {{"name", "bass"}}});
  for (ptr<User> user : users) {
    std::cout << user->id << ' ' << user->name << '\n';
  }
  // [/snippet]
  // [output insert-says]
  EXPECT_EQ(said(), R"(
INSERT INTO user_account (name) VALUES (?), (?) RETURNING id, name, fullname
[...] ('bubble', 'bass')
4 bubble
5 bass
)");
  // [/output]

  // [snippet expression]
  sandy->name = func::upper(&User::name);
  session.flush();
  std::cout << sandy->name << '\n';
  // [/snippet]
  // [output expression-says]
  EXPECT_EQ(said(), R"(
UPDATE user_account SET name=upper(user_account.name) WHERE user_account.id = ?
[...] (2,)
SELECT user_account.name AS user_account_name
FROM user_account
WHERE user_account.id = ?
[...] (2,)
SANDY
)");
  // [/output]
}

TEST_F(SessionGuide, ManyRowsAreReadInBatches) {
  // [snippet batches]
  Session session(engine);
  auto stmt = select<User>().order_by(&User::id);
  for (const std::vector<ptr<User>>& batch : session.scalars(stmt).yield_per(2).partitions()) {
    std::cout << batch.size() << " users\n";
  }
  // [/snippet]
  // [output batches-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT user_account.id, user_account.name, user_account.fullname
FROM user_account ORDER BY user_account.id
[...] ()
2 users
1 users
)");
  // [/output]
}

TEST_F(SessionGuide, ObjectsBelongToOneSession) {
  // [snippet two-sessions]
  Session session(engine), other(engine);
  ptr<User> sandy = session.get<User>(2);
  try {
    other.add(sandy);
  } catch (const InvalidRequestError& error) {
    std::cout << "refused\n";
  }
  session.expunge(sandy);
  other.add(sandy);
  // [/snippet]
  EXPECT_TRUE(other.contains(sandy));
  EXPECT_NE(said().find("refused"), std::string::npos);
}

}  // namespace
}  // namespace manual
