// SPDX-License-Identifier: MIT
// What is shared between threads: lending a connection of the pool and taking it back, and point
// selects of one engine in one and in two threads, each with a connection of its own.
#include "model.hpp"
#include "raw_sqlite.hpp"
#include "workloads.hpp"

#include <unistd.h>

#include <filesystem>
#include <mutex>
#include <thread>
#include <tuple>

namespace bench {
namespace {

using namespace azoth;

constexpr int lendings = 1'000'000;

// A database file with the users, removed at the end.
class UsersFile {
 public:
  UsersFile()
      : path_(
            (std::filesystem::temp_directory_path() / ("azoth_threads_" + std::to_string(getpid())))
                .string()) {
    std::filesystem::remove(path_);
    raw::Database database(path_);
    raw::fill(database, user_count, 0);
  }

  ~UsersFile() { std::filesystem::remove(path_); }

  UsersFile(const UsersFile&) = delete;
  UsersFile& operator=(const UsersFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::uint64_t lock_twice() {
  std::mutex mutex;
  std::uint64_t count = 0;
  for (int i = 0; i < lendings; ++i) {
    mutex.lock();
    ++count;
    mutex.unlock();
    mutex.lock();
    mutex.unlock();
  }
  return count;
}

std::uint64_t lend(Pool& pool) {
  std::uint64_t count = 0;
  for (int i = 0; i < lendings; ++i) {
    const PooledConnection connection = pool.connect();
    ++count;
  }
  return count;
}

std::uint64_t connect(const Engine& engine) {
  std::uint64_t count = 0;
  for (int i = 0; i < lendings; ++i) {
    const Connection connection = engine.connect();
    ++count;
  }
  return count;
}

// Runs `body(first, last)` for equal parts of all keys, one a thread, and adds up what they return.
template <class F>
std::uint64_t divide(int threads, F body) {
  std::vector<std::uint64_t> sums(static_cast<std::size_t>(threads));
  std::vector<std::thread> running;
  const std::size_t part = random_ids().size() / sums.size();
  for (std::size_t i = 0; i < sums.size(); ++i) {
    running.emplace_back([&, i] { sums[i] = body(i * part, (i + 1) * part); });
  }
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    running[i].join();
    total += sums[i];
  }
  return total;
}

std::uint64_t select_users(const Engine& engine, std::size_t first, std::size_t last) {
  Connection connection = engine.connect();
  std::uint64_t total = 0;
  for (std::size_t i = first; i < last; ++i) {
    const std::int64_t id = random_ids()[i];
    const auto row =
        connection
            .execute(select(&User::id, &User::name, &User::fullname).where(col(&User::id) == id))
            .one();
    total += checksum(std::get<0>(row), std::get<1>(row), std::get<2>(row));
  }
  return total;
}

void measure_pool(Stopwatch& stopwatch, const Engine& engine) {
  stopwatch.measure("pool: connection lent and given back, 1,000,000 times",
                    lendings,
                    {{"a mutex locked and unlocked twice", [] { return lock_twice(); }},
                     {"pool.connect()", [&] { return lend(engine.pool()); }},
                     {"engine.connect()", [&] { return connect(engine); }}});
}

void measure_scaling(Stopwatch& stopwatch, const Engine& engine, const std::string& path) {
  const auto raw_loop = [&path](std::size_t first, std::size_t last) {
    raw::Database database(path);
    database.execute("BEGIN");  // as the engine does: one lock of the file for all
    return raw::select_by_key(database, std::span(random_ids()).subspan(first, last - first));
  };
  const auto execute = [&engine](std::size_t first, std::size_t last) {
    return select_users(engine, first, last);
  };
  stopwatch.measure("threads: 100,000 rows of a file by key, divided",
                    user_count,
                    {{"loop, 1 thread", [&] { return divide(1, raw_loop); }},
                     {"loop, 2 threads", [&] { return divide(2, raw_loop); }},
                     {"execute(select(...)), 1 thread", [&] { return divide(1, execute); }},
                     {"execute(select(...)), 2 threads", [&] { return divide(2, execute); }}});
}

}  // namespace

void measure_threads(Stopwatch& stopwatch) {
  if (!stopwatch.is_wanted("pool: ") && !stopwatch.is_wanted("threads: ")) {
    return;
  }
  const UsersFile file;
  const Engine engine = create_engine("sqlite:///" + file.path());
  measure_pool(stopwatch, engine);
  measure_scaling(stopwatch, engine, file.path());
}

}  // namespace bench
