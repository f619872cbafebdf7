// SPDX-License-Identifier: MIT
// Typed results: what their methods return, when they close, and what they refuse.
#include "unit/engine/fixture.hpp"

namespace azoth {
namespace {

using IdName = std::tuple<std::int64_t, std::string>;

class ResultTest : public EngineTest {
 protected:
  ResultTest() {
    ParamsList sets;
    for (int i = 1; i <= 4; ++i) {
      sets.push_back({{"id", i}, {"name", "n" + std::to_string(i)}});
    }
    c.execute(insert(t), sets);
  }

  auto rows() { return c.execute(select(id, name).order_by(id)); }

  Engine engine = make_engine();
  Connection c = engine.connect();
};

TEST_F(ResultTest, RowsUnpackIntoTheirTypes) {
  std::string seen;
  for (auto [key, text] : rows()) {
    static_assert(std::is_same_v<decltype(key), std::int64_t> &&
                  std::is_same_v<decltype(text), std::string>);
    seen += std::to_string(key) + text + " ";
  }
  EXPECT_EQ(seen, "1n1 2n2 3n3 4n4 ");
}

TEST_F(ResultTest, RowsAreFetchedInPieces) {
  auto result = rows();
  EXPECT_EQ(result.keys(), (Lines{"id", "name"}));
  EXPECT_EQ(result.fetchone(), IdName(1, "n1"));
  EXPECT_EQ(result.fetchmany(2), (std::vector<IdName>{{2, "n2"}, {3, "n3"}}));
  EXPECT_EQ(result.all(), (std::vector<IdName>{{4, "n4"}}));
  EXPECT_EQ(result.all(), std::vector<IdName>{});
  EXPECT_EQ(result.fetchone(), std::nullopt);
}

TEST_F(ResultTest, FirstCloses) {
  auto result = rows();
  EXPECT_EQ(result.first(), IdName(1, "n1"));
  EXPECT_EQ(message_of<ResourceClosedError>([&] { result.fetchone(); }),
            "This result object is closed.");
  EXPECT_EQ(c.execute(select(id).where(id == 99)).first(), std::nullopt);
}

TEST_F(ResultTest, OneNeedsExactlyOne) {
  EXPECT_EQ(c.execute(select(id, name).where(id == 2)).one(), IdName(2, "n2"));
  EXPECT_EQ(message_of<NoResultFound>([&] { c.execute(select(id).where(id == 99)).one(); }),
            "No row was found when one was required");
  EXPECT_EQ(message_of<MultipleResultsFound>([&] { rows().one(); }),
            "Multiple rows were found when exactly one was required");
}

TEST_F(ResultTest, OneOrNoneAllowsNone) {
  EXPECT_EQ(c.execute(select(id).where(id == 99)).one_or_none(), std::nullopt);
  EXPECT_EQ(message_of<MultipleResultsFound>([&] { rows().one_or_none(); }),
            "Multiple rows were found when one or none was required");
}

TEST_F(ResultTest, ScalarsAreTheFirstColumn) {
  EXPECT_EQ(rows().scalars().all(), (std::vector<std::int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(c.scalars(select(name).where(id < 3)).all(), (Lines{"n1", "n2"}));
  EXPECT_EQ(rows().scalar(), 1);
  EXPECT_EQ(c.scalar(select(name).where(id == 3)), "n3");
  EXPECT_EQ(c.scalar(select(name).where(id == 99)), std::nullopt);
  EXPECT_EQ(c.execute(select(name).where(id == 3)).scalar_one(), "n3");
  EXPECT_THROW(c.execute(select(name).where(id == 99)).scalar_one(), NoResultFound);
}

TEST_F(ResultTest, ClosedResultCannotBeRead) {
  auto result = rows();
  result.close();
  EXPECT_EQ(message_of<ResourceClosedError>([&] { result.all(); }),
            "This result object is closed.");
}

TEST_F(ResultTest, StatementsWithoutRowsSaySo) {
  auto result = c.execute(insert(t).values({{"id", 50}, {"name", "x"}}));
  EXPECT_FALSE(result.returns_rows());
  EXPECT_EQ(result.rowcount(), 1);
  EXPECT_EQ(result.lastrowid(), 50);
  EXPECT_EQ(result.inserted_primary_key(), std::vector<Value>{Value(50)});
  const std::string refusal =
      "This result object does not return rows. It has been closed automatically.";
  EXPECT_EQ(message_of<ResourceClosedError>([&] { result.all(); }), refusal);
  EXPECT_EQ(message_of<ResourceClosedError>([&] { result.keys(); }), refusal);
  EXPECT_EQ(message_of<ResourceClosedError>([&] { result.scalar(); }), refusal);
}

TEST_F(ResultTest, RowcountsOfUpdateAndDelete) {
  EXPECT_EQ(c.execute(update(t).where(id < 4).values({{"name", "x"}})).rowcount(), 3);
  EXPECT_EQ(c.execute(delete_(t).where(name == "x")).rowcount(), 3);
  EXPECT_EQ(c.execute(delete_(t).where(name == "x")).rowcount(), 0);
  EXPECT_EQ(rows().rowcount(), -1);
}

TEST_F(ResultTest, InsertedPrimaryKeyIsGeneratedOrGiven) {
  EXPECT_EQ(c.execute(insert(t), {{"name", "x"}}).inserted_primary_key(),
            std::vector<Value>{Value(5)});
  EXPECT_EQ(c.execute(insert(t), {{"id", 9}, {"name", "x"}}).inserted_primary_key(),
            std::vector<Value>{Value(9)});
  EXPECT_EQ(c.execute(insert(t), {{"id", null}, {"name", "x"}}).inserted_primary_key(),
            std::vector<Value>{Value(10)});
  EXPECT_EQ(c.execute(insert(t)).inserted_primary_key(), std::vector<Value>{Value(11)});
  EXPECT_EQ(message_of<InvalidRequestError>([&] { c.execute(delete_(t)).inserted_primary_key(); }),
            "Statement is not an insert() expression construct.");
}

TEST_F(ResultTest, ReturningGivesTypedRows) {
  auto result = c.execute(insert(t).values({{"name", "x"}}).returning(id, name));
  EXPECT_EQ(result.one(), IdName(5, "x"));
}

TEST_F(ResultTest, ValueOfAnotherTypeNamesTableColumnAndValue) {
  c.exec_driver_sql("CREATE TABLE w (id INTEGER PRIMARY KEY, n INTEGER)");
  c.exec_driver_sql("INSERT INTO w VALUES (1, 'abc'), (2, NULL)");
  const Table w(
      "w",
      metadata,
      {Column("id", types::Integer(), {.primary_key = true}), Column("n", types::Integer())});
  const auto n = w.c<std::int64_t>("n");
  EXPECT_EQ(
      what_of<DataError>([&] { c.execute(select(n).where(w.c<std::int64_t>("id") == 1)).all(); }),
      "(sqlite3.DataError) column w.n holds 'abc' (text), which is no value of std::int64_t (SQL "
      "type Integer())\n"
      "[SQL: SELECT w.n \nFROM w \nWHERE w.id = ?]\n(Background on this error at: "
      "https://sqlalche.me/e/20/9h9h)");
  EXPECT_EQ(message_of<DataError>(
                [&] { c.execute(select(n.label("x")).where(w.c<std::int64_t>("id") == 2)).all(); }),
            "(sqlite3.DataError) column w.n is NULL, which std::int64_t cannot hold; read it into "
            "std::optional<std::int64_t>");
}

TEST_F(ResultTest, OpenResultsOfOneTextDoNotDisturbEachOther) {
  auto outer = rows();
  std::string seen;
  for (auto& [key, text] : outer) {
    for (auto& [inner_key, inner_text] : rows()) {
      seen += inner_text == text ? text : "";
    }
  }
  EXPECT_EQ(seen, "n1n2n3n4");
}

TEST_F(ResultTest, RollbackAndCloseOfTheConnectionCloseItsResults) {
  auto result = rows();
  ASSERT_TRUE(result.fetchone());
  c.rollback();
  EXPECT_EQ(message_of<ResourceClosedError>([&] { result.fetchone(); }),
            "This result object is closed.");
  auto other = c.execute(text("SELECT 1 UNION SELECT 2"));
  ASSERT_TRUE(other.fetchone());
  {
    const Connection gone = std::move(c);
  }
  EXPECT_EQ(message_of<ResourceClosedError>([&] { other.fetchone(); }),
            "This result object is closed.");
}

TEST_F(ResultTest, CommitLeavesResultsOpen) {
  auto result = rows();
  ASSERT_TRUE(result.fetchone());
  c.commit();
  EXPECT_EQ(result.all().size(), 3U);
}

TEST_F(ResultTest, StreamKeepsTheTextsOfItsStatementAndParameters) {
  auto by_value = c.execute(
      select(id).where(name != std::string("a long text that lies in the statement's own memory")));
  auto by_parameter = c.execute(text("SELECT id FROM t WHERE name != :n"),
                                {{"n", std::string("another text that is long enough")}});
  EXPECT_EQ(by_value.all().size(), 4U);
  EXPECT_EQ(by_parameter.all().size(), 4U);
}

TEST_F(ResultTest, MovedResultGoesOn) {
  auto result = rows();
  ASSERT_TRUE(result.fetchone());
  auto moved = std::move(result);
  EXPECT_EQ(moved.all().size(), 3U);
}

}  // namespace
}  // namespace azoth
