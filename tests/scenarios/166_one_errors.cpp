// SPDX-License-Identifier: MIT
// one(), one_or_none(), first(), scalar() and their kin, of no row, of one and of many.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;

  std::string repr() const { return "A" + std::to_string(*id); }
};

// Runs the statement unrecorded, then records what `f` makes of its result.
template <class F>
void ask(Session& s, const Select<A>& q, const char* label, F f) {
  rec::attempt(
      label,
      [&] {
        auto result = rec::quiet([&] { return s.execute(q); });
        rec::show(label, rec::quiet([&] { return f(result); }));
      },
      false);
}

}  // namespace

AZOTH_SCENARIO("166", "one(), one_or_none(), first(), scalar and their errors") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A>(made);
    Session s0(made);
    s0.add_all(
        {make<A>({.id = 1, .name = "x"}), make<A>({.id = 2}), make<A>({.id = 3, .name = "x"})});
    s0.commit();
    return made;
  });
  const auto none = select<A>().where(col(&A::id) == 99);
  const auto one = select<A>().where(col(&A::id) == 1);
  const auto many = select<A>().order_by(&A::id);
  Session s(engine);
  rec::quiet([&] { s.connection(); });
  for (const auto& [label, q] : {std::pair{"none", none}, {"one", one}, {"many", many}}) {
    rec::step(label);
    ask(s, q, "one()", [](auto& r) { return r.one(); });
    ask(s, q, "one_or_none()", [](auto& r) { return r.one_or_none(); });
    ask(s, q, "first()", [](auto& r) { return r.first(); });
    ask(s, q, "scalar()", [](auto& r) { return r.scalar(); });
    ask(s, q, "scalar_one()", [](auto& r) { return r.scalar_one(); });
    ask(s, q, "scalar_one_or_none()", [](auto& r) { return r.scalar_one_or_none(); });
    ask(s, q, "scalars().one()", [](auto& r) { return r.scalars().one(); });
    ask(s, q, "scalars().one_or_none()", [](auto& r) { return r.scalars().one_or_none(); });
    ask(s, q, "scalars().first()", [](auto& r) { return r.scalars().first(); });
  }
  rec::step("NULL");
  const auto null_name = select(&A::name).where(col(&A::id) == 2);
  rec::show("scalar of NULL", s.scalar(null_name));
  rec::attempt(
      "scalar_one of NULL",
      [&] { rec::show("scalar_one of NULL", s.execute(null_name).scalar_one()); },
      false);
  rec::step("closed");
  auto res = s.execute(many);
  (void)res.first();
  rec::attempt("all() after first()", [&] { (void)res.all(); });
  auto again = s.execute(many);
  (void)again.all();
  rec::attempt("all() twice", [&] { rec::show("second all()", again.all()); });
  rec::step("legacy Query");
  rec::attempt("one of none", [&] { (void)s.query<A>().filter(col(&A::id) == 99).one(); });
  rec::attempt("one of many", [&] { (void)s.query<A>().one(); });
  rec::attempt("one_or_none of many", [&] { (void)s.query<A>().one_or_none(); });
  rec::show("scalar", s.query(&A::name).filter(col(&A::id) == 1).scalar());
  rec::attempt("scalar of many", [&] { (void)s.query(&A::name).scalar(); });
}
