// SPDX-License-Identifier: MIT
// What dynamic results are turned into, and what rows tell of themselves.
#include "unit/engine/fixture.hpp"
#include <azoth/engine/dynamic_result.hpp>

namespace azoth {
namespace {

class DynamicResultTest : public EngineTest {
 protected:
  Result<> rows(std::string_view sql =
                    "SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, 'y' UNION ALL "
                    "SELECT 1, 'x' ORDER BY a") {
    return connection.execute(text(sql));
  }

  using Values = std::vector<Value>;
  Engine engine = make_engine();
  Connection connection = engine.connect();
};

TEST_F(DynamicResultTest, ColumnsChoosesAndOrders) {
  Result<> chosen = rows().columns({"b", 0});
  EXPECT_EQ(chosen.keys(), (Lines{"b", "a"}));
  const std::optional<Row> row = chosen.first();
  EXPECT_EQ(row->values(), (Values{"x", 1}));
  EXPECT_EQ((*row)["a"], Value(1));
  EXPECT_EQ(message_of<NoSuchColumnError>([&] { rows().columns({"c"}); }),
            "Could not locate column in row for column 'c'");
}

TEST_F(DynamicResultTest, ColumnsByExpressionAreFoundInTheChosenRows) {
  const Select<> statement = select(id, name);
  Result<> chosen = connection.execute(statement).columns({name});
  EXPECT_EQ(chosen.keys(), Lines{"name"});
  connection.execute(insert(t).values({{"id", 1}, {"name", "n"}}));
  const Row row = connection.execute(statement).columns({name}).one();
  EXPECT_EQ(row[name], Value("n"));
  EXPECT_THROW(row[id], NoSuchColumnError);
}

TEST_F(DynamicResultTest, ScalarsOfAnyColumn) {
  EXPECT_EQ(rows().scalars("b").all(), (Values{"x", "x", "y"}));
  EXPECT_EQ(rows().scalars().all(), (Values{1, 1, 2}));
}

TEST_F(DynamicResultTest, UniqueLeavesOutWhatWasThereBefore) {
  EXPECT_EQ(rows().unique().all().size(), 2U);
  EXPECT_EQ(rows().scalars("b").unique().all(), (Values{"x", "y"}));
}

TEST_F(DynamicResultTest, UniqueTellsKindsOfValuesApart) {
  EXPECT_EQ(rows("SELECT 1 AS a UNION ALL SELECT '1'").unique().all().size(), 2U);
}

TEST_F(DynamicResultTest, PartitionsAreListsOfThatSizeAndTheRest) {
  std::vector<std::size_t> sizes;
  for (const std::vector<Row>& some : rows().partitions(2)) {
    sizes.push_back(some.size());
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 1}));
}

TEST_F(DynamicResultTest, MappingsAreRowsByName) {
  const std::optional<RowMapping> row = rows().mappings().first();
  EXPECT_EQ(row->keys(), (Lines{"a", "b"}));
  EXPECT_EQ((*row)["b"], Value("x"));
  EXPECT_TRUE(row->contains("a"));
  EXPECT_FALSE(row->contains("x"));
}

TEST_F(DynamicResultTest, FrozenRowsAreReadManyTimes) {
  const FrozenResult frozen = rows().freeze();
  EXPECT_EQ(frozen().all().size(), 3U);
  EXPECT_EQ(frozen().scalars("b").first(), Value("x"));
  EXPECT_EQ(frozen().columns({1}).first()->values(), Values{"x"});
}

TEST_F(DynamicResultTest, MergedResultsFollowEachOther) {
  std::vector<Result<>> others;
  others.push_back(rows("SELECT 7 AS a, 'z' AS b"));
  EXPECT_EQ(rows().merge(std::move(others)).scalars().all(), (Values{1, 1, 2, 7}));
}

TEST_F(DynamicResultTest, ClosedIsWhatWasNotReadToItsEnd) {
  Result<> read = rows();
  read.all();
  EXPECT_FALSE(read.closed());
  EXPECT_TRUE(read.all().empty());
  Result<> left = rows();
  left.close();
  EXPECT_TRUE(left.closed());
  EXPECT_THROW(left.all(), ResourceClosedError);
}

TEST_F(DynamicResultTest, RowComparesWithTuplesAndTellsItsValues) {
  const Row row = *rows().first();
  EXPECT_TRUE(row == std::tuple(1, "x"));
  EXPECT_FALSE(row == std::tuple(1, "y"));
  EXPECT_TRUE(row < std::tuple(1, "y"));
  EXPECT_EQ(row[-1], Value("x"));
  EXPECT_EQ(row.index("x"), 1U);
  EXPECT_TRUE(row.contains(1));
  EXPECT_FALSE(row.contains("a")) << "names are the mapping's";
  EXPECT_EQ(row.slice(1, 9), Values{"x"});
  const auto [a, b] = row.as<int, std::string>();
  EXPECT_EQ(a, 1);
  EXPECT_EQ(b, "x");
  EXPECT_EQ(message_of<ArgumentError>([&] { row.as<int>(); }),
            "The row has 2 columns, which do not fit a tuple of 1");
}

TEST_F(DynamicResultTest, WrittenRowTellsItsParameters) {
  using Items = std::vector<std::pair<std::string, Value>>;
  Result<> r = connection.execute(insert(t).values({{"id", 5}, {"name", "n"}}));
  EXPECT_EQ(r.cursor().last_inserted_params(), (Items{{"id", 5}, {"name", "n"}}));
  EXPECT_EQ(message_of<InvalidRequestError>([&] { r.cursor().last_updated_params(); }),
            "Statement is not an update() expression construct.");
  r = connection.execute(update(t).where(id == 5).values({{"name", "m"}}));
  EXPECT_EQ(r.cursor().last_updated_params(), (Items{{"name", "m"}, {"id_1", 5}}));
}

}  // namespace
}  // namespace azoth
