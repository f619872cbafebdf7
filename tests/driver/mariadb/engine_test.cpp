// SPDX-License-Identifier: MIT
// The driver under an engine: what only this database does, or does otherwise. What holds on every
// database stands in tests/backend.
#include "servers.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/dialects/mysql.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/engine/schema.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/func.hpp>
#include <azoth/sql/select.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <thread>

namespace azoth {
namespace {

class MariadbEngine : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto url = azoth_test::server_url("mariadb");
    if (!url) {
      GTEST_SKIP() << azoth_test::no_server;
    }
    engine.emplace(create_engine(*url));
    create_all(metadata, *engine);
  }

  void TearDown() override {
    if (engine) {
      drop_all(metadata, *engine);
    }
  }

  std::optional<Engine> engine;
  MetaData metadata;
  Table t{
      "engine_" + std::to_string(::getpid()),
      metadata,
      {Column("id", types::Integer(), {.primary_key = true}), Column("name", types::String(30))}};
  Expr<std::int64_t> id = t.c<std::int64_t>("id");
  Expr<std::string> name = t.c<std::string>("name");
};

TEST_F(MariadbEngine, DialectIsThatOfTheServerOnceOneIsConnected) {
  for (const char* scheme : {"mariadb", "mysql", "mysql+pymysql"}) {
    const URL url = URL(azoth_test::server_url("mariadb").value()).set({.drivername = scheme});
    const Engine other = create_engine(url.to_string({.hide_password = false}));
    EXPECT_FALSE(other.dialect().capabilities().server_version.is_known());
    const Connection c = other.connect();
    EXPECT_EQ(c.dialect().name(), url.backend_name());
    EXPECT_TRUE(c.dialect().capabilities().is_mariadb);
    EXPECT_GE(c.dialect().capabilities().server_version, (ServerVersion{10, 0, 0}));
  }
}

TEST_F(MariadbEngine, PercentSignsAreSentAsTheyAre) {
  Connection c = engine->connect();
  c.execute(insert(t), Params{{"id", 1}, {"name", "100%"}});
  EXPECT_EQ(c.scalar(select(id).where(name.endswith("00%"))), 1);
  EXPECT_EQ(c.exec_driver_sql("SELECT DATE_FORMAT('2010-05-01', '%Y')").scalar(), Value("2010"));
}

TEST_F(MariadbEngine, LostConnectionIsReplacedByThePool) {
  std::int64_t lost = 0;
  {
    Connection c = engine->connect();
    lost = c.exec_driver_sql("SELECT CONNECTION_ID()").scalar()->get<std::int64_t>();
    Connection killer = engine->connect();
    killer.exec_driver_sql("KILL " + std::to_string(lost));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    try {
      c.execute(select(id));
      FAIL() << "the connection was not killed";
    } catch (const OperationalError& error) {
      EXPECT_TRUE(error.invalidates_connection());
    }
  }
  for (int i = 0; i < 3; ++i) {
    Connection c = engine->connect();
    EXPECT_NE(c.exec_driver_sql("SELECT CONNECTION_ID()").scalar(), Value(lost));
  }
}

TEST_F(MariadbEngine, TransactionOfADeadlocksVictimMustBeRolledBack) {
  Connection first = engine->connect(), second = engine->connect();
  first.execute(insert(t), ParamsList{{{"id", 1}}, {{"id", 2}}, {{"id", 3}}});
  first.commit();
  const auto touch = [&](Connection& c, std::vector<std::int64_t> which) {
    c.execute(update(t).values({{"name", "x"}}).where(id.in(which)));
  };
  touch(first, {1, 3});
  touch(second, {2});
  std::thread waiter([&] { touch(first, {2}); });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_THROW(touch(second, {1}), OperationalError);
  waiter.join();
  EXPECT_THROW(touch(second, {2}), PendingRollbackError);
  second.rollback();
  first.commit();
  EXPECT_EQ(second.scalar(select(name).where(id == 2)), "x");
}

TEST_F(MariadbEngine, RowsOfAStreamSurviveStatementsInBetween) {
  Connection c = engine->connect();
  ParamsList sets;
  for (int i = 1; i <= 100; ++i) {
    sets.push_back({{"id", i}, {"name", "n" + std::to_string(i)}});
  }
  c.execute(insert(t), sets);
  CursorResult rows =
      c.run(select(id, name).order_by(id).node(), Params(), {.stream_results = true});
  std::int64_t seen = 0;
  while (rows.next()) {
    ++seen;
    ASSERT_EQ(rows.value(0), Value(seen));
    if (seen % 40 == 0) {
      EXPECT_EQ(c.scalar(select(func::count(id))), 100);
    }
    ASSERT_EQ(rows.value(1), Value("n" + std::to_string(seen)));
  }
  EXPECT_EQ(seen, 100);
}

TEST_F(MariadbEngine, BatchesOfManyRowsTellTheirKeysThoughOthersInsert) {
  struct Names final : ParameterSets {
    std::size_t size() const override { return 3000; }

    Literal value(std::size_t set, std::size_t) const override {
      text = std::to_string(set);
      return Literal(kept.emplace_back(text));
    }

    mutable std::string text;
    mutable std::deque<std::string> kept;
  };

  const auto insert_all = [&] {
    Connection c = engine->connect();
    std::vector<std::int64_t> keys(3000);
    c.insert_many_values(
        insert(t).node(), {"name"}, Names(), "id", [&](std::size_t set, std::int64_t key) {
          keys[set] = key;
        });
    for (std::size_t set = 0; set < keys.size(); set += 499) {
      EXPECT_EQ(c.scalar(select(name).where(id == keys[set])), std::to_string(set));
    }
    c.commit();
  };
  std::thread other(insert_all);
  insert_all();
  other.join();
  EXPECT_EQ(engine->connect().scalar(select(func::count(id))), 6000);
}

TEST_F(MariadbEngine, BatchesAreNoLargerThanTheServerTakes) {
  struct Pages final : ParameterSets {
    std::size_t size() const override { return 60; }

    Literal value(std::size_t, std::size_t) const override { return Literal(page); }

    std::string page = std::string(500'000, 'x');  // 30 MB in all; max_allowed_packet is 16
  };

  MetaData own;
  const Table pages{
      "pages_" + std::to_string(::getpid()),
      own,
      {Column("id", types::Integer(), {.primary_key = true}), Column("page", mysql::LONGTEXT())}};
  create_all(own, *engine);
  Connection c = engine->connect();
  std::vector<std::int64_t> keys(60);
  c.insert_many_values(
      insert(pages).node(), {"page"}, Pages(), "id", [&](std::size_t set, std::int64_t key) {
        keys[set] = key;
      });
  const auto key = pages.c<std::int64_t>("id");
  EXPECT_EQ(c.scalar(select(func::count(key)).where(key.in(keys))), 60);
  c.rollback();
  drop_all(own, *engine);
}

}  // namespace
}  // namespace azoth
