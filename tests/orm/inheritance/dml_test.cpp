// SPDX-License-Identifier: MIT
// INSERT, UPDATE and DELETE of mapped classes in a session: what the golden scenarios do not ask.
#include "orm/statement_log.hpp"

namespace dml_test {
using namespace azoth;
using azoth_test::OrmTest;

struct Machine : Entity<Machine, "machine", PolymorphicOn<"kind">, PolymorphicIdentity<"machine">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"kind", std::string> kind;
  Column<"name", std::optional<std::string>, ColumnName<"machine_name">> name;
};

struct Press : Entity<Press, "press", Inherits<Machine>, PolymorphicIdentity<"press">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"machine.id">> id;
  Column<"force", std::optional<std::int64_t>> force;
};

class EntityDml : public OrmTest {
 protected:
  void SetUp() override {
    create_all<Machine, Press>(engine);
    log.clear();
  }
};

TEST_F(EntityDml, ManySetsGoIntoTheTablesOfAClass) {
  Session s(engine);
  s.execute(insert<Press>(),
            ParamsList{{{"name", "a"}, {"force", 1}}, {{"name", "b"}, {"force", 2}}});
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "INSERT INTO machine (kind, machine_name) VALUES (?, ?) RETURNING id | ('press', 'a')\n"
            "INSERT INTO machine (kind, machine_name) VALUES (?, ?) RETURNING id | ('press', 'b')\n"
            "INSERT INTO press (id, force) VALUES (?, ?) | [(1, 1), (2, 2)]\n");
  EXPECT_EQ(s.scalars(select<Press>().where(col(&Press::force) == 2)).one()->name, "b");
}

TEST_F(EntityDml, SetsOfOtherNamesAreStatementsOfTheirOwn) {
  Session s(engine);
  s.execute(insert<Machine>(), ParamsList{{{"name", "a"}}, {{"id", 9}}, {{"name", std::nullopt}}});
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "INSERT INTO machine (kind, machine_name) VALUES (?, ?) | ('machine', 'a')\n"
            "INSERT INTO machine (id, kind) VALUES (?, ?) | (9, 'machine')\n"
            "INSERT INTO machine (kind) VALUES (?) | ('machine',)\n");
}

TEST_F(EntityDml, ReturnedRowsAreObjectsOfTheSession) {
  Session s(engine);
  const auto made = s.scalars(insert<Machine>().returning<Machine>(),
                              ParamsList{{{"name", "a"}}, {{"name", "b"}}})
                        .all();
  ASSERT_EQ(made.size(), 2u);
  EXPECT_EQ(made[1]->name, "b");
  EXPECT_EQ(s.get<Machine>(2), made[1]);
}

TEST_F(EntityDml, DeletedRowsLeaveTheSession) {
  Session s(engine);
  auto a = make<Machine>({.name = "a"}), b = make<Machine>({.name = "b"});
  s.add_all({a, b});
  s.commit();
  static_cast<void>(*a->name);
  static_cast<void>(*b->name);
  s.execute(delete_<Machine>().where(col(&Machine::name) == "a"));
  EXPECT_FALSE(s.contains(a));
  EXPECT_TRUE(s.contains(b));
  s.rollback();
  EXPECT_TRUE(s.contains(a));
}

TEST_F(EntityDml, AnUpdateLeavesUnflushedChangesAlone) {
  Session s(engine);
  auto a = make<Machine>({.name = "a"});
  s.add(a);
  s.flush();
  s.no_autoflush([&] {
    a->name = "mine";
    s.execute(update<Machine>().values({{&Machine::name, "theirs"}}));
  });
  EXPECT_EQ(a->name, "mine");
}

TEST_F(EntityDml, WhatOverflowsIsAskedOfTheDatabase) {
  Session s(engine);
  auto p =
      make<Press>([](Press& press) { press.force = std::numeric_limits<std::int64_t>::max(); });
  s.add(p);
  s.flush();
  s.execute(update<Press>().values({{&Press::force, col(&Press::force) * 0 + 5}}));
  EXPECT_EQ(p->force, 5);
  EXPECT_EQ(s.execute(update<Press>().where(col(&Press::force) == 5).values({{&Press::force, 6}}),
                      {.synchronize_session = "fetch"})
                .rowcount(),
            1);
  EXPECT_EQ(p->force, 6);
}

TEST_F(EntityDml, CriteriaOfAPressAreOfItsOwnTable) {
  Session s(engine);
  s.execute(update<Press>().where(col(&Press::force) > 1).values({{&Press::force, 6}}));
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\nUPDATE press SET force=? WHERE press.force > ? | (6, 1)\n");
}

}  // namespace dml_test
