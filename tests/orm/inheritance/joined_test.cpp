// SPDX-License-Identifier: MIT
// Classes with rows in joined tables: what the golden scenario 136 does not ask.
#include "orm/statement_log.hpp"

namespace joined_test {
using namespace azoth;
using azoth_test::OrmTest;

int alive = 0;

struct Canary {
  Canary() { ++alive; }

  Canary(Canary&&) noexcept { ++alive; }

  ~Canary() { --alive; }
};

struct Team;

struct Person : Entity<Person, "person", PolymorphicOn<"kind">, PolymorphicIdentity<"person">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"kind", std::string> kind;
  Column<"team_id", std::optional<std::int64_t>, ForeignKey<"team.id">> team_id;
  Relationship<"team", Team, BackPopulates<"members">> team;
};

struct Player : Entity<Player, "player", Inherits<Person>, PolymorphicIdentity<"player">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"person.id">> id;
  Column<"goals", std::int64_t> goals;
  Column<"rival_id", std::optional<std::int64_t>, ForeignKey<"player.id">> rival_id;
  Relationship<"rival", Player, ForeignKeys<"rival_id">, RemoteSide<"id">> rival;
  Canary canary;
};

struct Keeper : Entity<Keeper, "keeper", Inherits<Player>, PolymorphicIdentity<"keeper">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"player.id">> id;
  Column<"saves", std::int64_t> saves;
};

struct Team : Entity<Team, "team"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"members", List<Person>, BackPopulates<"team">, OrderBy<"id">> members;
};

class JoinedTables : public OrmTest {
 protected:
  void SetUp() override {
    create_all<Team, Person, Player, Keeper>(engine);
    Session s(engine);
    auto keeper = make<Keeper>([](Keeper& k) {
      k.goals = 1;
      k.saves = 9;
    });
    s.add(make<Team>({.id = 1, .members = {make<Person>({.id = 5}), keeper}}));
    s.commit();
    log.clear();
  }
};

TEST_F(JoinedTables, TheKeyIsOneMemberUnderSeveralNames) {
  auto k = make<Keeper>([](Keeper& keeper) { keeper.id = 7; });
  EXPECT_EQ(k->Person::id, 7);
  EXPECT_EQ(k->Player::id, 7);
  k->Person::id = 8;
  EXPECT_EQ(k->id, 8);
  EXPECT_EQ(static_cast<const void*>(&k->Person::id.get()), static_cast<const void*>(&k->id.get()));
}

TEST_F(JoinedTables, AColumnOfASubclassSelectsFromItsTables) {
  EXPECT_EQ(to_string(select(&Keeper::saves)),
            "SELECT keeper.saves \nFROM person JOIN player ON person.id = player.id JOIN keeper ON "
            "player.id = keeper.id");
}

TEST_F(JoinedTables, MissingColumnsOfTwoTablesAreLoadedTogether) {
  Session s(engine);
  const auto keeper = ptr_cast<Keeper>(s.get<Person>(6));
  ASSERT_TRUE(keeper);
  log.clear();
  EXPECT_EQ(keeper->saves, 9);
  EXPECT_EQ(log.take(),
            "SELECT player.goals AS player_goals, player.rival_id AS player_rival_id, keeper.saves "
            "AS keeper_saves FROM player, keeper WHERE ? = player.id AND player.id = keeper.id | "
            "(6,)\n");
  EXPECT_EQ(keeper->goals, 1);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(JoinedTables, RelationshipsOfTheParentWorkInSubclasses) {
  Session s(engine);
  const auto team = s.get<Team>(1);
  ASSERT_EQ(team->members.size(), 2u);
  EXPECT_EQ(ptr(team->members[1])->team, team);
  const auto keepers = s.scalars(select<Keeper>().options(joinedload(&Person::team))).all();
  ASSERT_EQ(keepers.size(), 1u);
  EXPECT_EQ(keepers[0]->team, team);
}

TEST_F(JoinedTables, ARelationshipOfASubclassIsWritten) {
  Session s(engine);
  auto a = make<Player>([](Player& p) { p.goals = 0; });
  auto b = make<Player>([&](Player& p) {
    p.goals = 1;
    p.rival = a;
  });
  s.add(b);
  s.commit();
  EXPECT_EQ(b->rival, a);
  EXPECT_EQ(*b->rival_id, *a->Person::id);
}

TEST_F(JoinedTables, EagerTargetsAreOfTheirOwnClass) {
  Session s(engine);
  for (const auto& strategy : {selectinload(&Team::members), joinedload(&Team::members)}) {
    s.expunge_all();
    const auto team = s.scalars(select<Team>().options(strategy)).unique().one();
    ASSERT_EQ(team->members.size(), 2u);
    EXPECT_TRUE(ptr_cast<Keeper>(ptr(team->members[1])));
  }
}

TEST_F(JoinedTables, ObjectsOfSubclassesAreFreedAsWhatTheyAre) {
  const int before = alive;
  {
    Session s(engine);
    EXPECT_EQ(s.scalars(select<Person>()).all().size(), 2u);
    s.sweep();
  }
  EXPECT_EQ(alive, before);
}

TEST_F(JoinedTables, WithPolymorphicBringsColumnsOfSubclassesAlong) {
  const auto wp = with_polymorphic<Person, Player>({.flat = true});
  EXPECT_EQ(to_string(select(wp).where(wp[&Player::goals] > 1)),
            "SELECT person_1.id, person_1.kind, person_1.team_id, player_1.id AS id_1, "
            "player_1.goals, player_1.rival_id \nFROM person AS person_1 LEFT OUTER JOIN player AS "
            "player_1 ON person_1.id = player_1.id \nWHERE player_1.goals > :goals_1");
  Session s(engine);
  const auto all = with_polymorphic<Person>();
  const auto people = s.scalars(select(all).order_by(all[&Person::id])).all();
  log.clear();
  EXPECT_EQ(ptr_cast<Keeper>(people[1])->saves, 9);
  EXPECT_EQ(log.count(), 0u);
}

struct Employee
    : Entity<Employee, "employee", PolymorphicOn<"type">, PolymorphicIdentity<"employee">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"type", std::string> type;
};

struct Manager : Entity<Manager,
                        "manager",
                        Inherits<Employee>,
                        PolymorphicIdentity<"manager">,
                        PolymorphicLoad<"selectin">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"employee.id">> id;
  Column<"budget", std::int64_t> budget;
};

struct Intern : Entity<Intern,
                       "employee",
                       Inherits<Employee>,
                       PolymorphicIdentity<"intern">,
                       PolymorphicLoad<"selectin">> {
  Column<"months", std::int64_t> months;
};

class SelectinSubclasses : public OrmTest {};

TEST_F(SelectinSubclasses, ColumnsOfSubclassesComeWithOneStatementAClass) {
  create_all<Employee, Manager>(engine);
  Session s(engine);
  for (int i = 1; i < 3; ++i) {
    s.add(make<Manager>([&](Manager& m) { m.budget = i; }));
  }
  s.add(make<Intern>([](Intern& i) { i.months = 6; }));
  s.add(make<Employee>({}));
  s.commit();
  s.close();
  log.clear();
  const auto all = s.scalars(select<Employee>().order_by(&Employee::id)).all();
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "SELECT employee.id, employee.type FROM employee ORDER BY employee.id | ()\n"
            "SELECT manager.id AS manager_id, employee.id AS employee_id, employee.type AS "
            "employee_type, manager.budget AS manager_budget FROM employee JOIN manager ON "
            "employee.id = manager.id WHERE employee.id IN (?, ?) ORDER BY employee.id | (1, 2)\n"
            "SELECT employee.id AS employee_id, employee.type AS employee_type, employee.months AS "
            "employee_months FROM employee WHERE employee.id IN (?) AND employee.type IN (?) ORDER "
            "BY employee.id | (3, 'intern')\n");
  EXPECT_EQ(ptr_cast<Manager>(all[1])->budget, 2);
  EXPECT_EQ(ptr_cast<Intern>(all[2])->months, 6);
  EXPECT_EQ(log.count(), 0u);
}

TEST(JoinedTableErrors, AKeyOfItsOwnWantsToBeConcrete) {
  struct Base : Entity<Base, "key_base"> {
    Column<"id", std::int64_t, PrimaryKey> id;
  };

  struct Sub : Entity<Sub, "key_sub", Inherits<Base>> {
    Column<"number", std::int64_t, PrimaryKey> number;
  };

  try {
    Sub::mapper();
    FAIL() << "no error";
  } catch (const ArgumentError& e) {
    EXPECT_EQ(e.message(),
              "Column 'number' of class Sub is a primary key beside that of its parent Base; say "
              "which one it shares: ForeignKey<\"key_base.id\">. A class with a key of its own is "
              "Concrete.");
  }
}

TEST(JoinedTableErrors, ATableWithoutKey) {
  struct Base : Entity<Base, "keyless_base"> {
    Column<"id", std::int64_t, PrimaryKey> id;
  };

  struct Sub : Entity<Sub, "keyless_sub", Inherits<Base>> {
    Column<"extra", std::string> extra;
  };

  try {
    Sub::mapper();
    FAIL() << "no error";
  } catch (const ArgumentError& e) {
    EXPECT_NE(e.message().find("could not assemble any primary key columns for mapped table "
                               "'keyless_sub'"),
              std::string::npos)
        << e.message();
  }
}

}  // namespace joined_test
