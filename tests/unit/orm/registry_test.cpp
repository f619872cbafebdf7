// SPDX-License-Identifier: MIT
// Classes are known before main(): names resolve although nothing has used the class yet.
#include <azoth/base/error.hpp>
#include <azoth/orm/declare.hpp>
#include <azoth/orm/make.hpp>
#include <azoth/sql/table.hpp>

#include <gtest/gtest.h>

#include <thread>
#include <vector>

using namespace azoth;

namespace {

struct Planet : Entity<Planet, "planet"> {
  Column<"id", int, PrimaryKey> id;
};

struct Moon : Entity<Moon, "moon"> {
  Column<"id", int, PrimaryKey> id;
  Column<"planet_id", int, ForeignKey<"planet.id">> planet_id;
};

struct Left;

struct Right : Entity<Right, "right"> {
  Column<"id", int, PrimaryKey> id;
  Column<"left_id", int, ForeignKey<"left.id">> left_id;
  Relationship<"left", Left, BackPopulates<"rights">> left;
};

struct Left : Entity<Left, "left"> {
  Column<"id", int, PrimaryKey> id;
  Relationship<"rights", List<Right>> rights;
};

// Never called: that the program could make them is enough.
[[maybe_unused]] void could_make() {
  make<Planet>({});
  make<Moon>({});
}

}  // namespace

TEST(Registry, ConfiguringMapsEveryClassTheProgramUses) {
  EXPECT_FALSE(default_metadata().contains("planet"));
  orm::configure_mappers();
  EXPECT_TRUE(default_metadata().contains("planet"));
  EXPECT_TRUE(default_metadata().contains("moon"));
  EXPECT_TRUE(Moon::mapper().is_configured);
}

TEST(Registry, FirstUseFromManyThreadsBuildsOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([i] {
      auto l = i % 2 ? make<Left>({.id = i}) : make<Right>({.left = make<Left>({})})->left.get();
      EXPECT_EQ(l->rights.size(), i % 2 ? 0u : 1u);
    });
  }
  for (std::thread& t : threads) {
    t.join();
  }
  EXPECT_EQ(Left::mapper().find_relationship("rights")->back,
            Right::mapper().find_relationship("left"));
}

TEST(Registry, ObjectsOfTwoThreadsAreNotRelated) {
  ptr<Left> other_threads;
  ptr<Right> its_right;
  std::thread([&] {
    other_threads = make<Left>({});
    its_right = make<Right>({.left = other_threads});  // now they have a heap, of that thread
    orm::Heap::of(*other_threads);
  }).join();
  auto mine = make<Left>({.rights = {make<Right>({})}});
  EXPECT_THROW(orm::Heap::merge(*mine, *other_threads), InvalidRequestError);
  orm::Heap::of(*other_threads).move_to_current_thread();
  mine->rights.push_back(its_right);
  EXPECT_EQ(mine->rights.size(), 2u);
  EXPECT_TRUE(other_threads->rights.empty());
}
