// SPDX-License-Identifier: MIT
// What mappings and objects answer when they are asked for what is not there.
#include "orm/statement_log.hpp"

namespace {

using namespace azoth;

struct Thing : Entity<Thing, "thing"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>, ColumnName<"thing_name">> name;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"thing.id">> parent_id;
  Relationship<"parent", Thing, RemoteSide<"id">, BackPopulates<"children">> parent;
  Relationship<"children", List<Thing>, BackPopulates<"parent">> children;
};

class Inspection : public azoth_test::OrmTest {};

template <class E, class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const E& e) {
    return e.message();
  }
  return "nothing thrown";
}

TEST_F(Inspection, BothSidesOfARelationshipAreTold) {
  const MapperInspection m = inspect<Thing>();
  const RelationshipProperty parent = m.relationship("parent"),
                             children = m.relationship("children");
  EXPECT_EQ(parent.direction(), Direction::many_to_one);
  EXPECT_FALSE(parent.uselist());
  EXPECT_EQ(parent.back_populates(), "children");
  EXPECT_EQ(column_name(parent.local_columns().front()), "parent_id");
  EXPECT_EQ(column_name(parent.remote_side().front()), "id");
  EXPECT_EQ(children.direction(), Direction::one_to_many);
  EXPECT_EQ(column_name(children.remote_side().front()), "parent_id");
  EXPECT_TRUE(children.mapper() == m);
}

TEST_F(Inspection, WhatIsNotThereIsNamed) {
  EXPECT_EQ(message_of<InvalidRequestError>(
                [] { static_cast<void>(inspect<Thing>().relationship("nope")); }),
            "Mapper '" + Thing::mapper().display_name() + "' has no property 'nope'");
  const Table other("other", MetaData(), {azoth::Column("x", types::Integer())});
  EXPECT_EQ(message_of<UnmappedColumnError>(
                [&] { static_cast<void>(inspect<Thing>().get_property_by_column(other.c("x"))); }),
            "No column is configured on mapper " + Thing::mapper().display_name() +
                " for the given expression; give a column of its table");
}

TEST_F(Inspection, ParametersAreNamedAfterColumns) {
  EXPECT_EQ(to_string(col(&Thing::name) == "x"), "thing.thing_name = :thing_name_1");
  const auto t = aliased<Thing>("t");
  EXPECT_EQ(to_string(t[&Thing::name] == "x"), "t.thing_name = :thing_name_1");
}

TEST_F(Inspection, LoadedValuesAreReadWithoutLoading) {
  create_all<Thing>(engine);
  Session s(engine);
  const auto thing = make<Thing>({.id = 1, .name = "a"});
  EXPECT_EQ(inspect(thing).loaded_value(&Thing::parent_id), std::nullopt);
  EXPECT_EQ(object_session(thing), nullptr);
  s.add(thing);
  s.commit();
  log.clear();
  EXPECT_EQ(object_session(thing), &s);
  EXPECT_FALSE(inspect(thing).loaded_value(&Thing::name).has_value());
  EXPECT_EQ(log.count(), 0u);
  EXPECT_EQ(*thing->name, "a");
  EXPECT_EQ(inspect(thing).loaded_value(&Thing::name).value(), "a");
}

}  // namespace
