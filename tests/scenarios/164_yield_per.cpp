// SPDX-License-Identifier: MIT
// Rows in chunks: partitions, yield_per, fetchmany.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct B;

struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"bs", List<B>> bs;
};

struct B : Entity<B, "b"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"a_id", std::optional<std::int64_t>, ForeignKey<"a.id">> a_id;
};

template <class R>
std::vector<std::int64_t> ids(R&& objects) {
  std::vector<std::int64_t> out;
  for (const auto& a : objects) {
    out.push_back(*a->id);
  }
  return out;
}

template <class P>
std::vector<std::vector<std::int64_t>> chunks(P&& partitions) {
  std::vector<std::vector<std::int64_t>> out;
  for (const auto& part : partitions) {
    out.push_back(ids(part));
  }
  return out;
}

}  // namespace

AZOTH_SCENARIO("164", "yield_per, partitions, fetchmany") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A, B>(made);
    Session s0(made);
    for (int i = 1; i < 8; ++i) {
      s0.add(make<A>({.id = i, .bs = {make<B>({})}}));
    }
    s0.commit();
    return made;
  });
  const auto q = select<A>().order_by(&A::id);
  Session s(engine);
  rec::step("partitions");
  rec::show("chunks", chunks(s.scalars(q).partitions(3)));
  rec::step("yield_per option and partitions()");
  rec::show("chunks", chunks(s.scalars(q, {.yield_per = 2}).partitions()));
  rec::step("Result.yield_per");
  rec::show("ids", ids(s.scalars(q).yield_per(5)));
  rec::step("fetchmany");
  auto res = s.execute(select(&A::id).order_by(&A::id));
  rec::show("fetchmany(3)", res.fetchmany(3));
  rec::show("fetchone", res.fetchone());
  rec::show("fetchall", res.fetchall());
  rec::show("fetchone at the end", res.fetchone());
  rec::step("joined eager load of a collection");
  rec::attempt("yield_per", [&] {
    (void)s.scalars(q.options(joinedload(&A::bs)), {.yield_per = 2}).unique().all();
  });
  rec::step("selectinload");
  rec::attempt("yield_per", [&] {
    for (const auto& part :
         s.scalars(q.options(selectinload(&A::bs)), {.yield_per = 3}).partitions()) {
      rec::note("chunk of " + std::to_string(part.size()));
    }
  });
  rec::step("legacy Query.yield_per");
  rec::show("ids", ids(s.query<A>().order_by(&A::id).yield_per(4).rows()));
}
