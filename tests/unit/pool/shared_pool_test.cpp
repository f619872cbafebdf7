// SPDX-License-Identifier: MIT
// The pools that share a connection or keep none.
#include "azoth/base/error.hpp"
#include "azoth/pool/pool.hpp"
#include "unit/pool/fake_connections.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace azoth {
namespace {

using testing::Events;
using testing::RecordingFactory;

int number(const PooledConnection& connection) {
  return RecordingFactory::number_of(*connection);
}

TEST(NullPool, EachCheckoutOpensAndEachReturnCloses) {
  RecordingFactory factory;
  const auto pool = Pool::create({.kind = PoolKind::null}, factory);
  EXPECT_EQ(pool->status(), "NullPool");
  {
    const PooledConnection a = pool->connect(), b = pool->connect();
    EXPECT_EQ(pool->checked_out(), 2);
  }
  EXPECT_EQ(factory.take(),
            (Events{"open 1", "open 2", "reset 2", "close 2", "reset 1", "close 1"}));
  EXPECT_EQ(pool->checked_out(), 0);
}

TEST(StaticPool, AllShareOneConnectionWhichTheLastOneResets) {
  RecordingFactory factory;
  const auto pool = Pool::create({.kind = PoolKind::static_}, factory);
  EXPECT_EQ(pool->status(), "StaticPool");
  {
    const PooledConnection outer = pool->connect();
    {
      const PooledConnection inner = pool->connect();
      EXPECT_EQ(inner.get(), outer.get());
    }
    std::thread([&] { EXPECT_EQ(number(pool->connect()), 1); }).join();
    EXPECT_EQ(factory.take(), (Events{"open 1"}));
  }
  EXPECT_EQ(factory.take(), (Events{"reset 1"}));
  pool->dispose();
  EXPECT_EQ(factory.take(), (Events{"close 1"}));
  EXPECT_EQ(number(pool->connect()), 2);
}

TEST(AssertionPool, LendsItsConnectionToOneAtATime) {
  RecordingFactory factory;
  const auto pool = Pool::create({.kind = PoolKind::assertion}, factory);
  EXPECT_EQ(pool->status(), "AssertionPool");
  {
    const PooledConnection first = pool->connect();
    try {
      const PooledConnection second = pool->connect();
      FAIL() << "it was lent twice";
    } catch (const InvalidRequestError& error) {
      EXPECT_TRUE(error.message().starts_with("connection is already checked out")) << error.what();
    }
  }
  EXPECT_EQ(number(pool->connect()), 1) << "it is kept when it comes back";
}

TEST(StaticPool, SoftInvalidationReplacesTheConnectionWhenItsLastUserHasGone) {
  RecordingFactory factory;
  const auto pool = Pool::create({.kind = PoolKind::static_}, factory);
  PooledConnection a = pool->connect();
  a.soft_invalidate();
  EXPECT_EQ(factory.take(), (Events{"open 1"}));
  a.close();
  EXPECT_EQ(factory.take(), (Events{"close 1"}));
  EXPECT_EQ(number(pool->connect()), 2);
}

TEST(StaticPool, InvalidatedConnectionIsClosedWhenItsLastUserHasGone) {
  RecordingFactory factory;
  const auto pool = Pool::create({.kind = PoolKind::static_}, factory);
  PooledConnection a = pool->connect(), b = pool->connect();
  a.invalidate();
  EXPECT_EQ(factory.take(), (Events{"open 1"})) << "b still holds it";
  const PooledConnection c = pool->connect();
  EXPECT_EQ(number(c), 2) << "an invalidated connection is not lent";
  b.close();
  EXPECT_EQ(factory.take(), (Events{"open 2", "close 1"}));
}

TEST(StaticPool, FailureToOpenReachesTheCallerAndIsTriedAgain) {
  RecordingFactory factory;
  const auto pool = Pool::create({.kind = PoolKind::static_}, factory);
  factory.fail_open = true;
  EXPECT_THROW(pool->connect(), std::runtime_error);
  factory.fail_open = false;
  EXPECT_EQ(number(pool->connect()), 1);
}

TEST(SingletonThreadPool, EachThreadHasItsOwnConnectionForAllItsCheckouts) {
  RecordingFactory factory;
  const auto pool = Pool::create({.kind = PoolKind::singleton_thread}, factory);
  EXPECT_EQ(pool->name(), "SingletonThreadPool");
  const PooledConnection mine = pool->connect();
  EXPECT_EQ(number(pool->connect()), 1);
  std::thread([&] {
    {
      EXPECT_EQ(number(pool->connect()), 2);
    }
    EXPECT_EQ(number(pool->connect()), 2);
  }).join();
  EXPECT_EQ(pool->checked_out(), 1);
  EXPECT_EQ(pool->checked_in(), 1);
  EXPECT_TRUE(pool->status().ends_with(" size: 2")) << pool->status();
}

TEST(SingletonThreadPool, AboveItsSizeIdleConnectionsOfOtherThreadsAreClosed) {
  RecordingFactory factory;
  const auto pool = Pool::create({.kind = PoolKind::singleton_thread, .size = 2}, factory);
  const PooledConnection mine = pool->connect();
  std::thread([&] { pool->connect(); }).join();
  factory.take();
  std::thread([&] { pool->connect(); }).join();
  EXPECT_EQ(factory.take(), (Events{"close 2", "open 3", "reset 3"})) << "not the one that is lent";
}

TEST(SingletonThreadPool, NegativeSizeIsRefused) {
  RecordingFactory factory;
  EXPECT_THROW(Pool::create({.kind = PoolKind::singleton_thread, .size = -1}, factory),
               ArgumentError);
}

}  // namespace
}  // namespace azoth
