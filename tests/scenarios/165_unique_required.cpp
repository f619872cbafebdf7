// SPDX-License-Identifier: MIT
// unique(): where it is required, and what it drops.
#include <azoth/orm.hpp>

#include <algorithm>
#include <cctype>

using namespace azoth;

namespace {

struct B;

struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"bs", List<B>, BackPopulates<"a">> bs;

  std::string repr() const { return "A" + std::to_string(*id); }
};

struct B : Entity<B, "b"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"a_id", std::optional<std::int64_t>, ForeignKey<"a.id">> a_id;
  Column<"name", std::string, Nullable> name;
  Relationship<"a", A, BackPopulates<"bs">> a;

  std::string repr() const { return "B" + std::to_string(*id); }
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return text;
}

}  // namespace

AZOTH_SCENARIO("165", "unique(): required with joined eager loading of collections") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A, B>(made);
    Session s0(made);
    s0.add_all({make<A>({.id = 2,
                         .bs = {make<B>({.id = 1, .name = "x"}), make<B>({.id = 2, .name = "X"})}}),
                make<A>({.id = 1, .bs = {make<B>({.id = 3, .name = "y"})}})});
    s0.commit();
    return made;
  });
  Session s(engine);
  const rec::QuietTx no_begin;
  auto q = select<A>().options(joinedload(&A::bs)).order_by(desc(&A::id));
  rec::attempt("scalars().all()", [&] { (void)s.scalars(q).all(); });
  rec::attempt("execute().all()", [&] { (void)s.execute(q).all(); });
  rec::attempt("iteration", [&] {
    for (const auto& row : s.execute(q)) {
      (void)row;
    }
  });
  rec::attempt("first()", [&] { (void)s.scalars(q).first(); });
  rec::show("unique", s.scalars(q).unique().all());
  rec::show("execute unique", s.execute(q).unique().all());
  rec::show("many-to-one",
            s.scalars(select<B>().options(joinedload(&B::a)).order_by(&B::id)).all());
  rec::step("without eager load: join duplicates");
  auto joined = select<A>().join(&A::bs).order_by(&A::id, &B::id);
  rec::show("not unique", s.scalars(joined).all());
  rec::show("unique", s.scalars(joined).unique().all());
  rec::step("columns");
  rec::show("unique", s.execute(select(&B::a_id).order_by(&B::id)).unique().all());
  rec::show("by key",
            s.execute(select(&B::name).order_by(&B::id))
                .unique([](const auto& row) { return lower(std::get<0>(row)); })
                .all());
  rec::step("legacy Query");
  rec::show("one entity: deduplicated", s.query<A>().join(&A::bs).order_by(&A::id, &B::id).all());
  rec::show("two columns: not",
            s.query(entity<A>(), &A::id).join(&A::bs).order_by(&A::id, &B::id).all());
}
