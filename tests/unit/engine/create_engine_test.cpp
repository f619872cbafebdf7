// SPDX-License-Identifier: MIT
// What create_engine accepts and refuses, and how a database in memory is shared.
#include "unit/engine/fixture.hpp"
#include <azoth/engine/url.hpp>

#include <thread>

namespace azoth {
namespace {

class CreateEngine : public EngineTest {};

TEST_F(CreateEngine, UnknownSchemeIsRefused) {
  EXPECT_EQ(message_of<NoSuchModuleError>([] { (void)create_engine("foo://localhost/x"); }),
            "Can't load plugin: azoth.dialects:foo; known are sqlite, sqlite+sqlite3");
}

TEST_F(CreateEngine, MalformedUrlIsRefused) {
  const std::string message = message_of<ArgumentError>([] { (void)create_engine("no url"); });
  EXPECT_TRUE(message.starts_with("Could not parse URL from string 'no url'")) << message;
}

TEST_F(CreateEngine, OpensNothingUntilConnected) {
  const Engine engine = create_engine("sqlite:///nowhere/no.db?mode=ro");
  EXPECT_EQ(engine.url().to_string(), "sqlite:///nowhere/no.db?mode=ro");
  EXPECT_EQ(message_of<OperationalError>([&] { (void)engine.connect(); }),
            "(sqlite3.OperationalError) unable to open database file");
}

TEST_F(CreateEngine, UnknownPoolclassIsRefused) {
  EXPECT_EQ(
      message_of<ArgumentError>([] { (void)create_engine("sqlite://", {.poolclass = "Puddle"}); }),
      "poolclass is 'Puddle'; expected QueuePool, NullPool, StaticPool, SingletonThreadPool or "
      "AssertionPool");
}

TEST_F(CreateEngine, EchoPoolShowsThePoolsLog) {
  {
    const Engine engine =
        create_engine("sqlite://", {.echo_pool = "debug", .pool_logging_name = "p"});
    (void)engine.connect();
    engine.dispose();
  }
  Lines lines = sink->lines();
  for (std::string& line : lines) {
    const std::size_t from = line.find(" at 0x");
    line.erase(std::min(from, line.size()), from == line.npos ? 0 : line.find('>') - from);
  }
  const std::string start = "DEBUG azoth.pool.impl.StaticPool.p ";
  EXPECT_EQ(lines,
            (Lines{start + "Created new connection <sqlite3.Connection object>",
                   start + "Connection <sqlite3.Connection object> checked out from pool",
                   start + "Connection <sqlite3.Connection object> being returned to pool",
                   start + "Connection <sqlite3.Connection object> rollback-on-return",
                   start + "Closing connection <sqlite3.Connection object>"}));
}

TEST_F(CreateEngine, UnknownIsolationLevelIsRefusedWhenConnecting) {
  const Engine engine = create_engine("sqlite://", {.isolation_level = "FOO"});
  EXPECT_EQ(message_of<ArgumentError>([&] { (void)engine.connect(); }),
            "Invalid value 'FOO' for isolation_level. Valid isolation levels for 'sqlite' are READ "
            "UNCOMMITTED, SERIALIZABLE, AUTOCOMMIT");
}

TEST_F(CreateEngine, ConnectionsOfAThreadShareTheDatabaseInMemory) {
  const Engine engine = make_engine();
  Connection first = engine.connect();
  first.execute(insert(t), {{"name", "a"}});
  Connection second = engine.connect();
  EXPECT_EQ(second.scalar(select(func::count(id))), 1);
  second.commit();
  first.rollback();
  EXPECT_EQ(second.scalar(select(func::count(id))), 1);
}

TEST_F(CreateEngine, TransactionBeginsAgainAfterASharingConnectionEndedIt) {
  const Engine engine = make_engine();
  Connection first = engine.connect();
  first.execute(insert(t), {{"name", "a"}});
  {
    Connection second = engine.connect();
    second.execute(insert(t), {{"name", "b"}});
    second.commit();
  }
  first.execute(insert(t), {{"name", "c"}});
  first.rollback();
  EXPECT_EQ(first.scalars(select(name).order_by(id)).all(), (Lines{"a", "b"}));
}

TEST_F(CreateEngine, ClosingOneSharingConnectionKeepsTheWorkOfTheOther) {
  const Engine engine = make_engine();
  Connection first = engine.connect();
  first.execute(insert(t), {{"name", "a"}});
  {
    const Connection idle = engine.connect();
  }
  first.commit();
  EXPECT_EQ(first.scalar(select(func::count(id))), 1);
}

TEST_F(CreateEngine, AnotherThreadTakesTheDatabaseInMemoryInTurn) {
  const Engine engine = make_engine();
  std::string refused;
  std::int64_t count = -1;
  {
    Connection held = engine.connect();
    std::thread([&] {
      refused = message_of<InvalidRequestError>([&] { (void)engine.connect(); });
    }).join();
    held.execute(insert(t), {{"name", "a"}});
    held.commit();
  }
  std::thread([&] { count = engine.connect().scalar(select(func::count(id))).value(); }).join();
  EXPECT_EQ(refused,
            "The one connection of this engine (sqlite://) is in use by another thread; a database "
            "in memory is used by one thread at a "
            "time. Close the other connection or session first, or use a database file");
  EXPECT_EQ(count, 1);
}

TEST_F(CreateEngine, DisposeOfAMemoryDatabaseForgetsIt) {
  const Engine engine = make_engine();
  engine.dispose();
  EXPECT_FALSE([&] {
    Connection c = engine.connect();
    return has_table(c, "t");
  }());
}

TEST_F(CreateEngine, BeginReturnsWhatTheBodyReturns) {
  const Engine engine = make_engine();
  const std::int64_t key = engine.begin(
      [&](Connection& c) { return c.execute(insert(t), {{"name", "a"}}).lastrowid(); });
  EXPECT_EQ(key, 1);
  EXPECT_EQ(engine.connect().scalar(select(func::count(id))), 1);
}

TEST_F(CreateEngine, CopiesAreTheSameEngine) {
  const Engine engine = make_engine();
  const Engine copy = engine;
  EXPECT_EQ(engine, copy);
  EXPECT_NE(engine, make_engine());
}

}  // namespace
}  // namespace azoth
