// SPDX-License-Identifier: MIT
// What is deleted with an object, and what is loaded for it.
#include <azoth/orm.hpp>

#include <algorithm>

using namespace azoth;

namespace {
struct B;
struct C;

struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"bs", List<B>, Cascade<"all">, BackPopulates<"a">> bs;
};

struct B : Entity<B, "b"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"a_id", std::optional<std::int64_t>, ForeignKey<"a.id">> a_id;
  Relationship<"a", A, BackPopulates<"bs">> a;
  Relationship<"cs", List<C>, Cascade<"save-update, delete">> cs;
};

struct C : Entity<C, "c"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"b_id", std::optional<std::int64_t>, ForeignKey<"b.id">> b_id;
};

ptr<A> fresh(Session& s) {
  return rec::quiet([&] {
    s.rollback();
    auto a = make<A>({.id = 1,
                      .bs = {make<B>({.id = 1, .cs = {make<C>({.id = 1}), make<C>({.id = 2})}}),
                             make<B>({.id = 2})}});
    s.add(a);
    s.flush();
    s.expire_all();
    static_cast<void>(*a->id);
    return a;
  });
}

std::vector<std::string> class_names(const std::vector<ptr<orm::Object>>& objects) {
  std::vector<std::string> names;
  for (const auto& o : objects) {
    names.push_back(ptr_cast<A>(o) ? "A" : ptr_cast<B>(o) ? "B" : "C");
  }
  std::sort(names.begin(), names.end());
  return names;
}
}  // namespace

AZOTH_SCENARIO("112", "Delete cascade") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine("sqlite://", {.connect_args = {{"foreign_keys", "on"}}});
    create_all<A, B, C>(made);
    return made;
  });
  Session s(engine);
  {
    rec::step("delete the root, nothing loaded");
    auto a = fresh(s);
    s.delete_(a);
    rec::show("deleted", class_names(s.deleted()));
    s.flush();
  }
  {
    rec::step("delete a middle object");
    auto a = fresh(s);
    auto b = a->bs[0];
    s.delete_(b);
    s.flush();
    rec::show("stale collection", a->bs.size());
    s.expire(a);
    rec::show("after expire", a->bs.size());
  }
  {
    rec::step("delete many-to-one child only");
    auto a = fresh(s);
    s.delete_(a->bs[1]);
    s.flush();
  }
  rec::step("delete twice");
  auto a = fresh(s);
  auto b = a->bs[1];
  s.delete_(b);
  s.delete_(b);
  s.flush();
  rec::attempt("delete after flush", [&] { s.delete_(b); });
}
