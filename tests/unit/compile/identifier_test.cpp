// SPDX-License-Identifier: MIT
// When names are quoted, and that what is quoted reads back as it was.
#include <azoth/base/error.hpp>
#include <azoth/dialects/sqlite.hpp>

#include <gtest/gtest.h>

#include <random>

namespace azoth {
namespace {

// Reads an identifier as a database would: plain, or quoted with doubled quotes.
std::string read_back(const std::string& text) {
  if (text.front() != '"') {
    return text;
  }
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '"') {
      EXPECT_EQ('"', text[++i]) << text;
      EXPECT_LT(i + 1, text.size()) << text;
    }
    out += text[i];
  }
  EXPECT_EQ('"', text.back());
  return out;
}

std::string message_of(const std::string& name) {
  try {
    sqlite_dialect().quote(name);
  } catch (const IdentifierError& e) {
    return e.message();
  }
  return "not refused";
}

TEST(Identifier, PlainLowerCaseWordsAreNotQuoted) {
  for (const char* name : {"a", "user_account", "x1", "_x", "a$b"}) {
    EXPECT_EQ(name, default_dialect().quote(name));
  }
}

TEST(Identifier, UpperCaseDigitsFirstAndOtherCharactersAreQuoted) {
  EXPECT_EQ("\"Name\"", default_dialect().quote("Name"));
  EXPECT_EQ("\"1a\"", default_dialect().quote("1a"));
  EXPECT_EQ("\"$a\"", default_dialect().quote("$a"));
  EXPECT_EQ("\"a b\"", default_dialect().quote("a b"));
  EXPECT_EQ("\"a.b\"", default_dialect().quote("a.b"));
  EXPECT_EQ("\"caf\xC3\xA9\"", default_dialect().quote("caf\xC3\xA9"));
}

TEST(Identifier, ReservedWordsDifferByDialect) {
  EXPECT_EQ("\"select\"", default_dialect().quote("select"));
  EXPECT_EQ("\"user\"", default_dialect().quote("user"));
  EXPECT_EQ("user", sqlite_dialect().quote("user"));
  EXPECT_EQ("\"index\"", sqlite_dialect().quote("index"));
  EXPECT_EQ("index", default_dialect().quote("index"));
}

TEST(Identifier, QuotesWithinAreDoubled) {
  EXPECT_EQ("\"a\"\"b\"", default_dialect().quote("a\"b"));
  EXPECT_EQ("\"\"\"\"", default_dialect().quote("\""));
}

TEST(Identifier, EmptyNulAndBrokenUtf8AreRefused) {
  EXPECT_NE(std::string::npos, message_of("").find("is empty"));
  EXPECT_NE(std::string::npos, message_of(std::string("a\0b", 3)).find("NUL"));
  for (const char* broken :
       {"\xFF", "a\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80"}) {
    EXPECT_NE(std::string::npos, message_of(broken).find("is not valid UTF-8")) << broken;
  }
}

TEST(Identifier, AnyQuotedNameReadsBack) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string letters = "ab_A1$ \"';--\n\\%.[]`";
  for (int i = 0; i < 20000; ++i) {
    std::string name;
    for (auto n = 1 + random() % 12; n > 0; --n) {
      name += letters[random() % letters.size()];
    }
    for (const Dialect* dialect : {&default_dialect(), &sqlite_dialect()}) {
      ASSERT_EQ(name, read_back(dialect->quote(name)));
    }
  }
}

}  // namespace
}  // namespace azoth
