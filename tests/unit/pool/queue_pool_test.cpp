// SPDX-License-Identifier: MIT
// The queue pool with connections to nowhere: what is opened, reset and closed when. The status
// texts are SQLAlchemy's.
#include "azoth/base/error.hpp"
#include "azoth/pool/pool.hpp"
#include "unit/pool/fake_connections.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace azoth {
namespace {

using testing::Events;
using testing::RecordingFactory;

int number(const PooledConnection& connection) {
  return RecordingFactory::number_of(*connection);
}

TEST(QueuePool, StatusIsThatOfSqlalchemy) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 5}, factory);
  EXPECT_EQ(pool->status(),
            "Pool size: 5  Connections in pool: 0 Current Overflow: -5 Current Checked out "
            "connections: 0");
  {
    const PooledConnection connection = pool->connect();
    EXPECT_EQ(pool->status(),
              "Pool size: 5  Connections in pool: 0 Current Overflow: -4 Current Checked out "
              "connections: 1");
  }
  EXPECT_EQ(pool->status(),
            "Pool size: 5  Connections in pool: 1 Current Overflow: -4 Current Checked out "
            "connections: 0");
  EXPECT_EQ(pool->name(), "QueuePool");
}

TEST(QueuePool, ReturnedConnectionIsResetAndLentAgain) {
  RecordingFactory factory;
  const auto pool = Pool::create({}, factory);
  {
    const PooledConnection first = pool->connect();
  }
  {
    const PooledConnection second = pool->connect();
  }
  EXPECT_EQ(factory.take(), (Events{"open 1", "reset 1", "reset 1"}));
}

TEST(QueuePool, ConnectionIsReturnedOnceThroughMovesAndClose) {
  RecordingFactory factory;
  const auto pool = Pool::create({}, factory);
  PooledConnection a = pool->connect();
  PooledConnection b = std::move(a);
  EXPECT_FALSE(a);  // NOLINT(bugprone-use-after-move): what a move leaves is part of the contract
  EXPECT_TRUE(b);
  a = pool->connect();
  EXPECT_EQ(number(a), 2);
  a = std::move(b);
  EXPECT_EQ(number(a), 1);
  EXPECT_EQ(pool->checked_out(), 1);
  a.close();
  a.close();
  EXPECT_EQ(a.get(), nullptr);
  EXPECT_EQ(factory.take(), (Events{"open 1", "open 2", "reset 2", "reset 1"}));
}

TEST(QueuePool, ExhaustedPoolThrowsTheTimeoutErrorOfSqlalchemy) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 1, .max_overflow = 1, .timeout = 0.01}, factory);
  const PooledConnection a = pool->connect(), b = pool->connect();
  try {
    pool->connect();
    FAIL() << "expected TimeoutError";
  } catch (const TimeoutError& error) {
    EXPECT_EQ(error.message(),
              "QueuePool limit of size 1 overflow 1 reached, connection timed out, timeout 0.01");
    EXPECT_EQ(error.code(), "3o7r");
  }
}

TEST(QueuePool, OverflowIsClosedOnReturnWhenThePoolIsFull) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 1, .max_overflow = 1}, factory);
  std::optional<PooledConnection> a = pool->connect(), b = pool->connect();
  factory.take();
  a.reset();
  b.reset();
  EXPECT_EQ(factory.take(), (Events{"reset 1", "reset 2", "close 2"}));
  EXPECT_EQ(pool->status(),
            "Pool size: 1  Connections in pool: 1 Current Overflow: 0 Current Checked out "
            "connections: 0");
}

TEST(QueuePool, ConnectionThatCannotBeResetIsClosedAndReplaced) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 1}, factory);
  factory.reset_works = false;
  {
    const PooledConnection connection = pool->connect();
  }
  EXPECT_EQ(factory.take(), (Events{"open 1", "reset 1", "close 1"}));
  factory.reset_works = true;
  {
    const PooledConnection connection = pool->connect();
  }
  EXPECT_EQ(factory.take(), (Events{"open 2", "reset 2"}));
}

TEST(QueuePool, InvalidatedConnectionIsClosedWithoutResetAndItsPlaceKept) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 2}, factory);
  PooledConnection connection = pool->connect();
  connection.invalidate();
  EXPECT_FALSE(connection);
  EXPECT_EQ(factory.take(), (Events{"open 1", "close 1"}));
  EXPECT_EQ(pool->checked_in(), 1);
  connection = pool->connect();
  EXPECT_EQ(number(connection), 2);
}

TEST(QueuePool, DetachedConnectionIsClosedByItsHolderAndItsPlaceIsFree) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 1, .max_overflow = 0}, factory);
  PooledConnection connection = pool->connect();
  connection.detach();
  connection.detach();
  EXPECT_TRUE(connection.is_detached());
  EXPECT_EQ(number(connection), 1);
  {
    const PooledConnection other = pool->connect();
  }
  EXPECT_EQ(factory.take(), (Events{"open 1", "open 2", "reset 2"}));
  connection.close();
  EXPECT_EQ(factory.take(), (Events{"reset 1", "close 1"}));
}

TEST(QueuePool, InvalidateAllReplacesIdleConnectionsWhenTheyAreLent) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 1}, factory);
  {
    const PooledConnection connection = pool->connect();
  }
  pool->invalidate_all();
  factory.take();
  const PooledConnection connection = pool->connect();
  EXPECT_EQ(factory.take(), (Events{"close 1", "open 2"}));
}

TEST(QueuePool, DisposeClosesIdleNowAndLentOnReturnAndGoesOn) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 2}, factory);
  {
    const PooledConnection lent = pool->connect();
    {
      const PooledConnection idle = pool->connect();
    }
    factory.take();
    pool->dispose();
    EXPECT_EQ(factory.take(), (Events{"close 2"}));
  }
  EXPECT_EQ(factory.take(), (Events{"reset 1", "close 1"}));
  EXPECT_EQ(pool->status(),
            "Pool size: 2  Connections in pool: 0 Current Overflow: -2 Current Checked out "
            "connections: 0");
  EXPECT_EQ(number(pool->connect()), 3);
}

TEST(QueuePool, PrePingReplacesADeadConnection) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 1, .pre_ping = true}, factory);
  {
    const PooledConnection connection = pool->connect();
  }
  {
    const PooledConnection connection = pool->connect();
  }
  EXPECT_EQ(factory.take(), (Events{"open 1", "reset 1", "ping 1", "reset 1"}));
  factory.ping_works = false;
  const PooledConnection connection = pool->connect();
  EXPECT_EQ(factory.take(), (Events{"ping 1", "close 1", "open 2"}));
}

TEST(QueuePool, FailureToOpenReachesTheCallerAndFreesThePlace) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 1, .max_overflow = 0, .timeout = 0}, factory);
  factory.fail_open = true;
  EXPECT_THROW(pool->connect(), std::runtime_error);
  EXPECT_THROW(pool->connect(), std::runtime_error) << "not TimeoutError: the place is free";
  EXPECT_EQ(pool->checked_out(), 0);
  factory.fail_open = false;
  EXPECT_EQ(number(pool->connect()), 1);
}

TEST(QueuePool, FailureToReopenLeavesNoDeadConnectionBehind) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 1, .max_overflow = 0}, factory);
  {
    const PooledConnection connection = pool->connect();
  }
  pool->invalidate_all();
  factory.fail_open = true;
  EXPECT_THROW(pool->connect(), std::runtime_error);
  factory.fail_open = false;
  {
    EXPECT_EQ(number(pool->connect()), 2);
  }
  EXPECT_EQ(factory.take(), (Events{"open 1", "reset 1", "close 1", "open 2", "reset 2"}));
}

TEST(QueuePool, DestroyedPoolClosesItsIdleConnections) {
  RecordingFactory factory;
  auto pool = Pool::create({}, factory);
  {
    const PooledConnection a = pool->connect(), b = pool->connect();
  }
  factory.take();
  pool.reset();
  EXPECT_EQ(factory.take().size(), 2u);
}

TEST(QueuePool, SoftInvalidationReplacesTheConnectionBeforeItIsLentAgain) {
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 1}, factory);
  std::vector<std::string> told;
  event::listen(*pool,
                event::soft_invalidate,
                [&](DriverConnection&, ConnectionRecord&, const std::exception* why) {
                  told.push_back(why != nullptr ? why->what() : "no reason");
                });
  PooledConnection connection = pool->connect();
  connection.soft_invalidate();
  EXPECT_EQ(told, std::vector<std::string>{"no reason"});
  connection.close();
  EXPECT_EQ(factory.take(), (Events{"open 1", "reset 1"})) << "it stays open until it is asked for";
  EXPECT_EQ(number(pool->connect()), 2);
  EXPECT_EQ(factory.take(), (Events{"close 1", "open 2", "reset 2"}));
}

TEST(QueuePool, LogsWhatHappensToConnections) {
  const auto sink = std::make_shared<CapturingSink>();
  set_log_sink(sink);
  RecordingFactory factory;
  const auto pool = Pool::create({.size = 1, .pre_ping = true, .logging_name = "mine"}, factory);
  pool->logger().set_level(LogLevel::debug);
  pool->connect();
  const std::runtime_error why("boom");
  PooledConnection second = pool->connect();
  second.invalidate(&why);
  pool->dispose();
  set_log_sink(nullptr);
  std::vector<std::string> lines = sink->lines();
  for (std::string& line : lines) {
    const std::size_t from = line.find(" at 0x"), to = line.find('>', std::min(from, line.size()));
    if (from != line.npos) {
      line.erase(from, to - from);
    }
  }
  const std::string debug = "DEBUG azoth.pool.impl.QueuePool.mine ";
  EXPECT_EQ(
      lines,
      (std::vector<std::string>{
          debug + "Created new connection <connection>",
          debug + "Connection <connection> checked out from pool",
          debug + "Connection <connection> being returned to pool",
          debug + "Connection <connection> rollback-on-return",
          debug + "Pool pre-ping on connection <connection>",
          debug + "Connection <connection> checked out from pool",
          "INFO azoth.pool.impl.QueuePool.mine Invalidate connection <connection> (reason: boom)",
          debug + "Closing connection <connection>",
          "INFO azoth.pool.impl.QueuePool.mine Pool disposed. Pool size: 1  Connections in "
          "pool: 0 Current Overflow: -1 Current Checked out connections: 0"}));
}

}  // namespace
}  // namespace azoth
