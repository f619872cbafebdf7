// SPDX-License-Identifier: MIT
// Numbers on their way to SQLite and back.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("206", "Numeric types round trip: Numeric / Decimal, Float, Integer") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("n", types::Numeric(10, 2)),
           Column("n4", types::Numeric(10, 4)),
           Column("nf", types::Numeric(10, 2, false)),
           Column("f", types::Float()),
           Column("fd", types::Float(-1, true)),
           Column("big", types::BigInteger())});
  const Any id = t.c("id"), n = t.c("n");
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    return made;
  });
  {
    Connection conn = engine.connect();
    rec::step("insert");
    conn.execute(insert(t).values({{"id", 1},
                                   {"n", Decimal("12.34")},
                                   {"n4", Decimal("0.1")},
                                   {"nf", Decimal("5.5")},
                                   {"f", 1.5},
                                   {"fd", Decimal("2.25")},
                                   {"big", std::int64_t{1} << 62}}));
    conn.execute(insert(t).values({{"id", 2},
                                   {"n", Decimal("0.125")},
                                   {"n4", 7},
                                   {"nf", 3},
                                   {"f", 2},
                                   {"fd", 1},
                                   {"big", -1}}));
    conn.execute(insert(t).values({{"id", 3}}));
    rec::step("select");
    for (const Row& row : conn.execute(select(t).order_by(id))) {
      rec::show("row", row);
    }
    rec::step("expressions");
    const auto scalar = [&](std::string_view label, const Select<>& statement) {
      rec::show(label, conn.execute(statement).scalar());
    };
    scalar("sum", select(func::call("sum", n)));
    scalar("n + 1", select(n + 1).where(id == 1));
    scalar("n * Decimal", select(n * Decimal("2.5")).where(id == 1));
    scalar("int / int", select(id / 2).where(id == 3));
    rec::show("int // int", null);
    scalar("max of int", select(func::call("max", t.c("big"))));
    scalar("avg", select(func::call("avg", id)));
    scalar("cast", select(cast<Decimal>("3.14159", types::Numeric(10, 2))));
    scalar("literal", select(literal(Decimal("1.10"))));
  }
  rec::step("literal rendering");
  str("decimal", select(id).where(n == Decimal("1.50")), {.literal_binds = true});
  str("float", select(id).where(t.c("f") == 1.5), {.literal_binds = true});
}
