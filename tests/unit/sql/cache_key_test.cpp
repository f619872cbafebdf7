// SPDX-License-Identifier: MIT
// The cache key and the walk for the binds. A key that is too coarse gives a statement another's
// SQL; binds in another order put values into wrong places. random_statement_test.cpp tests the
// same with statements nobody thought of.
#include "unit/sql/shape.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace azoth;
using test::binds_of;
using test::key_of;

struct CacheKey : testing::Test, test::Columns {
  Table u{"u", metadata, {{"a", types::Integer()}, {"t_a", types::Integer()}}};
};

TEST_F(CacheKey, ValuesDoNotMatter) {
  EXPECT_EQ(key_of(select(a).where(a == 1).node()), key_of(select(a).where(a == 2).node()));
  EXPECT_EQ(key_of(select(a).where(s == "x").node()), key_of(select(a).where(s == "yy").node()));
  EXPECT_EQ(key_of(select(a).limit(1).offset(2).node()),
            key_of(select(a).limit(10).offset(0).node()));
  EXPECT_EQ(key_of(a.in({1, 2}).node()), key_of(a.in({3}).node()));
  EXPECT_EQ(key_of(a.in(std::vector<int>{}).node()), key_of(a.in({3}).node()));
  EXPECT_EQ(key_of(insert(table).values({{"a", 5}}).node()),
            key_of(insert(table).values({{"a", 6}}).node()));
}

TEST_F(CacheKey, TheOrderOfCallsOfDifferentClausesDoesNotMatter) {
  const Hash key = key_of(select(a).where(b == 1).order_by(a).limit(3).group_by(b).node());
  EXPECT_EQ(key, key_of(select(a).limit(3).group_by(b).order_by(a).where(b == 1).node()));
  EXPECT_EQ(key, key_of(select(a).order_by(a).limit(3).where(b == 1).group_by(b).node()));
}

TEST_F(CacheKey, TheOrderWithinAClauseMatters) {
  EXPECT_NE(key_of(select(a, b).node()), key_of(select(b, a).node()));
  EXPECT_NE(key_of(select(a).order_by(a, b).node()), key_of(select(a).order_by(b, a).node()));
  EXPECT_NE(key_of(select(a).where(a == 1).where(b == 1).node()),
            key_of(select(a).where(b == 1).where(a == 1).node()));
}

TEST_F(CacheKey, EveryDifferenceInStructureMatters) {
  std::vector<sql::Ref> all;
  const auto add = [&](const auto& e) { all.push_back(e.node()); };
  for (const auto& e : {a == b,
                        a != b,
                        a < b,
                        b < a,
                        a == 1,
                        a == 1.5,
                        a != 1,
                        b == 1,
                        a.in({1}),
                        a.not_in({1}),
                        a.between(1, 2),
                        !a.between(1, 2),
                        a.is_null(),
                        a.is_not_null(),
                        s.like("x"),
                        s.like("x", "/"),
                        s.like("x", "!"),
                        s.ilike("x"),
                        s.startswith("x"),
                        s.endswith("x"),
                        s.contains("x"),
                        a == 1 && b == 1,
                        a == 1 || b == 1,
                        a == 1 && b == 1 && a == 1,
                        !o,
                        o == o,
                        !(a == 1 && b == 1),
                        select(a).exists(),
                        select(b).exists(),
                        o == true,
                        o == false,
                        u.c<std::int64_t>("a") == 1,
                        a == bindparam<std::int64_t>("p"),
                        a == bindparam<std::int64_t>("q")}) {
    add(e);
  }
  for (const auto& e : {a,
                        b,
                        a + b,
                        a - b,
                        b - a,
                        a * b,
                        a / b,
                        a % b,
                        -a,
                        a + 1,
                        1 + a,
                        a.label("x"),
                        a.label("y"),
                        b.label("x"),
                        distinct(a),
                        func::call<std::int64_t>("f"),
                        func::call<std::int64_t>("g"),
                        func::call<std::int64_t>("f", a),
                        func::call<std::int64_t>("f", a, b),
                        func::call<std::int64_t>("F"),
                        cast<std::int64_t>(a),
                        type_coerce<std::int64_t>(a),
                        extract("year", d),
                        extract("month", d),
                        column<std::int64_t>("a"),
                        literal_column<std::int64_t>("a"),
                        over(func::count(), {a}),
                        over(func::count(), {}, {a}),
                        case_({when(a == 1, b)}, a),
                        case_({when(a == 1, a)}, b)}) {
    add(e);
  }
  add(cast<std::string>(a));
  add(cast<std::string>(a, types::String(5)));
  add(cast<std::string>(a, types::String(6)));
  add(desc(a));
  add(asc(a));
  add(nulls_first(a));
  add(text("x"));
  add(text("y"));
  const auto add_select = [&](const auto& e) { all.push_back(e.node()); };
  add_select(select(a));
  add_select(select(a, b));
  add_select(select(a).distinct());
  add_select(select(a).where(a == 1));
  add_select(select(a).having(a == 1));
  add_select(select(a).group_by(a));
  add_select(select(a).order_by(a));
  add_select(select(a).order_by("a"));
  add_select(select(a).limit(1));
  add_select(select(a).offset(1));
  add_select(select(a).select_from(u));
  add_select(select(a).join(u, a == 1));
  add_select(select(a).outerjoin(u, a == 1));
  add_select(select(a).with_for_update());
  add_select(select(a).with_for_update({.nowait = true}));
  add_select(select(a).with_for_update({.skip_locked = true}));
  add_select(select(a).set_label_style(sql::LabelStyle::tablename_plus_col));
  add_select(union_(select(a), select(b)));
  add_select(union_all(select(a), select(b)));
  add_select(except_(select(a), select(b)));
  add_select(intersect(select(a), select(b)));
  add_select(insert(table));
  add_select(insert(u));
  add_select(update(table));
  add_select(delete_(table));
  add_select(insert(table).values({{"a", 5}}));
  add_select(insert(table).values({{"b", 5}}));
  add_select(insert(table).values({{{"a", 5}}, {{"a", 5}}}));
  add_select(insert(table).values({{{"a", 5}}, {{"a", 5}}, {{"a", 6}}}));
  add_select(update(table).values({{"a", 5}}));
  add_select(delete_(table).where(a == 5));
  add_select(delete_(table).where(a == 5).returning(a));
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_NE(key_of(all[i]), key_of(all[j])) << "elements " << i << " and " << j;
    }
  }
}

TEST_F(CacheKey, TablesOfOneNameAreDifferentTables) {
  const MetaData other;
  const Table t2("t", other, {{"a", types::Integer()}});
  EXPECT_NE(key_of(select(a).node()), key_of(select(t2.c<std::int64_t>("a")).node()));
}

TEST_F(CacheKey, SplitNamesAreNotJoinedNames) {
  EXPECT_NE(key_of(func::call("ab", column("c")).node()),
            key_of(func::call("a", column("bc")).node()));
  EXPECT_NE(key_of(a.label("xy").node()), key_of(a.label("x").node()));
}

TEST_F(CacheKey, OneAliasUsedTwiceIsNotTwoAliases) {
  for (const std::string_view name : {"", "x"}) {
    const From x = alias(table, name), y = alias(table, name);
    const auto pair = [](const From& p, const From& q) {
      return key_of(select(p.c("a"), q.c("b")).where(p.c("a") == q.c("a")).node());
    };
    EXPECT_NE(pair(x, x), pair(x, y)) << "name '" << name << "'";
    EXPECT_EQ(pair(x, y), pair(y, x)) << "only the pattern counts";
    EXPECT_EQ(pair(x, x), pair(y, y));
    const auto triple = [](const From& p, const From& q, const From& r) {
      return key_of(select(p.c("a"), q.c("a"), r.c("a")).node());
    };
    EXPECT_NE(triple(x, x, y), triple(x, y, x));
    EXPECT_NE(triple(x, x, y), triple(x, y, y));
    EXPECT_NE(triple(x, y, x), triple(x, y, y));
  }
}

TEST_F(CacheKey, OneSubqueryUsedTwiceIsNotTwoSubqueries) {
  const auto make = [&] { return select(a).where(b == 1).subquery(); };
  const From p = make(), q = make();
  EXPECT_NE(key_of(select(p.c("a"), p.c("a")).node()), key_of(select(p.c("a"), q.c("a")).node()));
  EXPECT_EQ(binds_of(select(p.c("a"), p.c("a")).node()).size(), 1u);
  EXPECT_EQ(binds_of(select(p.c("a"), q.c("a")).node()).size(), 2u);
}

TEST_F(CacheKey, TableClausesAndJoinsHaveIdentityToo) {
  const auto make = [] {
    return sql::make_node<sql::TableClause>(
        "c", "", std::vector<sql::ColumnSpec>{{"x", "x", types::Integer(), {}}});
  };
  const From c1(make()), c2(make());
  EXPECT_NE(key_of(select(c1.c("x"), c1.c("x")).node()),
            key_of(select(c1.c("x"), c2.c("x")).node()));
  EXPECT_EQ(key_of(select(c1.c("x")).node()), key_of(select(c2.c("x")).node()));
  const auto on = (a == u.c<std::int64_t>("a")).node();
  const From j1(sql::join(table.node(), u.node(), on)), j2(sql::join(table.node(), u.node(), on));
  EXPECT_NE(key_of(select(a).select_from(j1).select_from(j1).node()),
            key_of(select(a).select_from(j1).select_from(j2).node()));
}

TEST_F(CacheKey, OneBindUsedTwiceIsNotTwoBinds) {
  const auto x = literal(5), y = literal(5);
  EXPECT_NE(key_of(select(a + x, b + x).node()), key_of(select(a + x, b + y).node()));
  EXPECT_EQ(key_of(select(a + x, b + y).node()), key_of(select(a + y, b + x).node()));
  EXPECT_EQ(binds_of(select(a + x, b + x).node()).size(), 1u);
}

TEST_F(CacheKey, AnExpressionRepeatedInTheColumnsIsNotTwoLikeExpressions) {
  const auto sum = a + b;
  EXPECT_NE(key_of(select(sum, sum).node()), key_of(select(sum, a + b).node()))
      << "their names are anon_1, anon_1__1 and anon_1, anon_2";
  EXPECT_EQ(key_of(select(a, a).node()), key_of(select(a, table.c<std::int64_t>("a")).node()));
}

TEST_F(CacheKey, BindsComeInTheOrderOfClauses) {
  const auto s = select(a + 1).limit(5).where(a == 2).order_by(a + 4).where(b == 3).offset(6);
  std::vector<std::int64_t> values;
  for (const sql::BindParameter* b : binds_of(s.node())) {
    values.push_back(b->value.get<std::int64_t>());
  }
  EXPECT_EQ(values, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6}));
}

TEST_F(CacheKey, ManyBindsAreAllFoundOnce) {
  sql::Ref s = select(a).node();
  for (int i = 0; i < 5'000; ++i) {
    sql::StatementBuilder::append(s, sql::Clause::where, (a == i).node());
  }
  const auto shared = (b == 7).node();
  for (int i = 0; i < 100; ++i) {
    sql::StatementBuilder::append(s, sql::Clause::having, shared);
  }
  const auto binds = binds_of(s);
  ASSERT_EQ(binds.size(), 5'001u);
  for (int i = 0; i < 5'000; ++i) {
    ASSERT_EQ(binds[static_cast<std::size_t>(i)]->value, Value(i));
  }
}

TEST_F(CacheKey, LongListsAreOneBind) {
  std::vector<std::int64_t> values(100'000);
  const Expr<bool> in = a.in(values);
  ASSERT_EQ(binds_of(in.node()).size(), 1u);
  EXPECT_EQ(binds_of(in.node())[0]->values.size(), values.size());
}

}  // namespace
