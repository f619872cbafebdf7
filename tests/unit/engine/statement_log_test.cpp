// SPDX-License-Identifier: MIT
// How parameters are shortened in logs and errors.
#include "engine/statement_log.hpp"

#include <gtest/gtest.h>

namespace azoth::detail {
namespace {

void append_number(std::string& out, std::size_t i) {
  out += std::to_string(i);
}

std::string tuple(std::size_t count) {
  std::string out;
  append_tuple(out, count, &append_number);
  return out;
}

TEST(StatementLog, TupleOfOneEndsWithAComma) {
  EXPECT_EQ(tuple(0), "()");
  EXPECT_EQ(tuple(1), "(0,)");
  EXPECT_EQ(tuple(2), "(0, 1)");
}

TEST(StatementLog, MiddleOfMoreThanAHundredValuesIsLeftOut) {
  EXPECT_EQ(tuple(100).find("truncated"), std::string::npos);
  const std::string text = tuple(120);
  EXPECT_NE(text.find(", 48, 49 ... 20 parameters truncated ... 70, 71, "), std::string::npos);
  EXPECT_TRUE(text.ends_with(", 118, 119)"));
}

TEST(StatementLog, MoreThanTenSetsShowEightAndTwo) {
  std::string out;
  append_sets(out, 30, &append_number);
  EXPECT_EQ(
      out,
      "[0, 1, 2, 3, 4, 5, 6, 7  ... displaying 10 of 30 total bound parameter sets ...  28, 29]");
  out.clear();
  append_sets(out, 2, &append_number);
  EXPECT_EQ(out, "[0, 1]");
}

TEST(StatementLog, LongValuesKeepBothEndsAndWholeCharacters) {
  std::string out;
  append_tuple(out, 1, [](std::string& o, std::size_t) {
    for (int i = 0; i < 400; ++i) {
      o += "\xc3\xa4";
    }
  });
  std::string half;
  for (int i = 0; i < 150; ++i) {
    half += "\xc3\xa4";
  }
  EXPECT_EQ(out, "(" + half + " ... (100 characters truncated) ... " + half + ",)");
}

TEST(StatementLog, ThreeHundredCharactersStay) {
  std::string out;
  append_tuple(out, 1, [](std::string& o, std::size_t) { o.append(300, 'x'); });
  EXPECT_EQ(out.size(), 303U);
}

TEST(StatementLog, DurationsHaveSqlalchemysForm) {
  EXPECT_EQ(seconds_text(0.000123), "0.00012s");
  EXPECT_EQ(age_text(1.23456), "1.235s ago");
}

}  // namespace
}  // namespace azoth::detail
