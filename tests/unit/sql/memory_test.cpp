// SPDX-License-Identifier: MIT
// Lives of nodes: who keeps whom, across threads too. Run under the address and thread sanitizers
// these tests prove more than their expectations say.
#include "unit/sql/shape.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <thread>

namespace {

using namespace azoth;
using test::shape;

Table declare(std::string_view name, const MetaData& metadata) {
  return Table(name, metadata, {{"a", types::Integer()}, {"b", types::Integer()}});
}

TEST(NodeMemory, AColumnKeepsItsTable) {
  std::optional<Any> column;
  {
    const MetaData m;
    column = declare("t", m).c("a");
  }
  EXPECT_EQ(shape(*column), "t.a");
  EXPECT_EQ(shape(*column == 5), "t.a = :a_1");
}

TEST(NodeMemory, AColumnOfADeadAliasKeepsTheAlias) {
  const MetaData m;
  std::optional<Any> column;
  {
    const From x = alias(declare("t", m), "x");
    column = x.c("a");
  }
  EXPECT_EQ(shape(*column), "x.a");
  const Expr<bool> condition = *column == 5;
  column.reset();
  EXPECT_EQ(shape(condition), "x.a = :a_1");
}

TEST(NodeMemory, AColumnOfASubqueryKeepsTheStatement) {
  std::optional<Any> column;
  {
    const MetaData m;
    const Table t = declare("t", m);
    column = select(t.c("a") + 1).where(t.c("b") == 7).subquery("s").c("_no_label");
  }
  const auto binds = test::binds_of(column->node());
  ASSERT_EQ(binds.size(), 2u);
  EXPECT_EQ(binds[1]->value, Value(7));
}

TEST(NodeMemory, CopiesOfAHandleShareTheNode) {
  const sql::Ref a = sql::column("x");
  EXPECT_TRUE(a.unique());
  {
    const sql::Ref b = a;
    EXPECT_FALSE(a.unique());
    EXPECT_EQ(a, b);
  }
  EXPECT_TRUE(a.unique());
  sql::Ref c = a;
  sql::Ref& same = c;
  c = same;
  EXPECT_EQ(c, a);
  const sql::Ref moved = std::move(c);
  EXPECT_FALSE(c);  // NOLINT(bugprone-use-after-move): a moved-from handle is empty
  EXPECT_EQ(moved, a);
}

TEST(NodeMemory, EternalNodesAreNotCounted) {
  // Static, as what holds eternal nodes is: the leak checker finds them from here.
  static const sql::Ref& table = *new sql::Ref(
      sql::make_table("eternal", {}, nullptr, {{"a", types::Integer()}}, {}, {}, true));
  const auto& from = sql::as<sql::TableNode>(table);
  {
    const sql::Ref column = from.column(0);
    const sql::Ref copy = column;
    EXPECT_FALSE(table.unique());
    EXPECT_FALSE(column.unique()) << "what nobody counts is never changed in place";
  }
  EXPECT_EQ(from.column(0), from.column(0));
  EXPECT_FALSE(sql::null().unique());
}

TEST(NodeMemory, NodesMadeByOneThreadMayBeFreedByAnother) {
  const MetaData m;
  const Table t = declare("t", m);
  for (int round = 0; round < 20; ++round) {
    std::vector<sql::Ref> made;
    for (int i = 0; i < 1000; ++i) {
      made.push_back((t.c("a") == i && t.c("b") > i).node());
    }
    std::thread([dead = std::move(made)]() mutable { dead.clear(); }).join();
  }
}

TEST(NodeMemory, ManyThreadsBuildShareAndDropStatements) {
  const MetaData m;
  const Table t = declare("t", m);
  const Select<> shared = select(t).where(t.c("a") == 1);
  const Hash key = test::key_of(shared.node());
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 300; ++round) {
        const Select<> mine = shared;
        const Select<> more = mine.where(t.c("b") == round + i).limit(3);
        const From sub = more.subquery();  // makes columns that other threads do not see
        const Any column = alias(t, "x").c("b");
        wrong += test::binds_of(more.node()).size() != 3;
        wrong += test::binds_of(select(sub.c("a"), column).node()).size() != 3;
        wrong += test::key_of(mine.node()) != key;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(test::key_of(shared.node()), key);
}

TEST(NodeMemory, ThreadsThatAskForOneColumnGetOneNode) {
  for (int round = 0; round < 50; ++round) {
    const MetaData m;
    const From x = alias(declare("t", m), "x");
    std::array<sql::Ref, 4> found;
    std::vector<std::thread> threads;
    for (sql::Ref& f : found) {
      threads.emplace_back([&] { f = x.c("b").node(); });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    for (const sql::Ref& f : found) {
      EXPECT_EQ(f, found[0]);
    }
  }
}

}  // namespace
