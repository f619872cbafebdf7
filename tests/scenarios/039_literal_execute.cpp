// SPDX-License-Identifier: MIT
// Parameters whose values are written into the text when it is executed.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("039",
               "bindparam(literal_execute=True): the value is rendered into the statement at "
               "execution") {
  rec::capture_logging();
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}), Column("name", types::String())});
  const Any id = t.c("id"), name = t.c("name");
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    made.begin([&](Connection& conn) {
      conn.execute(insert(t),
                   ParamsList{{{"id", 1}, {"name", "it's"}}, {{"id", 2}, {"name", "b"}}});
    });
    return made;
  });
  const auto late = [](std::string_view key, std::optional<Value> value, TypePtr type) {
    return erased::bindparam(key, {.type = type, .value = value, .literal_execute = true});
  };

  auto stmt = select(id, name).where(id == late("i", {}, types::Integer())).where(name != "zz");
  rec::step("string");
  str("default", stmt, {.params = true});
  str("rendered",
      select(id, name).where(id == late("i", 5, types::Integer())).where(name != "zz"),
      {.render_postcompile = true});

  Connection conn = engine.connect();
  const auto rows = [&](const Select<>& statement, const Params& params = {}) {
    return conn.execute(statement, params).all();
  };
  rec::step("executed");
  rec::show("rows", rows(stmt, {{"i", 1}}));
  rec::show("rows", rows(stmt, {{"i", 2}}));
  rec::step("string value");
  rec::show("rows", rows(select(id).where(name == late("n", "it's", types::String()))));
  rec::step("literal()");
  rec::attempt("literal(5, literal_execute)",
               [&] { rec::show("row", rows(select(late("param_1", 5, types::Integer())))); });
  rec::step("types");
  rec::attempt("bytes",
               [&] { rows(select(late("b", Bytes{std::byte{'x'}}, types::LargeBinary()))); });
  rec::attempt("datetime", [&] {
    rows(select(late("d", DateTime{{2020, 1, 2}, {3, 4, 5}}, types::DateTime())));
  });
  rec::attempt("None",
               [&] { rec::show("row", rows(select(late("x", Value(), types::Integer())))); });
  rec::step("executemany");
  rec::attempt("executemany", [&] {
    conn.execute(delete_(t).where(id == late("i", {}, types::Integer())),
                 ParamsList{{{"i", 1}}, {{"i", 2}}});
  });
}
