// SPDX-License-Identifier: MIT
// Visiting and rewriting statements.
#include "render/rendering.hpp"
#include <azoth/compile/print.hpp>
#include <azoth/sql/visitors.hpp>

#include <gtest/gtest.h>

namespace azoth {
namespace {

using namespace render_test;

TEST(Visitors, EachNodeIsVisitedOnceOutermostFirst) {
  const auto s = (a.id == 5) && (a.id > 3);
  std::size_t columns = 0, binds = 0;
  const sql::Refs nodes = sql::iterate(s.node());
  for (const sql::Ref& node : nodes) {
    columns += node->kind() == sql::Kind::column;
    binds += node->kind() == sql::Kind::bind;
  }
  EXPECT_EQ(s.node(), nodes.front());
  EXPECT_EQ(1u, columns);
  EXPECT_EQ(2u, binds);
}

TEST(Visitors, WhatIsReplacedIsNotLookedInto) {
  const sql::Ref made = sql::replacement_traverse((a.id + 5 > a.id).node(), [](const sql::Ref& n) {
    return n->kind() == sql::Kind::column ? sql::column("z") : sql::Ref();
  });
  EXPECT_EQ("z + :id_1 > z", to_string(made));
}

TEST(Visitors, UnchangedTreesAreShared) {
  const sql::Ref s = select(a.id).where(a.x == "q").node();
  EXPECT_EQ(s, sql::replacement_traverse(s, [](const sql::Ref&) { return sql::Ref(); }));
}

TEST(Visitors, ColumnsFollowARebuiltSubquery) {
  const From inner = select(a.id).where(a.x == "q").subquery("i");
  const sql::Ref s = select(inner.c("id")).where(inner.c("id") > 3).node();
  const sql::Ref made = sql::replacement_traverse(s, [](const sql::Ref& node) {
    return node->kind() == sql::Kind::bind ? sql::literal_column("7") : sql::Ref();
  });
  EXPECT_EQ("SELECT i.id \nFROM (SELECT a.id AS id \nFROM a \nWHERE a.x = 7) AS i \nWHERE i.id > 7",
            to_string(made));
}

TEST(ClauseAdapter, PutsColumnsOntoAnAlias) {
  const From u = alias(a, "u");
  const sql::ClauseAdapter adapter(u.node());
  EXPECT_EQ("u.id = :id_1 AND u.x = :x_1",
            to_string(adapter.traverse(((a.id == 5) && (a.x == "q")).node())));
}

TEST(ClauseAdapter, PutsWholeStatementsOntoAnAlias) {
  const From u = alias(a, "u");
  EXPECT_EQ("SELECT u.id \nFROM a AS u JOIN b ON u.id = b.a_id",
            to_string(sql::ClauseAdapter(u.node()).traverse(
                select(a.id).join_from(a, b, a.id == b.a_id).node())));
}

TEST(ClauseAdapter, LeavesWhatTheElementDoesNotHave) {
  const From i = select(a.id).subquery("i");
  EXPECT_EQ("i.id = b.a_id",
            to_string(sql::ClauseAdapter(i.node()).traverse((a.id == b.a_id).node())));
}

TEST(ClauseAdapter, TakesAnEquivalentColumn) {
  const From i = select(b.a_id).subquery("i");
  const sql::ClauseAdapter adapter(i.node(), {{a.id.node(), b.a_id.node()}});
  EXPECT_EQ("i.a_id > :id_1", to_string(adapter.traverse((a.id > 3).node())));
}

}  // namespace
}  // namespace azoth
