// SPDX-License-Identifier: MIT
// What counts as a change, and what is known of the value before.
#include <azoth/orm.hpp>

#include <algorithm>

using namespace azoth;

namespace {
struct B;

struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"x", std::optional<std::string>> x;
  Column<"y", std::optional<std::int64_t>> y;
  Column<"z", std::optional<std::int64_t>, ActiveHistory> z;
  Relationship<"bs", List<B>, OrderBy<"id">> bs;
};

struct B : Entity<B, "b"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"a_id", std::optional<std::int64_t>, ForeignKey<"a.id">> a_id;
};

rec::Notation shown(const orm::ColumnHistory& history) {
  const auto part = [](const std::optional<Value>& value) {
    return value ? "[" + rec::fmt(*value) + "]" : "()";
  };
  return {"History(added=" + part(history.added) + ", unchanged=" + part(history.unchanged) +
          ", deleted=" + part(history.deleted) + ")"};
}

rec::Notation shown(const TargetHistory<B>& history) {
  const auto part = [](const std::vector<ptr<B>>& objects) {
    std::string text;
    for (const auto& b : objects) {
      text += (text.empty() ? "B" : ", B") + std::to_string(*b->id);
    }
    return text.empty() ? "()" : "[" + text + "]";
  };
  return {"History(added=" + part(history.added) + ", unchanged=" + part(history.unchanged) +
          ", deleted=" + part(history.deleted) + ")"};
}
}  // namespace

AZOTH_SCENARIO("176", "dirty, is_modified, net changes and history") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A, B>(made);
    Session s0(made);
    s0.add(make<A>(
        {.id = 1, .x = "x", .y = 1, .z = 1, .bs = {make<B>({.id = 1}), make<B>({.id = 2})}}));
    s0.commit();
    return made;
  });
  Session s(engine);
  auto a = s.get<A>(1);
  const auto hist = [&](auto member) { return shown(inspect(a).history(member)); };
  const auto is_dirty = [&] {
    const auto dirty = s.dirty();
    return std::find(dirty.begin(), dirty.end(), a) != dirty.end();
  };
  rec::step("equal value");
  a->x = "x";
  rec::show("dirty, is_modified", std::pair(is_dirty(), s.is_modified(a)));
  rec::show("history", hist(&A::x));
  s.flush();
  rec::step("changed");
  a->x = "X";
  rec::show("history", hist(&A::x));
  rec::show("is_modified", s.is_modified(a));
  s.flush();
  rec::step("there and back");
  a->y = 5;
  a->y = 1;
  rec::show("is_modified", s.is_modified(a));
  rec::step("history of an expired attribute");
  s.expire(a);
  a->y = 7;
  rec::show("y: old value unknown", hist(&A::y));
  rec::step("active_history loads the old value");
  a->z = 7;
  rec::show("z", hist(&A::z));
  s.flush();
  rec::step("expression");
  a->y = col(&A::y) + 1;
  s.flush();
  rec::show("y", *a->y);
  rec::step("None");
  a->x = std::nullopt;
  rec::show("history", hist(&A::x));
  s.flush();
  a->x = "v";
  s.flush();
  rec::step("collection");
  auto b1 = a->bs[0], b2 = a->bs[1];
  auto b3 = make<B>({.id = 3});
  a->bs.push_back(b3);
  a->bs.remove(b1);
  rec::show("history", hist(&A::bs));
  rec::show("is_modified", s.is_modified(a));
  rec::show("is_modified without collections", s.is_modified(a, false));
  s.flush();
  rec::show("history after flush", hist(&A::bs));
  rec::step("flag_modified");
  flag_modified(a, &A::y);
  s.flush();
  rec::step("set_committed_value");
  set_committed_value(a, &A::x, "silent");
  rec::show("is_modified", s.is_modified(a));
  s.flush();
  rec::show("x", *a->x);
}
