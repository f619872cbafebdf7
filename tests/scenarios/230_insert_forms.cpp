// SPDX-License-Identifier: MIT
// The forms in which INSERT takes its values.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("230", "INSERT forms") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("a", types::Integer()),
           Column("b", types::String())});
  const Any a = t.c("a");

  rec::step("strings");
  str("no values", insert(t));
  str("keyword", insert(t).values({{"a", 5}, {"b", "x"}}), {.params = true});
  str("dict of columns", insert(t).values({{"b", "x"}, {"a", 5}}), {.params = true});
  str("tuple", insert(t).values({{"id", 1}, {"a", 2}, {"b", "c"}}), {.params = true});
  str("two values() calls", insert(t).values({{"a", 5}}).values({{"b", "q"}}));
  str("several rows",
      insert(t).values({{{"a", 1}, {"b", "x"}}, {{"a", 2}, {"b", "y"}}}),
      {.params = true});
  str("several tuples",
      insert(t).values({{{"id", 1}, {"a", 2}, {"b", "c"}}, {{"id", 4}, {"a", 5}, {"b", "f"}}}),
      {.params = true});
  str("expression", insert(t).values({{"a", func::call<std::int64_t>("length", "abc") + 1}}));
  str("subquery value", insert(t).values({{"a", select(func::max(a)).scalar_subquery()}}));
  str("default values", insert(t), {.on = "sqlite", .column_keys = std::vector<std::string>()});
  str("prefix",
      erased::prefix(insert(t), "OR REPLACE", "sqlite").values({{"a", 1}}),
      {.on = "sqlite"});
  str("postgresql adds RETURNING", insert(t).values({{"a", 1}}), {.on = "postgresql"});
  str("inline", erased::inline_(insert(t).values({{"a", 1}})), {.on = "postgresql"});
  rec::attempt("unknown column", [&] { str("unknown", insert(t).values({{"nope", 1}})); });

  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    return made;
  });
  Connection conn = engine.connect();
  rec::step("executed");
  rec::show("keys", rec::Values{conn.execute(insert(t), Params{{"a", 1}}).inserted_primary_key()});
  conn.execute(insert(t));
  conn.execute(insert(t), ParamsList{{{"a", 2}, {"b", "x"}}, {{"a", 3}, {"b", "y"}}});
  rec::attempt("second row lacks a key",
               [&] { conn.execute(insert(t), ParamsList{{{"a", 2}, {"b", "x"}}, {{"a", 3}}}); });
  conn.execute(insert(t), ParamsList{{{"a", 2}}, {{"a", 3}, {"b", "ignored extra key?"}}});
  conn.execute(insert(t).values({{"b", "fixed"}}), ParamsList{{{"a", 10}}, {{"a", 11}}});
  conn.execute(insert(t).values({{"a", 5}}), Params{{"a", 6}});
  rec::attempt("unknown parameter", [&] { conn.execute(insert(t), Params{{"nope", 1}}); });
  rec::attempt("several VALUES executed with parameters",
               [&] { conn.execute(insert(t).values({{{"a", 1}}, {{"a", 2}}}), Params{{"a", 1}}); });
  rec::show("rows", conn.execute(select(t).order_by(t.c("id"))).all());
}
