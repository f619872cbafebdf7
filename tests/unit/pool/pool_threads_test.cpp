// SPDX-License-Identifier: MIT
// Many threads at one pool. Most useful under the thread sanitizer; without it, it still finds a
// connection lent twice.
#include "azoth/pool/pool.hpp"
#include "unit/pool/fake_connections.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace azoth {
namespace {

using testing::FakeConnection;

constexpr int threads = 64;
constexpr int rounds = 100;

// Fails now and then, as networks do, and counts what is open.
class FlakyFactory final : public ConnectionFactory {
 public:
  DriverConnection* open() override {
    if (++calls_ % 13 == 0) {
      throw std::runtime_error("no route to host");
    }
    const int now = ++open_;
    for (int seen = most_open; now > seen && !most_open.compare_exchange_weak(seen, now);) {
    }
    return new FakeConnection(now);
  }

  void close(DriverConnection* connection) noexcept override {
    --open_;
    delete connection;
  }

  bool reset(DriverConnection&) noexcept override { return ++calls_ % 17 != 0; }

  bool ping(DriverConnection&) noexcept override { return ++calls_ % 19 != 0; }

  int open_now() const { return open_; }

  std::atomic<int> most_open{0};

 private:
  std::atomic<int> open_{0}, calls_{0};
};

void hammer(Pool& pool, std::atomic<int>& lent, std::atomic<int>& lent_twice, int seed) {
  for (int round = 0; round < rounds; ++round) {
    try {
      PooledConnection connection = pool.connect();
      ++lent;
      auto& fake = static_cast<FakeConnection&>(*connection);
      if (fake.lent.exchange(true)) {
        ++lent_twice;
      }
      if (round % 7 == 0) {
        std::this_thread::yield();
      }
      fake.lent = false;
      if ((round + seed) % 23 == 0) {
        connection.invalidate();
      }
    } catch (const std::runtime_error&) {
      continue;
    }
    if ((round + seed) % 97 == 0) {
      pool.invalidate_all();
    }
    if ((round + seed) % 211 == 0) {
      pool.dispose();
    }
    if (round % 31 == 0) {
      static_cast<void>(pool.status());
    }
  }
}

TEST(PoolThreads, NoConnectionIsLentTwiceAndTheLimitHolds) {
  FlakyFactory factory;
  std::atomic<int> lent{0}, lent_twice{0};
  {
    const auto pool = Pool::create({.size = 2, .max_overflow = 2, .pre_ping = true}, factory);
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([&, i] { hammer(*pool, lent, lent_twice, i); });
    }
    for (auto& worker : workers) {
      worker.join();
    }
    EXPECT_EQ(pool->checked_out(), 0);
    EXPECT_LE(pool->checked_in(), 2);
  }
  EXPECT_GT(lent, threads * rounds / 2);
  EXPECT_EQ(lent_twice, 0);
  EXPECT_LE(factory.most_open, 4);
  EXPECT_EQ(factory.open_now(), 0) << "every connection that was opened is closed in the end";
}

TEST(PoolThreads, WaitersGetTheOneConnectionInTurn) {
  testing::RecordingFactory factory;
  const auto pool = Pool::create({.size = 1, .max_overflow = 0, .timeout = 60}, factory);
  std::vector<std::thread> workers;
  int unguarded = 0;  // the pool's one connection is what guards it
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&] {
      for (int round = 0; round < rounds; ++round) {
        const PooledConnection connection = pool->connect();
        ++unguarded;
      }
    });
  }
  for (auto& worker : workers) {
    worker.join();
  }
  EXPECT_EQ(unguarded, threads * rounds);
  EXPECT_EQ(factory.count, 1);
}

TEST(PoolThreads, StaticPoolOpensOneConnectionForAll) {
  testing::RecordingFactory factory;
  const auto pool = Pool::create({.kind = PoolKind::static_}, factory);
  const PooledConnection held = pool->connect();
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&] {
      for (int round = 0; round < rounds; ++round) {
        const PooledConnection connection = pool->connect();
      }
    });
  }
  for (auto& worker : workers) {
    worker.join();
  }
  EXPECT_EQ(factory.count, 1);
  EXPECT_EQ(pool->checked_out(), 1);
}

}  // namespace
}  // namespace azoth
