// SPDX-License-Identifier: MIT
// Loading 100,000 rows: as entities into a session, and as typed rows of two columns.
#include "model.hpp"
#include "raw_sqlite.hpp"
#include "workloads.hpp"

namespace bench {
namespace {

using namespace azoth;

std::uint64_t load_entities(const Engine& engine) {
  Session session(engine);
  const std::vector<ptr<User>> users = session.scalars(select<User>()).all();
  std::uint64_t total = 0;
  for (const ptr<User>& user : users) {
    total += checksum(*user);
  }
  return total;
}

// As a loop is written when nothing has to be kept.
std::uint64_t stream_entities_in_batches(const Engine& engine) {
  Session session(engine);
  std::uint64_t total = 0;
  for (const ptr<User>& user : session.scalars(select<User>(), {.yield_per = 1000})) {
    total += checksum(*user);
  }
  return total;
}

std::uint64_t load_rows(const Engine& engine) {
  Connection connection = engine.connect();
  const auto rows = connection.execute(select(&User::id, &User::name)).all();
  std::uint64_t total = 0;
  for (const auto& [id, name] : rows) {
    total += static_cast<std::uint64_t>(id) + name.size();
  }
  return total;
}

std::uint64_t load_dynamic_rows(const Engine& engine) {
  Connection connection = engine.connect();
  const auto rows = connection.execute(text("SELECT id, name FROM users")).all();
  std::uint64_t total = 0;
  for (const Row& row : rows) {
    total += static_cast<std::uint64_t>(row.get<std::int64_t>(0)) + row.get<std::string>(1).size();
  }
  return total;
}

}  // namespace

void measure_loading(Stopwatch& stopwatch) {
  raw::Database database(":memory:");
  raw::fill(database, user_count, 0);
  const Engine engine = filled_engine(user_count, 0);
  stopwatch.measure(
      "load 100,000 entities",
      user_count,
      {{"loop, vector<struct>", [&] { return raw::load_structs(database); }},
       {"session.scalars(select<User>()).all()", [&] { return load_entities(engine); }, 1.05},
       {"session.scalars(..., {.yield_per = 1000})",
        [&] { return stream_entities_in_batches(engine); }},
       {"loop, shared_ptr in an unordered_map",
        [&] { return raw::load_shared_objects(database); }}});
  stopwatch.measure(
      "load 100,000 rows of two columns",
      user_count,
      {{"loop, vector<tuple>", [&] { return raw::load_two_columns(database); }},
       {"connection.execute(select(&User::id, ...)).all()",
        [&] { return load_rows(engine); },
        0.95},
       {"connection.execute(text(...)).all()", [&] { return load_dynamic_rows(engine); }}});
}

}  // namespace bench
