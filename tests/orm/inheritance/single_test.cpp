// SPDX-License-Identifier: MIT
// Classes that share a table. Expected statements are those of SQLAlchemy for the same programs.
#include "orm/statement_log.hpp"

namespace single_test {
using namespace azoth;
using azoth_test::OrmTest;

struct Dog;

struct Owner : Entity<Owner, "owner"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"dogs", List<Dog>> dogs;
};

struct Pet : Entity<Pet, "pet", PolymorphicOn<"kind">, PolymorphicIdentity<"pet">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"kind", std::string> kind;
  Column<"name", std::optional<std::string>> name;
  Column<"owner_id", std::optional<std::int64_t>, ForeignKey<"owner.id">> owner_id;
};

struct Dog : Entity<Dog, "pet", Inherits<Pet>, PolymorphicIdentity<"dog">> {
  Column<"tricks", std::int64_t> tricks;
};

struct Puppy : Entity<Puppy, "pet", Inherits<Dog>, PolymorphicIdentity<"puppy">> {};

class SingleTable : public OrmTest {
 protected:
  void SetUp() override {
    create_all<Owner, Pet>(engine);
    Session s(engine);
    s.add(make<Dog>([](Dog& d) {
      d.id = 1;
      d.name = "d";
      d.tricks = 3;
    }));
    s.add(make<Pet>({.id = 2, .name = "p"}));
    s.add(make<Puppy>([](Puppy& p) {
      p.id = 3;
      p.tricks = 0;
    }));
    s.commit();
    log.clear();
  }
};

TEST_F(SingleTable, ObjectsAreOfTheClassThatTheirRowTells) {
  Session s(engine);
  const auto pets = s.scalars(select<Pet>().order_by(&Pet::id)).all();
  ASSERT_EQ(pets.size(), 3u);
  EXPECT_TRUE(ptr_cast<Dog>(pets[0]));
  EXPECT_FALSE(ptr_cast<Puppy>(pets[0]));
  EXPECT_FALSE(ptr_cast<Dog>(pets[1]));
  EXPECT_TRUE(ptr_cast<Puppy>(pets[2]));
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "SELECT pet.id, pet.kind, pet.name, pet.owner_id FROM pet ORDER BY pet.id | ()\n");
}

TEST_F(SingleTable, ColumnsOfASubclassAreLoadedWhenOneIsRead) {
  Session s(engine);
  const auto dog = ptr_cast<Dog>(s.scalars(select<Pet>().where(col(&Pet::id) == 1)).one());
  log.clear();
  EXPECT_EQ(dog->tricks, 3);
  EXPECT_EQ(log.take(),
            "SELECT pet.tricks AS pet_tricks FROM pet WHERE pet.id = ? AND pet.kind IN (?, ?) | "
            "(1, 'dog', 'puppy')\n");
}

TEST_F(SingleTable, ASelectOfASubclassFindsItsRowsAndThoseBelow) {
  Session s(engine);
  EXPECT_EQ(s.scalars(select<Dog>().where(col(&Dog::tricks) > 1)).all().size(), 1u);
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "SELECT pet.id, pet.kind, pet.name, pet.owner_id, pet.tricks FROM pet WHERE pet.tricks "
            "> ? AND pet.kind IN (?, ?) | (1, 'dog', 'puppy')\n");
  EXPECT_EQ(s.scalars(select<Puppy>()).all().size(), 1u);
}

TEST_F(SingleTable, AJoinToASubclassIsToItsRows) {
  EXPECT_EQ(to_string(select(&Owner::id).join(&Owner::dogs)),
            "SELECT owner.id \nFROM owner JOIN pet ON owner.id = pet.owner_id AND pet.kind IN "
            "([POSTCOMPILE_kind_1])");
}

TEST_F(SingleTable, AKeyOfAnotherClassIsNoObjectOfASubclass) {
  Session s(engine);
  EXPECT_FALSE(s.get<Dog>(2));
  const auto pet = s.get<Pet>(2);
  log.clear();
  EXPECT_FALSE(s.get<Dog>(2)) << "found in the session, of another class";
  EXPECT_EQ(log.take(), "");
}

TEST_F(SingleTable, AnUnknownIdentityIsAnErrorThatNamesIt) {
  Session s(engine);
  s.execute(text("UPDATE pet SET kind = 'cat' WHERE id = 2"));
  try {
    static_cast<void>(s.scalars(select<Pet>()).all());
    FAIL() << "no error";
  } catch (const InvalidRequestError& e) {
    EXPECT_EQ(e.message(), "No such polymorphic_identity 'cat' is defined");
  }
}

TEST_F(SingleTable, ARowThatHasChangedItsClassIsNotTakenForAnother) {
  Session s(engine);
  const auto pet = s.get<Pet>(2);
  s.execute(text("UPDATE pet SET kind = 'dog', tricks = 1 WHERE id = 2"));
  try {
    static_cast<void>(s.scalars(select<Dog>()).all());
    FAIL() << "no error";
  } catch (const InvalidRequestError& e) {
    EXPECT_NE(e.message().find("of another class"), std::string::npos) << e.message();
  }
}

TEST_F(SingleTable, NewObjectsTellTheirClassBeforeTheyAreWritten) {
  EXPECT_EQ(make<Puppy>([](Puppy&) {})->kind, "puppy");
  EXPECT_EQ(make<Pet>({.kind = "given"})->kind, "given");
}

TEST_F(SingleTable, ObjectsOfOneTableAreInsertedInOrder) {
  Session s(engine);
  s.add(make<Pet>({.id = 10}));
  s.add(make<Dog>([](Dog& d) { d.id = 11; }));
  s.flush();
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "INSERT INTO pet (id, kind, name, owner_id) VALUES (?, ?, ?, ?) | (10, 'pet', None, "
            "None)\n"
            "INSERT INTO pet (id, kind, name, owner_id, tricks) VALUES (?, ?, ?, ?, ?) | (11, "
            "'dog', None, None, None)\n");
}

TEST(SingleTableErrors, TwoClassesOfOneIdentity) {
  struct Base : Entity<Base, "twins", PolymorphicOn<"kind">, PolymorphicIdentity<"a">> {
    Column<"id", std::int64_t, PrimaryKey> id;
    Column<"kind", std::string> kind;
  };

  struct Twin : Entity<Twin, "twins", Inherits<Base>, PolymorphicIdentity<"a">> {};

  static_cast<void>(sizeof(Twin{}));
  try {
    orm::configured(Twin::mapper());
    FAIL() << "no error";
  } catch (const ArgumentError& e) {
    EXPECT_NE(e.message().find("have the same polymorphic identity 'a'"), std::string::npos)
        << e.message();
  }
}

TEST(SingleTableErrors, ADiscriminatorThatIsNoAttribute) {
  struct Lost : Entity<Lost, "lost", PolymorphicOn<"kind">> {
    Column<"id", std::int64_t, PrimaryKey> id;
  };

  try {
    Lost::mapper();
    FAIL() << "no error";
  } catch (const ArgumentError& e) {
    EXPECT_EQ(e.message(),
              "Can't determine polymorphic_on value 'kind' - no attribute is mapped to this name.");
  }
}

}  // namespace single_test
