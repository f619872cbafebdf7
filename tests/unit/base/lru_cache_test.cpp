// SPDX-License-Identifier: MIT
// LruCache: what is kept and what goes.
#include "azoth/base/lru_cache.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace {

using azoth::base::LruCache;

TEST(LruCache, ForgetsTheLeastRecentlyUsed) {
  LruCache<int, std::string> cache(2);
  cache.put(1, "a");
  cache.put(2, "b");
  ASSERT_NE(cache.get(1), nullptr);
  cache.put(3, "c");
  EXPECT_EQ(cache.size(), 2u);
  EXPECT_EQ(cache.get(2), nullptr);
  EXPECT_EQ(*cache.get(1), "a");
  EXPECT_EQ(*cache.get(3), "c");
}

TEST(LruCache, PutReplacesAndCountsAsUse) {
  LruCache<int, std::string> cache(2);
  cache.put(1, "a");
  cache.put(2, "b");
  EXPECT_EQ(*cache.put(1, "z"), "z");
  cache.put(3, "c");
  EXPECT_EQ(*cache.get(1), "z");
  EXPECT_EQ(cache.get(2), nullptr);
}

TEST(LruCache, PointerStaysGoodWhileOthersComeAndGo) {
  LruCache<int, int> cache(2);
  int* kept = cache.put(0, 42);
  for (int i = 1; i < 100; ++i) {
    cache.put(i, i);
    ASSERT_EQ(cache.get(0), kept);
  }
  EXPECT_EQ(*kept, 42);
}

TEST(LruCache, EraseAndClearRemove) {
  LruCache<int, int> cache(4);
  cache.put(1, 1);
  cache.put(2, 2);
  EXPECT_TRUE(cache.erase(1));
  EXPECT_FALSE(cache.erase(1));
  EXPECT_EQ(cache.size(), 1u);
  cache.clear();
  EXPECT_EQ(cache.size(), 0u);
  EXPECT_EQ(cache.get(2), nullptr);
}

TEST(LruCache, CapacityOfZeroKeepsNothing) {
  LruCache<int, int> cache(0);
  EXPECT_EQ(cache.put(1, 1), nullptr);
  EXPECT_EQ(cache.size(), 0u);
}

TEST(LruCache, HoldsValuesThatOnlyMove) {
  LruCache<std::string, std::unique_ptr<int>> cache(1);
  cache.put("a", std::make_unique<int>(7));
  LruCache<std::string, std::unique_ptr<int>> moved = std::move(cache);
  EXPECT_EQ(**moved.get("a"), 7);
}

}  // namespace
