// SPDX-License-Identifier: MIT
// Lists that number their members, and attributes of related objects as a class's own.
#include "orm/statement_log.hpp"
#include <azoth/orm/association_proxy.hpp>
#include <azoth/orm/ordering_list.hpp>

namespace {

using namespace azoth;

struct Bullet;

struct Slide : Entity<Slide, "slide"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"bullets", List<Bullet>, OrderBy<"position">, Cascade<"all, delete-orphan">> bullets;
};

struct Bullet : Entity<Bullet, "bullet"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"slide_id", std::optional<std::int64_t>, ForeignKey<"slide.id">> slide_id;
  Column<"position", std::optional<std::int64_t>> position;
  Column<"text", std::string> text;
};

struct Link : Entity<Link, "link"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"reader.id">> user_id;
  Column<"keyword", std::string> keyword;
};

struct User : Entity<User, "reader"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"links", List<Link>, OrderBy<"id">, Cascade<"all, delete-orphan">> links;
  AssociationProxy<User, &User::links, &Link::keyword> keywords;
};

class CollectionTest : public azoth_test::OrmTest {
 protected:
  void SetUp() override { create_all<Slide, Bullet, User, Link>(engine); }
};

std::string shown(const ptr<Slide>& slide) {
  std::string out;
  for (const ptr<Bullet> bullet : slide->bullets) {
    out += *bullet->text + std::to_string(bullet->position->value_or(-1));
  }
  return out;
}

ptr<Bullet> bullet(const char* text) {
  return make<Bullet>({.text = text});
}

TEST_F(CollectionTest, MembersAreNumberedByTheirPlaces) {
  const auto slide = make<Slide>({});
  auto bullets = ordering_list(slide->bullets, &Bullet::position);
  bullets.append(bullet("a"));
  bullets.append(bullet("b"));
  EXPECT_EQ(shown(slide), "a0b1");
  bullets.insert(1, bullet("c"));
  EXPECT_EQ(shown(slide), "a0c1b2");
  bullets.insert(99, bullet("d"));
  EXPECT_EQ(shown(slide), "a0c1b2d3");
  EXPECT_EQ(*bullets.pop(0)->text, "a");
  EXPECT_EQ(shown(slide), "c0b1d2");
  bullets.insert(0, slide->bullets[2]);
  EXPECT_EQ(shown(slide), "d0c1b2") << "a member moves";
}

TEST_F(CollectionTest, AnAppendedObjectKeepsItsNumberUnlessToldOtherwise) {
  const auto slide = make<Slide>({});
  auto bullets = ordering_list(slide->bullets, &Bullet::position);
  bullets.append(make<Bullet>({.position = 7, .text = "a"}));
  EXPECT_EQ(shown(slide), "a7");
  bullets.reorder();
  EXPECT_EQ(shown(slide), "a0");
  auto all = ordering_list(
      slide->bullets, &Bullet::position, {.count_from = 1, .reorder_on_append = true});
  all.append(make<Bullet>({.position = 7, .text = "b"}));
  EXPECT_EQ(shown(slide), "a0b2");
}

TEST_F(CollectionTest, AFlushWritesTheNumbersThatChanged) {
  Session s(engine);
  const auto slide = make<Slide>({.id = 1});
  s.add(slide);
  auto bullets = ordering_list(slide->bullets, &Bullet::position);
  for (const char* text : {"a", "b", "c"}) {
    bullets.append(bullet(text));
  }
  s.commit();
  EXPECT_EQ(shown(slide), "a0b1c2");
  log.clear();
  bullets.pop(1);
  s.flush();
  EXPECT_EQ(log.take(),
            "UPDATE bullet SET position=? WHERE bullet.id = ? | (1, 3)\n"
            "DELETE FROM bullet WHERE bullet.id = ? | (2,)\n");
}

TEST_F(CollectionTest, AProxyMakesAndRemovesTheObjectsThatHoldItsValues) {
  Session s(engine);
  const auto user = make<User>({.id = 1});
  s.add(user);
  user->keywords = {"cheese", "wine"};
  user->keywords.push_back("bread");
  s.commit();
  EXPECT_EQ(user->keywords.get(), (std::vector<std::string>{"cheese", "wine", "bread"}));
  EXPECT_TRUE(user->keywords.contains("wine"));
  EXPECT_TRUE(user->keywords.erase("wine"));
  EXPECT_FALSE(user->keywords.erase("wine"));
  s.commit();
  EXPECT_EQ(user->keywords.size(), 2u);
  EXPECT_EQ(user->keywords[1], "bread");
  EXPECT_EQ(s.scalars(select<Link>()).all().size(), 2u) << "orphans are deleted";
}

TEST_F(CollectionTest, CriteriaGoThroughAProxy) {
  Session s(engine);
  s.add(make<User>({.id = 1, .links = {make<Link>({.keyword = "cheese"})}}));
  s.commit();
  log.clear();
  EXPECT_EQ(s.scalars(select<User>().where(col(&User::keywords).contains("cheese"))).all().size(),
            1u);
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\nSELECT reader.id FROM reader WHERE EXISTS (SELECT 1 FROM link WHERE "
            "reader.id = link.user_id AND link.keyword = ?) | ('cheese',)\n");
}

}  // namespace
