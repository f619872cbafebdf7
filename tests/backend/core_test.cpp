// SPDX-License-Identifier: MIT
// Statements, transactions and types, the same on every database.
#include "backend/fixture.hpp"
#include <azoth/sql/dml.hpp>
#include <azoth/sql/func.hpp>
#include <azoth/sql/select.hpp>

#include <limits>

namespace azoth {
namespace {

class Core : public azoth_test::Backend {
 protected:
  void SetUp() override {
    Backend::SetUp();
    if (!IsSkipped()) {
      create_all(metadata, *engine);
    }
  }

  void TearDown() override {
    if (engine) {
      drop_all(metadata, *engine);
    }
    Backend::TearDown();
  }

  void fill(Connection& c, int rows) {
    ParamsList sets;
    for (int i = 1; i <= rows; ++i) {
      sets.push_back({{"id", i}, {"name", "n" + std::to_string(i)}, {"score", i * 10}});
    }
    c.execute(insert(t), sets);
  }

  std::vector<std::int64_t> ids(Connection& c, const sql::Ref& statement) {
    std::vector<std::int64_t> found;
    for (const Row& row : c.execute(statement)) {
      found.push_back(row[0].get<std::int64_t>());
    }
    return found;
  }

  using Ids = std::vector<std::int64_t>;
  MetaData metadata;
  Table t{"backend_t",
          metadata,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("name", types::String(30)),
           Column("score", types::Integer())}};
  Expr<std::int64_t> id = t.c<std::int64_t>("id");
  Expr<std::string> name = t.c<std::string>("name");
  Expr<std::int64_t> score = t.c<std::int64_t>("score");
};

AZOTH_ON_ALL_BACKENDS(Core);

TEST_P(Core, TablesAreMadeOnceAndDropped) {
  Connection c = engine->connect();
  EXPECT_TRUE(has_table(c, "backend_t"));
  EXPECT_FALSE(has_table(c, "backend_never"));
  c.rollback();
  EXPECT_NO_THROW(create_all(metadata, *engine));
  drop_all(metadata, *engine);
  EXPECT_FALSE(has_table(c, "backend_t"));
}

TEST_P(Core, InsertTellsItsKey) {
  Connection c = engine->connect();
  const auto first = c.execute(insert(t), Params{{"name", "a"}}).inserted_primary_key();
  const auto second = c.execute(insert(t), Params{{"name", "b"}}).inserted_primary_key();
  EXPECT_EQ(ids(c, select(id).where(name == "a").node()), Ids{first[0].get<std::int64_t>()});
  EXPECT_EQ(ids(c, select(id).where(name == "b").node()), Ids{second[0].get<std::int64_t>()});
}

TEST_P(Core, UpdateAndDeleteCountTheirRows) {
  Connection c = engine->connect();
  fill(c, 5);
  EXPECT_EQ(c.execute(update(t).values({{"score", score + 1}}).where(id > 3)).rowcount(), 2);
  EXPECT_EQ(ids(c, select(score).where(id > 3).order_by(id).node()), (Ids{41, 51}));
  EXPECT_EQ(c.execute(delete_(t).where(id <= 3)).rowcount(), 3);
  EXPECT_EQ(ids(c, select(id).order_by(id).node()), (Ids{4, 5}));
  EXPECT_EQ(c.execute(delete_(t).where(id == 77)).rowcount(), 0);
}

TEST_P(Core, ReturningGivesTheWrittenRows) {
  Connection c = engine->connect();
  fill(c, 3);
  if (can().insert_returning) {
    EXPECT_EQ(ids(c, insert(t).values({{"id", 9}, {"name", "x"}}).returning(id).node()), Ids{9});
  }
  if (can().update_returning) {
    EXPECT_EQ(ids(c, update(t).values({{"score", 7}}).where(id == 2).returning(score).node()),
              Ids{7});
  }
  if (can().delete_returning) {
    EXPECT_EQ(ids(c, delete_(t).where(id == 2).returning(id).node()), Ids{2});
  }
  if (!can().insert_returning && !can().update_returning && !can().delete_returning) {
    GTEST_SKIP() << "the database has no RETURNING";
  }
}

TEST_P(Core, RollbackUndoesAndCommitKeeps) {
  {
    Connection c = engine->connect();
    fill(c, 2);
    c.rollback();
    EXPECT_EQ(ids(c, select(id).node()), Ids{});
    fill(c, 1);
    c.commit();
  }
  Connection c = engine->connect();
  EXPECT_EQ(ids(c, select(id).node()), Ids{1});
}

TEST_P(Core, ClosedConnectionLeavesNothing) {
  {
    Connection c = engine->connect();
    fill(c, 2);
  }
  Connection c = engine->connect();
  EXPECT_EQ(ids(c, select(id).node()), Ids{});
}

TEST_P(Core, SavepointsUndoTheirPart) {
  Connection c = engine->connect();
  fill(c, 1);
  {
    Transaction inner = c.begin_nested();
    c.execute(insert(t), Params{{"id", 2}});
    inner.rollback();
  }
  {
    Transaction inner = c.begin_nested();
    c.execute(insert(t), Params{{"id", 3}});
    inner.commit();
  }
  c.commit();
  EXPECT_EQ(ids(c, select(id).order_by(id).node()), (Ids{1, 3}));
}

TEST_P(Core, StatementsGoOnAfterASavepointThatFailed) {
  Connection c = engine->connect();
  fill(c, 1);
  EXPECT_THROW(c.begin_nested([&] { c.execute(insert(t), Params{{"id", 1}}); }), IntegrityError);
  c.execute(insert(t), Params{{"id", 2}});
  c.commit();
  EXPECT_EQ(ids(c, select(id).order_by(id).node()), (Ids{1, 2}));
}

TEST_P(Core, ErrorsAreOfTheSameClass) {
  Connection c = engine->connect();
  fill(c, 1);
  EXPECT_THROW(c.execute(insert(t), Params{{"id", 1}}), IntegrityError);
  c.rollback();
  EXPECT_THROW(c.exec_driver_sql("SELECT nonsense FROM nowhere"), DatabaseError);
  c.rollback();
  EXPECT_EQ(ids(c, select(id).node()), Ids{});
}

TEST_P(Core, ManySetsAreAllWritten) {
  Connection c = engine->connect();
  fill(c, 500);
  EXPECT_EQ(c.scalar(select(func::count(id))), 500);
  EXPECT_EQ(c.scalar(select(score).where(id == 500)), 5000);
  const auto statement = update(t)
                             .values({{"score", bindparam<std::int64_t>("s")}})
                             .where(id == bindparam<std::int64_t>("i"));
  EXPECT_EQ(c.execute(statement, ParamsList{{{"s", 1}, {"i", 1}}, {{"s", 2}, {"i", 2}}}).rowcount(),
            2);
  EXPECT_EQ(ids(c, select(score).where(id < 3).order_by(id).node()), (Ids{1, 2}));
}

// Sets of an UPDATE: each sets the score of one row, or of none.
ParamsList scores(int first, int last) {
  ParamsList sets;
  for (int i = first; i <= last; ++i) {
    sets.push_back({{"i", i}, {"s", -i}});
  }
  return sets;
}

TEST_P(Core, ManyUpdatesCountTheRowsTheyMeet) {
  Connection c = engine->connect();
  fill(c, 300);
  const auto statement = update(t)
                             .values({{"score", bindparam<std::int64_t>("s")}})
                             .where(id == bindparam<std::int64_t>("i"));
  EXPECT_EQ(c.execute(statement, scores(101, 500)).rowcount(), 200);
  EXPECT_EQ(c.scalar(select(func::sum(score)).where(id > 100)), -(101 + 300) * 100);
  EXPECT_EQ(c.scalar(select(score).where(id == 100)), 1000);
}

TEST_P(Core, ManySetsMayBeOfSeveralKindsOfValues) {
  Connection c = engine->connect();
  fill(c, 200);
  ParamsList mixed;
  for (int i = 1; i <= 200; ++i) {
    Params set{{"i", i}};
    if (i % 3 != 0) {
      set.set("s", Literal(i % 3 == 1 ? std::int64_t{i} : std::int64_t{2'000'000'000} + i % 2));
    } else {
      set.set("s", Literal(std::nullopt));
    }
    mixed.push_back(std::move(set));
  }
  const auto statement = update(t)
                             .values({{"score", bindparam<std::int64_t>("s")}})
                             .where(id == bindparam<std::int64_t>("i"));
  EXPECT_EQ(c.execute(statement, mixed).rowcount(), 200);
  EXPECT_EQ(c.scalar(select(func::count(score))), 134);
  EXPECT_EQ(c.scalar(select(score).where(id == 199)), 199);
  EXPECT_EQ(c.scalar(select(func::max(score))), 2'000'000'001);
}

TEST_P(Core, ManyUpdatesEndAtTheFirstThatFails) {
  Connection c = engine->connect();
  fill(c, 300);
  c.commit();
  const auto statement = update(t)
                             .values({{"id", bindparam<std::int64_t>("s")}})
                             .where(id == bindparam<std::int64_t>("i"));
  ParamsList sets = scores(1, 150);
  sets.push_back({{"i", 200}, {"s", 201}});  // there is one
  sets.push_back({{"i", 202}, {"s", -202}});
  EXPECT_THROW(c.execute(statement, sets), IntegrityError);
  c.rollback();
  EXPECT_EQ(c.scalar(select(func::count(id)).where(id < 0)), 0);
  c.rollback();
  Connection each = engine->connect();
  each.execution_options({.isolation_level = "AUTOCOMMIT"});
  EXPECT_THROW(each.execute(statement, sets), IntegrityError);
  EXPECT_EQ(each.scalar(select(func::count(id)).where(id < 0)), 150) << "each is a transaction";
}

TEST_P(Core, ManyValuesTellTheirKeysInOrder) {
  struct Names final : ParameterSets {
    std::size_t size() const override { return 100; }

    Literal value(std::size_t set, std::size_t) const override {
      return Literal(static_cast<std::int64_t>(set));
    }
  };

  Connection c = engine->connect();
  std::vector<std::int64_t> keys(100);
  c.insert_many_values(
      insert(t).node(), {"score"}, Names(), "id", [&](std::size_t set, std::int64_t key) {
        keys[set] = key;
      });
  EXPECT_EQ(ids(c, select(id).order_by(score).node()), keys);
}

TEST_P(Core, ListsOfInExpandAndMayBeEmpty) {
  Connection c = engine->connect();
  fill(c, 5);
  for (const Ids& wanted : {Ids{1, 3}, Ids{2}, Ids{}, Ids{1, 2, 3, 4, 5}}) {
    EXPECT_EQ(ids(c, select(id).where(id.in(wanted)).where(score > 0).order_by(id).node()), wanted);
  }
  EXPECT_EQ(ids(c, select(id).where(id.not_in(Ids{})).order_by(id).node()).size(), 5U);
  EXPECT_EQ(ids(c, select(id).where(id.not_in(Ids{1, 2})).order_by(id).node()), (Ids{3, 4, 5}));
}

TEST_P(Core, UpsertChangesTheRowThatIsThere) {
  Connection c = engine->connect();
  fill(c, 2);
  if (is("mysql") || is("mariadb")) {
    c.execute(
        insert(t).values({{"id", 1}, {"name", "new"}}).on_duplicate_key_update({{"name", "new"}}));
  } else if (is("sqlite") || is("postgresql")) {
    c.execute(insert(t)
                  .values({{"id", 1}, {"name", "new"}})
                  .on_conflict_do_update({{"id"}}, {{"name", "new"}}));
    c.execute(insert(t).values({{"id", 2}, {"name", "no"}}).on_conflict_do_nothing());
  } else {
    GTEST_SKIP() << "the database has no upsert";
  }
  EXPECT_EQ(c.scalar(select(name).where(id == 1)), "new");
  EXPECT_EQ(c.scalar(select(name).where(id == 2)), "n2");
}

TEST_P(Core, LimitAndOffsetCutTheRows) {
  Connection c = engine->connect();
  fill(c, 5);
  EXPECT_EQ(ids(c, select(id).order_by(id).limit(2).node()), (Ids{1, 2}));
  EXPECT_EQ(ids(c, select(id).order_by(id).limit(2).offset(3).node()), (Ids{4, 5}));
  EXPECT_EQ(ids(c, select(id).order_by(id).offset(3).node()), (Ids{4, 5}));
  EXPECT_EQ(ids(c, select(id).order_by(id).limit(0).node()), Ids{});
}

TEST_P(Core, TwoResultsAreReadInTurn) {
  Connection c = engine->connect();
  fill(c, 3);
  auto first = c.execute(select(id).order_by(id));
  auto second = c.execute(select(score).order_by(id));
  EXPECT_EQ(first.fetchone(), std::tuple<std::int64_t>(1));
  EXPECT_EQ(second.fetchone(), std::tuple<std::int64_t>(10));
  EXPECT_EQ(first.fetchone(), std::tuple<std::int64_t>(2));
}

TEST_P(Core, StreamedResultsAreTheSameRows) {
  Connection c = engine->connect();
  fill(c, 300);
  CursorResult rows = c.run(select(id).order_by(id).node(), Params(), {.stream_results = true});
  std::int64_t seen = 0;
  while (rows.next()) {
    ASSERT_EQ(rows.value(0), Value(++seen));
  }
  EXPECT_EQ(seen, 300);
}

TEST_P(Core, ConnectionsAndEnginesStreamAsTheyAreTold) {
  const Engine streaming = engine->execution_options({.stream_results = true});
  Connection c = streaming.connect();
  EXPECT_EQ(c.get_execution_options().stream_results, true);
  fill(c, 300);
  const auto count = [&] {
    std::int64_t seen = 0;
    for (const auto& [value] : c.execute(select(id).order_by(id))) {
      EXPECT_EQ(value, ++seen);
    }
    for (const Row& row : c.exec_driver_sql("SELECT 1 UNION ALL SELECT 2")) {
      seen += row.get<std::int64_t>(0);
    }
    return seen;
  };
  EXPECT_EQ(count(), 303);
  c.execution_options({.stream_results = false});
  EXPECT_EQ(c.get_execution_options().stream_results, false);
  EXPECT_EQ(count(), 303);
}

TEST_P(Core, TypesComeBackAsTheyWent) {
  MetaData own;
  const Table all{"backend_types",
                  own,
                  {Column("id", types::Integer(), {.primary_key = true}),
                   Column("b", types::Boolean()),
                   Column("big", types::BigInteger()),
                   Column("d", types::Numeric(10, 4)),
                   Column("f", types::Double()),
                   Column("s", types::String(40)),
                   Column("txt", types::Text()),
                   Column("y", types::LargeBinary()),
                   Column("day", types::Date()),
                   Column("clock", types::Time()),
                   Column("moment", types::DateTime()),
                   Column("e", types::Enum({"sad", "happy"}, {.name = "backend_mood"}))}};
  create_all(own, *engine);
  const Params given{{"id", 1},
                     {"b", true},
                     {"big", std::numeric_limits<std::int64_t>::min()},
                     {"d", Decimal("-12345.6789")},
                     {"f", 0.1},
                     {"s", "Z\xc3\xbcrich \xf0\x9f\x98\x80 it's \\ 100%"},
                     {"txt", std::string(5000, 'x')},
                     {"y", Bytes{std::byte{0}, std::byte{39}, std::byte{255}}},
                     {"day", Date{2010, 5, 1}},
                     {"clock", Time{23, 59, 58}},
                     {"moment", DateTime{{1999, 12, 31}, {12, 30, 1}}},
                     {"e", "happy"}};
  Connection c = engine->connect();
  c.execute(insert(all), given);
  c.execute(insert(all), Params{{"id", 2}});
  bool is_null = false;
  for (const Row& row : c.execute(select(all).order_by(all.c<std::int64_t>("id")).node())) {
    for (const auto& [key, value] : given) {
      if (key != "id") {
        EXPECT_EQ(row[key], is_null ? Value() : value) << key;
      }
    }
    is_null = true;
  }
  c.rollback();
  drop_all(own, *engine);
}

TEST_P(Core, IsolationLevelIsTheEngines) {
  Engine strict = create_engine(engine->url().to_string({.hide_password = false}),
                                {.isolation_level = "SERIALIZABLE"});
  Connection c = strict.connect();
  fill(c, 1);
  c.commit();
  Engine autocommit = create_engine(engine->url().to_string({.hide_password = false}),
                                    {.isolation_level = "AUTOCOMMIT"});
  Connection each = autocommit.connect();
  each.execute(insert(t), Params{{"id", 2}});
  each.rollback();
  EXPECT_EQ(ids(c, select(id).order_by(id).node()), (Ids{1, 2}));
  EXPECT_THROW(
      create_engine(engine->url().to_string({.hide_password = false}), {.isolation_level = "CHAOS"})
          .connect(),
      ArgumentError);
}

}  // namespace
}  // namespace azoth
