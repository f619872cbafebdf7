// SPDX-License-Identifier: MIT
// What pools tell of their connections, with connections that are not real.
#include "unit/pool/fake_connections.hpp"
#include <azoth/base/error.hpp>

#include <gtest/gtest.h>

namespace azoth::testing {
namespace {

/// Writes down the events of a pool, with the numbers of the connections.
std::vector<std::string> watch(Pool& pool, std::vector<std::string>& told) {
  const auto note = [&told](const char* what, const DriverConnection& connection) {
    told.push_back(what + (" " + std::to_string(RecordingFactory::number_of(connection))));
  };
  using C = DriverConnection&;
  using R = ConnectionRecord&;
  event::listen(pool, event::first_connect, [=](C c, R) { note("first_connect", c); });
  event::listen(pool, event::connect, [=](C c, R) { note("connect", c); });
  event::listen(pool, event::checkout, [=](C c, R) { note("checkout", c); });
  event::listen(pool, event::checkin, [=, &told](DriverConnection* c, R) {
    c != nullptr ? note("checkin", *c) : told.push_back("checkin none");
  });
  event::listen(pool, event::reset, [=](C c, R, PoolResetState state) {
    note(state.transaction_was_reset ? "reset already" : "reset", c);
  });
  event::listen(
      pool, event::invalidate, [=](C c, R, const std::exception*) { note("invalidate", c); });
  event::listen(pool, event::close, [=](C c, R) { note("close", c); });
  event::listen(pool, event::detach, [=](C c, R) { note("detach", c); });
  return told;
}

class PoolEvents : public ::testing::Test {
 protected:
  std::unique_ptr<Pool> make(const PoolOptions& options) {
    auto pool = Pool::create(options, factory);
    watch(*pool, told);
    return pool;
  }

  Events take() { return std::exchange(told, {}); }

  RecordingFactory factory;
  Events told;
};

TEST_F(PoolEvents, OnlyTheFirstConnectionIsTheFirst) {
  const auto pool = make({.size = 2});
  const PooledConnection a = pool->connect(), b = pool->connect();
  EXPECT_EQ(take(),
            (Events{"first_connect 1", "connect 1", "checkout 1", "connect 2", "checkout 2"}));
}

TEST_F(PoolEvents, ReturnedConnectionIsResetAndCheckedIn) {
  const auto pool = make({.size = 1});
  pool->connect().close();
  take();
  pool->connect().close(true);
  EXPECT_EQ(take(), (Events{"checkout 1", "reset already 1", "checkin 1"}));
  EXPECT_EQ(factory.take(), (Events{"open 1", "reset 1"})) << "it was reset already";
}

TEST_F(PoolEvents, InvalidatedConnectionIsClosedBeforeTheCheckin) {
  const auto pool = make({.size = 1});
  PooledConnection connection = pool->connect();
  take();
  connection.invalidate();
  EXPECT_EQ(take(), (Events{"invalidate 1", "close 1", "checkin none"}));
}

TEST_F(PoolEvents, ConnectionThatDoesNotAnswerIsInvalidated) {
  const auto pool = make({.size = 1, .pre_ping = true});
  pool->connect().close();
  take();
  factory.ping_works = false;
  const PooledConnection connection = pool->connect();
  EXPECT_EQ(take(), (Events{"invalidate 1", "close 1", "connect 2", "checkout 2"}));
}

TEST_F(PoolEvents, DetachedConnectionIsNeitherCheckedInNorLentAgain) {
  const auto pool = make({.size = 1});
  PooledConnection connection = pool->connect();
  take();
  connection.detach();
  connection.close();
  EXPECT_EQ(take(), (Events{"detach 1", "reset 1"}));
  EXPECT_EQ(RecordingFactory::number_of(*pool->connect()), 2);
}

TEST_F(PoolEvents, NullPoolClosesAfterTheCheckin) {
  const auto pool = make({.kind = PoolKind::null});
  pool->connect().close();
  EXPECT_EQ(
      take(),
      (Events{"first_connect 1", "connect 1", "checkout 1", "reset 1", "checkin 1", "close 1"}));
}

TEST_F(PoolEvents, InfoLivesAsLongAsItsConnection) {
  const auto pool = make({.size = 1});
  PooledConnection connection = pool->connect();
  connection.info()["seen"] = Value(1);
  connection.close();
  connection = pool->connect();
  EXPECT_EQ(connection.info()["seen"], Value(1));
  connection.invalidate();
  connection = pool->connect();
  EXPECT_TRUE(connection.info().empty());
}

TEST_F(PoolEvents, ListenerThatThrowsAtTheCheckoutGivesTheConnectionBack) {
  const auto pool = Pool::create({.size = 1, .max_overflow = 0}, factory);
  const auto id = event::listen(*pool, event::checkout, [](DriverConnection&, ConnectionRecord&) {
    throw InvalidRequestError("not today");
  });
  EXPECT_THROW(pool->connect(), InvalidRequestError);
  event::remove(*pool, id);
  EXPECT_TRUE(pool->connect());
}

TEST_F(PoolEvents, ListenerThatThrowsAtTheConnectClosesTheConnection) {
  const auto pool = Pool::create({.size = 1}, factory);
  event::listen(*pool, event::connect, [](DriverConnection&, ConnectionRecord&) {
    throw InvalidRequestError("not this one");
  });
  EXPECT_THROW(pool->connect(), InvalidRequestError);
  EXPECT_EQ(factory.take(), (Events{"open 1", "close 1"}));
  EXPECT_EQ(pool->checked_out(), 0);
}

}  // namespace
}  // namespace azoth::testing
