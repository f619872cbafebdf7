// SPDX-License-Identifier: MIT
// URLs: parsed and printed as SQLAlchemy does it, with an error where SQLAlchemy would drop a part
// of the text.
#include "azoth/engine/url.hpp"

#include "azoth/base/error.hpp"

#include <gtest/gtest.h>

#include <random>

namespace azoth {
namespace {

// The parts of a URL in one line: ("postgresql", "u", "p", "host", 5432, "db", {a: 1 2}).
std::string parts(const URL& url) {
  const auto text = [](const std::optional<std::string>& part) {
    return part ? "\"" + *part + "\"" : "null";
  };
  std::string query;
  for (const auto& [name, values] : url.query()) {
    query += (query.empty() ? "" : ", ") + name + ":";
    for (const auto& value : values) {
      query += " " + value;
    }
  }
  return "(\"" + url.drivername() + "\", " + text(url.username()) + ", " + text(url.password()) +
         ", " + text(url.host()) + ", " + (url.port() ? std::to_string(*url.port()) : "null") +
         ", " + text(url.database()) + ", {" + query + "})";
}

std::string shown(const URL& url) {
  return url.to_string({.hide_password = false});
}

template <class F>
std::string refusal(F make) {
  try {
    make();
  } catch (const ArgumentError& error) {
    return error.message();
  }
  return "";
}

TEST(URL, SqliteForms) {
  EXPECT_EQ(parts("sqlite://"), R"(("sqlite", null, null, null, null, null, {}))");
  EXPECT_EQ(parts("sqlite:///"), R"(("sqlite", null, null, null, null, "", {}))");
  EXPECT_EQ(parts("sqlite:///relative.db"),
            R"(("sqlite", null, null, null, null, "relative.db", {}))");
  EXPECT_EQ(parts("sqlite:////absolute/file.db"),
            R"(("sqlite", null, null, null, null, "/absolute/file.db", {}))");
  EXPECT_EQ(parts("sqlite:///:memory:"), R"(("sqlite", null, null, null, null, ":memory:", {}))");
  EXPECT_EQ(parts("sqlite:///C:\\path\\a.db"),
            R"(("sqlite", null, null, null, null, "C:\path\a.db", {}))");
  EXPECT_EQ(parts("sqlite:///a%20b.db"), R"(("sqlite", null, null, null, null, "a%20b.db", {}))")
      << "taken as it is";
  EXPECT_EQ(parts("sqlite:///file:a.db?mode=ro&uri=true"),
            R"(("sqlite", null, null, null, null, "file:a.db", {mode: ro, uri: true}))");
}

TEST(URL, ServerForms) {
  EXPECT_EQ(parts("postgresql://u:p@host:5432/db"),
            R"(("postgresql", "u", "p", "host", 5432, "db", {}))");
  EXPECT_EQ(
      parts("postgresql+psycopg2://u:p%40ss%2Fw@host/db?sslmode=require&opt=a&opt=b"),
      R"(("postgresql+psycopg2", "u", "p@ss/w", "host", null, "db", {opt: a b, sslmode: require}))");
  EXPECT_EQ(parts("mysql://host/db"), R"(("mysql", null, null, "host", null, "db", {}))");
  EXPECT_EQ(parts("mysql://user@[::1]:3306/db"),
            R"(("mysql", "user", null, "::1", 3306, "db", {}))");
  EXPECT_EQ(parts("oracle://u:p@host/?service_name=x"),
            R"(("oracle", "u", "p", "host", null, "", {service_name: x}))");
  EXPECT_EQ(parts("x://u:p@/db"), R"(("x", "u", "p", null, null, "db", {}))");
  EXPECT_EQ(parts("x://u:@h"), R"(("x", "u", "", "h", null, null, {}))");
  EXPECT_EQ(parts("x://:pw@h"), R"(("x", "", "pw", "h", null, null, {}))");
  EXPECT_EQ(parts("x://u@v@host/db"), R"(("x", "u@v", null, "host", null, "db", {}))");
  EXPECT_EQ(parts("x://u:p/w@h"), R"(("x", "u", "p/w", "h", null, null, {}))");
  EXPECT_EQ(parts("x://u%2:p@h"), R"(("x", "u%2", "p", "h", null, null, {}))");
}

TEST(URL, QueryIsDecodedWithPlusAsBlank) {
  EXPECT_EQ(parts("x://h/d?a=%20b+c&a=%zz"), R"(("x", null, null, "h", null, "d", {a:  b c %zz}))");
  EXPECT_EQ(parts("x://h?a=1;b=2"), R"(("x", null, null, "h", null, null, {a: 1;b=2}))");
  EXPECT_EQ(parts("sqlite://?a=1"), R"(("sqlite", null, null, null, null, null, {a: 1}))");
}

TEST(URL, ValuesThatAreEmptyAreKept) {
  const URL url = "x://h?a=1&a=&b";
  EXPECT_EQ(url.query(), (URLQuery{{"a", {"1", ""}}, {"b", {""}}}));
  EXPECT_EQ(shown(url), "x://h?a=1&a=&b=");
}

TEST(URL, AtSignBehindTheHostIsNoPassword) {
  EXPECT_EQ(parts("mysql://host:3306/db?user=a@b"),
            R"(("mysql", null, null, "host", 3306, "db", {user: a@b}))");
  EXPECT_EQ(parts("x://user:p@ss@host"), R"(("x", "user", "p@ss", "host", null, null, {}))");
  EXPECT_EQ(parts("x://h:/a@b"), R"(("x", null, null, "h", null, "a@b", {}))");
}

TEST(URL, RenderingHidesThePasswordAndSortsTheQuery) {
  const URL url = "postgresql+psycopg2://u:p%40ss%2Fw@host/db?sslmode=require&opt=a&opt=b";
  EXPECT_EQ(url.to_string(), "postgresql+psycopg2://u:***@host/db?opt=a&opt=b&sslmode=require");
  EXPECT_EQ(shown(url), "postgresql+psycopg2://u:p%40ss%2Fw@host/db?opt=a&opt=b&sslmode=require");
  EXPECT_EQ(URL("mysql://user@[::1]:3306/db").to_string(), "mysql://user@[::1]:3306/db");
  for (const char* same : {"sqlite://",
                           "sqlite:///relative.db",
                           "sqlite:////absolute/file.db",
                           "sqlite:///:memory:",
                           "sqlite:///"}) {
    EXPECT_EQ(URL(same).to_string(), same);
  }
}

TEST(URL, NamesOfBackendAndDriver) {
  EXPECT_EQ(URL("postgresql+psycopg2://h").backend_name(), "postgresql");
  EXPECT_EQ(URL("postgresql+psycopg2://h").driver_name(), "psycopg2");
  EXPECT_EQ(URL("sqlite://").backend_name(), "sqlite");
  EXPECT_EQ(URL("sqlite://").driver_name(), "");
}

TEST(URL, CreateQuotesWhatNeedsIt) {
  const URL url = URL::create({.drivername = "postgresql",
                               .username = "me",
                               .password = "p@:/ss",
                               .host = "h",
                               .database = "d",
                               .query = URLQuery{{"b", {"x y"}}, {"a", {"1", "2"}}}});
  EXPECT_EQ(shown(url), "postgresql://me:p%40%3A%2Fss@h/d?a=1&a=2&b=x+y");
  EXPECT_EQ(url.to_string(), "postgresql://me:***@h/d?a=1&a=2&b=x+y");
  EXPECT_EQ(URL(shown(url)), url);
}

TEST(URL, ChangesMakeAnotherURL) {
  const URL url = "postgresql://me:p@h/d?a=1&a=2&b=x+y";
  EXPECT_EQ(shown(url.set({.host = "other", .port = 1})),
            "postgresql://me:p@other:1/d?a=1&a=2&b=x+y");
  EXPECT_EQ(shown(url.update_query({{"c", {"3"}}})), "postgresql://me:p@h/d?a=1&a=2&b=x+y&c=3");
  EXPECT_EQ(shown(url.update_query({{"a", {"3"}}})), "postgresql://me:p@h/d?a=3&b=x+y");
  EXPECT_EQ(shown(url.update_query({{"a", {"3"}}}, {.append = true})),
            "postgresql://me:p@h/d?a=1&a=2&a=3&b=x+y");
  EXPECT_EQ(shown(url.update_query_string("b=1&c=%26")), "postgresql://me:p@h/d?a=1&a=2&b=1&c=%26");
  const std::vector<std::string> gone = {"a", "unknown"};
  EXPECT_EQ(shown(url.difference_update_query(gone)), "postgresql://me:p@h/d?b=x+y");
  EXPECT_EQ(shown(url.set({.query = URLQuery{}})), "postgresql://me:p@h/d");
  EXPECT_EQ(shown(url), "postgresql://me:p@h/d?a=1&a=2&b=x+y") << "the URL itself is as it was";
}

TEST(URL, QueryValueIsTheLastOfItsName) {
  const URL url = "x://h?a=1&a=2";
  ASSERT_NE(url.query_value("a"), nullptr);
  EXPECT_EQ(*url.query_value("a"), "2");
  EXPECT_EQ(url.query_value("b"), nullptr);
}

TEST(URL, EqualityIsOfAllPartsAndNotOfTheOrderOfTheQuery) {
  EXPECT_EQ(URL("x://h/d?a=1&b=2"), URL("x://h/d?b=2&a=1"));
  EXPECT_NE(URL("x://h/d?a=1&a=2"), URL("x://h/d?a=2&a=1"));
  EXPECT_NE(URL("x://u:p@h"), URL("x://u:q@h"));
  EXPECT_NE(URL("x://h"), URL("x://h/"));
}

TEST(URL, TextOfAnotherFormIsRefusedWithWhatIsExpected) {
  EXPECT_EQ(refusal([] { URL("x:/h"); }),
            "Could not parse URL from string 'x:/h': expected "
            "dialect+driver://user:password@host:port/database?key=value, with only "
            "the dialect required");
  for (const char* wrong : {"", "://h", "x-y://h", "file.db", "sqlite:"}) {
    EXPECT_NE(refusal([&] { URL url(wrong); }), "") << wrong;
  }
}

TEST(URL, RefusalShowsNoPassword) {
  for (const char* wrong : {"x-y://me:secret@h",
                            "x://me:secret@h:port/d",
                            "me:secret@host",
                            "x:/me:secret@h",
                            "x://me:secret@[::1/d"}) {
    const std::string message = refusal([&] { URL url(wrong); });
    EXPECT_NE(message, "") << wrong;
    EXPECT_EQ(message.find("secret"), std::string::npos) << message;
  }
}

TEST(URL, PortMustBeANumberThatIsOne) {
  for (const char* wrong : {"x://h:abc",
                            "x://h:99999/",
                            "x://h:-1/",
                            "x://h: 1",
                            "x://h:1x",
                            "x://[::1]:x",
                            "x://::1/d"}) {
    EXPECT_NE(refusal([&] { URL url(wrong); }).find("is not a number from 0 to 65535"),
              std::string::npos)
        << wrong;
  }
  EXPECT_EQ(URL("x://h:/db").port(), std::nullopt);
  EXPECT_EQ(refusal([] { URL::create({.drivername = "x", .port = 70000}); }),
            "URL port 70000 is not a number from 0 to 65535");
}

TEST(URL, TextBehindTheBracketsOfAHostIsNotDropped) {
  EXPECT_NE(refusal([] { URL("x://[::1]x/db"); }).find("behind the bracket"), std::string::npos);
  EXPECT_NE(refusal([] { URL("x://[::1"); }).find("not closed"), std::string::npos);
}

TEST(URL, CreateNeedsADrivername) {
  EXPECT_NE(refusal([] { URL::create({.host = "h"}); }).find("needs a drivername"),
            std::string::npos);
  EXPECT_NE(refusal([] { URL::create({.drivername = "a b"}); }).find("'a b'"), std::string::npos);
}

class RandomURL {
 public:
  explicit RandomURL(unsigned seed) : random_(seed) {}

  URL make() {
    URLParts parts;
    parts.drivername = pick(1, 3, "abz09_+");
    if (chance()) {
      parts.username = pick(0, 6, any);
    }
    if (parts.username && chance()) {
      parts.password = pick(0, 6, any);
    }
    if (chance()) {
      parts.host = chance() ? pick(1, 5, "ab.-%9_") : ":" + pick(1, 5, "0af:");
    }
    if (chance()) {
      parts.port = static_cast<int>(random_() % 65536);
    }
    if (chance()) {
      parts.database = pick(0, 6, "ab/:@%+&=# []\\");
    }
    parts.query.emplace();
    for (unsigned i = random_() % 4; i > 0; --i) {
      auto& values = (*parts.query)[pick(0, 3, any)];
      for (unsigned j = random_() % 3 + 1; j > 0; --j) {
        values.push_back(pick(0, 5, any));
      }
    }
    return URL::create(std::move(parts));
  }

 private:
  static constexpr std::string_view any = "abZ09 +%/:@?&=#[]\\'\"~.-_;,\n\x01\xc3\xa9";

  bool chance() { return random_() % 2 == 0; }

  std::string pick(unsigned least, unsigned most, std::string_view alphabet) {
    std::string out;
    for (unsigned i = least + random_() % (most - least + 1); i > 0; --i) {
      out += alphabet[random_() % alphabet.size()];
    }
    return out;
  }

  std::mt19937 random_;
};

TEST(URL, WhatIsRenderedParsesBackToAnEqualURL) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  RandomURL random(seed);
  for (int i = 0; i < 5000; ++i) {
    const URL url = random.make();
    const std::string text = shown(url);
    ASSERT_NO_THROW(ASSERT_EQ(parts(URL(text)), parts(url)) << text) << text;
    ASSERT_EQ(URL(text), url) << text;
    ASSERT_EQ(shown(URL(text)), text);
  }
}

TEST(URL, ParsingAnyTextEitherWorksOrThrowsArgumentError) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string_view alphabet = "ab1:/@?&=[]%+# ";
  int parsed = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = random() % 4 ? "x://" : "";
    for (unsigned n = random() % 14; n > 0; --n) {
      text += alphabet[random() % alphabet.size()];
    }
    try {
      const URL url(text);
      ++parsed;
      ASSERT_EQ(parts(shown(url)), parts(url)) << text;
    } catch (const ArgumentError&) {
      continue;
    }
  }
  EXPECT_GT(parsed, 1000);
}

}  // namespace
}  // namespace azoth
