// SPDX-License-Identifier: MIT
// Each value of an IN list passes through the column's type.
#include "scenarios/erased.hpp"
#include <azoth/types/processors.hpp>

#include <set>

using namespace azoth;
using rec::str;

namespace {

enum class Mark { low = 1, high = 2 };

}  // namespace

template <>
struct azoth::EnumMembers<Mark> {
  static constexpr std::string_view name = "mark";
  static constexpr std::pair<Mark, std::string_view> members[] = {{Mark::low, "low"},
                                                                  {Mark::high, "high"}};
};

namespace {

// Stores a text in angle brackets.
TypePtr tagged() {
  const auto tag = [](const Value& value, std::string_view) -> Value {
    return "<" + value.get<std::string>() + ">";
  };
  const auto untag = [](const Value& value, std::string_view) -> Value {
    const std::string& text = value.get<std::string>();
    return text.substr(1, text.size() - 2);
  };
  return types::TypeDecorator(types::String(),
                              {.process_bind_param = tag, .process_result_value = untag});
}

}  // namespace

AZOTH_SCENARIO("051", "Expanding IN runs every value through the column's type") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("d", types::Date()),
           Column("n", types::Numeric(10, 2)),
           Column("b", types::Boolean()),
           Column("e", types::Enum<Mark>()),
           Column("g", tagged())});
  const Any id = t.c("id"), d = t.c("d"), g = t.c("g");
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    made.begin([&](Connection& conn) {
      conn.execute(insert(t),
                   ParamsList{{{"id", 1},
                               {"d", Date{2020, 1, 1}},
                               {"n", Decimal("1.50")},
                               {"b", true},
                               {"e", Mark::low},
                               {"g", "x"}},
                              {{"id", 2},
                               {"d", Date{2021, 1, 1}},
                               {"n", Decimal("2.50")},
                               {"b", false},
                               {"e", Mark::high},
                               {"g", "y"}}});
    });
    return made;
  });
  Connection conn = engine.connect();
  const auto show_ids = [&](const Select<>& statement) {
    rec::show("ids", conn.execute(statement.order_by(id)).scalars().all());
  };
  const std::vector<std::pair<std::string, Expr<bool>>> criteria{
      {"dates", d.in({Date{2020, 1, 1}, Date{2022, 1, 1}})},
      {"decimals", t.c("n").in({Decimal("1.50"), 2.5})},
      {"booleans", t.c("b").in({true})},
      {"enum", t.c("e").in({Mark::low, Mark::high})},
      {"decorated", g.in({"x", "zz"})},
      {"tuple", tuple_(d, g).in({{Date{2021, 1, 1}, "y"}})},
      {"set", id.in(std::set<int>{2})},
      {"generator", id.in(std::vector<int>{1, 2})},
      {"range", id.in(std::vector<int>{1, 2})},
      {"not in", g.not_in({"x"})}};
  for (const auto& [label, criterion] : criteria) {
    rec::step(label);
    show_ids(select(id).where(criterion));
    if (label != "decimals") {
      str("literal_binds", select(id).where(criterion), {.on = "sqlite", .literal_binds = true});
    }
  }
  rec::step("wrong element");
  rec::attempt("string among dates", [&] {
    conn.execute(select(id).where(d.in({Date{2020, 1, 1}, "2021-01-01"}))).scalars().all();
  });
  rec::step("the list is taken when the expression is made");
  std::vector<int> ids{1};
  const Select<> statement = select(id).where(id.in(ids));
  ids.push_back(2);
  show_ids(statement);
}
