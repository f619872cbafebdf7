// SPDX-License-Identifier: MIT
// ObjectList against a vector, over random operations, around and beyond the length at which it
// gets an index.
#include <azoth/orm/collection.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace {
using azoth::orm::Object;
using azoth::orm::ObjectList;

std::vector<Object*> contents(const ObjectList& list) {
  std::vector<Object*> out;
  list.each([&](Object* o) { out.push_back(o); });
  return out;
}
}  // namespace

TEST(ObjectList, BehavesAsAVectorOfDistinctPointers) {
  alignas(16) static char storage[400 * 32];
  std::mt19937 random(7);
  for (std::size_t most : {8u, 60u, 70u, 400u}) {
    ObjectList list;
    std::vector<Object*> model;
    for (int step = 0; step < 30000; ++step) {
      auto* o = reinterpret_cast<Object*>(storage + random() % most * 32);
      const auto at = std::find(model.begin(), model.end(), o);
      ASSERT_EQ(list.contains(o), at != model.end());
      if (random() % 16 == 0 && !model.empty()) {
        const std::size_t place = random() % model.size();
        ASSERT_EQ(list[place], model[place]);
      }
      if (at == model.end()) {
        list.push_back(o);
        model.push_back(o);
      } else if (random() % 3) {
        ASSERT_TRUE(list.erase(o));
        model.erase(at);
        ASSERT_FALSE(list.erase(o));
      }
      if (random() % 5000 == 0) {
        list.clear();
        model.clear();
      }
      ASSERT_EQ(list.size(), model.size());
    }
    ASSERT_EQ(contents(list), model);
    for (std::size_t i = 0; i < model.size(); ++i) {
      ASSERT_EQ(list[i], model[i]);
    }
    ObjectList moved = std::move(list);
    EXPECT_EQ(contents(moved), model);
    EXPECT_TRUE(list.empty());
  }
}
