// SPDX-License-Identifier: MIT
// Values rendered in place.
#include <azoth/compile/parameters.hpp>

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("232", "literal_binds and str() of statements") {
  MetaData m;
  Table t("t",
          m,
          {Column("i", types::Integer()),
           Column("s", types::String()),
           Column("f", types::Float()),
           Column("n", types::Numeric()),
           Column("b", types::Boolean()),
           Column("d", types::Date()),
           Column("dt", types::DateTime()),
           Column("bin", types::LargeBinary()),
           Column("p", types::PickleType())});
  const Any i = t.c("i"), s = t.c("s");
  rec::step("default str");
  str("params", select(i).where(i == 5).where(s == "x").where(i > 7), {.params = true});
  const Select<> one = select(i).where(i == 5);
  std::vector<const azoth::sql::BindParameter*> binds;
  azoth::sql::collect_binds(one.node(), binds);
  const Compiled compiled = printing_dialect().compile(one.node(), {}, &binds);
  rec::Dict dict;
  for (const ParameterValue& parameter : construct_params(compiled, binds)) {
    dict.emplace_back(parameter.name, parameter.values.front());
  }
  rec::show("params object", dict);
  rec::step("literal_binds");
  const std::vector<std::pair<std::string, Expr<bool>>> criteria{
      {"int", i == 5},
      {"negative", i == -5},
      {"string", s == "it's 100%"},
      {"float", t.c("f") == 1.25},
      {"decimal", t.c("n") == Decimal("1.50")},
      {"bool", t.c("b") == true},
      {"date", t.c("d") == Date{2020, 1, 2}},
      {"datetime", t.c("dt") == DateTime{{2020, 1, 2}, {3, 4, 5}}},
      {"null", s == null},
      {"none", i.in(std::vector<Value>{1, null})},
      {"like", s.like("a%")},
      {"binary", t.c("bin") == Bytes{std::byte{'x'}}}};
  for (const auto& [label, e] : criteria) {
    for (const char* d : {"", "sqlite", "postgresql", "mysql"}) {
      str(label + " " + (*d ? d : "default"), select(i).where(e), {.on = d, .literal_binds = true});
    }
  }
  rec::step("statements");
  str("limit", select(i).limit(5), {.on = "sqlite", .literal_binds = true});
  str("insert", insert(t).values({{"i", 1}, {"s", "x"}}), {.literal_binds = true});
  str("update", update(t).values({{"i", i + 1}}).where(s == "q"), {.literal_binds = true});
  str("function", select(func::call("foo", 1, "two", null)), {.literal_binds = true});
  str("literal", select(literal(5), literal("x")), {.literal_binds = true});
}
