// SPDX-License-Identifier: MIT
// Dynamic rows: columns by position, name and expression. Texts are SQLAlchemy's.
#include "unit/engine/fixture.hpp"
#include <azoth/sql/from.hpp>

namespace azoth {
namespace {

class RowTest : public EngineTest {
 protected:
  RowTest() { c.execute(insert(t), {{"id", 1}, {"name", "a"}}); }

  Row row(const Select<>& statement) { return c.execute(statement).one(); }

  Engine engine = make_engine();
  Connection c = engine.connect();
};

TEST_F(RowTest, ColumnsByPositionNameAndExpression) {
  const Row r = row(select(id, name));
  EXPECT_EQ(r[0], Value(1));
  EXPECT_EQ(r["name"], Value("a"));
  EXPECT_EQ(r[name], Value("a"));
  EXPECT_EQ(r.get<std::int64_t>("id"), 1);
  EXPECT_EQ(r.get<std::optional<std::string>>(1), "a");
  EXPECT_EQ(r.keys(), (Lines{"id", "name"}));
  EXPECT_TRUE(r.mapping().contains("id"));
  EXPECT_FALSE(r.mapping().contains("nope"));
  EXPECT_EQ(repr(r), "(1, 'a')");
  EXPECT_EQ(r.mapping(),
            (std::vector<std::pair<std::string, Value>>{{"id", Value(1)}, {"name", Value("a")}}));
}

TEST_F(RowTest, LabelledColumnIsFoundByItsColumnToo) {
  const Row r = row(select(id.label("key"), name));
  EXPECT_EQ(r["key"], Value(1));
  EXPECT_EQ(r[id], Value(1));
}

TEST_F(RowTest, MissingColumnsAreNamed) {
  const Row r = row(select(id));
  EXPECT_EQ(message_of<NoSuchColumnError>([&] { r["zz"]; }),
            "Could not locate column in row for column 'zz'");
  EXPECT_EQ(message_of<NoSuchColumnError>([&] { r[name]; }),
            "Could not locate column in row for column 't.name'");
  EXPECT_THROW(r[4], NoSuchColumnError);
  EXPECT_THROW(r[-9], NoSuchColumnError);
}

TEST_F(RowTest, NameOfTwoColumnsIsAmbiguous) {
  const Row r = row(select(id, name.label("id")));
  EXPECT_EQ(message_of<InvalidRequestError>([&] { r["id"]; }),
            "Ambiguous column name 'id' in result set column descriptions");
  EXPECT_EQ(r[name], Value("a"));
}

TEST_F(RowTest, TextTakesNamesFromTheDriverAndTheLastOfTwo) {
  auto result = c.execute(text("SELECT 1 AS a, 2 AS a"));
  EXPECT_EQ(result.keys(), (Lines{"a", "a"}));
  EXPECT_EQ(result.one()["a"], Value(2));
}

TEST_F(RowTest, NamesStayAfterTheLastRow) {
  auto result = c.execute(text("SELECT 1 AS a WHERE 0"));
  EXPECT_EQ(result.keys(), Lines{"a"});
  EXPECT_EQ(result.all(), std::vector<Row>{});
  EXPECT_EQ(result.keys(), Lines{"a"});
}

TEST_F(RowTest, RowOutlivesItsResultAndConnection) {
  Row r = row(select(id, name));
  {
    const Connection gone = std::move(c);
  }
  EXPECT_EQ(r["name"], Value("a"));
}

TEST_F(RowTest, ScalarsOfTextAreValuesOrTyped) {
  EXPECT_EQ(c.scalar(text("SELECT 5")), Value(5));
  EXPECT_EQ(c.scalar(text("SELECT NULL")), std::nullopt);
  EXPECT_EQ(c.execute(text("SELECT 5")).scalar<std::int64_t>(), 5);
  EXPECT_EQ(c.execute(text("SELECT 1 UNION SELECT 2")).scalars<std::int32_t>().all(),
            (std::vector<std::int32_t>{1, 2}));
  EXPECT_EQ(c.execute(text("SELECT 'x'")).scalar_one(), Value("x"));
}

TEST_F(RowTest, WrongTypeIsRefusedByGet) {
  const Row r = row(select(name));
  EXPECT_THROW(r.get<std::int64_t>(0), ArgumentError);
}

TEST_F(RowTest, ValuesHaveTheSqlTypesKind) {
  const Table d("d",
                metadata,
                {Column("id", types::Integer(), {.primary_key = true}),
                 Column("at", types::DateTime()),
                 Column("price", types::Numeric(10, 2)),
                 Column("on", types::Boolean())});
  create_all(metadata, c);
  c.execute(insert(d),
            {{"at", DateTime{{2010, 5, 1}, {12, 0, 0}}}, {"price", Decimal("1.50")}, {"on", true}});
  const Row r = row(select(d.c("at"), d.c("price"), d.c("on")));
  EXPECT_EQ(r[0], Value(DateTime{{2010, 5, 1}, {12, 0, 0}}));
  EXPECT_EQ(r[1], Value(Decimal("1.50")));
  EXPECT_EQ(r[2], Value(true));
}

}  // namespace
}  // namespace azoth
