// SPDX-License-Identifier: MIT
// Relationships in memory: two sides in step, records of changes, loading, refusal.
#include "unit/orm/model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace {

using namespace azoth;
using azoth::testing::Author;
using azoth::testing::Book;
using azoth::testing::FakeSession;
using orm::header;
using orm::history_of;

const orm::RelationshipAttribute& books() {
  return orm::configured(Author::mapper()).relationships[0];
}

const orm::RelationshipAttribute& author() {
  return orm::configured(Book::mapper()).relationships[0];
}

struct Passport;

struct Person : Entity<Person, "relationship_person"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"passport", Passport, BackPopulates<"person">> passport;
};

struct Passport : Entity<Passport, "relationship_passport"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"person_id", std::int64_t, ForeignKey<"relationship_person.id">> person_id;
  Relationship<"person", Person, BackPopulates<"passport">> person;
};

}  // namespace

TEST(Relationship, SettingOneSideSetsTheOther) {
  auto a = make<Author>({.name = "a"});
  auto b = make<Book>({.title = "b"});
  b->author = a;
  ASSERT_EQ(a->books.size(), 1u);
  EXPECT_EQ(a->books[0], b);
  a->books.remove(b);
  EXPECT_FALSE(b->author);
  a->books.push_back(b);
  EXPECT_EQ(b->author.get(), a);
  b->author = nullptr;
  EXPECT_TRUE(a->books.empty());
}

TEST(Relationship, AMemberOfAnotherParentMovesOver) {
  auto b = make<Book>({.title = "b"});
  auto a1 = make<Author>({.books = {b}}), a2 = make<Author>({});
  a2->books.append(b);
  EXPECT_TRUE(a1->books.empty());
  EXPECT_EQ(b->author.get(), a2);
}

TEST(Relationship, OneToOneReleasesBothOldPartners) {
  auto p1 = make<Person>({.passport = make<Passport>({})});
  auto p2 = make<Person>({.passport = make<Passport>({})});
  ptr<Passport> first = p1->passport, second = p2->passport;
  p1->passport = second;
  EXPECT_FALSE(first->person);
  EXPECT_FALSE(p2->passport);
  EXPECT_EQ(second->person.get(), p1);
}

TEST(Relationship, AssignmentFromAnotherRelationshipCompiles) {
  auto a = make<Author>({.name = "a"});
  auto b1 = make<Book>({.author = a}), b2 = make<Book>({});
  b2->author = b1->author;
  EXPECT_EQ(b2->author, a);
  EXPECT_EQ(b2->author, b1->author);
}

TEST(Relationship, AppendingTwiceKeepsOneMember) {
  auto b = make<Book>({});
  auto a = make<Author>({.books = {b, b}});
  a->books.push_back(b);
  EXPECT_EQ(a->books.size(), 1u);
}

TEST(Relationship, AssigningAListKeepsItsOrderAndParentsLeave) {
  auto b1 = make<Book>({}), b2 = make<Book>({}), b3 = make<Book>({});
  auto a = make<Author>({.books = {b1, b2}});
  a->books = {b3, b2};
  EXPECT_EQ(snapshot(a->books), (std::vector<ptr<Book>>{b3, b2}));
  EXPECT_FALSE(b1->author);
  a->books.clear();
  EXPECT_FALSE(b3->author);
  EXPECT_EQ(a->books.size(), 0u);
}

TEST(Relationship, WrongUseIsRefusedInWords) {
  auto a = make<Author>({});
  EXPECT_THROW(a->books.push_back(ptr<Book>()), ArgumentError);
  EXPECT_THROW(a->books[0], std::out_of_range);
  EXPECT_THROW(a->books.remove(make<Book>({})), InvalidRequestError);
  EXPECT_FALSE(a->books.erase(make<Book>({})));
}

TEST(Relationship, ReadingATransientCollectionChangesNothing) {
  auto a = make<Author>({.name = "a"});
  EXPECT_TRUE(a->books.empty());
  EXPECT_FALSE(orm::is_modified(*a, books().index));
  EXPECT_TRUE(orm::is_modified(*a, Author::mapper().find_column("name")->index));
  EXPECT_FALSE(orm::is_modified(*a, Author::mapper().find_column("born")->index));
}

TEST(Relationship, EverythingOfAPendingObjectIsAdded) {
  FakeSession s;
  auto b = make<Book>({.title = "b"});
  auto a = make<Author>({.name = "a", .books = {b}});
  s.add(a);
  EXPECT_EQ(header(*b).state, orm::ObjectState::pending);
  EXPECT_EQ(history_of(*a, books()).added, std::vector<orm::Object*>{b.object()});
  EXPECT_TRUE(history_of(*a, books()).deleted.empty());
}

TEST(Relationship, HistoryOfAPersistentListHasThreeParts) {
  FakeSession s;
  auto b1 = s.load<Book>(1), b2 = s.load<Book>(2), b3 = s.load<Book>(3);
  auto a = s.load<Author>(1);
  a->books = {b1, b2};
  s.flush();
  EXPECT_FALSE(history_of(*a, books()).has_changes());
  a->books = {b2, b3};
  const auto h = history_of(*a, books());
  EXPECT_EQ(h.added, std::vector<orm::Object*>{b3.object()});
  EXPECT_EQ(h.unchanged, std::vector<orm::Object*>{b2.object()});
  EXPECT_EQ(h.deleted, std::vector<orm::Object*>{b1.object()});
  const auto to_one = history_of(*b1, author());
  EXPECT_TRUE(to_one.added.empty());
  EXPECT_EQ(to_one.deleted, std::vector<orm::Object*>{a.object()});
  a->books = {b1, b2};
  EXPECT_FALSE(history_of(*a, books()).has_changes());
  EXPECT_FALSE(history_of(*b1, author()).has_changes());
}

TEST(Relationship, RemovalIsToldToTheSession) {
  FakeSession s;
  auto a = s.load<Author>(1);
  auto b = s.load<Book>(1);
  a->books.push_back(b);
  s.log.clear();
  a->books.remove(b);
  EXPECT_EQ(s.log, (std::vector<std::string>{"removed Author.books", "removed Book.author"}));
}

TEST(Relationship, ParentOfASessionTakesItsChildAlongButNotTheOtherWay) {
  FakeSession s;
  auto a = s.load<Author>(1);
  auto b1 = make<Book>({}), b2 = make<Book>({});
  a->books.push_back(b1);
  EXPECT_EQ(header(*b1).state, orm::ObjectState::pending);
  b2->author = a;  // 2.0: no cascade along the back-reference
  EXPECT_EQ(header(*b2).state, orm::ObjectState::transient);
  EXPECT_EQ(a->books.size(), 2u);
}

TEST(Relationship, FirstUseLoadsAnUnloadedList) {
  FakeSession s;
  auto a = s.load<Author>(1);
  auto b = s.load<Book>(1);
  s.on_load = [&](orm::Object& o, const orm::RelationshipAttribute& r) {
    std::vector<orm::Object*> rows{b.object()};
    orm::load_list(o, r, rows);
  };
  orm::set_unloaded(*a, books().index);
  EXPECT_EQ(a->books.size(), 1u);
  EXPECT_EQ(a->books[0], b);
  EXPECT_EQ(s.log, std::vector<std::string>{"load Author.books"});
  EXPECT_FALSE(header(*a).is_dirty);
}

TEST(Relationship, BackReferenceDoesNotLoadAListAndSurvivesItsLoad) {
  FakeSession s;
  auto a = s.load<Author>(1);
  auto old = s.load<Book>(1), gone = s.load<Book>(2), fresh = s.load<Book>(3);
  orm::load_target(*gone, author(), a.object());
  orm::set_unloaded(*a, books().index);
  s.on_load = [&](orm::Object& o, const orm::RelationshipAttribute& r) {
    std::vector<orm::Object*> rows{old.object(), gone.object()};
    orm::load_list(o, r, rows);
  };
  fresh->author = a;
  gone->author = nullptr;
  EXPECT_EQ(s.log, (std::vector<std::string>{"removed Book.author", "removed Author.books"}));
  s.log.clear();
  EXPECT_EQ(snapshot(a->books), (std::vector<ptr<Book>>{old, fresh}));
  EXPECT_EQ(s.log, std::vector<std::string>{"load Author.books"});
  const auto h = history_of(*a, books());
  EXPECT_EQ(h.added, std::vector<orm::Object*>{fresh.object()});
  EXPECT_EQ(h.deleted, std::vector<orm::Object*>{gone.object()});
}

TEST(Relationship, SettingAnUnloadedManyToOneEmitsNothing) {
  FakeSession s;
  auto b = s.load<Book>(1);
  auto a = s.load<Author>(1);
  orm::set_unloaded(*b, author().index);
  b->author = a;
  EXPECT_TRUE(s.log.empty());
  EXPECT_EQ(history_of(*b, author()).added, std::vector<orm::Object*>{a.object()});
  EXPECT_TRUE(history_of(*b, author()).deleted.empty());
  orm::commit_changes(*b);
  orm::set_unloaded(*b, author().index);
  b->author = nullptr;
  EXPECT_TRUE(s.log.empty());
  ASSERT_NE(orm::find_change(*b, author()), nullptr);
  EXPECT_FALSE(orm::find_change(*b, author())->is_known);
}

TEST(Relationship, UnloadedListOfADetachedObjectRaises) {
  ptr<Author> a;
  {
    FakeSession s;
    a = s.load<Author>(1);
    orm::set_unloaded(*a, books().index);
  }
  try {
    static_cast<void>(a->books.size());
    FAIL() << "a lazy load without a session must raise";
  } catch (const DetachedInstanceError& e) {
    EXPECT_EQ(
        e.message(),
        "Parent instance " + orm::instance_name(*a) +
            " is not bound to a Session; lazy load operation of attribute 'books' cannot proceed");
    EXPECT_EQ(e.code(), "bhk3");
  }
}

TEST(Relationship, ExpiredListForgetsItsMembers) {
  FakeSession s;
  auto a = s.load<Author>(1);
  a->books.push_back(s.load<Book>(1));
  s.flush();
  orm::expire_all(*a);
  s.sweep();
  EXPECT_EQ(s.map.size(), 1u);
  EXPECT_TRUE(a->books.empty());
}

TEST(Relationship, MakeLinksAllOrNone) {
  auto b1 = make<Book>({.title = "b1"});
  const auto try_to_make = [&] { make<Author>({.books = {b1, ptr<Book>()}}); };
  EXPECT_THROW(try_to_make(), ArgumentError);
  EXPECT_FALSE(b1->author);
}

TEST(Relationship, LongListsEmptyThemselvesWithoutQuadraticSearch) {
  auto a = make<Author>({});
  std::vector<ptr<Book>> all;
  for (int i = 0; i < 20000; ++i) {
    all.push_back(make<Book>({.author = a}));
  }
  EXPECT_EQ(a->books.size(), 20000u);
  for (std::size_t i = 0; i < all.size(); i += 2) {
    all[i]->author = nullptr;
  }
  ASSERT_EQ(a->books.size(), 10000u);
  for (std::size_t i = 0; i < 10000; ++i) {
    ASSERT_EQ(a->books[i], all[i * 2 + 1]);
  }
  std::size_t n = 0;
  for (ptr<Book> b : a->books) {
    ++n;
    a->books.erase(b);
  }  // as in Python, the loop skips what slides into its place
  EXPECT_EQ(n, 5000u);
  while (!a->books.empty()) {
    a->books.erase(a->books.front());
  }
  EXPECT_FALSE(all[1]->author);
}
