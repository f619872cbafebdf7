// SPDX-License-Identifier: MIT
// What a statement costs before the database sees it: a SELECT of four columns with 2 joins, 5
// predicates, ORDER BY and LIMIT is built, finds its compiled form, or is compiled.
#include "model.hpp"
#include "raw_sqlite.hpp"
#include "workloads.hpp"
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/statement.hpp>

namespace bench {
namespace {

using namespace azoth;

constexpr int statement_count = 20'000;

auto build(int i) {
  return select(&User::id, &User::name, &Address::email, &Order::amount)
      .join<Address>(col(&Address::user_id) == col(&User::id))
      .join<Order>(col(&Order::user_id) == col(&User::id))
      .where(col(&User::id) > i)
      .where(col(&User::name).like("user%"))
      .where(col(&Address::email) != "a@example.com")
      .where(col(&Order::amount) >= i % 100)
      .where(col(&Order::state) == "open")
      .order_by(desc(&User::name))
      .limit(10 + i % 50);
}

std::uint64_t build_only() {
  std::uint64_t total = 0;
  for (int i = 0; i < statement_count; ++i) {
    const auto statement = build(i);
    total += statement.node() ? 1 : 0;
  }
  return total;
}

// What an execution does before it binds: the walk that collects the values and gives the key, and
// the look-up.
std::uint64_t build_and_find(StatementCache& cache) {
  std::vector<const sql::BindParameter*> binds;
  std::uint64_t total = 0;
  for (int i = 0; i < statement_count; ++i) {
    const auto statement = build(i);
    binds.clear();
    const CachedRef found = cache.find(sql::collect_binds(statement.node(), binds));
    total += found ? 1 : 0;
  }
  return total;
}

std::uint64_t find_stored(StatementCache& cache) {
  std::vector<const sql::BindParameter*> binds;
  const auto statement = build(0);
  std::uint64_t total = 0;
  for (int i = 0; i < statement_count; ++i) {
    binds.clear();
    const CachedRef found = cache.find(sql::collect_binds(statement.node(), binds));
    total += found ? 1 : 0;
  }
  return total;
}

std::uint64_t build_and_compile(const Dialect& dialect) {
  std::uint64_t total = 0;
  for (int i = 0; i < statement_count; ++i) {
    total += dialect.compile(build(i).node()).text.size() > 200 ? 1 : 0;
  }
  return total;
}

}  // namespace

void measure_statements(Stopwatch& stopwatch) {
  const Engine engine = create_engine("sqlite://");
  StatementCache cache(500);
  std::vector<const sql::BindParameter*> binds;
  const auto statement = build(0);
  cache.store(sql::collect_binds(statement.node(), binds), std::make_shared<CachedStatement>());
  stopwatch.measure(
      "statement with 2 joins and 5 predicates, 20,000 times",
      statement_count,
      {{"snprintf of its text", [] { return raw::format_statements(statement_count); }},
       {"built", [] { return build_only(); }},
       {"built, found in the cache", [&] { return build_and_find(cache); }},
       {"stored, found in the cache", [&] { return find_stored(cache); }},
       {"built, compiled without the cache", [&] { return build_and_compile(engine.dialect()); }}});
}

}  // namespace bench
