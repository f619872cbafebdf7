// SPDX-License-Identifier: MIT
// The events of a mapped class and its objects.
#include <azoth/orm.hpp>
#include <azoth/orm/events.hpp>

#include <algorithm>

using namespace azoth;

namespace {
struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"x", std::optional<std::string>> x;
  Column<"stamp", std::optional<std::string>> stamp;
};

std::string x_of(const ptr<orm::Object>& object) {
  const ptr<A> a = ptr_cast<A>(object);
  return inspect(a).is_loaded("x") ? a->x->value_or("None") : "None";
}

std::string listed(std::span<const std::string> names) {
  std::vector<std::string> sorted(names.begin(), names.end());
  std::sort(sorted.begin(), sorted.end());
  std::string text;
  for (const std::string& name : sorted) {
    text += (text.empty() ? "'" : ", '") + name + "'";
  }
  return names.empty() ? "None" : "[" + text + "]";
}

using Names = std::span<const std::string>;
}  // namespace

AZOTH_SCENARIO("151", "Mapper and instance events") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A>(made);
    return made;
  });
  const orm::Mapper& mapper = A::mapper();
  for (const event::RowEvent* e : {&event::before_insert,
                                   &event::after_insert,
                                   &event::before_update,
                                   &event::after_update,
                                   &event::before_delete,
                                   &event::after_delete}) {
    event::listen(mapper, *e, [e](const orm::Mapper&, Connection&, const ptr<orm::Object>& t) {
      rec::evt(std::string(e->name) + " " + x_of(t));
    });
  }
  event::listen(mapper, event::init, [](const ptr<orm::Object>&, Names given) {
    rec::evt("init " + listed(given));
  });
  event::listen(mapper, event::load, [](const ptr<orm::Object>&) { rec::evt("load"); });
  event::listen(mapper, event::refresh, [](const ptr<orm::Object>&, Names attributes) {
    rec::evt("refresh " + listed(attributes));
  });
  event::listen(mapper, event::expire, [](const ptr<orm::Object>&, Names attributes) {
    rec::evt("expire " + listed(attributes));
  });
  event::listen(mapper,
                event::before_insert,
                [](const orm::Mapper&, Connection&, const ptr<orm::Object>& target) {
                  ptr_cast<A>(target)->stamp = "stamped";
                });
  event::listen(mapper,
                event::after_insert,
                [](const orm::Mapper&, Connection& conn, const ptr<orm::Object>& target) {
                  conn.execute(update<A>()
                                   .where(col(&A::id) == *ptr_cast<A>(target)->id)
                                   .values({{&A::stamp, "by core"}}));
                });
  Session s(engine);
  rec::step("insert two");
  s.add_all({make<A>({.x = "1"}), make<A>({.x = "2"})});
  s.flush();
  s.sweep();  // nobody holds them
  rec::step("update one");
  s.commit();
  auto a = s.get<A>(1);
  rec::show("stamp", *a->stamp);
  a->x = "one";
  s.flush();
  rec::step("dirty without net change");
  a->x = "two";
  a->x = "one";
  const auto dirty = s.dirty();
  rec::show("dirty", std::find(dirty.begin(), dirty.end(), a) != dirty.end());
  s.flush();
  rec::step("load, expire, refresh");
  s.expunge_all();
  a = s.scalars(select<A>().where(col(&A::id) == 2)).one();
  s.expire(a, {"x"});
  static_cast<void>(*a->x);
  s.refresh(a);
  rec::step("delete");
  s.delete_(a);
  s.flush();
  s.rollback();
}
