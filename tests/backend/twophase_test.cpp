// SPDX-License-Identifier: MIT
// Transactions in two phases; what is told and in which order is what SQLAlchemy tells of the same
// program.
#include "backend/fixture.hpp"
#include <azoth/engine/events.hpp>

#include <fcntl.h>
#include <sys/file.h>

#include <thread>

namespace azoth {
namespace {

using Lines = std::vector<std::string>;

// What is prepared is seen by all who use the server: one of these tests at a time.
class Turn {
 public:
  Turn()
      : file_(::open(
            (::testing::TempDir() + "azoth_two_phase.lock").c_str(), O_CREAT | O_RDWR, 0600)) {
    ::flock(file_, LOCK_EX);
  }

  ~Turn() { ::close(file_); }

  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  int file_;
};

class TwoPhase : public azoth_test::Backend {
 protected:
  void SetUp() override {
    Backend::SetUp();
    if (IsSkipped()) {
      return;
    }
    if (is("sqlite")) {
      engine.reset();
      GTEST_SKIP() << "SQLite has no two-phase transactions; see NotEveryDatabaseHasThem";
    }
    if (is_odbc() && !is("postgresql")) {
      engine.reset();
      GTEST_SKIP() << "MariaDB Connector/ODBC shows no rows of XA RECOVER";
    }
    engine->begin([](Connection& c) { c.exec_driver_sql("CREATE TABLE two_phase (x integer)"); });
    event::listen(*engine, event::begin_twophase, [&](Connection&, std::string_view xid) {
      told.push_back("begin " + std::string(xid));
    });
    event::listen(*engine, event::prepare_twophase, [&](Connection&, std::string_view xid) {
      told.push_back("prepare " + std::string(xid));
    });
    event::listen(
        *engine, event::commit_twophase, [&](Connection&, std::string_view xid, bool prepared) {
          told.push_back("commit " + std::string(xid) + (prepared ? " prepared" : ""));
        });
    event::listen(
        *engine, event::rollback_twophase, [&](Connection&, std::string_view xid, bool prepared) {
          told.push_back("rollback " + std::string(xid) + (prepared ? " prepared" : ""));
        });
    event::listen(*engine,
                  event::before_cursor_execute,
                  [&](Connection&, const CursorExecution& e) { told.emplace_back(e.statement); });
  }

  void TearDown() override {
    if (engine) {
      engine->begin([](Connection& c) { c.exec_driver_sql("DROP TABLE two_phase"); });
    }
    Backend::TearDown();
  }

  static void add(Connection& c, int x) {
    c.exec_driver_sql("INSERT INTO two_phase VALUES (" + std::to_string(x) + ")");
  }

  std::int64_t count() {
    Connection c = engine->connect();
    return c.exec_driver_sql("SELECT count(*) FROM two_phase").scalar()->get<std::int64_t>();
  }

  /// The statements of the server's kind.
  Lines expected(const Lines& postgresql, const Lines& mariadb) const {
    return is("postgresql") ? postgresql : mariadb;
  }

  template <class E, class F>
  static std::string message(F body) {
    try {
      body();
    } catch (const E& error) {
      return error.message();
    }
    return "nothing was thrown";
  }

  Lines told;

 private:
  const Turn turn_;
};

AZOTH_ON_ALL_BACKENDS(TwoPhase);

TEST_P(TwoPhase, PreparedTransactionIsCommitted) {
  {
    Connection c = engine->connect();
    TwoPhaseTransaction transaction = c.begin_twophase("x1");
    EXPECT_EQ(transaction.xid(), "x1");
    add(c, 1);
    transaction.prepare();
    EXPECT_TRUE(transaction.is_active());
    EXPECT_TRUE(c.in_transaction());
    transaction.commit();
    EXPECT_FALSE(transaction.is_active());
    EXPECT_FALSE(c.in_transaction());
  }
  EXPECT_EQ(told,
            expected({"begin x1",
                      "INSERT INTO two_phase VALUES (1)",
                      "prepare x1",
                      "PREPARE TRANSACTION 'x1'",
                      "commit x1 prepared",
                      "COMMIT PREPARED 'x1'"},
                     {"begin x1",
                      "XA BEGIN 'x1'",
                      "INSERT INTO two_phase VALUES (1)",
                      "prepare x1",
                      "XA END 'x1'",
                      "XA PREPARE 'x1'",
                      "commit x1 prepared",
                      "XA COMMIT 'x1'"}));
  EXPECT_EQ(count(), 1);
}

TEST_P(TwoPhase, WithoutPreparationItIsAPlainTransaction) {
  Connection c = engine->connect();
  TwoPhaseTransaction first = c.begin_twophase("x2");
  add(c, 1);
  first.commit();
  TwoPhaseTransaction second = c.begin_twophase("x3");
  add(c, 2);
  second.rollback();
  EXPECT_EQ(told,
            expected({"begin x2",
                      "INSERT INTO two_phase VALUES (1)",
                      "commit x2",
                      "begin x3",
                      "INSERT INTO two_phase VALUES (2)",
                      "rollback x3"},
                     {"begin x2",
                      "XA BEGIN 'x2'",
                      "INSERT INTO two_phase VALUES (1)",
                      "commit x2",
                      "XA END 'x2'",
                      "XA PREPARE 'x2'",
                      "XA COMMIT 'x2'",
                      "begin x3",
                      "XA BEGIN 'x3'",
                      "INSERT INTO two_phase VALUES (2)",
                      "rollback x3",
                      "XA END 'x3'",
                      "XA ROLLBACK 'x3'"}));
  c.close();
  EXPECT_EQ(count(), 1);
}

TEST_P(TwoPhase, PreparedTransactionIsRolledBackByItsGuard) {
  {
    Connection c = engine->connect();
    TwoPhaseTransaction transaction = c.begin_twophase("it's");
    add(c, 1);
    transaction.prepare();
  }
  EXPECT_EQ(told.back(), expected({"ROLLBACK PREPARED 'it''s'"}, {"XA ROLLBACK 'it''s'"}).front());
  EXPECT_EQ(count(), 0);
  Connection c = engine->connect();
  EXPECT_EQ(c.recover_twophase(), Lines{});
}

TEST_P(TwoPhase, NothingIsExecutedBehindThePreparation) {
  Connection c = engine->connect();
  TwoPhaseTransaction transaction = c.begin_twophase();
  EXPECT_TRUE(transaction.xid().starts_with("_sa_"));
  EXPECT_EQ(transaction.xid().size(), 36U);
  {
    Transaction inner = c.begin_nested();
    add(c, 1);
    inner.rollback();
  }
  add(c, 2);
  transaction.prepare();
  EXPECT_EQ(message<InvalidRequestError>([&] { add(c, 3); }),
            "This connection's two-phase transaction has been prepared; only commit() or "
            "rollback() may follow.");
  EXPECT_EQ(message<InvalidRequestError>([&] { transaction.prepare(); }),
            "This transaction is inactive");
  transaction.commit();
  EXPECT_EQ(message<InvalidRequestError>([&] { transaction.commit(); }),
            "This transaction is inactive");
  EXPECT_EQ(message<InvalidRequestError>([&] { transaction.prepare(); }),
            "This transaction is inactive");
  add(c, 4);
  c.commit();
  EXPECT_EQ(count(), 2);
}

TEST_P(TwoPhase, NeedsTheBeginningOfATransaction) {
  Connection c = engine->connect();
  c.autobegin();
  EXPECT_EQ(message<InvalidRequestError>([&] { static_cast<void>(c.begin_twophase()); }),
            "Cannot start a two phase transaction when a transaction is already in progress.");
  c.rollback();
  c.execution_options({.isolation_level = "AUTOCOMMIT"});
  EXPECT_EQ(
      message<InvalidRequestError>([&] { static_cast<void>(c.begin_twophase()); }).substr(0, 52),
      "Cannot start a two phase transaction in AUTOCOMMIT: ");
}

// MariaDB does not give a transaction away before it has noticed that its connection is lost.
void end_prepared(Connection& c, std::string_view xid, bool commits) {
  for (int tries = 0;; ++tries) {
    try {
      return commits ? c.commit_prepared(xid, true) : c.rollback_prepared(xid, true);
    } catch (const OperationalError&) {
      if (tries == 100) {
        throw;
      }
      c.rollback();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
}

TEST_P(TwoPhase, OtherConnectionsEndWhatALostOneHasPrepared) {
  for (const bool commits : {true, false}) {
    Connection lost = engine->connect();
    TwoPhaseTransaction transaction = lost.begin_twophase("x5");
    add(lost, 5);
    transaction.prepare();
    lost.invalidate();
    transaction.rollback();  // of what the database keeps nothing is undone
    Connection c = engine->connect();
    EXPECT_EQ(c.recover_twophase(), Lines{"x5"});
    EXPECT_EQ(message<InvalidRequestError>([&] { c.commit_prepared("x5"); }).substr(0, 57),
              "Cannot end a prepared transaction within another one; cal");
    end_prepared(c, "x5", commits);
    EXPECT_EQ(c.recover_twophase(), Lines{});
    c.close();
    EXPECT_EQ(count(), 1) << "the second is rolled back";
  }
}

TEST_P(TwoPhase, UnknownXidIsTheDatabasesError) {
  Connection c = engine->connect();
  EXPECT_THROW(c.commit_prepared("azoth_never"), DBAPIError);
  add(c, 1);
  c.rollback();
}

TEST_P(TwoPhase, FailedStatementKeepsPostgresqlFromPreparing) {
  if (!is("postgresql")) {
    GTEST_SKIP() << "elsewhere a failed statement leaves the transaction as it was";
  }
  if (is_odbc()) {
    GTEST_SKIP() << "psqlODBC rolls a failed statement back to a savepoint of its own";
  }
  Connection c = engine->connect();
  TwoPhaseTransaction transaction = c.begin_twophase("x7");
  EXPECT_THROW(c.exec_driver_sql("SELECT nonsense"), ProgrammingError);
  EXPECT_THROW(transaction.prepare(), InternalError);
  transaction.rollback();
  EXPECT_EQ(c.recover_twophase(), Lines{});
}

TEST(TwoPhaseOfSqlite, NotEveryDatabaseHasThem) {
  const Engine engine = create_engine("sqlite://");
  Connection c = engine.connect();
  try {
    static_cast<void>(c.begin_twophase());
    FAIL();
  } catch (const InvalidRequestError& error) {
    EXPECT_EQ(error.message(), "Two-phase transactions are not supported on sqlite");
  }
  c.exec_driver_sql("SELECT 1");
}

}  // namespace
}  // namespace azoth
