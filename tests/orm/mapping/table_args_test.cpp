// SPDX-License-Identifier: MIT
// Classes that add to their table, that are mapped to a given one, and that share attributes.
#include "orm/statement_log.hpp"
#include <azoth/sql/ddl.hpp>

namespace {

using namespace azoth;

MetaData& given() {
  static auto& metadata = *new MetaData;
  return metadata;
}

const Table& user_table() {
  static const Table table("user",
                           given(),
                           {Column("id", types::Integer(), {.primary_key = true}),
                            Column("user_name", types::String()),
                            Column("secret", types::String())});
  return table;
}

struct User : Entity<User, "user", InMetaData<&given>, MapsTable<&user_table>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>, ColumnName<"user_name">> name;
};

struct Wrong : Entity<Wrong, "user", InMetaData<&given>, MapsTable<&user_table>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"nope", std::optional<std::string>> nope;
};

template <class D>
struct Stamped {
  MixinColumn<D, "created", std::optional<std::string>> created;
  MixinColumn<D, "changed", std::optional<std::string>, Words::Deferred> changed;
};

template <class D, orm::Name Table>
struct Numbered : Entity<D, Table> {
  AbstractColumn<D, "id", std::int64_t, Words::PrimaryKey> id;
};

struct Doc : Numbered<Doc, "doc">, Stamped<Doc> {
  Column<"title", std::string> title;
  Column<"part", std::optional<std::int64_t>> part;

  static TableArgs table_args() {
    return {.constraints = {UniqueConstraint({"title", "part"}, "uq_doc")},
            .indexes = {Index{"ix_part", {"part"}}}};
  }
};

struct Note : Numbered<Note, "note">, Stamped<Note> {};

class TableArgsTest : public azoth_test::OrmTest {};

TEST_F(TableArgsTest, OwnColumnsStandBeforeThoseOfMixinsAndBases) {
  EXPECT_EQ(inspect<Doc>().columns().keys(),
            (std::vector<std::string>{"title", "part", "created", "changed", "id"}));
  EXPECT_EQ(inspect<Note>().columns().keys(),
            (std::vector<std::string>{"created", "changed", "id"}));
}

TEST_F(TableArgsTest, ObjectsOfClassesWithMixinsAreStoredAndLoaded) {
  create_all<Doc>(engine);
  Session s(engine);
  const auto doc = make<Doc>([](Doc& d) {
    d.title = "t";
    d.part = 2;
    d.created = "now";
    d.changed = "later";
  });
  s.add(doc);
  s.commit();
  EXPECT_EQ(*doc->id, 1);
  EXPECT_EQ(*doc->title, "t");
  EXPECT_EQ(*doc->part, 2);
  EXPECT_EQ(*doc->created, "now");
  EXPECT_FALSE(inspect(doc).is_loaded("changed"));
  EXPECT_EQ(*doc->changed, "later");
}

TEST_F(TableArgsTest, ConstraintsAndIndexesAreTheTables) {
  const Table table = inspect<Doc>().local_table();
  EXPECT_EQ(table.indexes().front().name.text, "ix_part");
  ASSERT_EQ(table.constraints().size(), 2u);
  EXPECT_EQ(table.constraints()[1].name.text, "uq_doc");
}

TEST_F(TableArgsTest, AGivenTableIsUsedAsItIs) {
  EXPECT_EQ(User::mapper().table_ref, user_table().node());
  create_all(given(), engine);
  Session s(engine);
  s.add(make<User>({.name = "ed"}));
  s.commit();
  log.clear();
  EXPECT_EQ(*s.scalars(select<User>().where(col(&User::name) == "ed")).one()->name, "ed");
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\nSELECT user.id, user.user_name FROM user WHERE user.user_name = ? | "
            "('ed',)\n");
}

TEST_F(TableArgsTest, AColumnThatTheGivenTableLacksIsRefused) {
  try {
    Wrong::mapper();
    FAIL();
  } catch (const ArgumentError& e) {
    EXPECT_EQ(e.message(),
              "Class Wrong is mapped to table 'user', which has no column 'nope'; name one of the "
              "table's with ColumnName<>");
  }
}

}  // namespace
