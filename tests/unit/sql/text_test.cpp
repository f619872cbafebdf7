// SPDX-License-Identifier: MIT
// Which colons of text() are parameters. The cases were checked against SQLAlchemy 1.4, whose rule
// differs in one place: of `:abc:` it makes the parameter `ab`, here there is none.
#include "unit/sql/shape.hpp"

#include <gtest/gtest.h>

#include <random>
#include <regex>

namespace {

using namespace azoth;

std::string parameters(std::string_view text) {
  const sql::Ref clause = sql::text(text);
  std::string out;
  for (const sql::BindParameter* b : test::binds_of(clause)) {
    out += (out.empty() ? "" : " ") + b->key;
  }
  return out;
}

TEST(Text, ColonAndWordIsAParameter) {
  EXPECT_EQ(parameters(":x"), "x");
  EXPECT_EQ(parameters("a = :x and b = :y and c = :x"), "x y");
  EXPECT_EQ(parameters("(:x)"), "x");
  EXPECT_EQ(parameters(":x,:y"), "x y");
  EXPECT_EQ(parameters(":x1_"), "x1_");
  EXPECT_EQ(parameters(":1"), "1");
  EXPECT_EQ(parameters("@>:x"), "x");
  EXPECT_EQ(parameters("$:x"), "");  // as SQLAlchemy's compiler reads it
  EXPECT_EQ(parameters(":x$"), "x$");
  EXPECT_EQ(parameters("a[:ab]"), "ab");
  EXPECT_EQ(parameters(":\xC3\xA9"), "\xC3\xA9");
}

TEST(Text, QuotesAndCommentsAreNotLookedAt) {
  EXPECT_EQ(parameters("':x'"), "x");
  EXPECT_EQ(parameters("\":x\""), "x");
  EXPECT_EQ(parameters("-- :x"), "x");
  EXPECT_EQ(parameters("/* :x */"), "x");
}

TEST(Text, CastsEscapesAndTimesAreNoParameters) {
  EXPECT_EQ(parameters("\\:x"), "");
  EXPECT_EQ(parameters("\\\\:x"), "");
  EXPECT_EQ(parameters("\\:\\:x"), "");
  EXPECT_EQ(parameters("::x"), "");
  EXPECT_EQ(parameters("a::int"), "");
  EXPECT_EQ(parameters(":a::int"), "");
  EXPECT_EQ(parameters("x:y"), "");
  EXPECT_EQ(parameters("\xC3\xA9:x"), "");
  EXPECT_EQ(parameters("12:30:45"), "");
  EXPECT_EQ(parameters(":x:"), "");
  EXPECT_EQ(parameters("x :y:z"), "");
  EXPECT_EQ(parameters(":"), "");
  EXPECT_EQ(parameters(": x"), "");
  EXPECT_EQ(parameters(""), "");
  EXPECT_EQ(parameters(":x\\:y"), "x");
}

TEST(Text, ParametersAreNamedAndRequired) {
  const sql::Ref t = sql::text("x = :p", types::Integer());
  const sql::BindParameter& p = *test::binds_of(t).at(0);
  EXPECT_FALSE(p.is_unique);
  EXPECT_TRUE(p.is_required);
  EXPECT_EQ(t->type(), types::Integer());
}

TEST(Text, DiffersByTextAndType) {
  EXPECT_EQ(test::key_of(sql::text("a")), test::key_of(sql::text("a")));
  EXPECT_NE(test::key_of(sql::text("a")), test::key_of(sql::text("b")));
  EXPECT_NE(test::key_of(sql::text("a")), test::key_of(sql::text("a", types::Integer())));
}

TEST(Text, RandomTextsAgreeWithTheRuleAsARegularExpression) {
  const unsigned seed = std::random_device()();
  RecordProperty("seed", static_cast<int>(seed));
  std::mt19937 random(seed);
  const std::regex rule(R"(:(\w+))");
  const std::string_view alphabet = ":::\\aB_1 '\"-(";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (unsigned n = random() % 14; n > 0; --n) {
      text += alphabet[random() % alphabet.size()];
    }
    std::string expected;
    std::vector<std::string> seen;
    const auto is_word = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
    };
    for (std::sregex_iterator at(text.begin(), text.end(), rule), end; at != end; ++at) {
      const auto from = static_cast<std::size_t>(at->position());
      const std::size_t to = from + static_cast<std::size_t>(at->length());
      const char before = from == 0 ? ' ' : text[from - 1],
                 after = to < text.size() ? text[to] : ' ';
      if (before == ':' || before == '\\' || is_word(before) || after == ':' ||
          std::find(seen.begin(), seen.end(), (*at)[1].str()) != seen.end()) {
        continue;
      }
      seen.push_back((*at)[1].str());
      expected += (expected.empty() ? "" : " ") + seen.back();
    }
    ASSERT_EQ(parameters(text), expected) << "text \"" << text << "\", seed " << seed;
  }
}

}  // namespace
