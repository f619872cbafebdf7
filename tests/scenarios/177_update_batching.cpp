// SPDX-License-Identifier: MIT
// Which changed and deleted objects share a statement, and in which order they are written.
#include <azoth/orm.hpp>

#include <map>

using namespace azoth;

namespace {
struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"x", std::optional<std::int64_t>> x;
  Column<"y", std::optional<std::int64_t>> y;
};

struct Z : Entity<Z, "z"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"x", std::optional<std::int64_t>> x;
};
}  // namespace

AZOTH_SCENARIO("177", "UPDATE and DELETE batching and order in the flush") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A, Z>(made);
    Session s0(made);
    for (int i = 1; i < 8; ++i) {
      s0.add(make<A>({.id = i, .x = i, .y = i}));
    }
    s0.add(make<Z>({.id = 1}));
    s0.commit();
    return made;
  });
  Session s(engine);
  std::map<int, ptr<A>> objs;
  ptr<Z> z;
  {
    const rec::Quiet silence;
    for (const auto& a : s.scalars(select<A>()).all()) {
      objs[static_cast<int>(*a->id)] = a;
    }
    z = s.get<Z>(1);
  }
  rec::step("changed in another order than the key");
  for (int i : {5, 2, 7, 1}) {
    objs[i]->x = 100;
  }
  s.flush();
  rec::step("different columns");
  objs[1]->x = 1;
  objs[2]->y = 22;
  objs[3]->x = 33;
  objs[4]->x = 44;
  s.flush();
  rec::step("expression breaks the batch");
  objs[1]->x = 11;
  objs[2]->x = func::abs(-22);
  objs[3]->x = 333;
  s.flush();
  rec::step("delete several");
  for (int i : {6, 4, 5}) {
    s.delete_(objs[i]);
  }
  s.flush();
  rec::step("row switch");
  s.delete_(objs[3]);
  auto n = make<A>({.id = 3, .x = 1});
  s.add(n);
  s.flush();
  rec::show("y", *n->y);
  rec::step("all kinds at once");
  s.delete_(objs[7]);
  objs[1]->y = 9;
  s.add(make<A>({.id = 50, .x = 1, .y = 1}));
  z->x = 5;
  s.add(make<Z>({.id = 2}));
  s.flush();
  s.rollback();
}
