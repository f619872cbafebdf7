// SPDX-License-Identifier: MIT
// Both sides of a relationship are kept in step, loaded or not.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct C;

struct P : Entity<P, "p"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"cs", List<C>, BackPopulates<"p">, OrderBy<"id">> cs;
};

struct C : Entity<C, "c"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"p_id", std::optional<std::int64_t>, ForeignKey<"p.id">> p_id;
  Relationship<"p", P, BackPopulates<"cs">> p;
};

rec::Notation repr(const ptr<P>& p) {
  return {p ? "P" + std::to_string(*p->id) : "null"};
}

template <class L>
rec::Notation repr(const L& list) {
  std::string text;
  for (const auto& c : list) {
    text += (text.empty() ? "C" : ", C") + std::to_string(*c->id);
  }
  return {"[" + text + "]"};
}
}  // namespace

AZOTH_SCENARIO("118", "Both sides of a bidirectional relationship follow each other in memory") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<P, C>(made);
    return made;
  });
  rec::step("transient objects");
  auto p1 = make<P>({.id = 1}), p2 = make<P>({.id = 2});
  auto a = make<C>({.id = 1}), b = make<C>({.id = 2}), c = make<C>({.id = 3});
  p1->cs.push_back(a);
  rec::show("a.p", repr(a->p.get()));
  b->p = p1;
  rec::show("p1.cs", repr(p1->cs));
  b->p = p2;
  rec::show("p1.cs, p2.cs", std::pair(repr(p1->cs), repr(p2->cs)));
  p1->cs = {b, c};
  rec::show("a.p, b.p, c.p", std::tuple(repr(a->p.get()), repr(b->p.get()), repr(c->p.get())));
  rec::show("p2.cs", repr(p2->cs));
  p1->cs.remove(b);
  rec::show("b.p", repr(b->p.get()));
  p1->cs.remove(p1->cs.back());
  rec::show("c.p", repr(c->p.get()));
  for (const auto& o : {a, b}) {
    p1->cs.push_back(o);
  }
  rec::show("a.p, b.p", std::pair(repr(a->p.get()), repr(b->p.get())));
  p1->cs = {c, b};
  rec::show("a.p, c.p", std::pair(repr(a->p.get()), repr(c->p.get())));
  p1->cs.clear();
  rec::show("b.p, c.p", std::pair(repr(b->p.get()), repr(c->p.get())));
  p1->cs.push_back(a);
  p1->cs.push_back(a);
  rec::show("twice", repr(p1->cs));
  a->p = nullptr;
  rec::show("p1.cs after None", repr(p1->cs));

  rec::step("persistent parent, collection not loaded");
  Session s(engine);
  {
    const rec::Quiet silence;
    s.add(make<P>({.id = 1, .cs = {make<C>({.id = 1}), make<C>({.id = 2})}}));
    s.add(make<P>({.id = 2}));
    s.commit();
    s.sweep();
  }
  p1 = s.get<P>(1);
  p2 = s.get<P>(2);
  auto n = make<C>({.id = 10});
  s.add(n);
  n->p = p1;
  rec::show("cs loaded", inspect(p1).is_loaded("cs"));
  s.no_autoflush([&] { rec::show("cs, loaded now", repr(p1->cs)); });
  s.flush();

  rec::step("move between two persistent parents, neither loaded");
  s.expire_all();
  n = s.get<C>(10);
  n->p = p2;
  rec::show("p1.cs loaded", inspect(p1).is_loaded("cs"));
  s.flush();
  rec::show("p1.cs", repr(p1->cs));
  rec::show("p2.cs", repr(p2->cs));
  s.close();
}
