// SPDX-License-Identifier: MIT
// Defaults of columns that no statement gives a value.
#include "scenarios/erased.hpp"

#include <algorithm>

using namespace azoth;
using rec::str;

namespace {

std::int64_t counter = 0;

std::int64_t next() {
  return ++counter;
}

azoth::sql::Ref length(const char* of) {
  return func::call<std::int64_t>("length", of).node();
}

}  // namespace

AZOTH_SCENARIO("235", "Column defaults in Core INSERT / UPDATE") {
  MetaData m;
  const TypePtr number = types::Integer(), words = types::String();
  Table t(
      "t",
      m,
      {Column(
           "id", number, {.primary_key = true, .sequence = Sequence("t_seq", {.optional = true})}),
       Column("a", number, {.default_ = 7}),
       Column("c", number, {.default_function = [] { return Value(next()); }}),
       Column("x",
              words,
              {.default_function =
                   [](const DefaultContext& context) {
                     const Value a = context.current_parameter("a");
                     return Value("ctx-" + repr(Literal(a)));
                   }}),
       Column("e",
              number,
              {.default_expression = length("abcd"), .onupdate_expression = length("ab")}),
       Column("s", words, {.server_default = "srv"}),
       Column("u", number, {.onupdate_function = [] { return Value(99); }}),
       Column("f", words, {.has_fetched_default = true})});
  Table g("g",
          m,
          {Column("k",
                  words,
                  {.primary_key = true,
                   .default_function = [] { return Value("key" + std::to_string(next())); }}),
           Column("v", number)});
  const Any id = t.c("id");
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    return made;
  });
  {
    Connection conn = engine.connect();
    rec::step("nothing given");
    Result<> r = conn.execute(insert(t));
    rec::show("inserted_primary_key", rec::Values{r.inserted_primary_key()});
    rec::show("last_inserted_params", r.cursor().last_inserted_params());
    std::vector<std::string> fetched = r.cursor().postfetch_cols();
    std::sort(fetched.begin(), fetched.end());
    rec::show("postfetch_cols", fetched);
    rec::step("some given, None given");
    conn.execute(insert(t).values({{"a", 1}, {"c", null}, {"s", null}}));
    rec::step("executemany");
    conn.execute(insert(t), ParamsList{{{"a", 1}}, {{"a", 2}}, {{"a", 3}}});
    rec::step("several VALUES");
    conn.execute(insert(t).values({{{"a", 5}}, {{"a", 6}}}));
    rec::step("update");
    conn.execute(update(t).where(id == 1).values({{"a", 100}}));
    conn.execute(update(t).where(id == 2).values({{"u", 5}}));
    rec::show("rows", conn.execute(select(t).order_by(id)).all());
    rec::step("generated string key");
    r = conn.execute(insert(g).values({{"v", 1}}));
    rec::show("key", rec::Values{r.inserted_primary_key()});
    rec::step("from select");
    conn.execute(
        erased::from_select(insert(g), {"k", "v"}, select(Any(text("'x'")), Any(text("1")))));
  }
  rec::step("postgresql with the sequence");
  MetaData m2;
  Table t2("t2",
           m2,
           {Column("id", number, {.primary_key = true, .sequence = Sequence("t2_seq")}),
            Column("v", number)});
  str("insert", insert(t2).values({{"v", 1}}), {.on = "postgresql"});
}
