// SPDX-License-Identifier: MIT
// Loading 10,000 parents with 5 children each, by every way of loading related objects.
#include "model.hpp"
#include "raw_sqlite.hpp"
#include "workloads.hpp"

namespace bench {
namespace {

using namespace azoth;

std::uint64_t sum(const std::vector<ptr<User>>& users) {
  std::uint64_t total = 0;
  for (const ptr<User>& user : users) {
    total += checksum(*user);
    for (const ptr<Address>& address : user->addresses) {
      total += address->email->size() + static_cast<std::uint64_t>(address->id.get());
    }
  }
  return total;
}

std::uint64_t load_by_selectin(const Engine& engine) {
  Session session(engine);
  return sum(session.scalars(select<User>().options(selectinload(&User::addresses))).all());
}

std::uint64_t load_by_join(const Engine& engine) {
  Session session(engine);
  return sum(session.scalars(select<User>().options(joinedload(&User::addresses))).unique().all());
}

std::uint64_t load_lazily(const Engine& engine) {
  Session session(engine);
  return sum(session.scalars(select<User>()).all());
}

}  // namespace

void measure_parents_with_children(Stopwatch& stopwatch) {
  const std::string workload = "load 10,000 parents with 5 children each";
  if (!stopwatch.is_wanted(workload)) {
    return;
  }
  raw::Database database(":memory:");
  raw::fill(database, parent_count, children_each);
  const Engine engine = filled_engine(parent_count, children_each);
  stopwatch.measure(
      workload,
      parent_count,
      {{"loop, JOIN and grouping", [&] { return raw::parents_by_join(database); }},
       {"options(selectinload(&User::addresses))", [&] { return load_by_selectin(engine); }, 0.75},
       {"options(joinedload(&User::addresses))", [&] { return load_by_join(engine); }},
       {"lazy loading, a SELECT a parent", [&] { return load_lazily(engine); }},
       {"loop, two scans and a hash map", [&] { return raw::parents_by_two_scans(database); }}});
}

}  // namespace bench
