// SPDX-License-Identifier: MIT
// Random steps over a small graph of classes with every kind of relationship, three sessions and
// many handles. After each sweep exactly what the test can reach is alive; at any time both sides
// of each relationship agree and every object is whole.
#include "unit/orm/stress_classes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <random>
#include <set>

namespace {

using namespace azoth;
using azoth::testing::FakeSession;
using orm::header;
using orm::Object;

using namespace azoth::testing::stress;

class Stress {
 public:
  explicit Stress(unsigned seed) : random_(seed) {
    for (int i = 0; i < 3; ++i) {
      sessions_.push_back(std::make_unique<FakeSession>());
    }
  }

  void run(int steps) {
    for (int k = 0; k < steps && !::testing::Test::HasFailure(); ++k) {
      try {
        step();
      } catch (const InvalidRequestError&) {
        ++refused;
      }
      if (k % 16 == 0) {
        verify(nullptr);
      }
    }
    for (auto& s : sessions_) {
      s->close();
    }
    verify(nullptr);
    nodes_.clear();
    tags_.clear();
    sessions_.clear();
  }

  long refused = 0, sweeps = 0;

 private:
  std::size_t below(std::size_t n) { return random_() % n; }

  ptr<Node> any() { return nodes_.empty() ? ptr<Node>() : nodes_[below(nodes_.size())]; }

  ptr<Node> loaded(FakeSession& s) { return s.load<Node>(static_cast<std::int64_t>(below(400))); }

  void step() {
    FakeSession& s = *sessions_[below(sessions_.size())];
    ptr<Node> a = any(), b = any();
    const std::size_t what = below(26);
    if (what < 12) {
      relate(what, s, a, b);
    } else {
      live(what, s, a, b);
    }
  }

  void relate(std::size_t what, FakeSession& s, const ptr<Node>& a, const ptr<Node>& b) {
    switch (what) {
      case 0:
        nodes_.push_back(make<Node>({.name = "a rather long name that is allocated",
                                     .parent = a,
                                     .tags = {make<Tag>({.name = "t"})}}));
        break;
      case 1:
        if (b) {
          nodes_.push_back(
              make<Leaf>({Node{.name = "leaf", .children = {make<Node>({}), b}}, "e"}));
        }
        break;
      case 2: {
        ptr<Node> p = loaded(s);
        for (int i = 0; i < 5; ++i) {
          p->children.push_back(loaded(s));
        }
        break;
      }
      case 3:
        if (a) {
          a->parent = b;
        }
        break;
      case 4:
        if (a && b) {
          a->children.push_back(b);
        }
        break;
      case 5:
        if (a) {
          a->leader = b;
        }
        break;
      case 6:
        if (a) {
          a->follower = b;
        }
        break;
      case 7:
        if (a) {
          a->likes = b;
        }
        break;
      case 8:
        if (a && b) {
          a->seen.push_back(b);
        }
        break;
      case 9:
        if (a && !tags_.empty()) {
          a->tags.push_back(tags_[below(tags_.size())]);
        }
        break;
      case 10:
        if (a) {
          for (ptr<Tag> t : a->tags) {
            tags_.push_back(t);
          }
        }
        break;
      default:
        if (a && b) {
          a->children = {b, make<Node>({})};
        }
        break;
    }
  }

  void live(std::size_t what, FakeSession& s, ptr<Node> a, ptr<Node> b) {
    switch (what) {
      case 12:
        if (a) {
          a->parent = nullptr;
        }
        break;
      case 13:
        if (a) {
          while (!a->children.empty()) {
            a->children.erase(a->children[0]);
          }
        }
        break;
      case 14:
        if (a) {
          a->likes = nullptr;
          a->leader = nullptr;
          if (!a->seen.empty()) {
            a->seen.erase(a->seen[0]);
          }
        }
        break;
      case 15:
      case 16:
        if (a) {
          s.add(a);
        }
        break;
      case 17:
        s.sweep();
        a = b = nullptr;
        s.sweep();
        verify(&s);
        break;
      case 18:
        if (a && header(*a).session) {
          static_cast<FakeSession*>(header(*a).session)->expunge(*a);
        }
        break;
      case 19:
        below(2) ? s.flush() : s.rollback();
        break;
      case 20:
        if (a) {
          s.remove(*a);
        }
        break;
      case 21:
        if (below(8) == 0) {
          reopen(s);
        }
        break;
      case 22:
        if (a) {
          walk(s, a);
        }
        break;
      case 23:
        shuffle_handles();
        break;
      case 24:
        nodes_.push_back(loaded(s));
        break;
      default:
        std::shuffle(nodes_.begin(), nodes_.end(), random_);
        nodes_.resize(nodes_.size() * below(10) / 10);
        if (tags_.size() > 20) {
          tags_.clear();
        }
    }
  }

  void reopen(FakeSession& s) {
    s.close();
    for (auto& x : sessions_) {
      if (x.get() == &s) {
        x = std::make_unique<FakeSession>();
      }
    }
    verify(nullptr);
  }

  void walk(FakeSession& s, const ptr<Node>& a) {
    for (ptr<Node> c : a->children) {
      s.sweep();
      if (below(4) == 0) {
        nodes_.push_back(c);
      } else if (below(8) == 0) {
        c->parent = nullptr;
      }
    }
    a->seen.push_back(a);
    a->likes = a;
    a->leader = a;
    if (below(2)) {
      a->parent = a;
    }
  }

  void shuffle_handles() {
    auto copy = nodes_;
    std::shuffle(copy.begin(), copy.end(), random_);
    auto moved = std::move(copy);
    nodes_.swap(moved);
    if (nodes_.empty()) {
      return;
    }
    auto& x = nodes_[0];
    const ptr<Node>& same = x;
    x = same;
    nodes_.push_back(std::move(x));
    nodes_.erase(nodes_.begin());
  }

  static bool holds(Object& o, const orm::RelationshipAttribute& r, Object* t) {
    int count = 0;
    orm::each_member(o, r, [&](Object* x) { count += x == t; });
    return count == 1;
  }

  static void verify_one(Object& o, const std::function<void(Object*)>& put) {
    const orm::Mapper& m = orm::configured(orm::mapper_of(o));
    ASSERT_EQ(
        (&m == &Tag::mapper() ? static_cast<Tag&>(o).canary : static_cast<Node&>(o).canary).value,
        0x5afe);
    for (const orm::RelationshipAttribute& r : m.relationships) {
      orm::each_member(o, r, [&](Object* t) {
        ASSERT_EQ(header(*t).slab->heap, header(o).slab->heap);
        if (r.back) {
          ASSERT_TRUE(holds(*t, *r.back, &o)) << r.full_name();
        }
        put(t);
      });
    }
  }

  void verify(FakeSession* swept) {
    std::set<Object*> seen;
    std::vector<Object*> stack;
    const std::function<void(Object*)> put = [&](Object* o) {
      if (seen.insert(o).second) {
        stack.push_back(o);
      }
    };
    for (auto& p : nodes_) {
      put(p.object());
    }
    for (auto& p : tags_) {
      put(p.object());
    }
    // What the records of changes refer to (old targets of dirty objects) is alive as well.
    const auto put_changes = [&](Object& o) {
      if (!header(o).has_extra) {
        return;
      }
      for (const orm::RelationshipChange& c : header(o).extra->relationships) {
        if (c.old_target) {
          put(c.old_target);
        }
        c.added.each(put);
        c.removed.each(put);
      }
    };
    for (auto& s : sessions_) {
      for (Object* o : s->work) {
        put(o);
      }
    }
    while (!stack.empty()) {
      Object* o = stack.back();
      stack.pop_back();
      verify_one(*o, put);
      put_changes(*o);
    }
    if (!swept) {
      return;
    }
    const auto inside = std::count_if(seen.begin(), seen.end(), [&](Object* o) {
      return header(*o).slab->heap == &swept->heap();
    });
    ASSERT_EQ(static_cast<std::size_t>(inside), swept->heap().live());
    ++sweeps;
  }

  std::mt19937 random_;
  std::vector<std::unique_ptr<FakeSession>> sessions_;
  std::vector<ptr<Node>> nodes_;
  std::vector<ptr<Tag>> tags_;
};

}  // namespace

TEST(OwnershipStress, EveryInvariantHoldsOverRandomSteps) {
  orm::configured(Leaf::mapper());
  alive = 0;
  const char* seeds = std::getenv("AZOTH_STRESS_SEEDS");
  long refused = 0, sweeps = 0;
  for (unsigned seed = 1; seed <= (seeds ? static_cast<unsigned>(std::atoi(seeds)) : 8u); ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Stress stress(seed);
    stress.run(3000);
    refused += stress.refused;
    sweeps += stress.sweeps;
    ASSERT_EQ(alive, 0);
    ASSERT_FALSE(HasFailure());
  }
  EXPECT_GT(refused, 0);  // the steps do reach refusals and checked sweeps
  EXPECT_GT(sweeps, 0);
}
