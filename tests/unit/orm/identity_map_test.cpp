// SPDX-License-Identifier: MIT
// The identity map: integer keys, other keys, classes apart, sweeps.
#include "unit/orm/model.hpp"
#include <azoth/orm/heap.hpp>

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace {

using namespace azoth;
using azoth::testing::Author;
using azoth::testing::Book;
using orm::IdentityMap;
using orm::Object;

struct Country : Entity<Country, "identity_country"> {
  Column<"code", std::string, PrimaryKey> code;
};

struct Stock : Entity<Stock, "identity_stock"> {
  Column<"shop", int, PrimaryKey> shop;
  Column<"article", std::string, PrimaryKey> article;
};

}  // namespace

TEST(IdentityMap, IntegerKeysFollowAStdMapThroughInsertsErasesAndSweeps) {
  std::vector<ptr<Author>> objects;
  for (int i = 0; i < 500; ++i) {
    objects.push_back(make<Author>({}));
  }
  IdentityMap map;
  std::map<std::int64_t, Object*> model;
  std::mt19937_64 random(3);
  const orm::Mapper& mapper = Author::mapper();
  for (int step = 0; step < 20000; ++step) {
    const auto key = static_cast<std::int64_t>(random() % 700) - 100;
    ASSERT_EQ(map.find(mapper, key), model.contains(key) ? model[key] : nullptr);
    if (!model.contains(key)) {
      Object& o = *objects[random() % objects.size()];
      map.insert(mapper, key, o);
      model[key] = &o;
    } else if (random() % 2) {
      const Value v(key);
      map.erase(mapper, std::span(&v, 1));
      model.erase(key);
    }
    if (random() % 3000 == 0) {
      for (auto& p : objects) {
        orm::header(*p).mark = random() % 2 ? 9 : 1;
      }
      map.keep_marked(9);
      std::erase_if(model, [](const auto& e) { return orm::header(*e.second).mark != 9; });
    }
    ASSERT_EQ(map.size(), model.size());
  }
  std::size_t seen = 0;
  map.each([&](Object&) { ++seen; });
  EXPECT_EQ(seen, model.size());
}

TEST(IdentityMap, KeysThatShareTheirLowestBitsFindTheirPlaces) {
  auto object = make<Author>({});
  IdentityMap map;
  std::map<std::int64_t, bool> model;
  std::mt19937_64 random(5);
  const orm::Mapper& mapper = Author::mapper();
  for (int step = 0; step < 50000; ++step) {
    const auto key = static_cast<std::int64_t>((random() % 40) << 20 | random() % 8);
    ASSERT_EQ(map.find(mapper, key) != nullptr, model.contains(key));
    if (model.erase(key)) {
      const Value v(key);
      map.erase(mapper, std::span(&v, 1));
    } else {
      map.insert(mapper, key, *object);
      model[key] = true;
    }
    ASSERT_EQ(map.size(), model.size());
  }
  for (const auto& [key, is_there] : model) {
    ASSERT_TRUE(map.find(mapper, key));
  }
}

TEST(IdentityMap, ClassesHaveKeysOfTheirOwn) {
  IdentityMap map;
  auto a = make<Author>({.id = 1});
  auto b = make<Book>({.id = 1});
  map.insert(*a);
  EXPECT_EQ(map.find(Book::mapper(), 1), nullptr);
  map.insert(*b);
  EXPECT_EQ(map.find(Author::mapper(), 1), a.object());
  EXPECT_EQ(map.find(Book::mapper(), 1), b.object());
  map.erase(*a);
  EXPECT_EQ(map.find(Author::mapper(), 1), nullptr);
  EXPECT_EQ(map.size(), 1u);
}

TEST(IdentityMap, TextAndCompositeKeysCompareByValue) {
  IdentityMap map;
  auto at = make<Country>({.code = "AT"});
  auto s = make<Stock>({.shop = 3, .article = "x"});
  map.insert(*at);
  map.insert(*s);
  EXPECT_FALSE(Country::mapper().has_integer_key);
  EXPECT_FALSE(Stock::mapper().has_integer_key);
  EXPECT_EQ(map.find(Country::mapper(), std::vector<Value>{Value("AT")}), at.object());
  EXPECT_EQ(map.find(Country::mapper(), std::vector<Value>{Value("CH")}), nullptr);
  EXPECT_EQ(map.find(Stock::mapper(), std::vector<Value>{Value(3), Value("x")}), s.object());
  EXPECT_EQ(map.find(Stock::mapper(), std::vector<Value>{Value(4), Value("x")}), nullptr);
  orm::header(*at).mark = 5;
  map.keep_marked(5);
  EXPECT_EQ(map.size(), 1u);
  map.erase(*at);
  EXPECT_EQ(map.size(), 0u);
}
