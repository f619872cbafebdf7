// SPDX-License-Identifier: MIT
// LIMIT and OFFSET on SQL Server, by version.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("037", "SQL Server: TOP and OFFSET with post-compile parameters") {
  MetaData m;
  Table t(
      "mytable",
      m,
      {Column("id", types::Integer(), {.primary_key = true}), Column("data", types::String(50))});
  const Any id = t.c("id"), data = t.c("data");

  const auto mssql = [](bool offset_fetch) {
    Capabilities can = dialect("mssql").capabilities();
    can.offset_fetch = offset_fetch;
    return make_dialect("mssql", can);
  };
  const auto old_one = mssql(false), new_one = mssql(true);

  for (const auto& [label, d] : {std::pair("default", &dialect("mssql")),
                                 std::pair("2008", static_cast<const Dialect*>(old_one.get())),
                                 std::pair("2012", static_cast<const Dialect*>(new_one.get()))}) {
    const Dialect* on = d;
    rec::step(label);
    str("limit", select(t).limit(5), {.dialect = on, .params = true});
    str("limit rendered", select(t).limit(5), {.dialect = on, .render_postcompile = true});
    str("limit literal", select(t).limit(5), {.dialect = on, .literal_binds = true});
    str("limit order by", select(t).order_by(data).limit(5), {.dialect = on});
    const auto both = select(t).order_by(data).limit(5).offset(3);
    str("limit offset order by", both, {.dialect = on, .params = true});
    str("limit offset rendered", both, {.dialect = on, .render_postcompile = true});
    str("offset only", select(t).order_by(data).offset(3), {.dialect = on});
    str("limit offset without order by", select(t).limit(5).offset(3), {.dialect = on});
    str("limit as a bound parameter", erased::limit(select(t), bindparam("n")), {.dialect = on});
    str("limit as an expression", erased::limit(select(t).order_by(id), id + 1), {.dialect = on});
    str("fetch", erased::fetch(select(t).order_by(id), 4), {.dialect = on});
    str("in a subquery", select(select(id).order_by(id).limit(2).subquery()), {.dialect = on});
    str("distinct", select(data).distinct().limit(2), {.dialect = on});
  }
}
