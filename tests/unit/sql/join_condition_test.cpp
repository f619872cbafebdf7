// SPDX-License-Identifier: MIT
// The ON clause that foreign keys imply, checked against SQLAlchemy 1.4's str() of the same join.
#include "unit/sql/shape.hpp"
#include <azoth/base/error.hpp>

#include <gtest/gtest.h>

namespace {

using namespace azoth;
using test::shape;

struct JoinCondition : testing::Test {
  MetaData metadata;

  Table table(std::string_view name,
              std::vector<std::pair<std::string, std::string>> columns,
              std::vector<Constraint> constraints = {}) {
    std::vector<Column> all{{"id", types::Integer(), {.primary_key = true}}};
    for (auto& [column, target] : columns) {
      ColumnOptions options;
      if (!target.empty()) {
        options.foreign_key = ForeignKey(target);
      }
      all.emplace_back(column, types::Integer(), std::move(options));
    }
    return Table(name, metadata, std::move(all), std::move(constraints));
  }

  static std::string on(const From& left, const From& right) {
    return shape(sql::join_condition(left.node(), right.node()));
  }

  template <class E>
  static std::string error(const From& left, const From& right) {
    try {
      (void)on(left, right);
    } catch (const E& e) {
      return e.message();
    }
    return "nothing thrown";
  }
};

TEST_F(JoinCondition, ReferredColumnStandsLeftInBothDirections) {
  const Table a = table("a", {}), b = table("b", {{"a_id", "a.id"}});
  EXPECT_EQ(on(a, b), "a.id = b.a_id");
  EXPECT_EQ(on(b, a), "a.id = b.a_id");
  EXPECT_TRUE(sql::can_join(a.node(), b.node()));
}

TEST_F(JoinCondition, AliasesAndSubqueriesAreFollowedToTheirTables) {
  const Table a = table("a", {}), b = table("b", {{"a_id", "a.id"}});
  EXPECT_EQ(on(alias(a, "x"), b), "x.id = b.a_id");
  EXPECT_EQ(on(a, alias(b, "y")), "a.id = y.a_id");
  EXPECT_EQ(on(select(a).subquery("s"), b), "s.id = b.a_id");
  EXPECT_EQ(on(a, select(b.c("a_id")).subquery("s")), "a.id = s.a_id");
  EXPECT_EQ(error<NoForeignKeysError>(a, select(b.c("id")).subquery("s")),
            "Can't find any foreign key relationships between 'a' and 's'.");
}

TEST_F(JoinCondition, OfAJoinTheRightSideIsTriedFirst) {
  const Table a = table("a", {}), b = table("b", {{"a_id", "a.id"}}),
              c = table("c", {{"b_id", "b.id"}, {"a_id", "a.id"}});
  EXPECT_EQ(on(From(sql::join(a.node(), b.node())), c), "b.id = c.b_id");
  EXPECT_EQ(on(From(sql::join(b.node(), a.node())), c), "a.id = c.a_id");
  EXPECT_EQ(error<AmbiguousForeignKeysError>(select(a, b).subquery("s"), c),
            "Can't determine join between 's' and 'c'; tables have more than one foreign key "
            "constraint relationship between them. Please specify the 'onclause' of this join "
            "explicitly.");
}

TEST_F(JoinCondition, WithoutForeignKeysThereIsNone) {
  const Table a = table("a", {}), b = table("b", {{"x", ""}});
  EXPECT_EQ(error<NoForeignKeysError>(a, b),
            "Can't find any foreign key relationships between 'a' and 'b'.");
  EXPECT_FALSE(sql::can_join(a.node(), b.node()));
}

TEST_F(JoinCondition, SeveralKeysAreAmbiguousUnlessTheySayTheSame) {
  const Table a = table("a", {}), b = table("b", {{"x", "a.id"}, {"y", "a.id"}}),
              c = table("c", {{"x", "a.id"}}, {ForeignKeyConstraint({"x"}, {"a.id"})});
  EXPECT_EQ(error<AmbiguousForeignKeysError>(a, b),
            "Can't determine join between 'a' and 'b'; tables have more than one foreign key "
            "constraint relationship between them. Please specify the 'onclause' of this join "
            "explicitly.");
  EXPECT_EQ(on(a, c), "a.id = c.x");
}

TEST_F(JoinCondition, CompositeKeysCompareAllColumns) {
  const Table a = table("a", {{"id2", ""}}),
              b = table("b",
                        {{"x", ""}, {"y", ""}},
                        {ForeignKeyConstraint({"x", "y"}, {"a.id", "a.id2"})});
  EXPECT_EQ(on(a, b), "a.id = b.x AND a.id2 = b.y");
}

TEST_F(JoinCondition, SelfReferenceJoinsInBothDirections) {
  const Table emp = table("emp", {{"boss", "emp.id"}});
  EXPECT_EQ(on(emp, alias(emp, "e2")), "emp.id = e2.boss AND e2.id = emp.boss");
  EXPECT_EQ(on(emp, emp), "emp.id = emp.boss");
}

TEST_F(JoinCondition, KeysToMissingTablesDoNotDisturbOtherJoins) {
  const Table a = table("a", {}), b = table("b", {{"x", "nope.id"}}),
              c = table("c", {{"x", "nope.id"}, {"y", "a.id"}}),
              d = table("d", {{"x", "b.zz"}, {"y", "a.id"}});
  EXPECT_EQ(error<NoForeignKeysError>(a, b),
            "Can't find any foreign key relationships between 'a' and 'b'.");
  EXPECT_EQ(on(a, c), "a.id = c.y");
  EXPECT_EQ(on(a, d), "a.id = d.y");
}

TEST_F(JoinCondition, NeedsTheMetaDataOfItsTables) {
  const Table a = table("a", {}), b = table("b", {{"a_id", "a.id"}});
  metadata = MetaData();
  EXPECT_EQ(error<NoReferencedTableError>(a, b),
            "Foreign key associated with column 'b.a_id' could not find table 'a' with which to "
            "generate a foreign key to target column 'id'; the table's MetaData is gone, keep it "
            "as long as the table is used");
}

TEST_F(JoinCondition, AMissingColumnOfTheOtherSideIsNamed) {
  const Table a = table("a", {}), b = table("b", {{"x", "a.zz"}});
  EXPECT_EQ(error<NoReferencedColumnError>(a, b),
            "Could not initialize target column for ForeignKey 'a.zz' on table 'b': table 'a' has "
            "no column named 'zz'");
}

}  // namespace
