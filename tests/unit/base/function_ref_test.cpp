// SPDX-License-Identifier: MIT
// FunctionRef calls what it refers to, and AZOTH_ASSERT stops on a broken invariant.
#include "azoth/base/function_ref.hpp"

#include "azoth/base/assert.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace {

using azoth::base::FunctionRef;

int twice(int x) {
  return 2 * x;
}

int apply(FunctionRef<int(int)> f) {
  return f(21);
}

TEST(FunctionRef, CallsFunctionsLambdasAndConstObjects) {
  EXPECT_EQ(apply(twice), 42);
  EXPECT_EQ(apply(&twice), 42);
  int calls = 0;
  auto counting = [&calls](int x) mutable { return ++calls + x; };
  EXPECT_EQ(apply(counting), 22);
  EXPECT_EQ(apply(counting), 23);
  const auto constant = [](int x) { return x; };
  EXPECT_EQ(apply(constant), 21);
}

TEST(FunctionRef, PassesArgumentsThatOnlyMoveAndDropsUnusedResults) {
  const auto take = [](std::unique_ptr<int> p) { return *p; };
  const FunctionRef<void(std::unique_ptr<int>)> drop = take;
  drop(std::make_unique<int>(1));
  const FunctionRef<int(std::unique_ptr<int>)> keep = take;
  EXPECT_EQ(keep(std::make_unique<int>(5)), 5);
}

#if AZOTH_ASSERTIONS
TEST(AssertDeathTest, BrokenInvariantAbortsWithItsText) {
  const int answer = 41;
  EXPECT_DEATH(AZOTH_ASSERT(answer == 42), "invariant does not hold: answer == 42");
}
#endif

TEST(Assert, InvariantThatHoldsDoesNothing) {
  int evaluated = 0;
  AZOTH_ASSERT(++evaluated == 1);
  EXPECT_EQ(evaluated, AZOTH_ASSERTIONS);
}

}  // namespace
