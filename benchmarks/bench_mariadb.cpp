// SPDX-License-Identifier: MIT
// Measures Azoth on MariaDB beside hand-written loops over the connector's prepared statements, on
// the server that AZOTH_TEST_URLS names (tools/servers).
#include "raw_mariadb.hpp"
#include "stopwatch.hpp"
#include "test_data.hpp"
#include <azoth/engine/engine.hpp>
#include <azoth/engine/schema.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/select.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <sstream>
#include <stdexcept>

namespace {

using namespace azoth;

constexpr int insert_count = 10'000;

std::string server_url() {
  const char* urls = std::getenv("AZOTH_TEST_URLS");
  std::istringstream words(urls != nullptr ? urls : "");
  for (std::string url; words >> url;) {
    if (url.starts_with("mariadb") || url.starts_with("mysql")) {
      return url;
    }
  }
  throw std::runtime_error("AZOTH_TEST_URLS names no server of MariaDB; run by tools/servers");
}

Table users_table(MetaData& metadata, const char* name) {
  return {name,
          metadata,
          {azoth::Column("id", types::BigInteger(), {.primary_key = true}),
           azoth::Column("name", types::String(60)),
           azoth::Column("fullname", types::String(60))}};
}

class NewUsers final : public ParameterSets {
 public:
  NewUsers(int first, int last) {
    for (int i = first; i <= last; ++i) {
      names_.push_back(bench::name_of(i));
      fullnames_.push_back(bench::fullname_of(i));
    }
  }

  std::size_t size() const override { return names_.size(); }

  Literal value(std::size_t set, std::size_t key) const override {
    return key == 0 ? Literal(names_[set]) : Literal(fullnames_[set]);
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::optional<std::string>> fullnames_;
};

struct Bench {
  explicit Bench(const std::string& url)
      : engine(create_engine(url)), server(address_of(URL(url))), connection(engine.connect()) {}

  static raw::Address address_of(const URL& url) {
    return {url.host().value_or(""),
            url.username().value_or(""),
            url.password().value_or(""),
            url.database().value_or(""),
            static_cast<unsigned int>(url.port().value_or(0))};
  }

  void fill() {
    create_all(metadata, engine);
    connection.insert_many_values(insert(users).node(),
                                  {"name", "fullname"},
                                  NewUsers(1, bench::user_count),
                                  "id",
                                  [](std::size_t, std::int64_t) {});
    connection.commit();
  }

  std::uint64_t load() {
    const auto rows = connection.execute(select(id, name, fullname)).all();
    connection.rollback();
    std::uint64_t total = 0;
    for (const auto& [i, n, f] : rows) {
      total += bench::checksum(i, n, f);
    }
    return total;
  }

  std::uint64_t select_by_key(const std::vector<std::int64_t>& ids) {
    std::uint64_t total = 0;
    for (const std::int64_t key : ids) {
      const auto row = connection.execute(select(id, name, fullname).where(id == key)).first();
      total += bench::checksum(std::get<0>(*row), std::get<1>(*row), std::get<2>(*row));
    }
    connection.rollback();
    return total;
  }

  std::uint64_t insert_many() {
    std::uint64_t inserted = 0;
    connection.insert_many_values(insert(fresh).node(),
                                  {"name", "fullname"},
                                  NewUsers(1, insert_count),
                                  "id",
                                  [&](std::size_t, std::int64_t key) { inserted += key > 0; });
    connection.rollback();
    return inserted;
  }

  std::uint64_t insert_each() {
    connection.execute_many(insert(fresh).node(), {"name", "fullname"}, NewUsers(1, insert_count));
    connection.rollback();
    return insert_count;
  }

  Engine engine;
  raw::Server server;
  Connection connection;
  MetaData metadata;
  Table users = users_table(metadata, "bench_users");
  Table fresh = users_table(metadata, "bench_new");
  Expr<std::int64_t> id = users.c<std::int64_t>("id");
  Expr<std::string> name = users.c<std::string>("name");
  Expr<std::optional<std::string>> fullname = users.c<std::optional<std::string>>("fullname");
};

void measure(Bench& bench, const bench::Options& options) {
  bench::Stopwatch stopwatch(options);
  const auto& all = bench::random_ids();
  const std::vector<std::int64_t> ids(all.begin(), all.begin() + 10'000);
  stopwatch.measure(
      "load 100,000 rows of three columns",
      bench::user_count,
      {{"loop, vector<tuple>", [&] { return raw::load_rows(bench.server); }},
       {"connection.execute(select(...)).all()", [&] { return bench.load(); }, 1.10}});
  stopwatch.measure(
      "mariadb: select one row by key, 10,000 times",
      10'000,
      {{"loop, prepared once", [&] { return raw::select_by_key(bench.server, ids); }},
       {"execute(select(...).where(id == key))", [&] { return bench.select_by_key(ids); }, 1.05}});
  stopwatch.measure(
      "mariadb: insert 10,000 rows",
      insert_count,
      {{"loop, prepared once", [&] { return raw::insert_rows(bench.server, insert_count); }},
       {"execute_many", [&] { return bench.insert_each(); }, 1.05},
       {"insert_many_values, with keys", [&] { return bench.insert_many(); }, 1.0}});
  stopwatch.print_summary();
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
    Bench bench(server_url());
    bench.fill();
    measure(bench, options);
    drop_all(bench.metadata, bench.engine);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_mariadb: %s\n", error.what());
    return 1;
  }
}
