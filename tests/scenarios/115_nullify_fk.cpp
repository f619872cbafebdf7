// SPDX-License-Identifier: MIT
// Children that lose their parent without a delete cascade.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct C;
struct S;
struct K;

struct P : Entity<P, "p"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"cs", List<C>, OrderBy<"id">> cs;
  Relationship<"strict", List<S>> strict;
  Relationship<"keyed", List<K>> keyed;
  Relationship<"view", List<C>, ViewOnly, OrderBy<"id">> view;
};

struct C : Entity<C, "c"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"p_id", std::optional<std::int64_t>, ForeignKey<"p.id">> p_id;
};

struct S : Entity<S, "s"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"p_id", std::int64_t, ForeignKey<"p.id">> p_id;
};

struct K : Entity<K, "k"> {
  Column<"p_id", std::int64_t, ForeignKey<"p.id">, PrimaryKey> p_id;
  Column<"n", std::int64_t, PrimaryKey> n;
};

ptr<P> fresh(Session& s, ptr<P> p) {
  const rec::Quiet silence;
  s.rollback();
  s.expunge_all();
  s.add(p);
  s.flush();
  return p;
}
}  // namespace

AZOTH_SCENARIO("115", "Without delete cascade children's foreign keys are set to NULL") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<P, C, S, K>(made);
    return made;
  });
  Session s(engine);
  rec::step("remove");
  auto p = fresh(s, make<P>({.id = 1, .cs = {make<C>({.id = 1}), make<C>({.id = 2})}}));
  p->cs.remove(p->cs[0]);
  s.flush();

  rec::step("delete the parent");
  p = fresh(s, make<P>({.id = 1, .cs = {make<C>({.id = 1}), make<C>({.id = 2})}}));
  s.delete_(p);
  s.flush();

  rec::step("NOT NULL key");
  p = fresh(s, make<P>({.id = 1, .strict = {make<S>({.id = 1})}}));
  p->strict.clear();
  rec::attempt("flush", [&] { s.flush(); });

  rec::step("key within the primary key");
  p = fresh(s, make<P>({.id = 1, .keyed = {make<K>({.n = 1})}}));
  p->keyed.clear();
  rec::attempt("flush", [&] { s.flush(); });

  rec::step("viewonly collection");
  p = fresh(s, make<P>({.id = 1, .cs = {make<C>({.id = 1})}}));
  p->view.push_back(make<C>({.id = 9}));
  s.flush();
  s.expire(p);
  std::vector<std::int64_t> ids;
  for (auto c : p->view) {
    ids.push_back(*c->id);
  }
  rec::show("view", ids);
}
