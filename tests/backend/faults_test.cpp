// SPDX-License-Identifier: MIT
// What programs are told when the server crashes under them, refuses them, or is given what it
// cannot take; and that they can go on.
#include "backend/fixture.hpp"
#include "backend/private_server.hpp"
#include <azoth/sql/expression.hpp>

#include <atomic>
#include <thread>

namespace azoth {
namespace {

class Crash : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!azoth_test::server_url(GetParam())) {
      GTEST_SKIP() << azoth_test::no_server;
    }
    server.emplace(GetParam());
    ASSERT_NE(server->url(), "") << "the private server did not start";
  }

  static void ask_one(Connection& c) {
    ASSERT_EQ(c.exec_driver_sql("SELECT 1").scalar(), Value(1));
  }

  std::optional<azoth_test::PrivateServer> server;
};

INSTANTIATE_TEST_SUITE_P(On,
                         Crash,
                         ::testing::Values("postgresql", "mariadb"),
                         [](const auto& info) { return info.param; });

TEST_P(Crash, EveryConnectionIsLostOnceAndThePoolGoesOn) {
  const Engine engine = create_engine(server->url(), {.pool_size = 4});
  Connection working = engine.connect(), idle = engine.connect();
  {
    Connection pooled = engine.connect(), another = engine.connect();
    ask_one(pooled);
    ask_one(another);
  }
  ask_one(working);
  ask_one(idle);
  idle.rollback();
  server->crash();
  try {
    ask_one(working);
    FAIL() << "the server is gone";
  } catch (const OperationalError& error) {
    EXPECT_TRUE(error.invalidates_connection());
  }
  EXPECT_TRUE(working.invalidated());
  EXPECT_THROW(ask_one(working), PendingRollbackError);
  EXPECT_THROW(static_cast<void>(engine.connect()), OperationalError) << "nobody answers";
  working.rollback();
  EXPECT_THROW(ask_one(working), OperationalError);
  server->start();
  working.rollback();
  ask_one(working);
  EXPECT_THROW(ask_one(idle), OperationalError) << "its own loss is told to each who holds one";
  idle.rollback();
  ask_one(idle);
  for (int i = 0; i < 4; ++i) {
    Connection fresh = engine.connect();
    ask_one(fresh);
  }
}

TEST_P(Crash, PingHidesTheLossOfIdleConnections) {
  const Engine engine = create_engine(server->url(), {.pool_pre_ping = true});
  {
    Connection one = engine.connect(), two = engine.connect();
    ask_one(one);
    ask_one(two);
  }
  server->crash();
  server->start();
  Connection one = engine.connect(), two = engine.connect();
  ask_one(one);
  ask_one(two);
}

TEST_P(Crash, CommitThatNobodyAnswersIsAnError) {
  const Engine engine = create_engine(server->url());
  engine.begin([](Connection& c) {
    if (GetParam() == "postgresql") {  // the servers of tests keep nothing at once
      c.exec_driver_sql("SET LOCAL synchronous_commit = on");
    }
    c.exec_driver_sql("CREATE TABLE kept (x integer)");
  });
  Connection c = engine.connect();
  c.exec_driver_sql("INSERT INTO kept VALUES (1)");
  server->crash();
  EXPECT_THROW(c.commit(), OperationalError);
  server->start();
  c.rollback();
  EXPECT_EQ(c.exec_driver_sql("SELECT count(*) FROM kept").scalar(), Value(0));
}

TEST_P(Crash, StreamThatBreaksOffIsAnError) {
  const Engine engine = create_engine(server->url());
  engine.begin([&](Connection& c) {
    c.exec_driver_sql("CREATE TABLE wide (x integer, word varchar(1000))");
    for (int i = 0; i < 2000; ++i) {
      c.exec_driver_sql("INSERT INTO wide VALUES (" + std::to_string(i) + ", '" +
                        std::string(1000, 'w') + "')");
    }
  });
  Connection c = engine.connect();
  CursorResult rows = c.run(sql::text("SELECT word FROM wide"), Params(), {.stream_results = true});
  ASSERT_TRUE(rows.next());
  server->crash();
  EXPECT_THROW(
      {
        while (rows.next()) {
        }
        ask_one(c);  // rows that had arrived already are read to their end
      },
      OperationalError);
  server->start();
  c.rollback();
  ask_one(c);
}

TEST_P(Crash, ManyThreadsMeetOnlyErrorsOfTheFamily) {
  const Engine engine = create_engine(server->url(), {.pool_size = 3, .max_overflow = 2});
  std::atomic<bool> stops = false;
  std::atomic<int> successes = 0, losses = 0, strangers = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      while (!stops) {
        try {
          Connection c = engine.connect();
          for (int n = 0; n < 5; ++n) {
            c.exec_driver_sql("SELECT 1");
          }
          c.commit();
          ++successes;
        } catch (const OperationalError&) {
          ++losses;
          std::this_thread::yield();
        } catch (const std::exception& error) {
          ++strangers;
          ADD_FAILURE() << error.what();
        }
      }
    });
  }
  const auto wait_for_success = [&] {
    for (const int before = successes; successes < before + 20;) {
      std::this_thread::yield();
    }
  };
  wait_for_success();
  server->crash();
  server->start();
  wait_for_success();
  stops = true;
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_GT(losses, 0);
  EXPECT_EQ(strangers, 0);
}

class Faults : public azoth_test::Backend {};

AZOTH_ON_ALL_BACKENDS(Faults);

TEST_P(Faults, TextThatIsNoneIsADataErrorAndLeavesTheConnection) {
  if (is("sqlite")) {
    GTEST_SKIP() << "SQLite does not look at the encoding";
  }
  Connection c = engine->connect();
  c.exec_driver_sql("CREATE TABLE encoded (v varchar(20))");
  c.commit();
  const std::string sql =
      is("postgresql") ? "INSERT INTO encoded VALUES ($1)" : "INSERT INTO encoded VALUES (?)";
  EXPECT_THROW(c.exec_driver_sql(sql, {Value("a\xff\xfe")}), DataError);
  c.rollback();
  EXPECT_EQ(c.exec_driver_sql("SELECT count(*) FROM encoded").scalar(), Value(0));
  c.exec_driver_sql("DROP TABLE encoded");
  c.commit();
}

TEST_P(Faults, ServerWithoutTlsIsRefusedByThoseWhoAskForIt) {
  if (is("sqlite")) {
    GTEST_SKIP() << "SQLite is no server";
  }
  if (is_odbc()) {
    GTEST_SKIP() << "each ODBC driver has its own keywords for it, and its own errors";
  }
  const std::string argument = is("postgresql") ? "sslmode=require" : "ssl=true";
  const std::string url = engine->url().to_string({.hide_password = false});
  const Engine careful = create_engine(url + (url.find('?') == url.npos ? "?" : "&") + argument);
  try {
    static_cast<void>(careful.connect());
    FAIL() << "the test's servers have no TLS";
  } catch (const OperationalError& error) {
    EXPECT_NE(std::string(error.what()).find("SSL"), std::string::npos) << error.what();
  }
}

TEST_P(Faults, WrongPasswordIsNotShownInTheError) {
  if (is("sqlite")) {
    GTEST_SKIP() << "SQLite has no passwords";
  }
  const Engine wrong = create_engine(
      engine->url().set({.password = "sup3rwrong"}).to_string({.hide_password = false}));
  for (int i = 0; i < 2; ++i) {
    try {
      static_cast<void>(wrong.connect());
      FAIL() << "the password is wrong";
    } catch (const DBAPIError& error) {  // over ODBC, SQLSTATE 28000 is an InterfaceError
      EXPECT_TRUE(is_odbc() || error.kind() == DBAPIErrorKind::operational) << error.what();
      EXPECT_EQ(std::string(error.what()).find("sup3rwrong"), std::string::npos);
    }
  }
}

TEST_P(Faults, ResultThatIsLeftHalfWayLeavesTheConnection) {
  Connection c = engine->connect();
  for (const bool streams : {false, true}) {
    CursorResult rows =
        c.run(sql::text("SELECT 1 AS x UNION ALL SELECT 2"), Params(), {.stream_results = streams});
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(c.exec_driver_sql("SELECT 5").scalar(), Value(5));
  }
  EXPECT_EQ(c.exec_driver_sql("SELECT 6").scalar(), Value(6));
  c.commit();
}

}  // namespace
}  // namespace azoth
