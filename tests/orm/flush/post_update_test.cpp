// SPDX-License-Identifier: MIT
// Rows that refer to each other, keys that change, and who takes whose row. Expected statements are
// those of SQLAlchemy for the same programs.
#include "orm/statement_log.hpp"
#include <azoth/base/warning.hpp>

namespace post_update_test {
using namespace azoth;
using azoth_test::OrmTest;

struct Entry;

struct Widget : Entity<Widget, "widget"> {
  Column<"widget_id", std::int64_t, PrimaryKey> widget_id;
  Column<"favorite_id", std::optional<std::int64_t>, ForeignKey<"entry.entry_id">> favorite_id;
  Column<"name", std::optional<std::string>> name;
  Relationship<"entries", List<Entry>, ForeignKeys<"Entry.widget_id">, BackPopulates<"widget">>
      entries;
  Relationship<"favorite", Entry, ForeignKeys<"favorite_id">, PostUpdate> favorite;
};

struct Entry : Entity<Entry, "entry"> {
  Column<"entry_id", std::int64_t, PrimaryKey> entry_id;
  Column<"widget_id", std::optional<std::int64_t>, ForeignKey<"widget.widget_id">> widget_id;
  Column<"name", std::optional<std::string>> name;
  Relationship<"widget", Widget, ForeignKeys<"widget_id">, BackPopulates<"entries">> widget;
};

struct Town;

struct County : Entity<County, "county"> {
  Column<"name", std::string, PrimaryKey> name;
  Relationship<"towns", List<Town>, BackPopulates<"county">, PassiveUpdates<false>> towns;
};

struct Town : Entity<Town, "town"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"county_name", std::optional<std::string>, ForeignKey<"county.name">> county_name;
  Relationship<"county", County, BackPopulates<"towns">> county;
};

struct Album;

struct Artist : Entity<Artist, "artist"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"albums", List<Album>, BackPopulates<"artist">, Cascade<"all, delete-orphan">>
      albums;
};

struct Album : Entity<Album, "album"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"artist_id", std::optional<std::int64_t>, ForeignKey<"artist.id">> artist_id;
  Relationship<"artist", Artist, BackPopulates<"albums">> artist;
};

class PostUpdates : public OrmTest {
 protected:
  void SetUp() override {
    engine = create_engine("sqlite://");  // foreign keys off: natural keys change in two steps
    create_all<Widget, Entry, County, Town, Artist, Album>(engine);
    log.clear();
  }
};

TEST_F(PostUpdates, RowsThatReferToEachOtherAreConnectedAfterwards) {
  Session s(engine);
  auto w = make<Widget>({.name = "w"});
  auto a = make<Entry>({.name = "a"}), b = make<Entry>({.name = "b"});
  w->entries = {a, b};
  w->favorite = a;
  s.add(w);
  s.flush();
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "INSERT INTO widget (favorite_id, name) VALUES (?, ?) | (None, 'w')\n"
            "INSERT INTO entry (widget_id, name) VALUES (?, ?) RETURNING entry_id | (1, 'a')\n"
            "INSERT INTO entry (widget_id, name) VALUES (?, ?) RETURNING entry_id | (1, 'b')\n"
            "UPDATE widget SET favorite_id=? WHERE widget.widget_id = ? | (1, 1)\n");
  w->name = "x";
  w->favorite = b;
  s.flush();
  EXPECT_EQ(log.take(),
            "UPDATE widget SET name=? WHERE widget.widget_id = ? | ('x', 1)\n"
            "UPDATE widget SET favorite_id=? WHERE widget.widget_id = ? | (2, 1)\n");
  w->favorite = nullptr;
  s.flush();
  EXPECT_EQ(log.take(), "UPDATE widget SET favorite_id=? WHERE widget.widget_id = ? | (None, 1)\n");
  w->favorite = a;
  s.flush();
  log.clear();
  s.delete_(a);
  s.delete_(b);
  s.delete_(w);
  s.flush();
  EXPECT_EQ(log.take(),
            "UPDATE widget SET favorite_id=? WHERE widget.widget_id = ? | (None, 1)\n"
            "DELETE FROM entry WHERE entry.entry_id = ? | [(1,), (2,)]\n"
            "DELETE FROM widget WHERE widget.widget_id = ? | (1,)\n");
}

TEST_F(PostUpdates, AKeyThatChangesIsCopiedIntoTheRowsOfChildren) {
  Session s(engine);
  auto county = make<County>({.name = "one"});
  county->towns = {make<Town>({.id = 1}), make<Town>({.id = 2})};
  s.add(county);
  s.commit();
  log.clear();
  county->name = "two";
  s.flush();
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "SELECT county.name AS county_name FROM county WHERE county.name = ? | ('one',)\n"
            "SELECT town.id AS town_id, town.county_name AS town_county_name FROM town WHERE ? = "
            "town.county_name | ('one',)\n"
            "UPDATE county SET name=? WHERE county.name = ? | ('two', 'one')\n"
            "UPDATE town SET county_name=? WHERE town.id = ? | [('two', 1), ('two', 2)]\n");
  EXPECT_EQ(*county->towns[0]->county_name, "two");
  s.rollback();
  EXPECT_EQ(s.get<County>("one"), county);
  EXPECT_EQ(*county->towns[0]->county_name, "one");
}

TEST_F(PostUpdates, APendingOrphanLeavesTheSessionAtOnce) {
  Session s(engine);
  auto artist = make<Artist>({.id = 1});
  s.add(artist);
  s.flush();
  auto album = make<Album>({.id = 1});
  artist->albums.push_back(album);
  EXPECT_TRUE(s.contains(album));
  artist->albums.remove(album);
  EXPECT_FALSE(s.contains(album));
  EXPECT_TRUE(inspect(album).transient());

  auto other = make<Artist>({.id = 2});
  s.add(other);
  artist->albums.push_back(album);
  other->albums.push_back(album);  // moves
  EXPECT_TRUE(s.contains(album));
  s.commit();
  EXPECT_EQ(*album->artist_id, 2);
}

TEST_F(PostUpdates, ANewObjectTakesTheRowOfADeletedOne) {
  Session s(engine);
  auto old = make<Artist>({.id = 1});
  s.add(old);
  s.flush();
  s.delete_(old);
  auto fresh = make<Artist>({.id = 1});
  s.add(fresh);
  log.clear();
  s.flush();
  EXPECT_EQ(log.take(), "");  // nothing differs
  EXPECT_EQ(s.get<Artist>(1), fresh);
  EXPECT_TRUE(inspect(old).deleted());
  s.rollback();
  EXPECT_TRUE(inspect(fresh).transient());
  EXPECT_TRUE(inspect(old).transient()) << "was never committed";
}

}  // namespace post_update_test
