// SPDX-License-Identifier: MIT
// Names of casts in the columns clause, in subqueries and in rows.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("036", "CAST and similar keep the name of the column inside") {
  MetaData m;
  Table foo(
      "foo",
      m,
      {Column("id", types::Integer(), {.primary_key = true}), Column("data", types::String())});
  const auto id = foo.c<std::int64_t>("id");
  const auto data = foo.c<std::string>("data");
  const auto text = [](auto x) { return cast<std::string>(x); };
  const auto number = [](auto x) { return cast<std::int64_t>(x); };

  rec::step("the seed's four");
  str("column", select(text(data)));
  str("unnamed expression", select(text("hi there," + data)));
  str("label inside", select(text(("hi there," + data).label("hello_data"))));
  str("label outside", select(text("hi there," + data).label("hello_data")));

  rec::step("untyped column");
  From bare = erased::table("foo", {"data"});
  str("unnamed expression", select(text("hi there," + bare.c("data"))));

  rec::step("more");
  str("with the plain column", select(data, number(data)));
  str("two casts", select(number(data), text(data)));
  str("cast of cast", select(text(number(data))));
  str("type_coerce", select(type_coerce<std::int64_t>(data)));
  str("function", select(func::lower(data)));
  str("cast of function", select(text(func::lower(data))));
  str("unary minus", select(-id));
  str("grouping", select(erased::grouping((id + 1).node())));
  str("cast in WHERE", select(id).where(number(data) > 5));
  From sub = select(id, number(data)).subquery();
  rec::show("subquery keys", sub.columns().keys());
  str("through a subquery", select(sub.c("data")));
  str("as a literal", select(text(5)));

  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    made.begin([&](Connection& conn) {
      conn.execute(insert(foo), ParamsList{{{"id", 1}, {"data", "5"}}});
    });
    return made;
  });
  rec::step("executed");
  Connection conn = engine.connect();
  Select<> one = select(number(data));
  rec::show("row.data", conn.execute(one).one()["data"]);
  Select<> two = select(data, number(data));
  Row row = conn.execute(two).one();
  rec::show("fields", rec::names(row.keys()));
  rec::show("row", row);
}
