// SPDX-License-Identifier: MIT
// Savepoints: what may follow what. The expected logs, warnings and errors are SQLAlchemy's for the
// same calls.
#include "unit/engine/fixture.hpp"
#include <azoth/base/warning.hpp>

namespace azoth {
namespace {

class SavepointTest : public EngineTest {
 protected:
  SavepointTest() { log(); }

  /// The statements since the last call, without the lines of their parameters.
  Lines statements() {
    Lines kept;
    for (const std::string& line : log()) {
      if (!line.starts_with("[")) {
        kept.push_back(line);
      }
    }
    return kept;
  }

  Engine engine = make_engine({.echo = true});
  Connection c = engine.connect();
  std::string ask = "SELECT 1";
};

TEST_F(SavepointTest, BeginsTheTransactionAndLogsAsDdl) {
  {
    Transaction savepoint = c.begin_nested();
    savepoint.commit();
  }
  EXPECT_EQ(log(),
            (Lines{"BEGIN (implicit)",
                   "SAVEPOINT sa_savepoint_1",
                   "[no key ...s] ()",
                   "RELEASE SAVEPOINT sa_savepoint_1",
                   "[no key ...s] ()"}));
  EXPECT_TRUE(c.in_transaction());
  EXPECT_FALSE(c.in_nested_transaction());
}

TEST_F(SavepointTest, RollbackUndoesOnlyWhatFollowedIt) {
  c.execute(insert(t), {{"name", "a"}});
  Transaction savepoint = c.begin_nested();
  c.execute(insert(t), {{"name", "b"}});
  savepoint.rollback();
  EXPECT_FALSE(savepoint.is_active());
  EXPECT_EQ(message_of<InvalidRequestError>([&] { savepoint.commit(); }),
            "This nested transaction is inactive");
  c.commit();
  EXPECT_EQ(c.scalar(select(func::count(id))), 1);
}

TEST_F(SavepointTest, GuardRollsBackUnlessCommitted) {
  {
    const Transaction savepoint = c.begin_nested();
  }
  EXPECT_EQ(
      statements(),
      (Lines{
          "BEGIN (implicit)", "SAVEPOINT sa_savepoint_1", "ROLLBACK TO SAVEPOINT sa_savepoint_1"}));
}

TEST_F(SavepointTest, NumbersGoOn) {
  {
    Transaction outer = c.begin_nested();
    {
      Transaction inner = c.begin_nested();
      inner.commit();
    }
    outer.commit();
  }
  {
    const Transaction third = c.begin_nested();
  }
  EXPECT_EQ(statements(),
            (Lines{"BEGIN (implicit)",
                   "SAVEPOINT sa_savepoint_1",
                   "SAVEPOINT sa_savepoint_2",
                   "RELEASE SAVEPOINT sa_savepoint_2",
                   "RELEASE SAVEPOINT sa_savepoint_1",
                   "SAVEPOINT sa_savepoint_3",
                   "ROLLBACK TO SAVEPOINT sa_savepoint_3"}));
}

TEST_F(SavepointTest, OuterRolledBackWhileInnerIsOpen) {
  Transaction outer = c.begin_nested();
  Transaction inner = c.begin_nested();
  {
    const CaptureWarnings warnings;
    outer.rollback();
    ASSERT_EQ(warnings.records().size(), 1U);
    EXPECT_EQ(warnings.records()[0].message,
              "nested transaction already deassociated from connection");
  }
  EXPECT_TRUE(inner.is_active());
  c.exec_driver_sql(ask);
  EXPECT_EQ(what_of<OperationalError>([&] { inner.rollback(); }),
            "(sqlite3.OperationalError) no such savepoint: sa_savepoint_2\n[SQL: ROLLBACK TO "
            "SAVEPOINT sa_savepoint_2]\n"
            "(Background on this error at: https://sqlalche.me/e/20/e3q8)");
  EXPECT_EQ(what_of<PendingRollbackError>([&] { c.exec_driver_sql(ask); }),
            "Can't reconnect until invalid savepoint transaction is rolled back.  Please "
            "rollback() fully before proceeding "
            "(Background on this error at: https://sqlalche.me/e/20/8s2b)");
  c.rollback();
  c.exec_driver_sql(ask);
}

TEST_F(SavepointTest, TransactionRolledBackWhileASavepointIsOpen) {
  Transaction savepoint = c.begin_nested();
  c.rollback();
  EXPECT_FALSE(savepoint.is_active());
  c.exec_driver_sql(ask);
  const CaptureWarnings warnings;
  savepoint.rollback();
  ASSERT_EQ(warnings.records().size(), 1U);
  EXPECT_EQ(warnings.records()[0].message,
            "nested transaction already deassociated from connection");
  c.exec_driver_sql(ask);
  EXPECT_TRUE(c.in_transaction());
}

TEST_F(SavepointTest, BlockIsUndoneWhenItsBodyThrowsAndTheTransactionGoesOn) {
  c.begin([&] {
    EXPECT_THROW(c.begin_nested([&] {
      c.execute(insert(t), {{"name", "a"}});
      throw std::runtime_error("leave");
    }),
                 std::runtime_error);
    c.execute(insert(t), {{"name", "b"}});
  });
  EXPECT_EQ(c.scalars(select(name)).all(), Lines{"b"});
}

}  // namespace
}  // namespace azoth
