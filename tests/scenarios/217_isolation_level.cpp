// SPDX-License-Identifier: MIT
// Isolation levels of connections and engines, AUTOCOMMIT among them.
using namespace azoth;

AZOTH_SCENARIO("217", "Isolation levels") {
  Engine engine = rec::engine();
  {
    Connection conn = engine.connect();
    rec::show("default", conn.get_isolation_level());
    rec::show("default_isolation_level", conn.default_isolation_level());
  }
  rec::step("per connection");
  {
    Connection conn = engine.connect();
    conn.execution_options({.isolation_level = "READ UNCOMMITTED"});
    rec::show("level", conn.get_isolation_level());
    conn.execute(text("select 1"));
  }
  {
    Connection conn = engine.connect();
    rec::show("after return to the pool", conn.get_isolation_level());
  }
  rec::step("AUTOCOMMIT");
  {
    Connection conn = engine.connect();
    conn.execution_options({.isolation_level = "AUTOCOMMIT"});
    conn.execute(text("create table t (id integer)"));
    conn.execute(text("insert into t values (1)"));
    conn.rollback();
  }
  const auto count = [&](const char* label) {
    Connection conn = engine.connect();
    rec::show(label, conn.execute(text("select count(*) from t")).scalar());
  };
  count("row survived the rollback");
  rec::step("per engine");
  Engine automatic = engine.execution_options({.isolation_level = "AUTOCOMMIT"});
  {
    Connection conn = automatic.connect();
    conn.execute(text("insert into t values (2)"));
  }
  count("rows");
  rec::step("create_engine parameter");
  Engine e2 = rec::engine("sqlite://", {.isolation_level = "READ UNCOMMITTED"});
  {
    Connection conn = e2.connect();
    rec::show("level", conn.get_isolation_level());
  }
  rec::step("errors");
  {
    Connection conn = engine.connect();
    rec::attempt("unknown level", [&] { conn.execution_options({.isolation_level = "CHAOS"}); });
    conn.execute(text("select 1"));
    rec::attempt("change inside a transaction",
                 [&] { conn.execution_options({.isolation_level = "READ UNCOMMITTED"}); });
  }
  rec::attempt("unknown in create_engine", [] {
    Engine chaos = rec::engine("sqlite://", {.isolation_level = "CHAOS"});
    static_cast<void>(chaos.connect());
  });
}
