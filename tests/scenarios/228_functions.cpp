// SPDX-License-Identifier: MIT
// SQL functions: any name, known ones, functions as FROM, and executed on their own.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("228", "SQL functions") {
  MetaData m;
  Table t(
      "t",
      m,
      {Column("id", types::Integer()), Column("s", types::String()), Column("d", types::Date())});
  const Any id = t.c("id"), s = t.c("s"), d = t.c("d");
  str("generic", select(func::lower(s), func::call("my_thing", id, 5, "x")));
  str("packages", select(func::call("pkg.sub.fn", 1)));
  str("quoted name", select(func::call("CamelCase", 1)));
  str("ansi", select(func::current_date(), func::current_timestamp(), func::call("current_user")));
  str("now postgresql", select(func::now()), {.on = "postgresql"});
  str("now oracle", select(func::now()), {.on = "oracle"});
  str("nested", select(func::coalesce(func::call("nullif", s, ""), "none")));
  str("label", select(func::count(id).label("n")));
  str("count forms", select(func::count(), func::count("*"), func::count(id)));
  str("in where", select(id).where(func::length(s) > 3));
  str("arithmetic", select(func::max(id) + 1));
  str("concat", select(func::concat(s, "x")));
  str("char_length", select(func::call("char_length", s)));
  str("char_length sqlite", select(func::call("char_length", s)), {.on = "sqlite"});
  for (const char* name : {"sqlite", "postgresql", "mysql", "oracle"}) {
    str(std::string("extract ") + name, select(extract("year", d)), {.on = name});
  }
  str("cast", select(cast<std::int64_t>(s), type_coerce<std::int64_t>(s)));
  str("type_", select(func::call<std::string>("foo", id) + "x"));
  str("function as FROM",
      select(column_valued(func::call("generate_series", 1, 5), "g")),
      {.on = "postgresql"});
  const From j = table_valued(
      func::call("json_each", literal("[1,2]")), {column("key"), column("value")}, {.name = "j"});
  str("table valued", select(j.c("value")));
  str("column_valued",
      select(column_valued(
          func::call("unnest", literal(Value(std::vector<Value>{1}), types::null_type())), "x")),
      {.on = "postgresql"});
  str("string_agg ordered", select(func::call<std::string>("array_agg", s)), {.on = "postgresql"});
  str("random in order", select(id).order_by(func::call("random")));
  str("rank types", select(over(func::rank(), WindowOptions{.order_by = {id}})));
  str("group_concat", select(func::call("group_concat", s, ";")), {.on = "sqlite"});
  str("aggregate_strings", select(func::aggregate_strings(s, ",")), {.on = "sqlite"});
  str("aggregate_strings mysql", select(func::aggregate_strings(s, ",")), {.on = "mysql"});
  str("try_cast mssql", select(try_cast<std::int64_t>(s)), {.on = "mssql"});
  azoth::sql::register_function("as_thing", types::Integer());
  str("registered", select(func::call("as_thing", s)));
  rec::show("its type", std::string(class_name(*func::call("as_thing", s).node()->type())));
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    return made;
  });
  Connection conn = engine.connect();
  rec::step("executed");
  rec::show("table valued", conn.execute(select(j.c("value"))).scalars().all());
  rec::show("coalesce", conn.execute(select(func::call("coalesce", null, 5))).scalar());
  rec::show("scalar function",
            conn.execute(select(func::call("abs", -5), func::call("max", 3, 4))).one());
  rec::show("execute function directly", conn.execute(func::upper("x")).scalar());
}
