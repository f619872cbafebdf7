// SPDX-License-Identifier: MIT
// Prepared statements, transactions, isolation and rows that are fetched one by one.
#include "driver/libpq/fixture.hpp"

namespace azoth {
namespace {

constexpr const char* count_prepared =
    "SELECT count(*) FROM pg_prepared_statements WHERE statement = $1";

TEST_F(Libpq, TextIsPreparedOnce) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(send("SELECT $1 + 1", i), Value(i + 1));
  }
  EXPECT_EQ(send(count_prepared, "SELECT $1 + 1"), Value(1));
}

TEST_F(Libpq, StatementInUseIsNotShared) {
  auto first = db->prepare("SELECT $1 + 1"), second = db->prepare("SELECT $1 + 1");
  EXPECT_NE(first.get(), second.get());
  first->bind(0, 1, types::Integer());
  second->bind(0, 2, types::Integer());
  EXPECT_TRUE(first->step());
  EXPECT_TRUE(second->step());
  EXPECT_EQ(first->value(0, types::null_type()), Value(2));
  EXPECT_EQ(second->value(0, types::null_type()), Value(3));
}

TEST_F(Libpq, OldStatementsAreGivenUp) {
  db = libpq_driver()->connect(URL(url).update_query_string("prepared_statement_cache_size=4"), {});
  for (int i = 0; i < 100; ++i) {
    ask("SELECT " + std::to_string(i));
  }
  EXPECT_LE(ask("SELECT count(*) FROM pg_prepared_statements").get<std::int64_t>(), 4 + 16 + 1);
}

TEST_F(Libpq, StatementIsPreparedAnewWhenItsColumnsHaveChanged) {
  run("CREATE TABLE changing (x int); INSERT INTO changing VALUES (1)");
  EXPECT_EQ(ask("SELECT * FROM changing"), Value(1));
  run("ALTER TABLE changing ALTER x TYPE text");
  EXPECT_EQ(ask("SELECT * FROM changing"), Value("1"));
  run("DEALLOCATE ALL");
  EXPECT_EQ(ask("SELECT * FROM changing"), Value("1"));
}

TEST_F(Libpq, WithinATransactionTheChangeOfAnotherFailsOnceAndIsThenKnown) {
  run("CREATE TABLE changing2 (x int); INSERT INTO changing2 VALUES (1)");
  EXPECT_EQ(ask("SELECT * FROM changing2"), Value(1));
  open(url)->execute_plain("ALTER TABLE changing2 ALTER x TYPE text");
  db->begin();
  EXPECT_EQ(error_of_sql<NotSupportedError>("SELECT * FROM changing2").sqlstate(), "0A000");
  db->rollback();
  db->begin();
  EXPECT_EQ(ask("SELECT * FROM changing2"), Value("1"));
}

TEST_F(Libpq, OwnChangesOfTheSchemaAreKnownWithinATransaction) {
  const auto echo_of = [&](const char* type, const Literal& value) {
    run(std::string("CREATE TEMPORARY TABLE scratch (x ") + type + ") ON COMMIT DROP");
    for (const Literal& given : {value, Literal(std::nullopt)}) {
      auto cursor = db->prepare("INSERT INTO scratch VALUES ($1)");
      cursor->bind(0, given, types::null_type());
      cursor->step();
    }
    return ask("SELECT x FROM scratch");
  };
  db->begin();
  EXPECT_EQ(echo_of("int", Literal(1)), Value(1));
  run("DROP TABLE scratch");
  EXPECT_EQ(echo_of("text", Literal("a")), Value("a"));
  run("SAVEPOINT s");
  run("ALTER TABLE scratch ALTER x TYPE bytea USING x::bytea");
  EXPECT_EQ(ask("SELECT x FROM scratch"), Value(Bytes{std::byte{'a'}}));
  run("ROLLBACK TO SAVEPOINT s");
  EXPECT_EQ(ask("SELECT x FROM scratch"), Value("a"));
  db->rollback();
  db->begin();
  EXPECT_EQ(echo_of("date", Literal(Date{2010, 5, 1})), Value(Date{2010, 5, 1}));
}

TEST_F(Libpq, AffectedRowsAreThoseOfTheStatement) {
  run("CREATE TABLE counted (x int)");
  auto insert = db->prepare("INSERT INTO counted SELECT generate_series(1, 5)");
  EXPECT_FALSE(insert->step());
  EXPECT_EQ(insert->affected_rows(), 5);
  auto update = db->prepare("UPDATE counted SET x = 0 WHERE x > 2 RETURNING x");
  EXPECT_TRUE(update->step());
  EXPECT_EQ(update->affected_rows(), 3);
  auto select = db->prepare("SELECT x FROM counted");
  EXPECT_TRUE(select->step());
  EXPECT_EQ(select->affected_rows(), -1);
}

TEST_F(Libpq, TransactionsAreReal) {
  run("CREATE TABLE kept (x int)");
  db->begin();
  EXPECT_TRUE(db->in_transaction());
  run("INSERT INTO kept VALUES (1)");
  db->rollback();
  EXPECT_FALSE(db->in_transaction());
  EXPECT_EQ(ask("SELECT count(*) FROM kept"), Value(0));
  db->begin();
  run("INSERT INTO kept VALUES (1)");
  db->commit();
  EXPECT_EQ(ask("SELECT count(*) FROM kept"), Value(1));
}

TEST_F(Libpq, IsolationLevelIsThatOfEachTransaction) {
  for (const char* level :
       {"SERIALIZABLE", "REPEATABLE READ", "READ COMMITTED", "READ UNCOMMITTED"}) {
    db->set_isolation_level(level);
    db->begin();
    std::string shown = ask("SHOW transaction_isolation").get<std::string>();
    for (char& c : shown) {
      c = c == ' ' ? c : static_cast<char>(c - 'a' + 'A');
    }
    EXPECT_EQ(shown, level);
    db->rollback();
  }
}

TEST_F(Libpq, AutocommitBeginsNothing) {
  db->set_isolation_level("AUTOCOMMIT");
  db->begin();
  EXPECT_TRUE(db->is_autocommit());
  EXPECT_FALSE(db->in_transaction());
  EXPECT_NO_THROW(db->commit());
}

TEST_F(Libpq, UnknownIsolationLevelNamesThoseThereAre) {
  EXPECT_EQ(error_of<ArgumentError>([&] { db->set_isolation_level("CHAOS"); }).message(),
            "Invalid value 'CHAOS' for isolation_level. Valid isolation levels for postgresql are "
            "READ COMMITTED, READ UNCOMMITTED, REPEATABLE READ, SERIALIZABLE, AUTOCOMMIT");
}

TEST_F(Libpq, SerializationFailureIsAnOperationalError) {
  run("CREATE TABLE raced (x int); INSERT INTO raced VALUES (0)");
  auto other = open(url);
  db->set_isolation_level("REPEATABLE READ");
  db->begin();
  EXPECT_EQ(ask("SELECT x FROM raced"), Value(0));
  other->execute_plain("UPDATE raced SET x = 1");
  EXPECT_EQ(error_of_sql<OperationalError>("UPDATE raced SET x = 2").sqlstate(), "40001");
}

TEST_F(Libpq, StreamGivesAllRowsInOrder) {
  auto cursor = db->prepare("SELECT generate_series(1, 1000)");
  cursor->stream_results(true);
  std::int64_t expected = 0;
  while (cursor->step()) {
    ASSERT_EQ(cursor->value(0, types::null_type()), Value(++expected));
  }
  EXPECT_EQ(expected, 1000);
  EXPECT_FALSE(cursor->step());
}

TEST_F(Libpq, StreamGoesOnAfterOtherStatements) {
  auto cursor = db->prepare("SELECT generate_series(1, 5)");
  cursor->stream_results(true);
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(ask("SELECT 'other'"), Value("other"));
  std::vector<Value> rest;
  while (cursor->step()) {
    rest.push_back(cursor->value(0, types::null_type()));
  }
  EXPECT_EQ(rest, (std::vector<Value>{2, 3, 4, 5}));
}

TEST_F(Libpq, StreamThatIsLeftFreesTheConnection) {
  {
    auto cursor = db->prepare("SELECT generate_series(1, 5)");
    cursor->stream_results(true);
    ASSERT_TRUE(cursor->step());
  }
  EXPECT_EQ(ask("SELECT 1"), Value(1));
}

TEST_F(Libpq, ErrorWithinAStreamComesWithItsRow) {
  auto cursor = db->prepare("SELECT 1 / (3 - x) FROM generate_series(1, 5) x");
  cursor->stream_results(true);
  EXPECT_TRUE(cursor->step());
  EXPECT_TRUE(cursor->step());
  EXPECT_THROW(cursor->step(), DataError);
  cursor.reset();
  EXPECT_EQ(ask("SELECT 1"), Value(1));
}

}  // namespace
}  // namespace azoth
