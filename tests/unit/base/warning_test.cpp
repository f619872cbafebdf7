// SPDX-License-Identifier: MIT
// Warnings: where they go and who may stop them.
#include "azoth/base/warning.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace {

using namespace azoth;
constexpr auto sa = WarningCategory::sa_warning;
constexpr auto deprecated = WarningCategory::sa_deprecation_warning;
constexpr auto removed = WarningCategory::removed_in_20_warning;

TEST(Warning, IsPrintedOncePerPlaceWithFileLineAndCategory) {
  testing::internal::CaptureStderr();
  for (int i = 0; i < 3; ++i) {
    warn(sa, "loop", Place{"a.cpp", 7});
  }
  warn(sa, "loop", Place{"a.cpp", 8});
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "a.cpp:7: SAWarning: loop\na.cpp:8: SAWarning: loop\n");
}

TEST(Warning, PlaceIsTheCallersLine) {
  const CaptureWarnings captured;
  warn(sa, "here");
  const unsigned line = __LINE__ - 1;
  ASSERT_EQ(captured.records().size(), 1u);
  EXPECT_EQ(captured.records()[0].place.line, line);
  EXPECT_STREQ(captured.records()[0].place.file, __FILE__);
}

// str(warning) of sqlalchemy.util.warn("x", code="abcd")
TEST(Warning, CodeAddsWhereTheBackgroundIsTold) {
  const CaptureWarnings captured;
  warn(sa, "x", "abcd");
  ASSERT_EQ(captured.records().size(), 1u);
  EXPECT_EQ(captured.records()[0].message,
            "x (Background on this warning at: https://sqlalche.me/e/20/abcd)");
}

TEST(Warning, CaptureCollectsEveryOneAndPrintsNone) {
  testing::internal::CaptureStderr();
  CaptureWarnings captured;
  for (int i = 0; i < 2; ++i) {
    warn(deprecated, "again", Place{"a.cpp", 1});
  }
  EXPECT_EQ(captured.records().size(), 2u);
  EXPECT_EQ(captured.records()[1].category, deprecated);
  captured.clear();
  EXPECT_TRUE(captured.records().empty());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Warning, InnermostCaptureCollects) {
  const CaptureWarnings outer;
  {
    const CaptureWarnings inner;
    warn(sa, "in");
    EXPECT_EQ(inner.records().size(), 1u);
  }
  EXPECT_TRUE(outer.records().empty());
  warn(sa, "out");
  EXPECT_EQ(outer.records().size(), 1u);
}

TEST(WarningFilter, ErrorThrowsWithTheCategoryOnlyWhereItMatches) {
  const CaptureWarnings captured;
  const WarningFilter filter(WarningAction::error, sa, "cartesian");
  warn(sa, "something else");
  warn(deprecated, "cartesian");
  EXPECT_EQ(captured.records().size(), 2u);
  try {
    warn(sa, "a cartesian product");
    FAIL() << "the filter did not raise";
  } catch (const WarningError& error) {
    EXPECT_EQ(error.category(), sa);
    EXPECT_STREQ(error.what(), "a cartesian product");
    EXPECT_STREQ(error.class_name(), "SAWarning");
  }
}

TEST(WarningFilter, LastOneDecidesAndEndsWithItsScope) {
  const CaptureWarnings captured;
  const WarningFilter error(WarningAction::error);
  {
    const WarningFilter ignore(WarningAction::ignore);
    warn(sa, "dropped");
    {
      const WarningFilter always(WarningAction::always);
      warn(sa, "kept");
    }
  }
  EXPECT_THROW(warn(sa, "raised"), WarningError);
  ASSERT_EQ(captured.records().size(), 1u);
  EXPECT_EQ(captured.records()[0].message, "kept");
}

// issubclass(RemovedIn20Warning, SADeprecationWarning)
TEST(WarningFilter, DeprecationsIncludeWhatIsRemovedIn20) {
  const CaptureWarnings captured;
  const WarningFilter filter(WarningAction::ignore, deprecated);
  warn(removed, "old form");
  warn(sa, "other");
  ASSERT_EQ(captured.records().size(), 1u);
  EXPECT_EQ(captured.records()[0].message, "other");
}

TEST(WarningFilter, AlwaysPrintsEachTime) {
  testing::internal::CaptureStderr();
  const WarningFilter filter(WarningAction::always);
  for (int i = 0; i < 2; ++i) {
    warn(sa, "each", Place{"b.cpp", 1});
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "b.cpp:1: SAWarning: each\nb.cpp:1: SAWarning: each\n");
}

TEST(Warning, ThreadsLoseNone) {
  const CaptureWarnings captured;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([] {
      for (int i = 0; i < 100; ++i) {
        warn(sa, "parallel");
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(captured.records().size(), 400u);
}

}  // namespace
