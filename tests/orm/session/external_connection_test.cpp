// SPDX-License-Identifier: MIT
// Sessions over a connection of the program's: who ends the transaction that was found there.
#include "orm/statement_log.hpp"

namespace external_test {
using namespace azoth;

struct Coin : Entity<Coin, "coin"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"face", std::string> face;
};

class ExternalConnection : public azoth_test::OrmTest {
 protected:
  void SetUp() override {
    create_all<Coin>(engine);
    log.clear();
  }

  std::int64_t count() {
    Connection c = engine.connect();
    return c.scalar(select(func::count()).select_from<Coin>()).value_or(-1);
  }

  static Session over(Connection& c, JoinTransactionMode mode) {
    return Session(c, {.join_transaction_mode = mode});
  }

  // What the session commits or rolls back within a transaction of the program's.
  std::string marks(JoinTransactionMode mode, bool commits) {
    {
      Connection c = engine.connect();
      Transaction outer = c.begin();
      Session s = over(c, mode);
      s.add(make<Coin>({.face = "head"}));
      s.flush();
      log.clear();
      commits ? s.commit() : s.rollback();
      const std::string ended = log.take();
      EXPECT_EQ(outer.is_active(), ended != "COMMIT\n" && ended != "ROLLBACK\n");
      return ended;
    }
  }
};

using Mode = JoinTransactionMode;

TEST_F(ExternalConnection, RollbackOnlyLeavesTheCommitToTheProgram) {
  EXPECT_EQ(marks(Mode::rollback_only, true), "");
  EXPECT_EQ(marks(Mode::rollback_only, false), "ROLLBACK\n");
  EXPECT_EQ(marks(Mode::conditional_savepoint, true), "");
  EXPECT_EQ(marks(Mode::conditional_savepoint, false), "ROLLBACK\n");
}

TEST_F(ExternalConnection, ControlFullyEndsTheTransactionOfTheProgram) {
  EXPECT_EQ(marks(Mode::control_fully, true), "COMMIT\n");
  EXPECT_EQ(marks(Mode::control_fully, false), "ROLLBACK\n");
}

TEST_F(ExternalConnection, CreateSavepointEndsOneOfItsOwn) {
  const std::string released = marks(Mode::create_savepoint, true);
  EXPECT_EQ(released.substr(0, 17), "RELEASE SAVEPOINT");
  const std::string undone = marks(Mode::create_savepoint, false);
  EXPECT_EQ(undone.substr(0, 21), "ROLLBACK TO SAVEPOINT");
}

TEST_F(ExternalConnection, WithinASavepointTheDefaultMakesAnother) {
  Connection c = engine.connect();
  Transaction outer = c.begin();
  Transaction inner = c.begin_nested();
  Session s(c);
  s.add(make<Coin>({.face = "head"}));
  s.flush();
  s.rollback();
  EXPECT_TRUE(inner.is_active());
  EXPECT_TRUE(outer.is_active());
}

// A test suite wraps each test like this: whatever it commits is gone afterwards.
TEST_F(ExternalConnection, AProgramUndoesWhatSessionsHaveCommitted) {
  {
    Connection c = engine.connect();
    Transaction outer = c.begin();
    {
      Session s = over(c, Mode::create_savepoint);
      s.add(make<Coin>({.face = "head"}));
      s.commit();
      s.add(make<Coin>({.face = "tail"}));
      s.rollback();
      EXPECT_EQ(s.scalars(select(&Coin::face)).all(), std::vector<std::string>{"head"});
      s.commit();
    }
    EXPECT_FALSE(c.closed());
    outer.rollback();
  }
  EXPECT_EQ(count(), 0);
}

TEST_F(ExternalConnection, WithoutATransactionItBeginsAndEndsItsOwn) {
  Connection c = engine.connect();
  {
    Session s(c);
    s.add(make<Coin>({.face = "head"}));
    s.commit();
    s.add(make<Coin>({.face = "tail"}));
    s.flush();
  }
  EXPECT_FALSE(c.in_transaction());
  EXPECT_EQ(c.scalar(select(func::count()).select_from<Coin>()), 1);
}

TEST_F(ExternalConnection, AFailedFlushRollsTheTransactionBackAndTheSessionRecovers) {
  Connection c = engine.connect();
  Transaction outer = c.begin();
  Session s = over(c, Mode::create_savepoint);
  s.add(make<Coin>({.id = 1, .face = "head"}));
  s.commit();
  s.expunge_all();
  s.add(make<Coin>({.id = 1, .face = "tail"}));
  EXPECT_THROW(s.flush(), IntegrityError);
  s.rollback();
  EXPECT_TRUE(outer.is_active());
  EXPECT_EQ(s.get<Coin>(1)->face, "head");
}

}  // namespace external_test
