// SPDX-License-Identifier: MIT
// Texts in UTF-16, and numbered parameters in the texts of statements.
#include "drivers/odbc/placeholders.hpp"
#include "drivers/odbc/wide.hpp"
#include <azoth/base/error.hpp>

#include <gtest/gtest.h>

namespace azoth::drivers::odbc {
namespace {

std::string there_and_back(const std::string& text) {
  std::string out;
  EXPECT_TRUE(append_utf8(out, to_wide(text)));
  return out;
}

TEST(OdbcWide, EveryLengthOfACharacterSurvives) {
  EXPECT_EQ(to_wide("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"), u"a\u00e4\u20ac\U0001F600");
  for (const std::string text : {"",
                                 "a",
                                 "\x7f",
                                 "\xc2\x80",
                                 "\xdf\xbf",
                                 "\xe0\xa0\x80",
                                 "\xef\xbf\xbf",
                                 "\xf0\x90\x80\x80",
                                 "\xf4\x8f\xbf\xbf"}) {
    EXPECT_EQ(there_and_back(text), text);
  }
  EXPECT_EQ(there_and_back(std::string("a\0b", 3)), std::string("a\0b", 3));
}

TEST(OdbcWide, WhatIsNoUtf8IsRefused) {
  for (const char* text : {"\x80",
                           "\xff",
                           "\xc0\x80",
                           "\xc3",
                           "\xe0\x80\x80",
                           "\xed\xa0\x80",
                           "\xf0\x80\x80\x80",
                           "\xf4\x90\x80\x80",
                           "\xe2\x82",
                           "a\xc3(z"}) {
    EXPECT_THROW(to_wide(text), DataError) << text;
  }
  try {
    to_wide("a\xff");
  } catch (const DataError& error) {
    EXPECT_EQ(error.message(),
              "(odbc.DataError) the text 'a\\xff' is no UTF-8; give bytes as Bytes, or convert the "
              "text");
  }
}

TEST(OdbcWide, HalvesOfPairsAreNoText) {
  std::string out;
  for (const std::u16string& text : {std::u16string(1, 0xD83D),
                                     std::u16string(1, 0xDE00),
                                     std::u16string{0xD83D, u'x'},
                                     std::u16string{0xDE00, 0xD83D}}) {
    EXPECT_FALSE(append_utf8(out, text));
  }
  EXPECT_EQ(to_utf8(std::u16string{u'a', 0xD83D, u'b'}),
            "a\xef\xbf\xbd"
            "b");
}

TEST(OdbcPlaceholders, NumbersBecomeQuestionMarks) {
  const NumberedText found = replace_numbered("SELECT $2, $1, $2 WHERE a=$10");
  EXPECT_EQ(found.text, "SELECT ?, ?, ? WHERE a=?");
  EXPECT_EQ(found.places, (std::vector<std::size_t>{1, 0, 1, 9}));
  EXPECT_EQ(found.count, 10U);
  EXPECT_TRUE(replace_numbered("SELECT ?, $x, $, a$1, $0").places.empty());
}

TEST(OdbcPlaceholders, LiteralsNamesAndCommentsAreLeftAlone) {
  for (const std::string text : {"'$1'",
                                 "'it''s $1'",
                                 "E'\\'$1'",
                                 "\"$1\"",
                                 "-- $1\n",
                                 "-- $1",
                                 "/* $1 /* $1 */ $1 */",
                                 "$$ $1 $$",
                                 "$tag$ $1 $$ $1 $tag$",
                                 "'$1",
                                 "/* $1"}) {
    const NumberedText found = replace_numbered(text);
    EXPECT_EQ(found.text, text);
    EXPECT_TRUE(found.places.empty()) << text;
    EXPECT_EQ(replace_numbered("$1 " + text).text, "? " + text);
  }
  EXPECT_EQ(replace_numbered("'\\' || $1").text, "'\\' || ?");
  EXPECT_EQ(replace_numbered("$tag$ x $tag$ || $1::text").text, "$tag$ x $tag$ || ?::text");
}

}  // namespace
}  // namespace azoth::drivers::odbc
