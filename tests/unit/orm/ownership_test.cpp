// SPDX-License-Identifier: MIT
// Who keeps whom alive: handles, heaps, sessions, sweeps.
#include "unit/orm/model.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <unordered_set>

namespace {

using namespace azoth;
using azoth::testing::FakeSession;
using orm::header;

long alive = 0;

struct Canary {
  Canary() { ++alive; }

  Canary(Canary&&) noexcept { ++alive; }

  ~Canary() { --alive; }
};

struct Item : Entity<Item, "ownership_item"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Column<"owner_id", std::optional<std::int64_t>, ForeignKey<"ownership_item.id">> owner_id;
  Canary canary;
  Relationship<"owner", Item, BackPopulates<"items">, RemoteSide<"id">> owner;
  Relationship<"items", List<Item>, BackPopulates<"owner">> items;
};

struct Special : Entity<Special, "ownership_special", Inherits<Item>, Concrete> {
  Column<"extra", std::string> extra;
};

template <class T>
concept DereferencesTemporary = requires { *std::declval<ptr<T>>(); };
static_assert(!DereferencesTemporary<Item>);
static_assert(std::is_aggregate_v<Item> && std::is_aggregate_v<Special>);
static_assert(!std::is_copy_constructible_v<Item> && !std::is_copy_assignable_v<Item> &&
              !std::is_move_assignable_v<Item>);

class Ownership : public ::testing::Test {
 protected:
  void SetUp() override {
    orm::configured(Special::mapper());
    alive = 0;
  }

  void TearDown() override { EXPECT_EQ(alive, 0); }
};

}  // namespace

TEST_F(Ownership, HandleOfChildKeepsItsParent) {
  auto p =
      make<Item>({.name = "p", .items = {make<Item>({.name = "a"}), make<Item>({.name = "b"})}});
  ptr<Item> b = p->items[1];
  p = nullptr;
  EXPECT_EQ(*b->owner->name, "p");
  EXPECT_EQ(alive, 3);
}

TEST_F(Ownership, BaseHandleDestroysTheWholeDerivedObject) {
  ptr<Item> p =
      make<Special>({Item{.name = "s"}, "extra text that is long enough to be allocated"});
  EXPECT_EQ(alive, 1);
  EXPECT_EQ(*ptr_cast<Special>(p)->extra, "extra text that is long enough to be allocated");
  EXPECT_FALSE(ptr_cast<Special>(make<Item>({})));
}

TEST_F(Ownership, FunctionFillsAnObjectWithInheritedAttributes) {
  auto p = make<Special>([](Special& s) {
    s.name = "n";
    s.extra = "e";
  });
  EXPECT_EQ(*p->name, "n");
  EXPECT_EQ(*p->extra, "e");
}

TEST_F(Ownership, MovingOutOfAHeapIsRefused) {
  auto p = make<Item>({.name = "p"});
  EXPECT_THROW(Item stolen = std::move(*p), InvalidRequestError);
  EXPECT_EQ(*p->name, "p");
}

TEST_F(Ownership, HandleOfAStackObjectIsRefused) {
  Item item{.name = "stack"};
  EXPECT_THROW(ptr<Item>{item}, InvalidRequestError);
  auto p = make<Item>({.name = "heap"});
  EXPECT_EQ(ptr<Item>(*p), p);
}

TEST_F(Ownership, UnreachableObjectsGoAtTheSweepAndStayReadableAfterTheClose) {
  ptr<Item> held;
  {
    FakeSession s;
    {
      auto c = s.load<Item>(1);
      c->items.push_back(s.load<Item>(2));
      s.load<Item>(3);
      held = c;
    }
    s.flush();
    s.sweep();
    EXPECT_EQ(alive, 2);
    EXPECT_EQ(s.map.size(), 2u);
  }
  EXPECT_EQ(alive, 2);
  EXPECT_EQ(held->items[0]->owner.get(), held);
}

TEST_F(Ownership, SessionsMayShareAHeapButNotRelations) {
  FakeSession s, t;
  ptr<Item> u1, u2;
  {
    FakeSession z;
    u1 = z.load<Item>(1);
    u2 = z.load<Item>(2);
  }
  s.add(u1);
  t.add(u2);
  EXPECT_EQ(&s.heap(), &t.heap());
  try {
    u1->owner = u2;
    FAIL() << "relating objects of two sessions must be refused";
  } catch (const InvalidRequestError& e) {
    EXPECT_TRUE(std::string(e.what()).starts_with("Object '<Item at 0x")) << e.what();
    EXPECT_NE(std::string(e.what()).find("is already attached to session"), std::string::npos);
  }
  EXPECT_FALSE(u1->owner);
  EXPECT_EQ(s.map.size(), 1u);
}

TEST_F(Ownership, LoopSeesSweepsAndGrowthOfItsCollection) {
  FakeSession s;
  for (int i = 0; i < 3; ++i) {
    s.load<Item>(7)->items.push_back(s.load<Item>(i));
  }
  s.flush();
  for (int i = 0; i < 3; ++i) {
    s.load<Item>(7)->items.push_back(s.load<Item>(i));
  }  // the flush has swept: loaded anew
  int n = 0;
  for (ptr<Item> c : s.load<Item>(7)->items) {  // the iterator pins its owner
    s.sweep();
    if (++n == 1) {
      c->owner->items.push_back(s.load<Item>(99));
    }
  }
  EXPECT_EQ(n, 4);
  s.flush();
  s.sweep();
  EXPECT_EQ(alive, 0);
}

TEST_F(Ownership, StackObjectsDoNotSyncUntilTheyAreMade) {
  Item item{.name = "stack", .items = {make<Item>({.name = "child"})}};
  ptr<Item> child = item.items[0];
  EXPECT_FALSE(child->owner);
  auto p = make<Item>(std::move(item));
  EXPECT_EQ(child->owner.get(), p);
}

TEST_F(Ownership, HeapWithoutSessionFreesItselfAsHandlesGo) {
  ptr<Item> a, b;
  {
    FakeSession s;
    a = s.load<Item>(1);
    b = s.load<Item>(2);
    for (int i = 10; i < 1000; ++i) {
      a->items.push_back(s.load<Item>(i));
    }
  }
  EXPECT_EQ(alive, 992);
  a = nullptr;
  EXPECT_EQ(alive, 1);  // b does not keep strangers
}

TEST_F(Ownership, PendingChangesAreRootsUntilTheFlush) {
  FakeSession s;
  {
    auto a = s.load<Item>(1);
    a->owner = s.load<Item>(2);
    s.flush();
    a->owner = nullptr;  // item 2 is the old target now
  }
  s.sweep();
  EXPECT_EQ(alive, 2);
  s.flush();
  s.sweep();
  EXPECT_EQ(alive, 0);
}

TEST_F(Ownership, StreamingRunsInBoundedMemory) {
  FakeSession s;
  long most = 0;
  for (std::int64_t i = 0; i < 20000; ++i) {
    s.load<Item>(i);
    if (i % 100 == 0) {
      s.heap().boundary();
    }
    most = std::max(most, alive);
  }
  EXPECT_LE(most, 2200);
}

TEST_F(Ownership, HandlesCompareAndHashByObject) {
  auto a = make<Item>({}), b = make<Item>({});
  ptr<Item> same = a;
  EXPECT_EQ(a, same);
  EXPECT_NE(a, b);
  EXPECT_EQ(ptr<Item>(), nullptr);
  std::unordered_set<ptr<Item>> set{a, same, b};
  EXPECT_EQ(set.size(), 2u);
}

TEST_F(Ownership, ExpungedObjectKeepsItsNeighboursReadable) {
  FakeSession s;
  auto a = s.load<Item>(1);
  a->items.push_back(s.load<Item>(2));
  s.flush();
  s.expunge(*a);
  EXPECT_EQ(header(*a).state, orm::ObjectState::detached);
  EXPECT_EQ(*a->items[0]->id, 2);
  EXPECT_EQ(s.map.size(), 1u);
}
