// SPDX-License-Identifier: MIT
// Attributes that are SQL expressions. The statements are SQLAlchemy's.
#include "orm/statement_log.hpp"

namespace {

using namespace azoth;

struct Letter;

struct Person : Entity<Person, "person"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"first", std::optional<std::string>> first;
  Column<"last", std::optional<std::string>> last;
  ColumnProperty<"full",
                 std::optional<std::string>,
                 [](auto self) { return self[&Person::first] + " " + self[&Person::last]; }>
      full;
  Relationship<"letters", List<Letter>, BackPopulates<"person">> letters;
};

struct Letter : Entity<Letter, "letter"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"person_id", std::optional<std::int64_t>, ForeignKey<"person.id">> person_id;
  Relationship<"person", Person, BackPopulates<"letters">> person;
};

struct Shelf;

struct Box : Entity<Box, "box"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"shelf_id", std::optional<std::int64_t>, ForeignKey<"shelf.id">> shelf_id;
  Column<"width", std::int64_t> width;
  ColumnProperty<"area",
                 std::int64_t,
                 [](auto self) { return self[&Box::width] * self[&Box::width]; },
                 Deferred>
      area;
  QueryExpression<"rank", std::optional<std::int64_t>> rank;
};

struct Shelf : Entity<Shelf, "shelf"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"boxes", List<Box>> boxes;
};

struct Animal : Entity<Animal, "animal", PolymorphicOn<"kind">, PolymorphicIdentity<"animal">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"kind", std::string> kind;
  Column<"legs", std::int64_t> legs;
  ColumnProperty<"pairs",
                 std::int64_t,
                 [](auto self) { return self[&Animal::legs] * self[&Animal::legs]; }>
      pairs;
};

struct Dog : Entity<Dog, "dog", Inherits<Animal>, PolymorphicIdentity<"dog">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"animal.id">> id;
  Column<"name", std::string> name;
  ColumnProperty<"call", std::string, [](auto self) { return self[&Dog::name] + "!"; }> call;
};

class ColumnPropertyTest : public azoth_test::OrmTest {
 protected:
  void SetUp() override {
    create_all<Person, Letter, Shelf, Box, Animal, Dog>(engine);
    Session s(engine);
    s.add(make<Person>({.id = 1, .first = "a", .last = "b", .letters = {make<Letter>({.id = 1})}}));
    s.add(make<Box>({.id = 1, .width = 3}));
    s.add(make<Dog>([](Dog& d) {
      d.id = 1;
      d.legs = 4;
      d.name = "rex";
    }));
    s.commit();
    log.clear();
  }

  std::string statements() {
    std::string out = log.take();
    const std::string begin = "BEGIN (implicit)\n";
    if (out.starts_with(begin)) {
      out.erase(0, begin.size());
    }
    return out;
  }
};

TEST_F(ColumnPropertyTest, AnAliasComputesItOfItsOwnColumns) {
  Session s(engine);
  const auto p = aliased<Person>();
  EXPECT_EQ(*s.scalars(select(p).where(p[&Person::full] == "a b")).one()->full, "a b");
  EXPECT_EQ(
      statements(),
      "SELECT person_1.first || ? || person_1.last AS anon_1, person_1.id, person_1.first, "
      "person_1.last FROM person AS person_1 WHERE person_1.first || ? || person_1.last = ? | "
      "(' ', ' ', 'a b')\n");
}

TEST_F(ColumnPropertyTest, AJoinedObjectBringsItAlong) {
  Session s(engine);
  const auto letter = s.scalars(select<Letter>().options(joinedload(&Letter::person))).one();
  EXPECT_EQ(statements(),
            "SELECT letter.id, letter.person_id, person_1.first || ? || person_1.last AS anon_1, "
            "person_1.id AS id_1, person_1.first, person_1.last FROM letter LEFT OUTER JOIN person "
            "AS person_1 ON person_1.id = letter.person_id | (' ',)\n");
  EXPECT_EQ(*letter->person->full, "a b");
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(ColumnPropertyTest, ANewObjectHasItAfterTheFlush) {
  Session s(engine);
  const auto p = make<Person>({.id = 2, .first = "x", .last = "y"});
  s.add(p);
  EXPECT_EQ(*p->full, std::nullopt);
  s.flush();
  log.clear();
  EXPECT_EQ(*p->full, "x y");
  EXPECT_EQ(statements(),
            "SELECT person.first || ? || person.last AS anon_1 FROM person WHERE person.id = ? | "
            "(' ', 2)\n");
}

TEST_F(ColumnPropertyTest, AnExpiredObjectReadsItWithItsColumns) {
  Session s(engine);
  const auto p = s.get<Person>(1);
  s.expire(p);
  log.clear();
  EXPECT_EQ(*p->first, "a");
  EXPECT_EQ(*p->full, "a b");
  EXPECT_EQ(
      statements(),
      "SELECT person.first || ? || person.last AS anon_1, person.id AS person_id, "
      "person.first AS person_first, person.last AS person_last FROM person WHERE person.id = "
      "? | (' ', 1)\n");
}

TEST_F(ColumnPropertyTest, RefreshByNameReadsItAlone) {
  Session s(engine);
  const auto p = s.get<Person>(1);
  log.clear();
  s.refresh(p, {.attribute_names = {"full"}});
  EXPECT_EQ(statements(),
            "SELECT person.first || ? || person.last AS anon_1 FROM person WHERE person.id = ? | "
            "(' ', 1)\n");
  EXPECT_TRUE(inspect(p).is_loaded("full"));
}

TEST_F(ColumnPropertyTest, ItIsNoChangeAndIsNeverWritten) {
  Session s(engine);
  const auto p = s.get<Person>(1);
  static_cast<void>(*p->full);
  EXPECT_FALSE(s.is_modified(p));
  p->last = "c";
  log.clear();
  s.flush();
  EXPECT_EQ(statements(), "UPDATE person SET last=? WHERE person.id = ? | ('c', 1)\n");
  EXPECT_EQ(*p->full, "a c");
}

TEST_F(ColumnPropertyTest, ADeferredOneIsLoadedWhenRead) {
  Session s(engine);
  const auto box = s.scalars(select<Box>()).one();
  EXPECT_EQ(statements(), "SELECT box.id, box.shelf_id, box.width FROM box | ()\n");
  EXPECT_EQ(*box->area, 9);
  EXPECT_EQ(statements(),
            "SELECT box.width * box.width AS anon_1 FROM box WHERE box.id = ? | (1,)\n");
}

TEST_F(ColumnPropertyTest, AQueryExpressionIsWhatTheStatementSays) {
  Session s(engine);
  const auto box = s.scalars(select<Box>()).one();
  EXPECT_EQ(*box->rank, std::nullopt);
  log.clear();
  const auto ranked = [&](std::int64_t n) {
    const auto statement =
        select<Box>().options(with_expression(&Box::rank, col(&Box::width) + literal(n)));
    return s.scalars(statement, orm::ExecuteOptions{.populate_existing = true}).one();
  };
  EXPECT_EQ(*ranked(1)->rank, 4);
  EXPECT_EQ(*ranked(2)->rank, 5) << "the value of another execution";
  s.expire(box);
  EXPECT_EQ(*box->width, 3);
  EXPECT_EQ(*box->rank, std::nullopt);
}

TEST_F(ColumnPropertyTest, AQueryExpressionBeneathARelationshipHasTheValuesOfItsExecution) {
  Session s(engine);
  s.add(make<Shelf>({.id = 1, .boxes = {s.get<Box>(1)}}));
  s.commit();
  for (const std::int64_t n : {1, 2}) {
    const auto statement = select<Shelf>().options(
        selectinload(&Shelf::boxes)
            .options(with_expression(&Box::rank, col(&Box::width) + literal(n))));
    const auto shelf = s.scalars(statement, orm::ExecuteOptions{.populate_existing = true}).one();
    EXPECT_EQ(*shelf->boxes[0]->rank, 3 + n);
  }
}

TEST_F(ColumnPropertyTest, ALimitedStatementWithJoinsHasItInItsSubquery) {
  Session s(engine);
  const auto p =
      s.scalars(select<Person>().options(joinedload(&Person::letters)).limit(1)).unique().one();
  EXPECT_EQ(*p->full, "a b");
  EXPECT_EQ(p->letters.size(), 1u);
  EXPECT_EQ(log.count(), 1u);
}

TEST_F(ColumnPropertyTest, AnEntityTakesColumnsThatAreSelectedBeforeIt) {
  Session s(engine);
  for (const auto& [id, box] : s.execute(select(&Box::id, entity<Box>()))) {
    EXPECT_EQ(id, *box->id);
    EXPECT_EQ(*box->width, 3);
  }
  EXPECT_EQ(statements(), "SELECT box.id, box.shelf_id, box.width FROM box | ()\n");
}

TEST_F(ColumnPropertyTest, ASubclassInheritsIt) {
  Session s(engine);
  const auto dog = s.scalars(select<Dog>()).one();
  EXPECT_EQ(log.count(), 1u);
  EXPECT_EQ(*dog->pairs, 16);
  EXPECT_EQ(*dog->call, "rex!");
  EXPECT_EQ(log.count(), 1u);
}

TEST_F(ColumnPropertyTest, AParentsSelectLeavesThatOfASubclassForLater) {
  Session s(engine);
  const auto animal = s.scalars(select<Animal>()).one();
  EXPECT_EQ(*animal->pairs, 16);
  EXPECT_EQ(log.count(), 1u);
  const auto dog = ptr_cast<Dog>(animal);
  ASSERT_TRUE(dog);
  EXPECT_EQ(*dog->call, "rex!");
  EXPECT_EQ(*dog->name, "rex");
}

TEST_F(ColumnPropertyTest, AnObjectThatARollbackMadeTransientIsReadable) {
  Session s(engine);
  const auto p = make<Person>({.id = 5, .first = "x"});
  s.add(p);
  s.flush();
  s.rollback();
  EXPECT_TRUE(inspect(p).transient());
  EXPECT_EQ(*p->full, std::nullopt);
}

}  // namespace
