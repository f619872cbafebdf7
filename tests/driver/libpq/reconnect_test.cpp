// SPDX-License-Identifier: MIT
// What an engine does when the server ends its connections.
#include "driver/libpq/fixture.hpp"

namespace azoth {
namespace {

class LibpqReconnect : public Libpq {
 protected:
  void SetUp() override {
    Libpq::SetUp();
    if (!IsSkipped()) {
      engine.emplace(create_engine(url));
    }
  }

  void end_connection_of(Connection& c) {
    const Value pid = *c.exec_driver_sql("SELECT pg_backend_pid()").scalar();
    auto kill = db->prepare("SELECT pg_terminate_backend($1, 5000)");
    kill->bind(0, Literal(pid), types::Integer());
    ASSERT_TRUE(kill->step());
  }

  static void ask_one(Connection& c) {
    EXPECT_EQ(c.exec_driver_sql("SELECT 1").scalar(), Value(1));
  }

  std::optional<Engine> engine;
};

TEST_F(LibpqReconnect, LostConnectionIsReplacedAfterRollback) {
  Connection c = engine->connect();
  end_connection_of(c);
  const auto lost = error_of<OperationalError>([&] { ask_one(c); });
  EXPECT_TRUE(lost.invalidates_connection());
  EXPECT_EQ(lost.sqlstate(), "57P01");
  EXPECT_EQ(error_of<PendingRollbackError>([&] { ask_one(c); }).message(),
            "Can't reconnect until invalid transaction is rolled back.  Please rollback() fully "
            "before proceeding");
  c.rollback();
  ask_one(c);
}

TEST_F(LibpqReconnect, LostConnectionsDoNotGoBackToThePool) {
  {
    Connection c = engine->connect();
    end_connection_of(c);
    EXPECT_THROW(ask_one(c), OperationalError);
  }
  Connection c = engine->connect();
  ask_one(c);
}

TEST_F(LibpqReconnect, OneLossMakesThePoolReplaceAll) {
  std::optional<Connection> idle(engine->connect());
  Connection c = engine->connect();
  const Value pid = *idle->exec_driver_sql("SELECT pg_backend_pid()").scalar();
  idle.reset();
  end_connection_of(c);
  EXPECT_THROW(ask_one(c), OperationalError);
  Connection next = engine->connect();
  EXPECT_NE(next.exec_driver_sql("SELECT pg_backend_pid()").scalar(), pid);
}

TEST_F(LibpqReconnect, PrePingReplacesADeadConnectionUnseen) {
  const Engine careful = create_engine(url, {.pool_pre_ping = true});
  {
    Connection c = careful.connect();
    end_connection_of(c);
  }
  Connection c = careful.connect();
  ask_one(c);
}

}  // namespace
}  // namespace azoth
