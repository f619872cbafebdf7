// SPDX-License-Identifier: MIT
// Writing in one transaction: 100,000 new rows whose keys come back, and changes of 20,000 loaded
// objects.
#include "model.hpp"
#include "raw_sqlite.hpp"
#include "workloads.hpp"

#include <memory>

namespace bench {
namespace {

using namespace azoth;

ptr<User> make_user(const raw::User& from) {
  return make<User>({.name = from.name, .fullname = from.fullname});
}

std::vector<ptr<User>> make_objects(const std::vector<raw::User>& from) {
  std::vector<ptr<User>> users;
  users.reserve(from.size());
  for (const raw::User& user : from) {
    users.push_back(make_user(user));
  }
  return users;
}

// Takes the objects over: destroying them is part of the work, as it is in the loops.
std::uint64_t insert_objects(const Engine& engine, std::vector<ptr<User>>&& given) {
  Session session(engine);
  const std::vector<ptr<User>> users = std::move(given);
  session.add_all(users);
  session.flush();
  std::uint64_t total = 0;
  for (const ptr<User>& user : users) {
    total += static_cast<std::uint64_t>(user->id.get());
  }
  session.commit();
  return total;
}

std::uint64_t make_and_insert(const Engine& engine, const std::vector<raw::User>& from) {
  return insert_objects(engine, make_objects(from));
}

// Core's executemany: the keys do not come back, so they are counted.
std::uint64_t insert_rows(const Engine& engine, const ParamsList& rows) {
  engine.begin([&](Connection& connection) { connection.execute(insert<User>(), rows); });
  return static_cast<std::uint64_t>(rows.size()) * (rows.size() + 1) / 2;
}

ParamsList parameter_sets(const std::vector<raw::User>& from) {
  ParamsList rows;
  for (const raw::User& user : from) {
    rows.push_back({{"name", Value(user.name)},
                    {"fullname", user.fullname ? Value(*user.fullname) : Value()}});
  }
  return rows;
}

}  // namespace

void measure_inserts(Stopwatch& stopwatch) {
  const std::string workload = "insert 100,000 rows, keys come back";
  if (!stopwatch.is_wanted(workload)) {
    return;
  }
  const std::vector<raw::User> source = raw::make_users(user_count);
  const ParamsList rows = parameter_sets(source);
  raw::Database database(":memory:");
  raw::fill(database, 0, 0);
  const Engine engine = filled_engine(0, 0);
  std::vector<raw::User> structs;
  std::vector<ptr<User>> objects;
  const auto clear = [&] {
    engine.begin([](Connection& connection) { connection.execute(delete_<User>()); });
  };
  const auto prepare_structs = [&] {
    database.execute("DELETE FROM users");
    structs = source;
  };
  const auto prepare_objects = [&] {
    clear();
    objects = make_objects(source);
  };
  stopwatch.measure(workload,
                    user_count,
                    {{"loop, prepared once",
                      [&] { return raw::insert(database, std::move(structs)); },
                      0,
                      prepare_structs},
                     {"session.add_all(objects); flush; commit",
                      [&] { return insert_objects(engine, std::move(objects)); },
                      0.6,
                      prepare_objects},
                     {"the same, objects made in the loop",
                      [&] { return make_and_insert(engine, source); },
                      0,
                      clear},
                     {"connection.execute(insert<User>(), rows)",
                      [&] { return insert_rows(engine, rows); },
                      0.45,
                      clear},
                     {"loop, 100 rows a statement",
                      [&] { return raw::insert_hundred_a_statement(database, std::move(structs)); },
                      0,
                      prepare_structs}});
}

void measure_updates(Stopwatch& stopwatch) {
  const std::string workload = "update 20,000 loaded objects";
  if (!stopwatch.is_wanted(workload)) {
    return;
  }
  raw::Database database(":memory:");
  raw::fill(database, update_count, 0);
  const Engine engine = filled_engine(update_count, 0);
  std::vector<raw::User> structs = raw::make_users(update_count);
  std::unique_ptr<Session> session;
  std::vector<ptr<User>> users;
  int round = 0;
  const auto load = [&] {
    users.clear();
    session = std::make_unique<Session>(engine);
    users = session->scalars(select<User>()).all();
  };
  const auto change_and_commit = [&] {
    const std::string fullname = changed_fullname(round++);
    for (const ptr<User>& user : users) {
      user->fullname = fullname;
    }
    session->commit();
    return static_cast<std::uint64_t>(users.size());
  };
  stopwatch.measure(workload,
                    update_count,
                    {{"loop, prepared once, all columns",
                      [&] { return raw::update(database, structs, round++); }},
                     {"user->fullname = ...; session.commit()", change_and_commit, 1.05, load},
                     {"loop, the changed column",
                      [&] { return raw::update_one_column(database, structs, round++); }}});
}

}  // namespace bench
