// SPDX-License-Identifier: MIT
// The declarations of the vision compile as they stand there; what they say reaches the table and
// the mapper; wide classes work.
#include "unit/orm/model.hpp"
#include <azoth/orm/changes.hpp>
#include <azoth/orm/declare.hpp>
#include <azoth/orm/make.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/sql/table_node.hpp>

#include <gtest/gtest.h>

using namespace azoth;

struct Address;

struct User : Entity<User, "user_account"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Length<30>> name;
  Column<"fullname", std::optional<std::string>> fullname;
  Relationship<"addresses", List<Address>, BackPopulates<"user">, Cascade<"all, delete-orphan">>
      addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"email_address", std::string> email_address;
  Column<"user_id", std::int64_t, ForeignKey<"user_account.id">> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

namespace {

static_assert(std::is_aggregate_v<User> && sizeof(User) == 32 + 8 + 32 + 40 + 24);

enum class Mood : std::int16_t { calm = 1, angry = 2 };

struct Track : Entity<Track, "declaration_track"> {
  Column<"id", std::int32_t, PrimaryKey, AutoIncrement<false>> id;
  Column<"price", Decimal, Precision<10, 2>> price;
  Column<"mood", std::optional<Mood>> mood;
  Column<"code", std::string, Length<8>, Unique, Default<"none">> code;
  Column<"kind", int, Nullable, Default<3>, Indexed> kind;
  Column<"created", DateTime, ServerDefault<"2020-01-01 00:00:00">> created;
  Column<"note", std::optional<std::string>, NotNull, ColumnName<"remark">, SqlType<[] {
           return types::Text();
         }>>
      note;
  Column<"album_id", std::optional<int>, ForeignKey<"declaration_track.id">, OnDelete<"CASCADE">>
      album_id;
};

#define AZOTH_TEN(n)                       \
  Column<"a" #n "0", int> a##n##0;         \
  Column<"a" #n "1", std::string> a##n##1; \
  Column<"a" #n "2", int> a##n##2;         \
  Column<"a" #n "3", int> a##n##3;         \
  Column<"a" #n "4", int> a##n##4;         \
  Column<"a" #n "5", int> a##n##5;         \
  Column<"a" #n "6", int> a##n##6;         \
  Column<"a" #n "7", int> a##n##7;         \
  Column<"a" #n "8", int> a##n##8;         \
  Column<"a" #n "9", std::optional<std::string>> a##n##9

struct Wide : Entity<Wide, "declaration_wide"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  AZOTH_TEN(0);
  AZOTH_TEN(1);
  AZOTH_TEN(2);
  AZOTH_TEN(3);
  AZOTH_TEN(4);
  AZOTH_TEN(5);
  AZOTH_TEN(6);
  Column<"next_id", std::optional<std::int64_t>, ForeignKey<"declaration_wide.id">> next_id;
  Relationship<"next", Wide, BackPopulates<"previous">, RemoteSide<"id">> next;
  Relationship<"previous", List<Wide>, BackPopulates<"next">> previous;
};

#undef AZOTH_TEN

struct Wider : Entity<Wider, "declaration_wider", Inherits<Wide>, Concrete> {
  Column<"last", int> last;
};

}  // namespace

TEST(Declaration, VisionWorks) {
  auto user =
      make<User>({.name = "spongebob",
                  .fullname = "Spongebob Squarepants",
                  .addresses = {make<Address>({.email_address = "spongebob@sqlalchemy.org"})}});
  for (ptr<Address> a : user->addresses) {
    EXPECT_EQ(*a->user->name, "spongebob");
  }
  user->fullname = "Bob";
  EXPECT_EQ(user->fullname, "Bob");
}

TEST(Declaration, MapperListsAttributesInOrder) {
  const orm::Mapper& m = User::mapper();
  EXPECT_EQ(m.class_name, "User");
  EXPECT_EQ(m.display_name(), "mapped class User->user_account");
  ASSERT_EQ(m.columns.size(), 3u);
  EXPECT_EQ(m.columns[1].name, "name");
  EXPECT_EQ(m.columns[1].type, types::String(30));
  EXPECT_EQ(m.columns[1].offset, sizeof(orm::Object) + 8);
  EXPECT_TRUE(m.columns[0].is_primary_key && m.columns[0].is_autoincrement && m.has_integer_key);
  EXPECT_FALSE(m.columns[1].is_nullable);
  EXPECT_TRUE(m.columns[2].is_nullable);
  ASSERT_EQ(m.relationships.size(), 1u);
  EXPECT_EQ(m.relationships[0].index, 3u);
  EXPECT_EQ(&User::azoth_entity_node(), &m.entity);
  EXPECT_EQ(col(&User::name).node(), m.table->column(1));
}

TEST(Declaration, OptionsReachTheTable) {
  const sql::TableNode& t = *Track::mapper().table;
  EXPECT_EQ(t.autoincrement_column(), -1);
  EXPECT_EQ(t.columns[1].type, types::Numeric(10, 2));
  EXPECT_EQ(t.columns[2].type, types::SmallInteger());
  EXPECT_TRUE(t.columns[2].is_nullable);
  EXPECT_TRUE(t.columns[3].options.unique);
  EXPECT_EQ(t.columns[3].options.default_, Value("none"));
  EXPECT_TRUE(t.columns[4].is_nullable);
  EXPECT_EQ(t.columns[4].options.default_, Value(3));
  ASSERT_EQ(t.indexes.size(), 1u);
  EXPECT_EQ(t.indexes[0].name, "ix_declaration_track_kind");
  EXPECT_EQ(t.columns[5].options.server_default, "2020-01-01 00:00:00");
  EXPECT_EQ(t.columns[6].name, "remark");
  EXPECT_EQ(t.columns[6].key, "note");
  EXPECT_EQ(t.columns[6].type, types::Text());
  EXPECT_FALSE(t.columns[6].is_nullable);
  ASSERT_EQ(t.foreign_keys.size(), 1u);
  EXPECT_EQ(t.foreign_keys[0].options.ondelete, "CASCADE");
}

TEST(Declaration, WideClassesKeepTheirBits) {
  auto w = make<Wide>({.a01 = "x", .a69 = "y", .previous = {make<Wide>({.a60 = 5})}});
  const orm::Mapper& m = Wide::mapper();
  const auto index = [&](std::string_view name) { return m.find_column(name)->index; };
  EXPECT_EQ(m.attributes.size(), 74u);
  EXPECT_TRUE(orm::is_modified(*w, index("a01")) && orm::is_modified(*w, index("a69")));
  EXPECT_FALSE(orm::is_modified(*w, index("a68")));
  EXPECT_TRUE(orm::is_modified(*w, m.relationships[1].index));
  EXPECT_EQ(w->previous[0]->next.get(), w);
  EXPECT_EQ(*w->previous[0]->a60, 5);
  w->a68 = 4;
  EXPECT_TRUE(orm::is_modified(*w, index("a68")));

  azoth::testing::FakeSession s;
  s.add(w);
  s.flush();
  EXPECT_FALSE(orm::is_modified(*w, index("a69")));
  w->a69 = "z";
  EXPECT_EQ(orm::history_of(*w, *m.find_column("a69")).deleted, Value("y"));
  orm::expire_all(*w);
  EXPECT_FALSE(orm::is_loaded(*w, index("a68")));
  EXPECT_EQ(*w->a68, 4);
  EXPECT_EQ(s.log, std::vector<std::string>{"load a68"});
  EXPECT_TRUE(w->previous.empty());
}

TEST(Declaration, SubclassesOfWideClassesWork) {
  auto w = make<Wider>([](Wider& x) {
    x.a69 = "y";
    x.last = 3;
  });
  const orm::Mapper& m = Wider::mapper();
  EXPECT_EQ(m.parent, &Wide::mapper());
  EXPECT_TRUE(orm::is_modified(*w, m.find_column("a69")->index) &&
              orm::is_modified(*w, m.find_column("last")->index));
  EXPECT_EQ(m.table->columns.size(), 73u);
  ptr<Wide> base = w;
  EXPECT_TRUE(ptr_cast<Wider>(base));
}

TEST(Declaration, ValuesOfAttributesEnterExpressions) {
  auto u = make<User>({.id = 4, .name = "x"});
  EXPECT_NE((col(&Address::user_id) == u->id).node(), sql::Ref());
  EXPECT_NE((u->name == col(&User::name)).node(), sql::Ref());
}
