// SPDX-License-Identifier: MIT
// What a compiled statement tells the engine beside its text.
#include "render/tables.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/sqlite.hpp>
#include <azoth/sql/statement.hpp>

#include <gtest/gtest.h>

namespace azoth {
namespace {

using namespace render_test;

Compiled compile(const sql::Ref& statement, const CompileOptions& options = {}) {
  std::vector<const sql::BindParameter*> binds;
  sql::collect_binds(statement, binds);
  return sqlite_dialect().compile(statement, options, &binds);
}

std::vector<std::uint32_t> ordinals(const Compiled& compiled) {
  std::vector<std::uint32_t> out;
  for (const BindSlot& slot : compiled.slots) {
    out.push_back(slot.ordinal);
  }
  return out;
}

constexpr std::uint32_t constant = BindSlot::constant;

TEST(Compiled, SlotsKnowTheirParametersPlaceInTheWalk) {
  const sql::Ref s = select(a.id + 5).where(a.x == "q").where(a.id > 3).limit(1).node();
  const Compiled compiled = compile(s);
  std::vector<const sql::BindParameter*> binds;
  sql::collect_binds(s, binds);
  ASSERT_EQ(5u, compiled.slots.size());
  for (const BindSlot& slot : compiled.slots) {
    if (slot.ordinal != constant) {
      const auto& value = binds.at(slot.ordinal)->value;
      EXPECT_EQ(slot.name == "x_1"    ? Value("q")
                : slot.name == "id_1" ? Value(5)
                : slot.name == "id_2" ? Value(3)
                                      : Value(1),
                value);
    }
  }
  EXPECT_EQ(constant, compiled.slots[4].ordinal);
  EXPECT_EQ(Value(0), compiled.slots[4].value);  // the OFFSET that SQLite's LIMIT comes with
}

TEST(Compiled, ParameterRenderedTwiceHasTwoPositionalSlots) {
  const Any shared(sql::bind(7, "p"));
  const sql::Ref s = select(a.id).where(a.id == shared).where(b.id == shared).node();
  const Compiled compiled = compile(s);
  EXPECT_EQ((std::vector<std::uint32_t>{0, 0}), ordinals(compiled));
  EXPECT_EQ(compiled.slots[0].name, compiled.slots[1].name);
  EXPECT_EQ(1u, default_dialect().compile(s).slots.size());
}

TEST(Compiled, ParametersOfOneNameTakeTheLastValue) {
  const Any first(sql::bindparam("q", 1)), second(sql::bindparam("q", 2));
  const sql::Ref s = select(a.id).where(a.id == first).where(a.id != second).node();
  EXPECT_EQ((std::vector<std::uint32_t>{1, 1}), ordinals(compile(s)));
}

TEST(Compiled, ParametersOutsideTheWalkAreConstants) {
  const sql::Ref s = select(a.id).where(a.id == 3).node();
  const Compiled compiled = sqlite_dialect().compile(s);
  ASSERT_EQ(1u, compiled.slots.size());
  EXPECT_EQ(constant, compiled.slots[0].ordinal);
  EXPECT_EQ(Value(3), compiled.slots[0].value);
}

TEST(Compiled, InsertedValuesAreKeyedByColumnAndHaveItsType) {
  const Compiled compiled = compile(insert(a).values({{"x", "q"}}).node());
  ASSERT_EQ(1u, compiled.slots.size());
  EXPECT_EQ("x", compiled.slots[0].key);
  EXPECT_EQ(types::String(30), compiled.slots[0].type);
  EXPECT_EQ(0u, compiled.slots[0].ordinal);
  EXPECT_EQ(StatementKind::insert, compiled.kind);
  EXPECT_EQ(a.node(), compiled.table);
}

TEST(Compiled, RowOfValuesStandsWhereItIsSaid) {
  const Compiled compiled = compile(insert(a).values({{"id", 1}, {"x", "q"}}).node());
  EXPECT_EQ("(?, ?)", compiled.text.substr(compiled.values_offset, compiled.values_length));
  EXPECT_EQ(0u, compile(insert(a).values({{{"id", 1}}, {{"id", 2}}}).node()).values_length);
}

TEST(Compiled, ManyRowsAreNotCached) {
  EXPECT_TRUE(compile(insert(a).values({{"id", 1}}).node()).is_cacheable);
  EXPECT_FALSE(compile(insert(a).values({{{"id", 1}}, {{"id", 2}}}).node()).is_cacheable);
}

TEST(Compiled, ReturningRendersUnqualifiedColumns) {
  const Compiled compiled =
      compile(insert(a).values({{"x", "q"}}).returning(a.id, a.x.label("z")).node());
  EXPECT_EQ("INSERT INTO a (x) VALUES (?) RETURNING id, x AS z", compiled.text);
  EXPECT_TRUE(compiled.has_returning);
  ASSERT_EQ(2u, compiled.columns.size());
  EXPECT_EQ("z", compiled.columns[1].name);
  EXPECT_EQ("UPDATE a SET x=? WHERE a.id = ? RETURNING id",
            compile(update(a).values({{"x", "q"}}).where(a.id == 1).returning(a.id).node()).text);
  EXPECT_EQ("DELETE FROM a RETURNING id", compile(delete_(a).returning(a.id).node()).text);
}

TEST(Compiled, DefaultDialectRefusesReturning) {
  try {
    default_dialect().compile(delete_(a).returning(a.id).node());
    FAIL() << "not refused";
  } catch (const CompileError& e) {
    EXPECT_EQ("RETURNING is not supported by this dialect's statement compiler.", e.message());
  }
}

TEST(Compiled, ColumnsOfTheRowsKnowTheirExpressions) {
  const sql::Ref s = select(a.id, a.x).node();
  const Compiled compiled = compile(s);
  ASSERT_EQ(2u, compiled.columns.size());
  EXPECT_EQ(a.id.node(), compiled.columns[0].element);
  EXPECT_EQ(types::Integer(), compiled.columns[0].type);
}

TEST(Compiled, TextIsTextualAndNamesItsParameters) {
  const Compiled compiled = compile(text("select :a, ':b', :a").node());
  EXPECT_EQ("select ?, '?', ?", compiled.text);  // as SQLAlchemy: quotes mean nothing to text()
  EXPECT_EQ(StatementKind::text, compiled.kind);
  EXPECT_TRUE(compiled.is_textual);
  ASSERT_EQ(3u, compiled.slots.size());
  EXPECT_EQ("a", compiled.slots[2].key);
}

TEST(Compiled, ParametersOfACommonTableExpressionComeFirst) {
  const From q = select(a.id).where(a.id == 1).cte("q");
  const sql::Ref s = select(q.c("id") + 10).where(q.c("id") == 2).node();
  const Compiled compiled = compile(s);
  EXPECT_EQ(
      "WITH q AS \n(SELECT a.id AS id \nFROM a \nWHERE a.id = ?)\n SELECT q.id + ? AS anon_1 "
      "\nFROM q \nWHERE q.id = ?",
      compiled.text);
  std::vector<const sql::BindParameter*> binds;
  sql::collect_binds(s, binds);
  std::vector<Value> values;
  for (const BindSlot& slot : compiled.slots) {
    values.push_back(binds.at(slot.ordinal)->value);
  }
  EXPECT_EQ((std::vector<Value>{1, 10, 2}), values);
}

}  // namespace
}  // namespace azoth
