// SPDX-License-Identifier: MIT
// Statements as lists of parts: generative building, in place where nobody sees it, values of
// INSERT and UPDATE.
#include "unit/sql/shape.hpp"
#include <azoth/base/error.hpp>

#include <gtest/gtest.h>

namespace {

using namespace azoth;
using sql::Clause;
using sql::Statement;

struct StatementParts : testing::Test, test::Columns {
  static const Statement& of(const sql::Ref& s) { return sql::as<Statement>(s); }

  template <class S>
  static std::size_t count(const S& s, Clause clause) {
    std::size_t n = 0;
    of(s.node()).each(clause, [&](const sql::Ref&) { ++n; });
    return n;
  }
};

TEST_F(StatementParts, BuildingLeavesTheOriginalAsItWas) {
  const auto base = select(a).where(b == 1);
  const Hash before = test::key_of(base.node());
  const auto more = base.where(b == 2);
  EXPECT_EQ(count(base, Clause::where), 1u);
  EXPECT_EQ(count(more, Clause::where), 2u);
  EXPECT_EQ(test::key_of(base.node()), before);
}

TEST_F(StatementParts, ATemporaryIsChangedInPlace) {
  auto s = select(a);
  const sql::Node* node = s.node().get();
  s = std::move(s).where(b == 1).order_by(a).limit(1);
  EXPECT_EQ(s.node().get(), node);
  const auto copy = s;
  s = std::move(s).where(b == 2);
  EXPECT_NE(s.node().get(), node) << "the copy still holds the first";
  EXPECT_EQ(count(copy, Clause::where), 1u);
}

TEST_F(StatementParts, PartsAreSortedByClauseAndNumberedWithinIt) {
  const auto s = select(a).limit(1).where(b == 1).order_by(a).where(b == 2);
  std::vector<std::pair<Clause, std::uint32_t>> found;
  for (const Statement::Part& p : of(s.node()).parts()) {
    found.emplace_back(p.clause, p.place);
  }
  const std::vector<std::pair<Clause, std::uint32_t>> expected{{Clause::column, 0},
                                                               {Clause::where, 0},
                                                               {Clause::where, 1},
                                                               {Clause::order_by, 0},
                                                               {Clause::limit, 0}};
  EXPECT_EQ(found, expected);
  EXPECT_TRUE(of(s.node()).has(Clause::where));
  EXPECT_FALSE(of(s.node()).has(Clause::having));
  EXPECT_EQ(of(s.node()).first(Clause::having), nullptr);
}

TEST_F(StatementParts, RemovedClausesLeaveNoTrace) {
  sql::Ref s = select(a).where(b == 1).order_by(a).node();
  sql::StatementBuilder::remove(s, Clause::where);
  EXPECT_FALSE(of(s).has(Clause::where));
  EXPECT_EQ(test::key_of(s), test::key_of(select(a).order_by(a).node()));
  EXPECT_FALSE(s->has_walk()) << "no bind is left";
}

TEST_F(StatementParts, MoreThan65535RowsKeepTheirPlaces) {
  sql::Ref s = sql::StatementBuilder::make(sql::Kind::insert, table.node());
  const sql::Ref row = sql::make_node<sql::ValuesRow>(sql::Refs{});
  for (int i = 0; i < 65'536 + 2; ++i) {
    sql::StatementBuilder::append(s, Clause::values_row, row);
  }
  EXPECT_TRUE(of(s).has(Clause::values_row));
  EXPECT_EQ(of(s).parts().back().place, 65'537u);
}

// They are named when the statement is compiled: after their column, or by a number within another.
TEST_F(StatementParts, ValuesAreBoundWithoutANameAndWithTheColumnsType) {
  const auto s = insert(table).values({{"a", 5}, {"s", "x"}, {"f", 1}});
  const auto binds = test::binds_of(s.node());
  ASSERT_EQ(binds.size(), 3u);
  EXPECT_EQ(binds[0]->key, "param");
  EXPECT_EQ(binds[1]->type(), types::String());
  EXPECT_EQ(binds[2]->key, "param");
  EXPECT_EQ(binds[1]->value, Value("x"));
}

TEST_F(StatementParts, UnknownColumnsOfValuesAreRefused) {
  try {
    (void)update(table).values({{"zz", 5}});
    FAIL();
  } catch (const CompileError& e) {
    EXPECT_EQ(e.message(), "Unconsumed column names: zz");
  }
}

TEST_F(StatementParts, ValuesMayBeExpressions) {
  const auto s = update(table).values({{"a", a + 1}}).where(b == 2);
  const auto binds = test::binds_of(s.node());
  ASSERT_EQ(binds.size(), 2u);
  EXPECT_EQ(binds[0]->value, Value(2)) << "the walk goes by clause: WHERE before SET";
  EXPECT_EQ(binds[1]->value, Value(1));
}

TEST_F(StatementParts, AScalarSubqueryHasOneColumnAndItsType) {
  EXPECT_EQ(select(s).scalar_subquery().node()->type(), types::String());
  EXPECT_THROW((void)Select<>(select(a, b)).scalar_subquery(), ArgumentError);
  EXPECT_THROW((void)a.in(Select<>(select(a, b))), ArgumentError);
}

}  // namespace
