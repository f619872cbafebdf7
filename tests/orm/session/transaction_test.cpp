// SPDX-License-Identifier: MIT
// Transactions and savepoints of a session, and what their ends mean for objects. Expected
// statements are those of SQLAlchemy 2.0 for the same programs.
#include "orm/statement_log.hpp"
#include <azoth/base/warning.hpp>
#include <azoth/orm/events.hpp>

namespace session_transaction_test {
using namespace azoth;
using azoth_test::OrmTest;

struct Item : Entity<Item, "item"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Column<"n", std::optional<std::int64_t>> n;
};

class SessionTransactions : public OrmTest {
 protected:
  void SetUp() override {
    create_all<Item>(engine);
    Session s(engine);
    s.add_all({make<Item>({.id = 1, .name = "one"}), make<Item>({.id = 2, .name = "two"})});
    s.commit();
    log.clear();
  }

  std::int64_t rows() {
    Session s(engine);
    const std::int64_t count = *s.scalar(select(func::count(&Item::id)));
    log.clear();
    return count;
  }
};

TEST_F(SessionTransactions, ASavepointRestoresWhatItsFlushesDid) {
  Session s(engine);
  auto one = s.get<Item>(1), two = s.get<Item>(2);
  auto before = make<Item>({.id = 3, .name = "before"});
  s.add(before);
  auto inner = make<Item>({.id = 4, .name = "inner"});
  {
    SessionTransaction savepoint = s.begin_nested();  // flushes `before`
    one->name = "changed";
    s.delete_(two);
    s.add(inner);
    s.flush();
    savepoint.rollback();
  }
  EXPECT_TRUE(inspect(inner).transient());
  EXPECT_EQ(*inner->name, "inner");
  EXPECT_TRUE(inspect(two).persistent());
  EXPECT_TRUE(inspect(before).persistent());
  EXPECT_TRUE(inspect(before).is_loaded("name")) << "was flushed before the savepoint";
  EXPECT_EQ(*one->name, "one");
  EXPECT_EQ(*two->name, "two");
  s.commit();
  EXPECT_EQ(rows(), 3);
}

TEST_F(SessionTransactions, ARollbackUndoesSavepointsThatWereReleased) {
  Session s(engine);
  auto inner = make<Item>({.id = 4, .name = "inner"});
  auto one = s.get<Item>(1);
  s.begin_nested([&] {
    s.add(inner);
    s.delete_(one);
  });
  EXPECT_TRUE(inspect(inner).persistent());
  EXPECT_TRUE(inspect(one).deleted());
  s.rollback();
  EXPECT_TRUE(inspect(inner).transient());
  EXPECT_TRUE(inspect(one).persistent());
  EXPECT_EQ(rows(), 2);
}

TEST_F(SessionTransactions, ASavepointIsSentWithItsFirstStatement) {
  Session s(engine);
  auto savepoint = s.begin_nested();
  EXPECT_TRUE(s.in_nested_transaction());
  EXPECT_EQ(log.take(), "");
  savepoint.commit();
  EXPECT_FALSE(s.in_nested_transaction());
  EXPECT_TRUE(s.in_transaction());
  EXPECT_EQ(log.take(), "");
}

TEST_F(SessionTransactions, AGuardRollsBackWhenItDies) {
  Session s(engine);
  auto item = make<Item>({.id = 7});
  {
    SessionTransaction transaction = s.begin();
    s.add(item);
    s.flush();
  }
  EXPECT_FALSE(s.in_transaction());
  EXPECT_TRUE(inspect(item).transient());
  EXPECT_EQ(rows(), 2);
}

TEST_F(SessionTransactions, AGuardOutlivesItsSession) {
  std::optional<SessionTransaction> transaction;
  {
    Session s(engine);
    transaction.emplace(s.begin());
    s.add(make<Item>({.id = 7}));
    s.flush();
  }
  EXPECT_FALSE(transaction->is_active());
  EXPECT_THROW(transaction->commit(), ResourceClosedError);
  transaction.reset();
  EXPECT_EQ(rows(), 2);
}

TEST_F(SessionTransactions, ClosingWithASavepointOpenRollsBackOnce) {
  Session s(engine);
  auto savepoint = s.begin_nested();
  s.add(make<Item>({.id = 7}));
  s.flush();
  log.clear();
  s.close();
  EXPECT_EQ(log.take(), "ROLLBACK\n");
  EXPECT_FALSE(savepoint.is_active());
}

TEST_F(SessionTransactions, BeginTwiceIsRefused) {
  Session s(engine);
  auto transaction = s.begin();
  try {
    static_cast<void>(s.begin());
    FAIL() << "no error";
  } catch (const InvalidRequestError& e) {
    EXPECT_STREQ(e.what(), "A transaction is already begun on this Session.");
  }
}

TEST_F(SessionTransactions, AKeyThatAFlushChangedComesBack) {
  Session s(engine);
  auto one = s.get<Item>(1);
  one->id = 100;
  s.flush();
  EXPECT_EQ(s.get<Item>(100), one);
  s.rollback();
  EXPECT_EQ(s.get<Item>(1), one);
  EXPECT_EQ(*one->name, "one");
  EXPECT_FALSE(s.get<Item>(100));
}

TEST_F(SessionTransactions, ChangesOfAFailedTransactionAreDiscardedWithAWarning) {
  Session s(engine);
  s.add(make<Item>({.id = 1}));
  EXPECT_THROW(s.flush(), IntegrityError);
  auto late = make<Item>({.id = 9});
  s.add(late);
  const CaptureWarnings warnings;
  s.rollback();
  ASSERT_EQ(warnings.records().size(), 1u);
  EXPECT_EQ(warnings.records()[0].message,
            "Session's state has been changed on a non-active transaction - this state will be "
            "discarded.");
  EXPECT_TRUE(inspect(late).transient());
}

TEST_F(SessionTransactions, WhatAListenerAddsAfterAFlushWaitsForTheNext) {
  Session s(engine);
  bool is_done = false;
  event::listen(s, event::after_flush, [&](Session& session) {
    if (!std::exchange(is_done, true)) {
      session.add(make<Item>({.id = 51}));
    }
  });
  s.add(make<Item>({.id = 50}));
  s.flush();
  EXPECT_EQ(s.new_().size(), 1u);
  s.commit();
  EXPECT_EQ(rows(), 4);
}

TEST_F(SessionTransactions, AListenerThatAlwaysAddsEndsInAnError) {
  Session s(engine);
  std::int64_t id = 100;
  event::listen(
      s, event::after_flush, [&](Session& session) { session.add(make<Item>({.id = ++id})); });
  s.add(make<Item>({.id = 100}));
  try {
    s.commit();
    FAIL() << "no error";
  } catch (const FlushError& e) {
    EXPECT_STREQ(e.what(),
                 "Over 100 subsequent flushes have occurred within session.commit() - is an "
                 "after_flush() hook creating new objects?");
  }
}

TEST_F(SessionTransactions, AFlushWithinAFlushIsRefused) {
  Session s(engine);
  event::listen(s, event::after_flush, [](Session& session) { session.flush(); });
  s.add(make<Item>({.id = 50}));
  try {
    s.flush();
    FAIL() << "no error";
  } catch (const InvalidRequestError& e) {
    EXPECT_STREQ(e.what(), "Session is already flushing");
  }
}

TEST_F(SessionTransactions, ASessionThatMovesKeepsItsListeners) {
  Session s(engine);
  const Session* told = nullptr;
  event::listen(s, event::before_flush, [&](Session& session) { told = &session; });
  Session moved = std::move(s);
  moved.add(make<Item>({.id = 50}));
  moved.flush();
  EXPECT_EQ(told, &moved);
}

TEST_F(SessionTransactions, ExpressionsAreWrittenAndThenReadBack) {
  Session s(engine);
  auto one = s.get<Item>(1);
  one->n = func::abs(-4);
  try {
    static_cast<void>(*one->n);
    FAIL() << "no error";
  } catch (const InvalidRequestError& e) {
    EXPECT_STREQ(e.what(),
                 "The value of 'Item.n' is a SQL expression until it is flushed; flush the session "
                 "first");
  }
  log.clear();
  s.flush();
  EXPECT_EQ(log.take(), "UPDATE item SET n=abs(?) WHERE item.id = ? | (-4, 1)\n");
  EXPECT_EQ(*one->n, 4);
  one->n = col(&Item::n) + 1;
  one->n = 9;  // takes the expression's place
  s.commit();
  EXPECT_EQ(*one->n, 9);
  one->n = col(&Item::n) + 1;
  s.rollback();
  EXPECT_EQ(*one->n, 9);
}

TEST_F(SessionTransactions, AnUnknownAttributeCannotBeExpired) {
  Session s(engine);
  auto one = s.get<Item>(1);
  try {
    s.expire(one, {"nothing"});
    FAIL() << "no error";
  } catch (const InvalidRequestError& e) {
    EXPECT_STREQ(e.what(), "Entity 'Item' has no attribute 'nothing'");
  }
}

TEST_F(SessionTransactions, MergedObjectsOfAnotherSessionStayThere) {
  Session s(engine), t(engine);
  auto one = s.get<Item>(1);
  one->name = "changed";
  auto copy = t.merge(one);
  EXPECT_NE(copy, one);
  EXPECT_EQ(*copy->name, "changed");
  EXPECT_TRUE(s.contains(one));
  EXPECT_TRUE(t.contains(copy));
  EXPECT_THROW(t.merge(ptr<Item>()), ArgumentError);
}

}  // namespace session_transaction_test
