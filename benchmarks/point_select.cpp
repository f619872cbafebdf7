// SPDX-License-Identifier: MIT
// Selecting one row by its primary key, 100,000 times in random order: what an expression language
// and a session cost for a small statement.
#include "model.hpp"
#include "raw_sqlite.hpp"
#include "workloads.hpp"
#include <azoth/engine/prepare.hpp>

#include <stdexcept>
#include <tuple>

namespace bench {
namespace {

using namespace azoth;

std::uint64_t sum(
    const std::optional<std::tuple<std::int64_t, std::string, std::optional<std::string>>>& row) {
  if (!row) {
    throw std::runtime_error("a user is missing");
  }
  return checksum(std::get<0>(*row), std::get<1>(*row), std::get<2>(*row));
}

// The statement is built for each key and finds its compiled form in the cache.
std::uint64_t build_and_execute(Connection& connection) {
  std::uint64_t total = 0;
  for (const std::int64_t id : random_ids()) {
    total += sum(
        connection
            .execute(select(&User::id, &User::name, &User::fullname).where(col(&User::id) == id))
            .first());
  }
  return total;
}

// The statement is built once, and called with the key.
std::uint64_t call_prepared(Connection& connection) {
  const auto by_id = prepare([](Param<std::int64_t> id) {
    return select(&User::id, &User::name, &User::fullname).where(col(&User::id) == id);
  });
  std::uint64_t total = 0;
  for (const std::int64_t id : random_ids()) {
    total += sum(by_id(connection, id).first());
  }
  return total;
}

// The statement is built once; each execution gives the key by its name.
std::uint64_t execute_with_parameter(Connection& connection) {
  const auto statement = select(&User::id, &User::name, &User::fullname)
                             .where(col(&User::id) == bindparam<std::int64_t>("key"));
  std::uint64_t total = 0;
  for (const std::int64_t id : random_ids()) {
    total += sum(connection.execute(statement, {{"key", Value(id)}}).first());
  }
  return total;
}

std::uint64_t execute_text(Connection& connection) {
  std::uint64_t total = 0;
  for (const std::int64_t id : random_ids()) {
    const Row row = connection
                        .execute(text("SELECT id, name, fullname FROM users WHERE id = :id"),
                                 {{"id", Value(id)}})
                        .one();
    total += checksum(
        row.get<std::int64_t>(0), row.get<std::string>(1), row.get<std::optional<std::string>>(2));
  }
  return total;
}

std::uint64_t get_entities(const Engine& engine) {
  Session session(engine);
  std::uint64_t total = 0;
  for (const std::int64_t id : random_ids()) {
    total += checksum(*session.get<User>(id).operator->());
  }
  return total;
}

std::uint64_t select_entities(const Engine& engine) {
  Session session(engine);
  std::uint64_t total = 0;
  for (const std::int64_t id : random_ids()) {
    const ptr<User> user = session.scalars(select<User>().where(col(&User::id) == id)).one();
    total += checksum(*user);
  }
  return total;
}

}  // namespace

void measure_point_selects(Stopwatch& stopwatch) {
  const std::string workload = "select one row by key, 100,000 times";
  if (!stopwatch.is_wanted(workload)) {
    return;
  }
  raw::Database database(":memory:");
  raw::fill(database, user_count, 0);
  const Engine engine = filled_engine(user_count, 0);
  Connection connection = engine.connect();
  stopwatch.measure(
      workload,
      user_count,
      {{"loop, prepared once", [&] { return raw::select_by_key(database); }},
       {"execute(select(...).where(col(&User::id) == id))",
        [&] { return build_and_execute(connection); },
        1.3},
       {"prepare([](Param<std::int64_t> id) { ... })(connection, id)",
        [&] { return call_prepared(connection); },
        1.05},
       {"execute(stored statement, {{\"key\", id}})",
        [&] { return execute_with_parameter(connection); }},
       {"execute(text(...), {{\"id\", id}})", [&] { return execute_text(connection); }},
       {"session.get<User>(id), a new key each", [&] { return get_entities(engine); }, 1.3},
       {"session.scalars(select<User>().where(...)).one()",
        [&] { return select_entities(engine); }},
       {"loop, prepared anew each time",
        [&] { return raw::select_by_key_prepared_anew(database); }}});
}

}  // namespace bench
