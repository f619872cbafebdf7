// SPDX-License-Identifier: MIT
// selectinload and subqueryload when an object is read anew.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct B;

struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"data", std::string, Nullable> data;
  Relationship<"bs", List<B>, OrderBy<"id">> bs;
};

struct B : Entity<B, "b"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"a_id", std::optional<std::int64_t>, ForeignKey<"a.id">> a_id;
};

std::vector<std::int64_t> ids(const ptr<A>& a) {
  std::vector<std::int64_t> out;
  for (auto b : a->bs) {
    out.push_back(*b->id);
  }
  return out;
}

void run(const Engine& engine, const std::string& name, const Load<B>& option) {
  Session s(engine);
  rec::step(name + ": query");
  auto a1 = *s.scalars(select<A>().options(option)).first();
  a1->data = "new data";
  s.commit();
  rec::step(name + ": access data");
  rec::show("data", a1->data);
  rec::show("unloaded", inspect(a1).unloaded());
  rec::show("bs", ids(a1));
  rec::step(name + ": refresh");
  s.refresh(a1);
  rec::step(name + ": expire bs only");
  s.expire(a1, {"bs"});
  rec::show("bs", ids(a1));
}

}  // namespace

AZOTH_SCENARIO(
    "020", "Un-expiring with selectinload / subqueryload runs an immediate load like lazyload's") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A, B>(made);
    Session s(made);
    s.add(make<A>({.data = "d", .bs = {make<B>({}), make<B>({})}}));
    s.commit();
    return made;
  });
  run(engine, "selectinload", selectinload(&A::bs));
  run(engine, "subqueryload", subqueryload(&A::bs));
  rec::step("legacy Query, as in the seed");
  Session s(engine);
  auto a1 = s.query<A>().options(selectinload(&A::bs)).first();
  s.commit();
  rec::show("data", a1->data);
}
