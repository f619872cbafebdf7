// SPDX-License-Identifier: MIT
// Measures Azoth on PostgreSQL beside hand-written loops over libpq, in one process and on one
// server: the first URL of PostgreSQL in AZOTH_TEST_URLS (tools/servers).
#include "model.hpp"
#include "raw_postgresql.hpp"
#include "stopwatch.hpp"
#include <azoth/drivers/libpq/copy.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

namespace {

using namespace azoth;
using bench::User;

constexpr int selects = 20'000, inserts = 20'000;

std::string server_url() {
  const char* given = std::getenv("AZOTH_TEST_URLS");
  std::string urls = given != nullptr ? given : "";
  const std::size_t begin = urls.find("postgresql");
  if (begin == std::string::npos) {
    std::fputs(
        "bench_postgresql: AZOTH_TEST_URLS names no PostgreSQL server; run "
        "tools/servers build/release/benchmarks/bench_postgresql\n",
        stderr);
    std::exit(2);
  }
  return urls.substr(begin, urls.find(' ', begin) - begin);
}

std::uint64_t load_rows(Connection& connection) {
  const auto rows = connection.execute(select(&User::id, &User::name, &User::fullname)).all();
  std::uint64_t total = 0;
  for (const auto& [id, name, fullname] : rows) {
    total += bench::checksum(id, name, fullname);
  }
  return total;
}

std::uint64_t load_entities(const Engine& engine) {
  Session session(engine);
  std::uint64_t total = 0;
  for (const ptr<User>& user : session.scalars(select<User>()).all()) {
    total += bench::checksum(*user);
  }
  return total;
}

std::uint64_t select_by_key(Connection& connection) {
  std::uint64_t total = 0;
  for (int i = 0; i < selects; ++i) {
    const std::int64_t id = bench::random_ids()[static_cast<std::size_t>(i)];
    const auto row =
        connection
            .execute(select(&User::id, &User::name, &User::fullname).where(col(&User::id) == id))
            .first();
    total += bench::checksum(std::get<0>(*row), std::get<1>(*row), std::get<2>(*row));
  }
  return total;
}

std::uint64_t insert_objects(const Engine& engine) {
  Session session(engine);
  std::vector<ptr<User>> users;
  for (int id = 1; id <= inserts; ++id) {
    users.push_back(make<User>({.name = bench::name_of(id), .fullname = bench::fullname_of(id)}));
  }
  session.add_all(users);
  session.flush();
  std::uint64_t rows = 0;
  for (const ptr<User>& user : users) {
    rows += user->id.get() > 0 ? 1 : 0;
  }
  session.commit();
  return rows;
}

std::uint64_t insert_rows(const Engine& engine, const ParamsList& sets) {
  engine.begin([&](Connection& connection) { connection.execute(insert<User>(), sets); });
  return sets.size();
}

void make_tables(const Engine& engine) {
  drop_all<User, bench::Address>(engine);
  create_all<User, bench::Address>(engine);
}

std::uint64_t copy_rows(const Engine& engine, libpq::CopyFormat format) {
  std::int64_t rows = 0;
  engine.begin([&](Connection& connection) {
    int id = 0;
    const auto next = [&](libpq::CopyRow& row) {
      if (++id > inserts) {
        return false;
      }
      const std::string name = bench::name_of(id);
      const auto fullname = bench::fullname_of(id);
      row.add(name).add(fullname ? Literal(*fullname) : Literal(std::nullopt));
      return true;
    };
    rows = libpq::copy_in(
        connection,
        {.table = "users", .columns = {"name", "fullname"}, .schema = {}, .format = format},
        next);
  });
  return static_cast<std::uint64_t>(rows);
}

std::uint64_t update_rows(const Engine& engine, const ParamsList& sets) {
  std::int64_t rows = 0;
  engine.begin([&](Connection& connection) {
    rows = connection
               .execute(update<User>()
                            .values({{"fullname", bindparam<std::string>("name")}})
                            .where(col(&User::id) == bindparam<std::int64_t>("key")),
                        sets)
               .rowcount();
  });
  return static_cast<std::uint64_t>(rows);
}

void measure_reading(bench::Stopwatch& stopwatch, const std::string& url, const Engine& engine) {
  make_tables(engine);
  raw::Postgresql database(url);
  raw::copy_users(database, bench::user_count);
  database.execute("ANALYZE users");
  Connection connection = engine.connect();
  stopwatch.measure(
      "postgresql: load 100,000 rows of three columns",
      bench::user_count,
      {{"loop over libpq, binary", [&] { return raw::load_users(database); }},
       {"connection.execute(select(&User::id, ...)).all()",
        [&] { return load_rows(connection); },
        1.02},
       {"session.scalars(select<User>()).all()", [&] { return load_entities(engine); }}});
  stopwatch.measure(
      "postgresql: select one row by key, 20,000 times",
      selects,
      {{"loop over libpq, prepared once", [&] { return raw::select_by_key(database, selects); }},
       {"execute(select(...).where(col(&User::id) == id))",
        [&] { return select_by_key(connection); },
        1.05}});
}

void measure_writing(bench::Stopwatch& stopwatch, const std::string& url, const Engine& engine) {
  raw::Postgresql database(url);
  ParamsList sets;
  for (int id = 1; id <= inserts; ++id) {
    const auto fullname = bench::fullname_of(id);
    sets.push_back(
        {{"name", Value(bench::name_of(id))}, {"fullname", fullname ? Value(*fullname) : Value()}});
  }
  const auto clear = [&] { make_tables(engine); };
  stopwatch.measure(
      "postgresql: insert 20,000 rows, keys come back",
      inserts,
      {{"loop over libpq, prepared, RETURNING id",
        [&] { return raw::insert_users(database, inserts); },
        0,
        clear},
       {"make, session.add_all, flush", [&] { return insert_objects(engine); }, 0.16, clear},
       {"execute(insert<User>(), sets), no keys",
        [&] { return insert_rows(engine, sets); },
        0,
        clear},
       {"COPY over libpq, no keys", [&] { return raw::copy_users(database, inserts); }, 0, clear},
       {"libpq::copy_in, text",
        [&] { return copy_rows(engine, libpq::CopyFormat::text); },
        0.09,
        clear},
       {"libpq::copy_in, binary",
        [&] { return copy_rows(engine, libpq::CopyFormat::binary); },
        0.09,
        clear}});
  ParamsList changes;
  for (int id = 1; id <= inserts; ++id) {
    changes.push_back({{"key", id}, {"name", Value("changed " + std::to_string(id))}});
  }
  stopwatch.measure(
      "postgresql: update 20,000 rows",
      inserts,
      {{"loop over libpq, prepared", [&] { return raw::update_users(database, inserts); }},
       {"execute(update<User>(), sets)", [&] { return update_rows(engine, changes); }}});
}

}  // namespace

int main(int argc, char** argv) {
  bench::Options options;
  try {
    for (int i = 1; i < argc; ++i) {
      if (std::strcmp(argv[i], "-n") == 0 && i + 1 < argc) {
        options.repetitions = std::atoi(argv[++i]);
      } else {
        options.only.emplace_back(argv[i]);
      }
    }
    bench::keep_heap();
    bench::Stopwatch stopwatch(options);
    const std::string url = server_url();
    const Engine engine = create_engine(url);
    measure_reading(stopwatch, url, engine);
    measure_writing(stopwatch, url, engine);
    drop_all<User, bench::Address>(engine);
    stopwatch.print_summary();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_postgresql: %s\n", error.what());
    return 1;
  }
}
