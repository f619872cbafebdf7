// SPDX-License-Identifier: MIT
// Booleans and enumerations, of texts and of a C++ enumeration.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

namespace {

enum class Color { red, green };

}  // namespace

template <>
struct azoth::EnumMembers<Color> {
  static constexpr std::string_view name = "color";
  static constexpr std::pair<Color, std::string_view> members[] = {{Color::red, "red"},
                                                                   {Color::green, "green"}};
};

AZOTH_SCENARIO("208", "Boolean and Enum") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("b", types::Boolean()),
           Column("bc", types::Boolean(true, "ck_bc")),
           Column("e", types::Enum({"small", "large"}, {.name = "size"})),
           Column("ec", types::Enum({"x", "y"}, {.name = "xy", .create_constraint = true})),
           Column("c", types::Enum<Color>()),
           Column("cv", types::Enum({"R", "G"}, {.name = "color", .names = {"red", "green"}}))});
  const Any id = t.c("id"), b = t.c("b"), c = t.c("c");
  str("create", azoth::sql::create_table(t.node()), {.on = "sqlite"});
  str("create on postgresql", azoth::sql::create_table(t.node()), {.on = "postgresql"});
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    return made;
  });
  {
    Connection conn = engine.connect();
    rec::step("insert and load");
    conn.execute(insert(t).values({{"id", 1},
                                   {"b", true},
                                   {"bc", false},
                                   {"e", "small"},
                                   {"ec", "y"},
                                   {"c", Color::red},
                                   {"cv", Color::green}}));
    conn.execute(insert(t).values({{"id", 2}, {"b", 0}, {"c", "green"}}));
    using Text = std::optional<std::string>;
    using Flag = std::optional<bool>;
    const auto typed = select(t.c<std::int64_t>("id"),
                              t.c<Flag>("b"),
                              t.c<Flag>("bc"),
                              t.c<Text>("e"),
                              t.c<Text>("ec"),
                              t.c<std::optional<Color>>("c"),
                              t.c<std::optional<Color>>("cv"));
    for (const auto& row : conn.execute(typed.order_by(id))) {
      rec::show("row", row);
    }
    rec::show("stored", conn.execute(text("select * from t where id=1")).one());
    rec::step("compare");
    const auto ids = [&](std::string_view label, const Any& criterion) {
      rec::show(label, conn.execute(select(id).where(criterion)).scalars().all());
    };
    ids("is true", b);
    ids("not", !b);
    ids("== True", b == true);
    ids("is_(False)", b.is_(false));
    ids("enum", c == Color::green);
    ids("enum in", c.in({Color::red, Color::green}));
    rec::step("wrong values");
    rec::attempt("b='yes'", [&] { conn.execute(insert(t).values({{"id", 5}, {"b", "yes"}})); });
    rec::attempt("b=5", [&] { conn.execute(insert(t).values({{"id", 5}, {"b", 5}})); });
    rec::attempt("e='huge'", [&] {
      conn.execute(insert(t).values({{"id", 6}, {"e", "huge"}}));
      rec::note("stored without validation");
    });
    rec::attempt("c='blue'", [&] { conn.execute(insert(t).values({{"id", 7}, {"c", "blue"}})); });
    rec::attempt("ec='z' (constraint)",
                 [&] { conn.execute(insert(t).values({{"id", 8}, {"ec", "z"}})); });
    conn.execute(text("insert into t (id, c) values (9, 'violet')"));
    rec::attempt("load unknown", [&] { conn.execute(select(c).where(id == 9)).all(); });
  }
  rec::step("constants");
  str("true, false", select(true_(), false_()).where(true_()));
  str("sqlite", select(id).where(true_()), {.on = "sqlite"});
  str("and true", select(id).where(true_() && b));
  str("and false", select(id).where(false_() && b));
  str("or true", select(id).where(true_() || b));
  str("not column", select(id).where(!b));
  str("not column on sqlite", select(id).where(!b), {.on = "sqlite"});
}
