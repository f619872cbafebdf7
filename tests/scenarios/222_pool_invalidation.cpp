// SPDX-License-Identifier: MIT
// Connections that are lost, and what is done to those that come back.
#include "scenarios/wrapped_driver.hpp"

using namespace azoth;
using scenarios::WrappedConnection;

namespace {

int connections = 0;

Engine make(EngineOptions options = {}) {
  options.poolclass = "QueuePool";
  options.creator = [] { return WrappedConnection::open(connections, true); };
  Engine engine = rec::engine("sqlite://", options);
  event::listen(engine.pool(),
                event::invalidate,
                [](DriverConnection& connection, ConnectionRecord&, const std::exception*) {
                  rec::evt("invalidate " + std::to_string(scenarios::number_of(connection)));
                });
  return engine;
}

void kill(Connection& connection) {
  static_cast<WrappedConnection&>(connection.driver_connection()).dead = true;
}

}  // namespace

AZOTH_SCENARIO("222", "Pool: invalidation, pre-ping, reset on return") {
  rec::step("disconnect during execute");
  EngineOptions of_two;
  of_two.pool_size = 2;
  Engine e = make(of_two);
  {
    Connection conn = e.connect();
    conn.execute(text("select 1"));
    kill(conn);
    try {
      conn.execute(text("select 2"));
    } catch (const DBAPIError& error) {
      rec::show("class", error.class_name());
      rec::show("connection_invalidated", error.invalidates_connection());
    }
    rec::show("invalidated", conn.invalidated());
    rec::attempt("execute without rollback", [&] { conn.execute(text("select 3")); });
    conn.rollback();
    rec::show("works", conn.execute(text("select 4")).scalar());
    rec::show("invalidated", conn.invalidated());
    conn.close();
  }
  rec::step("explicit invalidate()");
  {
    Connection conn = e.connect();
    conn.execute(text("select 1"));
    conn.invalidate();
    rec::attempt("execute", [&] { conn.execute(text("select 1")); });
  }
  rec::step("the whole pool is replaced after a disconnect");
  {
    Connection a = e.connect(), b = e.connect();
    kill(a);
    rec::attempt("execute", [&] { a.execute(text("select 1")); }, false);
    a.close();
    b.close();
    Connection conn = e.connect();
    conn.execute(text("select 1"));
  }
  rec::step("pre_ping");
  {
    EngineOptions pings;
    pings.pool_pre_ping = true;
    Engine pinged = make(pings);
    Connection conn = pinged.connect();
    kill(conn);
    conn.close();
    Connection again = pinged.connect();
    rec::show("works", again.execute(text("select 5")).scalar());
  }
  rec::step("without pre_ping");
  {
    Engine plain = make();
    Connection conn = plain.connect();
    kill(conn);
    conn.close();
    rec::attempt("first use", [&] {
      Connection again = plain.connect();
      again.execute(text("select 6"));
    });
  }
  rec::step("reset_on_return");
  for (const char* mode : {"rollback", "commit", "none"}) {
    EngineOptions resets;
    resets.pool_reset_on_return = mode;
    Engine engine = make(resets);
    PooledConnection raw = engine.raw_connection();
    raw->prepare("select 1", 0)->step();
    rec::note(std::string("-- returning, mode ") + mode);
    raw.close();
  }
  rec::attempt("unknown mode", [] {
    EngineOptions resets;
    resets.pool_reset_on_return = "maybe";
    make(resets);
  });
}
