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

TEST_F(EntityDml, SetsOfOtherNamesReturnTheirRowsInOneResult) {
  Session s(engine);
  const auto made =
      s.scalars(
           insert<Machine>().returning<Machine>(),
           ParamsList{{{"name", "a"}}, {{"name", "b"}}, {{"id", 9}}, {{"name", "c"}, {"id", 20}}})
          .all();
  ASSERT_EQ(made.size(), 4u);
  EXPECT_EQ(made[1]->name, "b");
  EXPECT_EQ(made[2]->id, 9);
  EXPECT_EQ(made[2]->name, std::nullopt);
  EXPECT_EQ(made[3]->name, "c");
  EXPECT_EQ(s.get<Machine>(20), made[3]);
  const auto rows = s.execute(insert<Machine>().returning(&Machine::id, &Machine::name),
                              ParamsList{{{"id", 30}}, {{"name", "d"}, {"id", 31}}})
                        .all();
  EXPECT_EQ(rows,
            (std::vector<std::tuple<std::int64_t, std::optional<std::string>>>{{30, std::nullopt},
                                                                               {31, "d"}}));
}

TEST_F(EntityDml, SortedRowsAreReturnedOneByOne) {
  Session s(engine);
  const auto ids = s.scalars(insert<Machine>().returning(&Machine::id),
                             ParamsList{{{"id", 3}}, {{"id", 1}}, {{"id", 2}}},
                             {.sort_by_parameter_order = true})
                       .all();
  EXPECT_EQ(ids, (std::vector<std::int64_t>{3, 1, 2}));
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "INSERT INTO machine (id, kind) VALUES (?, ?) RETURNING id | (3, 'machine')\n"
            "INSERT INTO machine (id, kind) VALUES (?, ?) RETURNING id | (1, 'machine')\n"
            "INSERT INTO machine (id, kind) VALUES (?, ?) RETURNING id | (2, 'machine')\n");
}

TEST_F(EntityDml, JoinedTablesReturnTheirRowsAsObjects) {
  Session s(engine);
  const auto made = s.scalars(insert<Press>().returning<Press>(),
                              ParamsList{{{"name", "a"}, {"force", 1}}, {{"name", "b"}}})
                        .all();
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "INSERT INTO machine (kind, machine_name) VALUES (?, ?) RETURNING id, kind, "
            "machine_name | ('press', 'a')\n"
            "INSERT INTO machine (kind, machine_name) VALUES (?, ?) RETURNING id, kind, "
            "machine_name | ('press', 'b')\n"
            "INSERT INTO press (id, force) VALUES (?, ?) RETURNING id, force | (1, 1)\n"
            "INSERT INTO press (id) VALUES (?) RETURNING id, force | (2,)\n");
  ASSERT_EQ(made.size(), 2u);
  EXPECT_EQ(made[0]->force, 1);
  EXPECT_EQ(made[1]->name, "b");
  EXPECT_EQ(made[1]->force, std::nullopt);
  EXPECT_EQ(s.get<Press>(2), made[1]);
  EXPECT_EQ(log.take(), "");
  EXPECT_THROW(s.execute(insert<Press>().returning(func::lower(&Press::name)),
                         ParamsList{{{"name", "a"}}, {{"name", "b"}}}),
               InvalidRequestError);
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
