// SPDX-License-Identifier: MIT
// Expanding IN: what the statement is as text before it is executed.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("006", "Expanding IN: the three string forms") {
  MetaData m;
  Table a("a",
          m,
          {Column("id", types::Integer(), {.primary_key = true}), Column("data", types::String())});
  const Any id = a.c("id"), data = a.c("data");
  auto stmt = select(id, data).where(id.in({1, 2, 3}));

  rec::step("the seed's forms");
  str("default", stmt, {.params = true});
  str("literal_binds", stmt, {.literal_binds = true});
  str("render_postcompile", stmt, {.params = true, .render_postcompile = true});

  rec::step("strings");
  auto s2 = select(id).where(data.in({"x", "it's"}));
  str("default", s2);
  str("literal_binds", s2, {.literal_binds = true});
  str("render_postcompile", s2, {.params = true, .render_postcompile = true});

  rec::step("two INs on one column: unique names");
  auto s3 = select(id).where(id.in({1, 2})).where(id.in({3}));
  str("default", s3, {.params = true});
  str("render_postcompile", s3, {.params = true, .render_postcompile = true});

  rec::step("NOT IN");
  auto s4 = select(id).where(id.not_in({1, 2}));
  str("default", s4);
  str("render_postcompile", s4, {.render_postcompile = true});
  str("~in_", select(id).where(!id.in({1, 2})), {.render_postcompile = true});

  rec::step("named expanding parameter");
  str("default", select(id).where(erased::in(id, erased::bindparam("ids", {.expanding = true}))));
  str("without expanding=True", select(id).where(erased::in(id, erased::bindparam("ids", {}))));
  str("with value",
      select(id).where(erased::in(id, erased::bindparam("ids", {.values = {7, 8}}))),
      {.render_postcompile = true});

  rec::step("positional paramstyles");
  for (const char* d : {"sqlite", "mysql", "oracle", "mssql"}) {
    str(d, stmt, {.on = d, .render_postcompile = true});
  }
}
