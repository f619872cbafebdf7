// SPDX-License-Identifier: MIT
// How transactions of connections begin and end.
#include <stdexcept>

using namespace azoth;

AZOTH_SCENARIO("215", "Connection: autobegin, begin, commit, rollback") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    made.begin([](Connection& conn) { conn.execute(text("create table t (id integer)")); });
    return made;
  });
  const TextStatement ins = text("insert into t values (:i)");
  const auto count = [&] {
    return rec::quiet([&] {
      Connection c = engine.connect();
      return c.execute(text("select count(*) from t")).scalar();
    });
  };

  rec::step("commit as you go");
  {
    Connection conn = engine.connect();
    rec::show("in_transaction", conn.in_transaction());
    conn.execute(ins, {{"i", 1}});
    rec::show("in_transaction", conn.in_transaction());
    conn.commit();
    rec::show("in_transaction", conn.in_transaction());
    conn.execute(ins, {{"i", 2}});
  }
  rec::show("rows", count());
  rec::step("commit and rollback without transaction");
  {
    Connection conn = engine.connect();
    conn.commit();
    conn.rollback();
  }
  rec::step("engine.begin");
  engine.begin([&](Connection& conn) { conn.execute(ins, {{"i", 3}}); });
  rec::step("exception");
  rec::attempt("block", [&] {
    engine.begin([&](Connection& conn) {
      conn.execute(ins, {{"i", 4}});
      throw std::runtime_error("boom");
    });
  });
  rec::show("rows", count());
  rec::step("conn.begin");
  {
    Connection conn = engine.connect();
    conn.begin([&] { conn.execute(ins, {{"i", 5}}); });
    conn.begin([&](Transaction& trans) {
      conn.execute(ins, {{"i", 6}});
      trans.rollback();
    });
    Transaction t = conn.begin();
    rec::show("get_transaction", *conn.get_transaction() == t);
    rec::show("is_active", t.is_active());
    t.commit();
    rec::show("is_active", t.is_active());
    rec::attempt("commit twice", [&] { t.commit(); });
    rec::attempt("rollback after commit", [&] { t.rollback(); });
  }
  rec::show("rows", count());
  rec::step("commit inside engine.begin");
  rec::attempt("block", [&] {
    engine.begin([&](Connection& conn) {
      conn.execute(ins, {{"i", 7}});
      conn.commit();
      conn.execute(ins, {{"i", 8}});
    });
  });
  rec::show("rows", count());
  rec::step("closed");
  Connection closed = engine.connect();
  closed.close();
  rec::show("closed", closed.closed());
  rec::attempt("execute", [&] { closed.execute(text("select 1")); });
  rec::step("failing statement leaves the transaction usable");
  Connection conn = engine.connect();
  rec::attempt("bad", [&] { conn.execute(text("select * from nothere")); });
  rec::show("in_transaction", conn.in_transaction());
  rec::show("works", conn.execute(text("select 1")).scalar());
}
