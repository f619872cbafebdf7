// SPDX-License-Identifier: MIT
// What FROM elements export: names and keys of columns, which column stands for which. Keys are
// SQLAlchemy 1.4's, but for a third repeat, which it gives the key of the second.
#include "unit/sql/shape.hpp"
#include <azoth/base/error.hpp>

#include <gtest/gtest.h>

namespace {

using namespace azoth;
using test::shape;

struct FromClause : testing::Test, test::Columns {
  Table u{"u", metadata, {{"a", types::Integer()}, {"x", types::Integer(), {.key = "kx"}}}};

  static std::string keys(const From& from) {
    std::string out;
    for (const sql::ColumnSpec& s : static_cast<const sql::FromNode&>(*from.node()).specs()) {
      out += (out.empty() ? "" : " ") + s.key;
    }
    return out;
  }

  static std::string names(const From& from) {
    std::string out;
    for (const sql::ColumnSpec& s : static_cast<const sql::FromNode&>(*from.node()).specs()) {
      out += (out.empty() ? "" : " ") + (s.name.empty() ? "-" : s.name);
    }
    return out;
  }
};

TEST_F(FromClause, SubqueryColumnsAreNamedApart) {
  EXPECT_EQ(keys(select(a, u.c("a")).subquery()), "a a_1");
  EXPECT_EQ(names(select(a, u.c("a")).subquery()), "a -");
  EXPECT_EQ(keys(select(a, a).subquery()), "a a_1");
  EXPECT_EQ(keys(select(a, u.c("a"), u.c("a")).subquery()), "a a_1 a_2");
  EXPECT_EQ(keys(select(u.c("kx"), column("x")).subquery()), "kx x");
  EXPECT_EQ(names(select(u.c("kx")).subquery()), "x");
  EXPECT_EQ(keys(select(cast<std::string>(a), cast<std::string>(b)).subquery()), "a b");
  EXPECT_EQ(keys(select(a, cast<std::string>(a)).subquery()), "a a_1");
  EXPECT_EQ(keys(select(literal_column("1"), literal_column("x")).subquery()), "1 x");
}

TEST_F(FromClause, SubqueryColumnsWithoutNameAreFoundByFunctionOrPlace) {
  EXPECT_EQ(keys(select(func::count(), func::count(a), a + b, a + b).subquery()),
            "count count_1 _no_label _no_label_1");
  EXPECT_EQ(keys(select(-a, !o, o == o, distinct(a), literal(5), bindparam("p")).subquery()),
            "_no_label o _no_label_1 _no_label_2 _no_label_3 p");
  EXPECT_EQ(names(select(func::count()).subquery()), "-");
}

TEST_F(FromClause, LabelsNameColumnsAndMustBeUniqueWhereTheyAreCompiled) {
  EXPECT_EQ(keys(select((a + b).label("l"), a).subquery()), "l a");
  const auto twice = select(a.label("l"), b.label("l"));
  EXPECT_EQ(keys(twice.subquery()), "l l_1");
  try {
    sql::check_exported_labels(twice.node());
    FAIL();
  } catch (const InvalidRequestError& e) {
    EXPECT_EQ(e.message(),
              "Label name l is being renamed to an anonymous label due to disambiguation which is "
              "not supported right now.  Please use unique names for explicit labels.");
  }
}

TEST_F(FromClause, ColumnsWithoutTableKeepTheirNamesHoweverOften) {
  EXPECT_EQ(keys(select(column("x"), column("y"), a.label("x"), column("x")).subquery()),
            "x y x x");
}

TEST_F(FromClause, ColumnsAreFoundByKeyAndPlace) {
  const ColumnCollection columns = select(a, b.label("l"), a).selected_columns();
  EXPECT_EQ(columns.keys(), (std::vector<std::string>{"a", "l", "a_1"}));
  EXPECT_TRUE(columns["a"].node() == a.node());
  EXPECT_TRUE(columns[2].node() == a.node());
  EXPECT_TRUE(columns.contains("l"));
  EXPECT_FALSE(columns.contains("b"));
  EXPECT_TRUE(columns.contains_column(a.node()));
  try {
    (void)columns["b"];
    FAIL();
  } catch (const NoSuchColumnError& e) {
    EXPECT_EQ(e.message(), "There is no column 'b'; there are a, l, a_1");
  }
}

TEST_F(FromClause, SelectedColumnsOfStyleNoneKeepTheirKeys) {
  const auto twice = select(a, a).set_label_style(sql::LabelStyle::none);
  EXPECT_EQ(twice.selected_columns().keys(), (std::vector<std::string>{"a", "a"}));
  EXPECT_EQ(keys(twice.subquery()), "a a_1");
}

TEST_F(FromClause, SelectIsNoFromElementAndNoColumn) {
  const auto refusal = [](auto f) {
    try {
      f();
    } catch (const ArgumentError& e) {
      return e.code() + ": " + e.message();
    }
    return std::string("nothing was thrown");
  };
  const sql::Ref inner = select(a).node();
  const char* expected =
      "89ve: Column expression or FROM clause expected, got a Select. To create a FROM clause from "
      "a Select object, use the .subquery() method.";
  sql::Ref outer = select(b).node();
  EXPECT_EQ(refusal([&] { sql::StatementBuilder::append(outer, sql::Clause::column, inner); }),
            expected);
  EXPECT_EQ(refusal([&] { sql::StatementBuilder::append(outer, sql::Clause::from, inner); }),
            expected);
  EXPECT_EQ(refusal([&] { sql::join(u.node(), inner); }), expected);
}

TEST_F(FromClause, TablenamePlusColumnStyleUsesKeys) {
  const auto s = select(a, u.c("a"), u.c("kx"))
                     .set_label_style(sql::LabelStyle::tablename_plus_col)
                     .subquery();
  EXPECT_EQ(keys(s), "t_a u_a u_kx");
  EXPECT_EQ(names(s), "t_a u_a u_x");
}

TEST_F(FromClause, CompoundSelectExportsItsFirstMembersColumns) {
  EXPECT_EQ(keys(union_(select(a.label("q")), select(b)).subquery()), "q");
}

TEST_F(FromClause, JoinExportsTheColumnsOfBothSides) {
  const From j(sql::join(table.node(), u.node(), (a == u.c("a")).node()));
  EXPECT_EQ(keys(j), "t_a t_b t_s t_n t_f t_o t_d t_bi t_bin u_a u_kx");
  EXPECT_EQ(j.c("t_a").node(), a.node());
  EXPECT_EQ(j.c("u_kx").node(), u.c("kx").node());
  const From jj(sql::join(j.node(), alias(u, "z").node(), (a == u.c("a")).node()));
  EXPECT_EQ(keys(jj), keys(j) + " z_a z_kx");
}

TEST_F(FromClause, ColumnsAreMadeOnce) {
  const From x = alias(table, "x");
  EXPECT_EQ(x.c("a").node(), x.c("a").node());
  EXPECT_EQ(x[a].node(), x.c("a").node());
  EXPECT_FALSE(x.c("a").node() == alias(table, "x").c("a").node());
}

TEST_F(FromClause, UnknownColumnsAreNamed) {
  const auto message = [](auto f) {
    try {
      f();
    } catch (const InvalidRequestError& e) {
      return e.message();
    }
    return std::string("nothing thrown");
  };
  EXPECT_EQ(message([&] { (void)alias(table, "x").c("zz"); }),
            "There is no column 'zz' in 'x'; its columns are found by their keys");
  EXPECT_EQ(message([&] { (void)select(a).subquery("s")[b]; }),
            "The expression has no corresponding column in 's'; select it there first");
}

TEST_F(FromClause, CorrespondingColumnIsFoundThroughAliasesAndLabels) {
  EXPECT_EQ(shape(alias(table, "x")[a]), "x.a");
  EXPECT_EQ(shape(alias(alias(table, "x"), "y")[a]), "y.a");
  EXPECT_EQ(shape(alias(select(a).subquery("s"), "r")[a]), "r.a");
  EXPECT_EQ(shape(select(a.label("l")).subquery("s")[a]), "s.l");
  EXPECT_EQ(shape(select(b, a, a.label("z")).subquery("s")[a]), "s.a");
  EXPECT_EQ(shape(alias(table, "x")[alias(table, "y")[a]]), "x.a");
  const From y = alias(table, "y");
  EXPECT_EQ(shape(select(y[a]).subquery("s")[a]), "s.a");
  EXPECT_EQ(shape(select(y[a]).subquery("s")[y[a]]), "s.a");
}

TEST_F(FromClause, ExpressionsCorrespondByIdentityOnly) {
  const auto sum = a + b;
  const From s = select(sum.label("l"), cast<std::string>(a)).subquery("s");
  EXPECT_EQ(shape(s[sum]), "s.l");
  EXPECT_THROW((void)s[a], InvalidRequestError);
  EXPECT_THROW((void)s[a + b], InvalidRequestError);
}

TEST_F(FromClause, DirectCorrespondencePrecedesSharedOrigin) {
  const From x = alias(table, "x"), y = alias(table, "y");
  const From s = select(x[a], y[a].label("ya")).subquery("s");
  EXPECT_EQ(shape(s[x[a]]), "s.a");
  EXPECT_EQ(shape(s[y[a]]), "s.ya");
  EXPECT_EQ(shape(s[a]), "s.a");
}

TEST_F(FromClause, CollectFromsKeepsOrderAndStopsAtSubqueries) {
  const From x = alias(table, "x");
  sql::Refs froms;
  sql::collect_froms(
      (x[a] == a && u.c("a") == select(alias(u, "in").c("a")).scalar_subquery() && x[b] == 1)
          .node(),
      froms);
  ASSERT_EQ(froms.size(), 3u);
  EXPECT_EQ(froms[0], x.node());
  EXPECT_EQ(froms[1], table.node());
  EXPECT_EQ(froms[2], u.node());
}

// Replaces one table by an alias of it, columns included.
struct Adapt final : sql::ChildMap {
  sql::Ref table, alias;

  sql::Ref operator()(const sql::Ref& child) override {
    if (child == table) {
      return alias;
    }
    if (child->kind() == sql::Kind::column &&
        sql::as<sql::ColumnNode>(child).owner == table.get()) {
      return static_cast<const sql::FromNode&>(*alias).corresponding(child);
    }
    return child->map_children(*this);
  }
};

TEST_F(FromClause, MappedTreesEqualThoseBuiltAnew) {
  const From x = alias(table, "x");
  Adapt adapt;
  adapt.table = table.node();
  adapt.alias = x.node();
  const auto build = [](const From& from, const Expr<std::int64_t>& p, const Expr<std::string>& q) {
    return select(p, q.label("l"))
        .select_from(from)
        .where(p.in({1, 2}) && q.like("x"))
        .order_by(desc(p))
        .limit(3);
  };
  const sql::Ref original = build(table, a, s).node();
  const sql::Ref mapped = adapt(original);
  EXPECT_EQ(test::key_of(mapped), test::key_of(build(x, x[a], x[s]).node()));
  EXPECT_NE(test::key_of(mapped), test::key_of(original));
  adapt.table = u.node();
  EXPECT_EQ(adapt(mapped), mapped) << "what does not change is not copied";
}

TEST_F(FromClause, MappedSubqueriesDescribeTheirNewColumns) {
  const From x = alias(table, "x");
  Adapt adapt;
  adapt.table = table.node();
  adapt.alias = x.node();
  const From mapped(adapt(select(a, b).subquery("s").node()));
  EXPECT_EQ(shape(mapped[x[b]]), "s.b");
}

}  // namespace
