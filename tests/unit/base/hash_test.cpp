// SPDX-License-Identifier: MIT
// The structural hash: equal for equal input, different for what differs in value, order or length.
#include "azoth/base/hash.hpp"

#include <gtest/gtest.h>

#include <string>
#include <unordered_set>

namespace {

using namespace azoth::base;

TEST(Hash, SeedIsOneAndNotZero) {
  EXPECT_EQ(hash_seed(), hash_seed());
  EXPECT_NE(hash_seed(), Hash{});
}

TEST(Hash, EqualInputGivesEqualHash) {
  EXPECT_EQ(mix(hash_seed(), "user_account"), mix(hash_seed(), std::string("user_account")));
}

TEST(Hash, OrderMatters) {
  const Hash h = hash_seed();
  EXPECT_NE(mix(mix(h, 1), 2), mix(mix(h, 2), 1));
  EXPECT_NE(mix(h, Hash{1, 2}), mix(h, Hash{2, 1}));
}

TEST(Hash, TextsThatJoinToTheSameDiffer) {
  const Hash h = hash_seed();
  EXPECT_NE(mix(mix(h, "ab"), "c"), mix(mix(h, "a"), "bc"));
  EXPECT_NE(mix(mix(h, ""), "a"), mix(mix(h, "a"), ""));
  EXPECT_NE(mix(h, std::string_view("a\0", 2)), mix(h, "a"));
}

TEST(Hash, ManyInputsDoNotCollide) {
  std::unordered_set<Hash, HashOfHash> seen;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    EXPECT_TRUE(seen.insert(mix(hash_seed(), i)).second);
    EXPECT_TRUE(seen.insert(mix(hash_seed(), "name_" + std::to_string(i))).second);
  }
}

}  // namespace
