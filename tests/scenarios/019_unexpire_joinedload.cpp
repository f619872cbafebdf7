// SPDX-License-Identifier: MIT
// Joined eager loads come again when an object is read anew.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct B;

struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"data", std::string, Nullable> data;
  Relationship<"bs", List<B>> bs;
};

struct B : Entity<B, "b"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"a_id", std::optional<std::int64_t>, ForeignKey<"a.id">> a_id;
};

std::int64_t length(const ptr<A>& a) {
  return static_cast<std::int64_t>(a->bs.size());
}

}  // namespace

AZOTH_SCENARIO("019", "Un-expiring an object runs its joined eager load inline") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A, B>(made);
    Session s(made);
    s.add(make<A>({.data = "d", .bs = {make<B>({}), make<B>({})}}));
    s.commit();
    return made;
  });
  Session s(engine);
  rec::step("query with joinedload");
  auto a1 = s.query<A>().options(joinedload(&A::bs)).first();
  rec::step("change and commit");
  a1->data = "new data";
  s.commit();
  rec::step("access data");
  rec::show("data", a1->data);
  rec::show("bs loaded", !inspect(a1).unloaded().contains("bs"));
  rec::show("len(bs)", length(a1));
  rec::step("access the collection first");
  s.commit();
  rec::show("len(bs)", length(a1));
  rec::show("data", a1->data);
  rec::step("refresh");
  s.refresh(a1);
  rec::show("unloaded", inspect(a1).unloaded());
  rec::step("expire one column only");
  s.expire(a1, {"data"});
  rec::show("data", a1->data);
  rec::step("expire the collection only");
  s.expire(a1, {"bs"});
  rec::show("len(bs)", length(a1));
  rec::step("refresh of one column by name");
  s.refresh(a1, {.attribute_names = {"data"}});
  rec::step("refresh of the collection by name");
  s.refresh(a1, {.attribute_names = {"bs"}});
}
