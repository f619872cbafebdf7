// SPDX-License-Identifier: MIT
// Orders are compared with sqlalchemy.util.topological of 1.4 where it is deterministic.
#include "azoth/base/topological.hpp"

#include "azoth/base/error.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace {

using namespace azoth::base::topological;
using Ids = std::vector<Id>;
using Edges = std::vector<Edge>;

// topological.sort_as_subsets([(1, 2), (1, 3), (2, 4)], [4, 3, 2, 1, 5])
TEST(Topological, SubsetsKeepTheOrderOfTheNodes) {
  const Edges edges{{1, 2}, {1, 3}, {2, 4}};
  EXPECT_EQ(sort_as_subsets(edges, Ids{4, 3, 2, 1, 5}), (std::vector<Ids>{{1, 5}, {3, 2}, {4}}));
  EXPECT_EQ(sort(edges, Ids{4, 3, 2, 1, 5}), (Ids{1, 5, 3, 2, 4}));
}

TEST(Topological, OrderOfTheEdgesDoesNotMatter) {
  EXPECT_EQ(sort(Edges{{2, 4}, {1, 3}, {1, 2}}, Ids{4, 3, 2, 1, 5}), (Ids{1, 5, 3, 2, 4}));
}

TEST(Topological, NodesWithoutEdgesStayAsTheyAre) {
  EXPECT_EQ(sort(Edges{}, Ids{3, 1, 2}), (Ids{3, 1, 2}));
  EXPECT_TRUE(sort(Edges{}, Ids{}).empty());
}

TEST(Topological, EdgesToStrangersHaveNoEffect) {
  EXPECT_EQ(sort(Edges{{9, 1}, {1, 7}, {2, 1}}, Ids{1, 2}), (Ids{2, 1}));
}

TEST(Topological, RepeatedEdgesCountOnce) {
  EXPECT_EQ(sort(Edges{{2, 1}, {2, 1}}, Ids{1, 2}), (Ids{2, 1}));
}

TEST(Topological, CycleThrowsWithItsIdsAndTheEdges) {
  const Edges edges{{1, 2}, {2, 3}, {3, 1}, {3, 4}, {0, 1}};
  try {
    sort(edges, Ids{0, 1, 2, 3, 4});
    FAIL() << "the cycle was not seen";
  } catch (const azoth::CircularDependencyError& error) {
    EXPECT_EQ(error.cycles(), (Ids{1, 2, 3}));
    EXPECT_EQ(error.edges(), edges);
    EXPECT_STREQ(error.what(), "Circular dependency detected. (1, 2, 3)");
  }
}

TEST(Topological, NodeThatDependsOnItselfIsACycle) {
  EXPECT_EQ(find_cycles(Edges{{1, 1}, {1, 2}}, Ids{1, 2}), (Ids{1}));
  EXPECT_THROW(sort(Edges{{1, 1}}, Ids{1}), azoth::CircularDependencyError);
}

// topological.find_cycles([(1, 2), (2, 3), (3, 1), (3, 4)], [1, 2, 3, 4])
TEST(Topological, FindCyclesLeavesOutWhatOnlyHangsOnACycle) {
  EXPECT_EQ(find_cycles(Edges{{1, 2}, {2, 3}, {3, 1}, {3, 4}}, Ids{1, 2, 3, 4}), (Ids{1, 2, 3}));
  EXPECT_EQ(find_cycles(Edges{{1, 2}, {2, 1}, {3, 4}, {4, 3}, {2, 3}}, Ids{4, 3, 2, 1}),
            (Ids{4, 3, 2, 1}));
  EXPECT_TRUE(find_cycles(Edges{{1, 2}, {2, 3}, {1, 3}}, Ids{1, 2, 3}).empty());
}

TEST(Topological, LongChainsNeedNoStack) {
  constexpr Id count = 200'000;
  Edges edges;
  for (Id i = 0; i + 1 < count; ++i) {
    edges.emplace_back(i + 1, i);
  }
  Ids nodes(count), reversed(count);
  std::iota(nodes.begin(), nodes.end(), 0);
  std::iota(reversed.rbegin(), reversed.rend(), 0);
  EXPECT_EQ(sort(edges, nodes), reversed);
  edges.emplace_back(0, count - 1);
  EXPECT_EQ(find_cycles(edges, nodes), nodes);
}

}  // namespace
