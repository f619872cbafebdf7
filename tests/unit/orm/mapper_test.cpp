// SPDX-License-Identifier: MIT
// How relationships are resolved, and in which words a wrong mapping is refused; the texts are
// SQLAlchemy's.
#include "unit/orm/model.hpp"
#include <azoth/base/warning.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/sql/table_node.hpp>

#include <gtest/gtest.h>

namespace {

using namespace azoth;
using orm::Direction;
using Pair = orm::RelationshipAttribute::Pair;

template <class E, class F>
std::string message_of(F&& f) {
  try {
    f();
  } catch (const E& e) {
    return e.message();
  } catch (const Error& e) {
    return std::string("another class: ") + e.class_name() + ": " + e.message();
  }
  return "nothing was thrown";
}

template <class T>
auto configuring() {
  return [] { orm::configure(T::mapper()); };
}

struct Playlist;

struct Song : Entity<Song, "mapper_song"> {
  Column<"id", int, PrimaryKey> id;
  Relationship<"playlists",
               List<Playlist>,
               Secondary<"mapper_playlist_song">,
               BackPopulates<"songs">>
      playlists;
};

struct Playlist : Entity<Playlist, "mapper_playlist"> {
  Column<"id", int, PrimaryKey> id;
  Column<"name", std::string> name;
  Relationship<"songs", List<Song>, Secondary<"mapper_playlist_song">, OrderBy<"id desc">>
      songs;  // the other side names this one
};

const Table playlist_song("mapper_playlist_song",
                          default_metadata(),
                          {{"playlist_id",
                            types::Integer(),
                            {.primary_key = true, .foreign_key = ForeignKey("mapper_playlist.id")}},
                           {"song_id",
                            types::Integer(),
                            {.primary_key = true, .foreign_key = ForeignKey("mapper_song.id")}}});

struct Employee : Entity<Employee, "mapper_employee"> {
  Column<"id", int, PrimaryKey> id;
  Column<"boss_id", std::optional<int>, ForeignKey<"mapper_employee.id">> boss_id;
  Relationship<"reports", List<Employee>, BackPopulates<"boss">> reports;
  Relationship<"boss", Employee, BackPopulates<"reports">, RemoteSide<"id">, Lazy<"joined">> boss;
};

struct Target : Entity<Target, "mapper_target"> {
  Column<"id", int, PrimaryKey> id;
};

struct NoKeys : Entity<NoKeys, "mapper_no_keys"> {
  Column<"id", int, PrimaryKey> id;
  Relationship<"targets", List<Target>> targets;
};

struct TwoKeys : Entity<TwoKeys, "mapper_two_keys"> {
  Column<"id", int, PrimaryKey> id;
  Column<"t1", int, ForeignKey<"mapper_target.id">> t1;
  Column<"t2", int, ForeignKey<"mapper_target.id">> t2;
  Relationship<"target", Target> target;
};

struct ChosenKey : Entity<ChosenKey, "mapper_chosen_key"> {
  Column<"id", int, PrimaryKey> id;
  Column<"t1", int, ForeignKey<"mapper_target.id">> t1;
  Column<"t2", int, ForeignKey<"mapper_target.id">> t2;
  Relationship<"first", Target, ForeignKeys<"t1">> first;
  Relationship<"second", Target, ForeignKeys<"ChosenKey.t2">> second;
};

struct UnknownColumn : Entity<UnknownColumn, "mapper_unknown_column"> {
  Column<"id", int, PrimaryKey> id;
  Column<"t1", int, ForeignKey<"mapper_target.id">> t1;
  Relationship<"target", Target, ForeignKeys<"zzz">> target;
};

struct NoSecondary : Entity<NoSecondary, "mapper_no_secondary"> {
  Column<"id", int, PrimaryKey> id;
  Relationship<"targets", List<Target>, Secondary<"mapper_nowhere">> targets;
};

struct UnrelatedSecondary : Entity<UnrelatedSecondary, "mapper_unrelated_secondary"> {
  Column<"id", int, PrimaryKey> id;
  Relationship<"targets", List<Target>, Secondary<"mapper_lonely">> targets;
};

const Table lonely("mapper_lonely", default_metadata(), {{"x", types::Integer()}});

struct BackTarget;

struct UnknownBack : Entity<UnknownBack, "mapper_unknown_back"> {
  Column<"id", int, PrimaryKey> id;
  Relationship<"others", List<BackTarget>, BackPopulates<"nope">> others;
};

struct BackTarget : Entity<BackTarget, "mapper_back_target"> {
  Column<"id", int, PrimaryKey> id;
  Column<"unknown_back_id", int, ForeignKey<"mapper_unknown_back.id">> unknown_back_id;
};
struct BackColumnTarget;

struct BackColumn : Entity<BackColumn, "mapper_back_column"> {
  Column<"id", int, PrimaryKey> id;
  Relationship<"others", List<BackColumnTarget>, BackPopulates<"owner_id">> others;
};

struct BackColumnTarget : Entity<BackColumnTarget, "mapper_back_column_target"> {
  Column<"id", int, PrimaryKey> id;
  Column<"owner_id", int, ForeignKey<"mapper_back_column.id">> owner_id;
};

struct SameDirection : Entity<SameDirection, "mapper_same_direction"> {
  Column<"id", int, PrimaryKey> id;
  Column<"parent_id", int, ForeignKey<"mapper_same_direction.id">> parent_id;
  Relationship<"children", List<SameDirection>, BackPopulates<"parent">> children;
  Relationship<"parent", SameDirection, BackPopulates<"children">> parent;
};

struct Orphan : Entity<Orphan, "mapper_orphan"> {
  Column<"id", int, PrimaryKey> id;
  Column<"t", int, ForeignKey<"mapper_target.id">> t;
  Relationship<"target", Target, Cascade<"all, delete-orphan">> target;
};

struct ListToOne : Entity<ListToOne, "mapper_list_to_one"> {
  Column<"id", int, PrimaryKey> id;
  Column<"t", int, ForeignKey<"mapper_target.id">> t;
  Relationship<"target", List<Target>> target;
};

struct X : Entity<X, "x"> {
  Column<"id", int> id;
};

struct Twice : Entity<Twice, "mapper_twice"> {
  Column<"id", int, PrimaryKey> id;
  Column<"name", std::string> a;
  Column<"name", std::string> b;
};

struct SameColumn : Entity<SameColumn, "mapper_same_column"> {
  Column<"id", int, PrimaryKey> id;
  Column<"a", std::string, ColumnName<"name">> a;
  Column<"b", std::string, ColumnName<"name">> b;
};

struct WrongCascade : Entity<WrongCascade, "mapper_wrong_cascade"> {
  Column<"id", int, PrimaryKey> id;
  Relationship<"targets", List<Target>, Cascade<"fake, all">> targets;
};

struct WrongLazy : Entity<WrongLazy, "mapper_wrong_lazy"> {
  Column<"id", int, PrimaryKey> id;
  Column<"t", int, ForeignKey<"mapper_target.id">> t;
  Relationship<"target", Target, Lazy<"fake">> target;
};

struct HoldsHandle : Entity<HoldsHandle, "mapper_holds_handle"> {
  Column<"id", int, PrimaryKey> id;
  ptr<Target> handle;
};

}  // namespace

TEST(Mapper, OneToManyJoinsFromTheReferencedColumn) {
  const auto& r = *orm::configured(azoth::testing::Author::mapper()).find_relationship("books");
  EXPECT_EQ(r.direction, Direction::one_to_many);
  EXPECT_EQ(r.pairs, (std::vector<Pair>{{0, 2}}));
  EXPECT_TRUE(r.cascade.delete_orphan && r.cascade.delete_ && r.cascade.save_update);
  ASSERT_NE(r.back, nullptr);
  EXPECT_EQ(r.back->full_name(), "Book.author");
  EXPECT_EQ(r.back->direction, Direction::many_to_one);
  EXPECT_EQ(r.back->pairs, (std::vector<Pair>{{2, 0}}));
  EXPECT_TRUE(r.back->is_key_lookup);
  EXPECT_EQ(r.back->back, &r);
}

TEST(Mapper, RemoteSideMakesASelfReferenceManyToOne) {
  const orm::Mapper& m = orm::configured(Employee::mapper());
  EXPECT_EQ(m.find_relationship("reports")->direction, Direction::one_to_many);
  EXPECT_EQ(m.find_relationship("reports")->pairs, (std::vector<Pair>{{0, 1}}));
  EXPECT_EQ(m.find_relationship("boss")->direction, Direction::many_to_one);
  EXPECT_EQ(m.find_relationship("boss")->pairs, (std::vector<Pair>{{1, 0}}));
  EXPECT_EQ(m.find_relationship("boss")->lazy, orm::LazyStrategy::joined);
}

TEST(Mapper, SecondaryTableGivesTwoSetsOfPairsAndOneSideNamesBoth) {
  const auto& songs = *orm::configured(Playlist::mapper()).find_relationship("songs");
  EXPECT_EQ(songs.direction, Direction::many_to_many);
  EXPECT_EQ(songs.pairs, (std::vector<Pair>{{0, 0}}));
  EXPECT_EQ(songs.secondary_pairs, (std::vector<Pair>{{1, 0}}));
  EXPECT_EQ(songs.back, Song::mapper().find_relationship("playlists"));
  ASSERT_EQ(songs.order.size(), 1u);
  EXPECT_TRUE(songs.order[0].is_descending);
  auto p = make<Playlist>({.songs = {make<Song>({})}});
  EXPECT_EQ(p->songs[0]->playlists[0], p);
}

TEST(Mapper, ForeignKeysChooseAmongSeveralPaths) {
  const orm::Mapper& m = orm::configured(ChosenKey::mapper());
  EXPECT_EQ(m.find_relationship("first")->pairs, (std::vector<Pair>{{1, 0}}));
  EXPECT_EQ(m.find_relationship("second")->pairs, (std::vector<Pair>{{2, 0}}));
}

TEST(Mapper, NoForeignKeysAreRefused) {
  EXPECT_EQ(message_of<NoForeignKeysError>(configuring<NoKeys>()),
            "Could not determine join condition between parent/child tables on relationship "
            "NoKeys.targets - there are no foreign keys linking these tables.  "
            "Ensure that referencing columns are associated with a ForeignKey or "
            "ForeignKeyConstraint, or specify a 'primaryjoin' expression.");
  EXPECT_EQ(message_of<InvalidRequestError>(configuring<NoKeys>()),
            "One or more mappers failed to initialize - can't proceed with initialization of other "
            "mappers. Triggering mapper: 'mapped class NoKeys->mapper_no_keys'. "
            "Original exception was: Could not determine join condition between parent/child "
            "tables on relationship NoKeys.targets - there are no foreign keys linking these "
            "tables.  Ensure that referencing columns are associated with a ForeignKey or "
            "ForeignKeyConstraint, or specify a 'primaryjoin' expression.");
}

TEST(Mapper, SeveralForeignKeysAreRefused) {
  EXPECT_EQ(message_of<AmbiguousForeignKeysError>(configuring<TwoKeys>()),
            "Could not determine join condition between parent/child tables on relationship "
            "TwoKeys.target - there are multiple foreign key paths linking the tables.  "
            "Specify the 'foreign_keys' argument, providing a list of those columns which should "
            "be counted as containing a foreign key reference to the parent table.");
}

TEST(Mapper, SecondaryMustExistAndRefer) {
  EXPECT_TRUE(
      message_of<InvalidRequestError>(configuring<NoSecondary>())
          .starts_with("When initializing mapper mapped class NoSecondary->mapper_no_secondary, "
                       "expression 'mapper_nowhere' failed to locate a name "
                       "(\"name 'mapper_nowhere' is not defined\")."));
  EXPECT_EQ(message_of<NoForeignKeysError>(configuring<UnrelatedSecondary>()),
            "Could not determine join condition between parent/child tables on relationship "
            "UnrelatedSecondary.targets - there are no foreign keys linking these tables via "
            "secondary table 'mapper_lonely'.  Ensure that referencing columns are associated with "
            "a ForeignKey or ForeignKeyConstraint, or specify 'primaryjoin' and "
            "'secondaryjoin' expressions.");
}

TEST(Mapper, BackReferencesMustFit) {
  EXPECT_EQ(message_of<InvalidRequestError>(configuring<UnknownBack>()),
            "Mapper 'Mapper[BackTarget(mapper_back_target)]' has no property 'nope'.  If this "
            "property was indicated from other mappers or configure events, ensure "
            "registry.configure() has been called.");
  EXPECT_EQ(message_of<InvalidRequestError>(configuring<BackColumn>()),
            "back_populates on relationship 'BackColumn.others' refers to attribute "
            "'BackColumnTarget.owner_id' that is not a relationship.  The back_populates "
            "parameter should refer to the name of a relationship on the target class.");
  EXPECT_EQ(message_of<ArgumentError>(configuring<SameDirection>()),
            "SameDirection.children and back-reference SameDirection.parent are both of the same "
            "direction symbol('ONETOMANY').  Did you mean to set remote_side on the "
            "many-to-one side ?");
}

TEST(Mapper, WrongOptionsAreRefused) {
  EXPECT_EQ(message_of<ArgumentError>(configuring<Orphan>()),
            "For many-to-one relationship Orphan.target, delete-orphan cascade is normally "
            "configured only on the \"one\" side of a one-to-many relationship, and not on the "
            "\"many\" side of a many-to-one or many-to-many relationship.  To force this "
            "relationship to allow a particular \"Target\" object to be referred towards by only "
            "a single \"Orphan\" object at a time via the Orphan.target relationship, which would "
            "allow delete-orphan cascade to take place in this direction, set the "
            "single_parent=True flag.");
  EXPECT_EQ(message_of<ArgumentError>(configuring<WrongCascade>()),
            "Invalid cascade option(s): 'fake'");
  EXPECT_EQ(message_of<LoaderStrategyException>(configuring<WrongLazy>()),
            "Can't find strategy (('lazy', 'fake'),) for WrongLazy.target");
  EXPECT_EQ(message_of<ArgumentError>(configuring<UnknownColumn>()),
            "Class UnknownColumn does not have a mapped column named 'zzz'");
  EXPECT_TRUE(
      message_of<ArgumentError>(configuring<ListToOne>())
          .starts_with(
              "On relationship ListToOne.target, the foreign key stands on the side of ListToOne"));
}

TEST(Mapper, DeleteOrphanWithoutDeleteWarns) {
  const CaptureWarnings captured;
  const auto o = orm::CascadeOptions::parse("save-update, delete-orphan");
  EXPECT_TRUE(o.delete_orphan && o.save_update && !o.delete_ && !o.merge);
  ASSERT_EQ(captured.records().size(), 1u);
  EXPECT_EQ(captured.records()[0].message, "The 'delete-orphan' cascade option requires 'delete'.");
}

TEST(Mapper, WrongClassesAreRefused) {
  EXPECT_EQ(
      message_of<ArgumentError>([] { X::mapper(); }),
      "Mapper mapped class X->x could not assemble any primary key columns for mapped table 'x'");
  EXPECT_EQ(message_of<ArgumentError>([] { Twice::mapper(); }),
            "Class Twice declares two attributes named 'name'; give each a name of its own");
  EXPECT_TRUE(
      message_of<ArgumentError>([] {
        SameColumn::mapper();
      }).starts_with("A column with name 'name' is already present in table 'mapper_same_column'"));
#if AZOTH_ASSERTIONS
  EXPECT_TRUE(message_of<ArgumentError>([] {
                HoldsHandle::mapper();
              }).starts_with("Class HoldsHandle has a ptr as a member"));
#endif
}

TEST(Mapper, FailedBuildDoesNotPoisonTheTable) {
  EXPECT_THROW(X::mapper(), ArgumentError);
  EXPECT_THROW(X::mapper(), ArgumentError);
  EXPECT_FALSE(default_metadata().contains("x"));
}
