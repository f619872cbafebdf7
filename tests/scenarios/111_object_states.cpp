// SPDX-License-Identifier: MIT
// The states of objects and the events of their transitions.
#include <azoth/orm.hpp>
#include <azoth/orm/events.hpp>

#include <algorithm>

using namespace azoth;

namespace {
struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"x", std::optional<std::int64_t>> x;
};

std::string state(const ptr<A>& a) {
  const InstanceState i = inspect(a);
  return i.transient()    ? "transient"
         : i.pending()    ? "pending"
         : i.persistent() ? "persistent"
         : i.deleted()    ? "deleted"
         : i.detached()   ? "detached"
                          : "none";
}

bool has(const std::vector<ptr<orm::Object>>& objects, const ptr<A>& a) {
  return std::find(objects.begin(), objects.end(), a) != objects.end();
}

void show(const Session& s, const ptr<A>& a) {
  rec::show("state", state(a));
  rec::show("new / dirty / deleted",
            std::tuple(has(s.new_(), a), has(s.dirty(), a), has(s.deleted(), a)));
}
}  // namespace

AZOTH_SCENARIO("111", "Object states and the events of their transitions") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A>(made);
    return made;
  });
  Session s(engine);
  for (const event::ObjectEvent* e : {&event::before_attach,
                                      &event::after_attach,
                                      &event::transient_to_pending,
                                      &event::pending_to_transient,
                                      &event::pending_to_persistent,
                                      &event::persistent_to_transient,
                                      &event::persistent_to_deleted,
                                      &event::deleted_to_persistent,
                                      &event::deleted_to_detached,
                                      &event::persistent_to_detached,
                                      &event::detached_to_persistent,
                                      &event::loaded_as_persistent}) {
    event::listen(s, *e, [e](Session&, const ptr<orm::Object>&) { rec::evt(e->name); });
  }
  rec::step("construct");
  auto a = make<A>({.id = 1});
  show(s, a);
  rec::step("add");
  s.add(a);
  show(s, a);
  rec::step("expunge while pending");
  s.expunge(a);
  show(s, a);
  rec::step("add, flush");
  s.add(a);
  s.flush();
  show(s, a);
  rec::step("change");
  a->x = 5;
  show(s, a);
  rec::step("delete");
  s.delete_(a);
  show(s, a);
  rec::step("flush");
  s.flush();
  show(s, a);
  rec::show("in session", s.contains(a));
  rec::step("rollback: never committed, so transient again");
  s.rollback();
  show(s, a);
  rec::step("a new one: add, commit");
  a = make<A>({.id = 1, .x = 5});
  s.add(a);
  s.commit();
  show(s, a);
  rec::step("delete, flush, rollback");
  s.delete_(a);
  s.flush();
  show(s, a);
  s.rollback();
  show(s, a);
  rec::step("delete, commit");
  s.delete_(a);
  s.commit();
  show(s, a);
  rec::step("was_deleted");
  rec::show("was_deleted", inspect(a).was_deleted());
  rec::attempt("add back a deleted object", [&] {
    s.add(a);
    s.flush();
  });
  rec::step("new one: load, expunge, add");
  {
    const rec::Quiet silence;
    s.rollback();
    s.add(make<A>({.id = 2}));
    s.commit();
    s.sweep();
  }
  auto b = s.get<A>(2);
  show(s, b);
  s.expunge(b);
  show(s, b);
  s.add(b);
  show(s, b);
  s.close();
  show(s, b);
}
