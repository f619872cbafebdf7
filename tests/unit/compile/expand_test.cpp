// SPDX-License-Identifier: MIT
// Completing texts at execution, and compiling with the values in place.
#include "render/tables.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/postgresql.hpp>
#include <azoth/dialects/sqlite.hpp>
#include <azoth/sql/elements.hpp>

#include <gtest/gtest.h>

namespace azoth {
namespace {

using namespace render_test;

const sql::Ref& statement() {
  static const sql::Ref s = select(a.id)
                                .where(a.id.in({1, 2}))
                                .where(a.x == "it's")
                                .where(a.id.not_in(std::vector<int>()))
                                .limit(3)
                                .node();
  return s;
}

std::vector<std::int64_t> integers(const std::vector<Literal>& flat) {
  std::vector<std::int64_t> out;
  for (const Literal& value : flat) {
    out.push_back(value.integer());
  }
  return out;
}

TEST(Expand, ListsTakeTheirPlacesBetweenOtherParameters) {
  const Compiled compiled = sqlite_dialect().compile(statement());
  ASSERT_TRUE(compiled.has_post_compile);
  std::vector<Literal> flat;
  const std::string text =
      expand(compiled, sqlite_dialect(), {{10, 20, 30}, {40}, {}, {50}, {0}}, flat);
  EXPECT_EQ(
      "SELECT a.id \nFROM a \nWHERE a.id IN (?, ?, ?) AND a.x = ? AND (a.id NOT IN (SELECT 1 FROM "
      "(SELECT 1) WHERE 1!=1))\n LIMIT ? OFFSET ?",
      text);
  EXPECT_EQ((std::vector<std::int64_t>{10, 20, 30, 40, 50, 0}), integers(flat));
}

TEST(Expand, NamedStylesNumberTheItems) {
  const Compiled compiled = default_dialect().compile(statement());
  std::vector<Literal> flat;
  const std::string text = expand(compiled, default_dialect(), {{10, 20}, {40}, {}, {50}}, flat);
  EXPECT_EQ(
      "SELECT a.id \nFROM a \nWHERE a.id IN (:id_1_1, :id_1_2) AND a.x = :x_1 AND (a.id NOT IN "
      "(NULL) OR (1 = 1))\n LIMIT :param_1",
      text);
}

TEST(Expand, NumbersOfListsFollowThoseOfOtherParameters) {
  Capabilities can = postgresql_dialect().capabilities();
  can.paramstyle = ParamStyle::numeric_dollar;
  const auto numbered = postgresql::make_dialect(can);
  std::vector<Literal> flat;
  std::vector<TypePtr> types;
  const std::string text =
      expand(numbered->compile(statement()), *numbered, {{10, 20}, {40}, {}, {50}}, flat, &types);
  EXPECT_EQ(
      "SELECT a.id \nFROM a \nWHERE a.id IN ($3, $4) AND a.x = $1 AND (a.id NOT IN (NULL) OR (1 = "
      "1)) \n LIMIT $2",
      text);
  EXPECT_EQ((std::vector<std::int64_t>{40, 50, 10, 20}), integers(flat));
  EXPECT_EQ(flat.size(), types.size());
}

TEST(Expand, EmptyInSelectsNothing) {
  const sql::Ref s = select(a.id).where(a.id.in(std::vector<int>())).node();
  std::vector<Literal> flat;
  EXPECT_EQ("SELECT a.id \nFROM a \nWHERE a.id IN (NULL) AND (1 != 1)",
            expand(default_dialect().compile(s), default_dialect(), {{}}, flat));
  EXPECT_EQ("SELECT a.id \nFROM a \nWHERE a.id IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)",
            expand(sqlite_dialect().compile(s), sqlite_dialect(), {{}}, flat));
  EXPECT_TRUE(flat.empty());
}

sql::Ref tuple_in() {
  const std::vector<Literal> rows{1, "a", 2, "b"};
  sql::Ref pair = sql::tuple({a.id.node(), a.x.node()});
  const TypePtr type = pair->type();
  return select(a.id)
      .where(Any(
          sql::make_node<sql::BinaryExpression>(sql::Op::in,
                                                std::move(pair),
                                                sql::expanding(rows, "param", type, sql::Op::in),
                                                types::Boolean())))
      .node();
}

TEST(Expand, TuplesAreRowsOfValuesInSqlite) {
  std::vector<Literal> flat;
  const Compiled compiled = sqlite_dialect().compile(tuple_in());
  EXPECT_EQ("SELECT a.id \nFROM a \nWHERE (a.id, a.x) IN (VALUES (?, ?), (?, ?))",
            expand(compiled, sqlite_dialect(), {{1, 2, 3, 4}}, flat));
  EXPECT_EQ(
      "SELECT a.id \nFROM a \nWHERE (a.id, a.x) IN (SELECT 1, 1 FROM (SELECT 1, 1) WHERE 1!=1)",
      expand(compiled, sqlite_dialect(), {{}}, flat));
}

TEST(Expand, TuplesNumberRowAndColumnInNamedStyles) {
  EXPECT_EQ(
      "SELECT a.id \nFROM a \nWHERE (a.id, a.x) IN ((:param_1_1_1, :param_1_1_2), (:param_1_2_1, "
      ":param_1_2_2))",
      to_string(tuple_in(), default_dialect(), {.render_postcompile = true}));
}

TEST(RenderPostcompile, ListsAreExpandedWithTheValuesOfTheStatement) {
  const Compiled compiled = sqlite_dialect().compile(statement(), {.render_postcompile = true});
  EXPECT_EQ(
      "SELECT a.id \nFROM a \nWHERE a.id IN (?, ?) AND a.x = ? AND (a.id NOT IN (SELECT 1 FROM "
      "(SELECT 1) WHERE 1!=1))\n LIMIT ? OFFSET ?",
      compiled.text);
  EXPECT_FALSE(compiled.has_post_compile);
  ASSERT_EQ(5u, compiled.slots.size());
  EXPECT_EQ("id_1_2", compiled.slots[1].name);
  EXPECT_EQ(2, compiled.slots[1].value.get<std::int64_t>());
}

TEST(LiteralBinds, ValuesStandInPlace) {
  const Compiled compiled = sqlite_dialect().compile(statement(), {.literal_binds = true});
  EXPECT_EQ(
      "SELECT a.id \nFROM a \nWHERE a.id IN (1, 2) AND a.x = 'it''s' AND (a.id NOT IN (SELECT 1 "
      "FROM (SELECT 1) WHERE 1!=1))\n LIMIT 3 OFFSET 0",
      compiled.text);
  EXPECT_TRUE(compiled.slots.empty());
}

TEST(LiteralBinds, InsertAndUpdateHaveTheirValuesInPlace) {
  EXPECT_EQ("INSERT INTO a (id, x) VALUES (1, 'q')",
            to_string(insert(a).values({{"id", 1}, {"x", "q"}}).node(),
                      sqlite_dialect(),
                      {.literal_binds = true}));
  EXPECT_EQ("UPDATE a SET x='q' WHERE a.id = 2",
            to_string(update(a).values({{"x", "q"}}).where(a.id == 2).node(),
                      sqlite_dialect(),
                      {.literal_binds = true}));
}

TEST(LiteralBinds, NullIsWarnedOf) {
  const Compiled compiled = sqlite_dialect().compile(
      select(a.id).where(a.id == bindparam("q")).node(), {.literal_binds = true});
  EXPECT_EQ("SELECT a.id \nFROM a \nWHERE a.id = NULL", compiled.text);
  EXPECT_EQ(
      (std::vector<std::string>{
          "Bound parameter 'q' rendering literal NULL in a SQL expression; comparisons to NULL "
          "should not use operators outside of 'is' or 'is not'"}),
      compiled.warnings);
}

}  // namespace
}  // namespace azoth
