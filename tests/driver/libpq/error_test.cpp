// SPDX-License-Identifier: MIT
// Which exception each failure of PostgreSQL is, and what it tells.
#include "driver/libpq/fixture.hpp"
#include <azoth/base/log.hpp>

#include <thread>

namespace azoth {
namespace {

TEST_F(Libpq, ConstraintViolationIsAnIntegrityError) {
  run("CREATE TABLE strict (id int PRIMARY KEY, x int NOT NULL CHECK (x > 0))");
  run("INSERT INTO strict VALUES (1, 1)");
  const auto unique = error_of_sql<IntegrityError>("INSERT INTO strict VALUES (1, 1)");
  EXPECT_EQ(unique.message(),
            "(libpq.IntegrityError) duplicate key value violates unique constraint "
            "\"strict_pkey\"\nDETAIL:  Key (id)=(1) already exists.");
  EXPECT_EQ(unique.sqlstate(), "23505");
  EXPECT_EQ(unique.code(), "gkpj");
  EXPECT_FALSE(unique.invalidates_connection());
  EXPECT_EQ(error_of_sql<IntegrityError>("INSERT INTO strict VALUES (2, NULL)").sqlstate(),
            "23502");
  EXPECT_EQ(error_of_sql<IntegrityError>("INSERT INTO strict VALUES (2, 0)").sqlstate(), "23514");
}

TEST_F(Libpq, ClassOfTheSqlstateTellsTheException) {
  EXPECT_EQ(error_of_sql<ProgrammingError>("SELEC 1").sqlstate(), "42601");
  EXPECT_EQ(error_of_sql<ProgrammingError>("SELECT * FROM nowhere").sqlstate(), "42P01");
  EXPECT_EQ(error_of_sql<DataError>("SELECT 1 / 0").sqlstate(), "22012");
  EXPECT_EQ(error_of_sql<DataError>("SELECT 'x'::int").sqlstate(), "22P02");
  EXPECT_EQ(error_of_sql<NotSupportedError>("SELECT 1 UNION SELECT 2 FOR UPDATE").sqlstate(),
            "0A000");
  EXPECT_EQ(error_of_sql<InternalError>("DO 'BEGIN RAISE EXCEPTION ''no''; END'").sqlstate(),
            "P0001");
  run("SET statement_timeout = 10");
  EXPECT_EQ(error_of_sql<OperationalError>("SELECT pg_sleep(5)").sqlstate(), "57014");
}

TEST_F(Libpq, MessageShowsThePlace) {
  EXPECT_EQ(
      error_of_sql<ProgrammingError>("SELECT nowhere").message(),
      "(libpq.ProgrammingError) column \"nowhere\" does not exist\nLINE 1: SELECT nowhere\n    "
      "           ^");
}

TEST_F(Libpq, TransactionWithAFailedStatementRefusesMore) {
  db->begin();
  EXPECT_THROW(db->prepare("SELECT 1 / 0")->step(), DataError);
  EXPECT_EQ(error_of_sql<InternalError>("SELECT 1").sqlstate(), "25P02");
  db->rollback();
  EXPECT_EQ(ask("SELECT 1"), Value(1));
}

TEST_F(Libpq, CommitOfATransactionThatFailedIsAnError) {
  db->begin();
  EXPECT_THROW(db->prepare("SELECT 1 / 0")->step(), DataError);
  EXPECT_EQ(error_of<InternalError>([&] { db->commit(); }).message(),
            "(libpq.InternalError) the transaction was rolled back, since a statement in it had "
            "failed; call rollback() after an error, or use a savepoint");
  EXPECT_FALSE(db->in_transaction());
}

TEST_F(Libpq, SecondStatementInATextIsAProgrammingError) {
  EXPECT_EQ(error_of_sql<ProgrammingError>("SELECT 1; SELECT 2").message(),
            "(libpq.ProgrammingError) cannot insert multiple commands into a prepared statement");
  EXPECT_EQ(error_of_sql<ProgrammingError>(" -- nothing").message(),
            "(libpq.ProgrammingError) can't execute an empty query");
}

TEST_F(Libpq, CopyIsRefusedAndLeavesTheConnectionUsable) {
  run("CREATE TABLE copied (x int)");
  EXPECT_THROW(db->prepare("COPY copied FROM STDIN")->step(), ProgrammingError);
  EXPECT_THROW(db->prepare("COPY (SELECT generate_series(1, 9)) TO STDOUT")->step(),
               ProgrammingError);
  EXPECT_EQ(ask("SELECT 1"), Value(1));
}

TEST_F(Libpq, ConnectionThatTheServerHasEndedIsNotUsable) {
  auto other = open(url);
  const Value pid = ask("SELECT pg_backend_pid()");
  auto kill = other->prepare("SELECT pg_terminate_backend($1, 5000)");
  kill->bind(0, Literal(pid), types::Integer());
  ASSERT_TRUE(kill->step());
  const auto error = error_of_sql<OperationalError>("SELECT 1");
  EXPECT_TRUE(error.invalidates_connection());
  EXPECT_FALSE(db->is_usable());
  EXPECT_FALSE(db->in_transaction());
  EXPECT_TRUE(error_of_sql<OperationalError>("SELECT 2").invalidates_connection());
  EXPECT_NO_THROW(db->rollback());
}

TEST_F(Libpq, CancelEndsAStatementFromAnotherThread) {
  const std::string query =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid = " +
      std::to_string(ask("SELECT pg_backend_pid()").get<std::int64_t>());
  auto cursor = db->prepare("SELECT pg_sleep(20)");
  std::thread canceller([&] {
    auto other = open(url);
    for (Value waiting(0); waiting == Value(0);) {
      auto ask_others = other->prepare(query);
      ask_others->step();
      waiting = ask_others->value(0, types::null_type());
    }
    db->cancel();
  });
  EXPECT_EQ(error_of<OperationalError>([&] { cursor->step(); }).sqlstate(), "57014");
  canceller.join();
  EXPECT_TRUE(db->is_usable());
}

TEST_F(Libpq, NoticesAreLogged) {
  const auto sink = std::make_shared<CapturingSink>();
  set_log_sink(sink);
  set_log_level("azoth.dialects.postgresql", LogLevel::info);
  run("DROP TABLE IF EXISTS never_made");
  reset_log_level("azoth.dialects.postgresql");
  set_log_sink(nullptr);
  EXPECT_EQ(
      sink->lines(),
      (std::vector<std::string>{"INFO azoth.dialects.postgresql NOTICE:  table \"never_made\" "
                                "does not exist, skipping"}));
}

}  // namespace
}  // namespace azoth
