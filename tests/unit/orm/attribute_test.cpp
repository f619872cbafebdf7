// SPDX-License-Identifier: MIT
// Columns as values: reading, writing, comparing, committed values, expired and detached reads.
#include "unit/orm/model.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using namespace azoth;
using azoth::testing::Author;
using azoth::testing::FakeSession;
using orm::header;

const orm::ColumnAttribute& column(std::string_view name) {
  return *Author::mapper().find_column(name);
}

struct Account : Entity<Account, "attribute_account"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"state", std::string, Default<"new">> state;
  Column<"balance", int, Default<7>> balance;
  Column<"active", bool, Default<true>> active;
};

}  // namespace

struct Narrow : Entity<Narrow, "attribute_narrow"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"small", std::int16_t> small;
  Column<"maybe", std::optional<std::int32_t>> maybe;
  Column<"positive", std::uint8_t> positive;
};

TEST(Attribute, RefusesAnIntegerThatDoesNotFit) {
  auto n = make<Narrow>({.id = 1, .small = 3, .maybe = 7, .positive = 255u});
  try {
    n->small = 40000;
    FAIL() << "no error";
  } catch (const ArgumentError& e) {
    EXPECT_STREQ(e.what(),
                 "The value 40000 does not fit into the column's C++ type of 16 bits; declare the "
                 "column with a wider type");
  }
  EXPECT_EQ(*n->small, 3);
  EXPECT_THROW(n->positive = -1, ArgumentError);
  EXPECT_THROW(n->maybe = std::optional<std::int64_t>(std::int64_t{1} << 40), ArgumentError);
  EXPECT_THROW(n->id = ~std::uint64_t{0}, ArgumentError);
  n->id = std::int64_t{1} << 40;
  EXPECT_THROW(n->maybe = n->id, ArgumentError);
  EXPECT_EQ(*n->maybe, 7);
  n->maybe = n->small;
  EXPECT_EQ(*n->maybe, 3);
}

TEST(Attribute, BehavesAsItsValue) {
  auto a = make<Author>({.name = "spongebob"});
  const std::string& name = a->name;
  EXPECT_EQ(name, "spongebob");
  EXPECT_EQ(a->name->size(), 9u);
  EXPECT_EQ(*a->name, "spongebob");
  EXPECT_TRUE(a->name == "spongebob" && "spongebob" == a->name && a->name != "patrick" &&
              a->name < "t");
  EXPECT_EQ(a->born, std::nullopt);
  a->born = 1999;
  EXPECT_EQ(a->born, 1999);
  auto b = make<Author>({});
  b->name = a->name;
  EXPECT_TRUE(b->name == a->name);
  std::ostringstream out;
  out << a->name;
  EXPECT_EQ(out.str(), "spongebob");
}

TEST(Attribute, ArithmeticAssignmentCountsAsAChange) {
  auto a = make<Account>({});
  a->balance += 3;
  ++a->balance;
  EXPECT_EQ(a->balance, 11);
  EXPECT_TRUE(orm::is_modified(*a, Account::mapper().find_column("balance")->index));
}

TEST(Attribute, UnsetMembersReadAsTheirDefaultAndAreNotSet) {
  auto a = make<Account>({});
  EXPECT_EQ(*a->state, "new");
  EXPECT_EQ(*a->balance, 7);
  EXPECT_TRUE(*a->active);
  EXPECT_EQ(*a->id, 0);
  EXPECT_FALSE(orm::is_modified(*a, Account::mapper().find_column("state")->index));
}

TEST(Attribute, GivenValuesAreMarkedAlsoThroughMake) {
  auto a = make<Author>({.name = "x"});
  EXPECT_TRUE(orm::is_modified(*a, column("name").index));
  EXPECT_FALSE(orm::is_modified(*a, column("id").index));
  EXPECT_EQ(orm::history_of(*a, column("name")).added, Value("x"));
  EXPECT_FALSE(orm::history_of(*a, column("born")).has_changes());
}

TEST(Attribute, FirstChangeKeepsTheCommittedValueAndQueuesTheObject) {
  FakeSession s;
  auto a = s.load<Author>(1);
  a->name = "one";
  s.flush();
  EXPECT_TRUE(s.work.empty());
  a->name = "two";
  a->name = "three";
  EXPECT_EQ(s.work, std::vector<orm::Object*>{a.object()});
  EXPECT_TRUE(header(*a).is_dirty);
  EXPECT_EQ(orm::committed_value(*a, column("name")), Value("one"));
  EXPECT_EQ(orm::history_of(*a, column("name")).added, Value("three"));
  EXPECT_EQ(orm::history_of(*a, column("name")).deleted, Value("one"));
  a->name = "one";
  EXPECT_FALSE(orm::history_of(*a, column("name")).has_changes());
  s.flush();
  EXPECT_FALSE(orm::is_modified(*a, column("name").index));
  EXPECT_FALSE(header(*a).has_extra);
}

TEST(Attribute, ChangedKeyStillFindsItsRow) {
  FakeSession s;
  auto a = s.load<Author>(5);
  a->id = 6;
  EXPECT_EQ(orm::integer_identity(*a), 5);
  EXPECT_EQ(orm::identity_key(*a), std::vector<Value>{Value(std::int64_t{5})});
}

TEST(Attribute, ReadingAnExpiredColumnLoadsOnce) {
  FakeSession s;
  auto a = s.load<Author>(1);
  orm::expire_all(*a);
  EXPECT_EQ(*a->id, 1);
  EXPECT_EQ(*a->id, 1);
  EXPECT_EQ(s.log, std::vector<std::string>{"load id"});
  static_cast<void>(a->name.get());
  EXPECT_EQ(s.log.size(), 2u);
}

TEST(Attribute, WritingAnExpiredColumnDoesNotLoadIt) {
  FakeSession s;
  auto a = s.load<Author>(1);
  orm::expire_all(*a);
  a->name = "x";
  EXPECT_EQ(*a->name, "x");
  EXPECT_TRUE(s.log.empty());
  EXPECT_FALSE(orm::find_change(*a, column("name"))->is_known);
  a->id = 2;  // but the old key is needed
  EXPECT_EQ(s.log, std::vector<std::string>{"load id"});
}

TEST(Attribute, ExpiredColumnOfADetachedObjectRaises) {
  ptr<Author> a;
  {
    FakeSession s;
    a = s.load<Author>(1);
    a->name = "kept";
    s.flush();
    orm::set_unloaded(*a, column("born").index);
  }
  EXPECT_EQ(*a->name, "kept");
  try {
    static_cast<void>(a->born.get());
    FAIL() << "an unloaded column without a session must raise";
  } catch (const DetachedInstanceError& e) {
    EXPECT_EQ(e.message(),
              "Instance " + orm::instance_name(*a) +
                  " is not bound to a Session; attribute refresh operation cannot proceed");
    EXPECT_TRUE(orm::instance_name(*a).starts_with("<Author at 0x"));
    EXPECT_EQ(e.code(), "bhk3");
  }
}

TEST(Attribute, ChangesOfADetachedObjectAreKept) {
  FakeSession t;
  ptr<Author> a;
  {
    FakeSession s;
    a = s.load<Author>(1);
    a->name = "one";
    s.flush();
  }
  a->name = "two";
  t.add(a);
  EXPECT_EQ(t.work, std::vector<orm::Object*>{a.object()});
  EXPECT_EQ(orm::committed_value(*a, column("name")), Value("one"));
}
