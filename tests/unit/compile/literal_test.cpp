// SPDX-License-Identifier: MIT
// Values as SQL text: their forms, and that no text can leave its quotes.
#include <azoth/base/error.hpp>
#include <azoth/dialects/sqlite.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace azoth {
namespace {

std::string literal(const Literal& value, TypePtr type = types::null_type()) {
  return sqlite_dialect().literal(value, type);
}

TEST(Literal, NumbersAndConstantsAreWrittenPlain) {
  EXPECT_EQ("1", literal(1));
  EXPECT_EQ("-9223372036854775808", literal(std::numeric_limits<std::int64_t>::min()));
  EXPECT_EQ("1.5", literal(1.5));
  EXPECT_EQ("1e+300", literal(1e300));
  EXPECT_EQ("1.50", literal(Decimal("1.50")));
  EXPECT_EQ("NULL", literal(null));
  EXPECT_EQ("1", literal(true));
  EXPECT_EQ("0", literal(false));
}

TEST(Literal, QuotesInTextAreDoubledAndBackslashesKept) {
  EXPECT_EQ("'it''s'", literal("it's"));
  EXPECT_EQ("'a\\b'", literal("a\\b"));
  EXPECT_EQ("'100%'", literal("100%"));
}

TEST(Literal, BytesAreWrittenInHexadecimal) {
  const Bytes bytes{std::byte{0}, std::byte{0x27}, std::byte{0xFF}};
  EXPECT_EQ("X'0027FF'", literal(bytes));
}

TEST(Literal, SqliteWritesDatesAsItStoresThem) {
  EXPECT_EQ("'2010-05-01'", literal(Date{2010, 5, 1}));
  EXPECT_EQ("'01:02:00.000000'", literal(Time{1, 2}));
  EXPECT_EQ("'2010-05-01 01:02:03.000004'", literal(DateTime{{2010, 5, 1}, {1, 2, 3, 4}}));
}

TEST(Literal, DefaultDialectHasNoFormForDates) {
  try {
    default_dialect().literal(Date{2010, 5, 1}, types::Date());
    FAIL() << "not refused";
  } catch (const CompileError& e) {
    EXPECT_EQ(
        "No literal value renderer is available for literal value \"datetime.date(2010, 5, 1)\" "
        "with datatype DATE",
        e.message());
  }
}

TEST(Literal, WhatHasNoFormIsRefused) {
  EXPECT_THROW(literal(std::numeric_limits<double>::infinity()), CompileError);
  EXPECT_THROW(literal(std::numeric_limits<double>::quiet_NaN()), CompileError);
  EXPECT_THROW(literal(std::string_view("a\0b", 3)), CompileError);
}

TEST(Literal, TextIsNoLiteralOfANumber) {
  try {
    literal("1; DROP TABLE t", types::Integer());
    FAIL() << "not refused";
  } catch (const CompileError& e) {
    EXPECT_EQ(0u,
              e.message().find("Could not render literal value \"'1; DROP TABLE t'\" with "
                               "datatype INTEGER"));
  }
}

TEST(Literal, NoTextLeavesItsQuotes) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string letters = "a'\"\\;-% \n";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) {
      text += letters[random() % letters.size()];
    }
    const std::string sql = literal(text, types::String());
    std::string back;
    ASSERT_EQ('\'', sql.front());
    ASSERT_EQ('\'', sql.back());
    for (std::size_t p = 1; p + 1 < sql.size(); ++p) {
      if (sql[p] == '\'') {
        ASSERT_EQ('\'', sql[++p]) << sql;
        ASSERT_LT(p + 1, sql.size()) << sql;
      }
      back += sql[p];
    }
    ASSERT_EQ(text, back);
  }
}

}  // namespace
}  // namespace azoth
