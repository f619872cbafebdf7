// SPDX-License-Identifier: MIT
// A server that is killed again and again under 16 threads with a pool of 8: what was acknowledged
// is there in the end, no connection is lent twice, and only documented errors are met. Three
// cycles by default; AZOTH_KILL_CYCLES=1000 makes it the long run.
#include "backend/fixture.hpp"
#include "backend/private_server.hpp"
#include <azoth/engine/events.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <set>
#include <thread>

namespace azoth {
namespace {

constexpr int threads = 16;

int cycles() {
  const char* given = std::getenv("AZOTH_KILL_CYCLES");
  return given != nullptr ? std::max(std::atoi(given), 1) : 3;
}

// Notes which connections are lent.
class Lent {
 public:
  void watch(const Engine& engine) {
    event::listen(
        engine.pool(), event::checkout, [this](DriverConnection& connection, ConnectionRecord&) {
          const std::lock_guard lock(mutex_);
          twice_ += lent_.insert(&connection).second ? 0 : 1;
        });
    event::listen(
        engine.pool(), event::close, [this](DriverConnection& connection, ConnectionRecord&) {
          const std::lock_guard lock(mutex_);
          lent_.erase(&connection);
        });
    event::listen(engine.pool(),
                  event::reset,
                  [this](DriverConnection& connection, ConnectionRecord&, PoolResetState) {
                    const std::lock_guard lock(mutex_);
                    lent_.erase(&connection);
                  });
  }

  int twice() const { return twice_; }

 private:
  std::mutex mutex_;
  std::set<const DriverConnection*> lent_;
  int twice_ = 0;
};

class KillCycles : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!azoth_test::server_url(GetParam())) {
      GTEST_SKIP() << azoth_test::no_server;
    }
    server.emplace(GetParam());
    ASSERT_NE(server->url(), "") << "the private server did not start";
    engine.emplace(create_engine(server->url(), {.pool_size = 8, .max_overflow = 0}));
    const bool is_postgresql = GetParam() == "postgresql";
    event::listen(
        engine->pool(), event::connect, [is_postgresql](DriverConnection& c, ConnectionRecord&) {
          // A commit is acknowledged when a crash of the server, not of the machine, keeps it.
          c.execute_plain(is_postgresql ? "SET synchronous_commit TO local"
                                        : "SET GLOBAL innodb_flush_log_at_trx_commit = 2");
        });
    lent.watch(*engine);
    engine->begin(
        [](Connection& c) { c.exec_driver_sql("CREATE TABLE t (token INTEGER PRIMARY KEY)"); });
  }

  void insert_until_stopped(int thread) {
    constexpr int most_of_a_thread = 10'000'000;
    for (int n = 0; !stops && n < most_of_a_thread; ++n) {
      const int token = thread * most_of_a_thread + n;
      try {
        Connection c = engine->connect();
        c.exec_driver_sql("INSERT INTO t VALUES (" + std::to_string(token) + ")");
        c.commit();
        acknowledged[static_cast<std::size_t>(thread)].push_back(token);
        ++successes;
      } catch (const OperationalError&) {
        ++losses;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      } catch (const TimeoutError&) {
        ++losses;
      } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
        stops = true;
      }
    }
  }

  void wait_for_success() const {
    for (const int before = successes; successes < before + threads && !stops;) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  Lent lent;  // the engine tells it of its last connections
  std::optional<azoth_test::PrivateServer> server;
  std::optional<Engine> engine;
  std::atomic<bool> stops = false;
  std::atomic<int> successes = 0, losses = 0;
  std::vector<std::vector<int>> acknowledged{threads};
};

INSTANTIATE_TEST_SUITE_P(On,
                         KillCycles,
                         ::testing::Values("postgresql", "mariadb"),
                         [](const auto& info) { return info.param; });

TEST_P(KillCycles, NoAcknowledgedCommitIsLostAndNoConnectionLentTwice) {
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([this, i] { insert_until_stopped(i); });
  }
  for (int cycle = 0; cycle < cycles() && !stops; ++cycle) {
    wait_for_success();
    server->crash();
    server->start();
  }
  wait_for_success();
  stops = true;
  for (std::thread& thread : running) {
    thread.join();
  }
  std::set<std::int64_t> stored;
  engine->begin([&](Connection& c) {
    for (const Row& row : c.exec_driver_sql("SELECT token FROM t")) {
      stored.insert(row.get<std::int64_t>(0));
    }
  });
  int lost = 0;
  for (const std::vector<int>& tokens : acknowledged) {
    lost += static_cast<int>(std::count_if(
        tokens.begin(), tokens.end(), [&](int token) { return !stored.contains(token); }));
  }
  EXPECT_EQ(lost, 0) << "of " << successes << " acknowledged commits; " << stored.size()
                     << " rows are stored";
  EXPECT_EQ(lent.twice(), 0);
  EXPECT_GT(losses, 0);
  EXPECT_EQ(engine->pool().checked_out(), 0);
}

}  // namespace
}  // namespace azoth
