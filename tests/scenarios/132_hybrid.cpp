// SPDX-License-Identifier: MIT
// Hybrids: one definition for objects and for SQL, or one for each.
#include <azoth/orm.hpp>

#include <cctype>

using namespace azoth;

namespace {

using Text = std::optional<std::string>;

Text in_capitals(Text text) {
  for (char& c : *text) {
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return text;
}

struct Stretch : Entity<Stretch, "interval"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"start", std::int64_t, Nullable> start;
  Column<"end", std::int64_t, Nullable> end;
  Column<"label", Text> label;

  Hybrid<"length",
         [](auto self) { return self[&Stretch::end] - self[&Stretch::start]; },
         Setter<[](auto& self, std::int64_t length) { self.end = self.start + length; }>>
      length;

  Hybrid<"upper",
         [](auto self) { return in_capitals(self[&Stretch::label]); },
         Expression<[](auto self) { return func::upper(self[&Stretch::label]); }>,
         UpdateExpression<[](auto, auto value) {
           return Assign(&Stretch::label, func::lower(value));
         }>>
      upper;

  Hybrid<"kind",
         [](auto self) { return std::string(self[&Stretch::length] > 5 ? "long" : "short"); },
         Expression<[](auto self) {
           return case_({when(self[&Stretch::length] > 5, "long")}, "short");
         }>>
      kind;

  template <class Self>
  static auto contains(Self self, std::int64_t point) {
    return self[&Stretch::start] <= point && point <= self[&Stretch::end];
  }
};

Engine filled() {
  const rec::Quiet silence;
  Engine engine = rec::engine();
  create_all<Stretch>(engine);
  Session s0(engine);
  s0.add_all({make<Stretch>({.id = 1, .start = 5, .end = 10, .label = "ab"}),
              make<Stretch>({.id = 2, .start = 0, .end = 9, .label = "cd"})});
  s0.commit();
  return engine;
}

void show_instance() {
  rec::step("instance");
  auto i = make<Stretch>({.start = 5, .end = 10, .label = "x"});
  rec::show("length", *i->length);
  i->length = 20;
  rec::show("end after setting length", *i->end);
  rec::show("contains(7)", Stretch::contains(orm::hybrid_of(i), 7));
  rec::show("upper, kind", std::make_pair(*i->upper, *i->kind));
}

}  // namespace

AZOTH_SCENARIO("132", "Hybrid properties and methods") {
  const Engine engine = filled();
  show_instance();
  Session s(engine);
  rec::step("class");
  const auto length = col(&Stretch::length);
  rec::show("lengths", s.execute(select(&Stretch::id, &Stretch::length).order_by(length)).all());
  auto res = s.execute(select(&Stretch::length, &Stretch::upper, &Stretch::kind));
  rec::show("keys", res.keys());
  rec::show("filter", s.scalars(select(&Stretch::id).where(length > 5)).all());
  rec::show("method",
            s.scalars(select(&Stretch::id).where(Stretch::contains(orm::HybridClass(), 7))).all());
  rec::show("case", s.scalars(select(&Stretch::id).where(col(&Stretch::kind) == "long")).all());
  rec::step("alias");
  const auto al = aliased<Stretch>();
  rec::show(
      "rows",
      s.scalars(select(al[&Stretch::length].label("length")).where(al[&Stretch::upper] == "AB"))
          .all());
  rec::step("filter_by");
  rec::show("rows", s.scalars(select(&Stretch::id).where(length == 5)).all());
  rec::step("update through the hybrid");
  s.execute(update<Stretch>().where(col(&Stretch::id) == 1).values({{&Stretch::upper, "NEW"}}),
            {.synchronize_session = false});
  s.rollback();
}
