// SPDX-License-Identifier: MIT
// What a connection refuses while its transaction, or a savepoint of it, is not active.
using namespace azoth;

AZOTH_SCENARIO("040", "Executing on a connection whose transaction is inactive") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    made.begin([](Connection& conn) { conn.execute(text("CREATE TABLE t (id integer)")); });
    return made;
  });
  const TextStatement ins = text("INSERT INTO t VALUES (1)"), one = text("SELECT 1");

  rec::step("begin twice");
  {
    Connection conn = engine.connect();
    Transaction t1 = conn.begin();
    rec::attempt("second begin", [&] { static_cast<void>(conn.begin()); });
    t1.rollback();
  }

  rec::step("begin after autobegin");
  {
    Connection conn = engine.connect();
    conn.execute(one);
    rec::attempt("begin", [&] { static_cast<void>(conn.begin()); });
  }

  rec::step("inner savepoint rolled back: outer continues");
  {
    Connection conn = engine.connect();
    Transaction outer = conn.begin();
    conn.execute(ins);
    Transaction sp = conn.begin_nested();
    conn.execute(ins);
    sp.rollback();
    rec::show("outer.is_active", outer.is_active());
    rec::show("sp.is_active", sp.is_active());
    rec::show("count", conn.execute(text("SELECT count(*) FROM t")).scalar());
    rec::attempt("commit of the rolled back savepoint", [&] { sp.commit(); });
    outer.rollback();
  }

  rec::step("outer savepoint rolled back while the inner one is open");
  {
    Connection conn = engine.connect();
    Transaction outer = conn.begin();
    Transaction sp1 = conn.begin_nested();
    Transaction sp2 = conn.begin_nested();
    sp1.rollback();
    rec::show("sp2.is_active", sp2.is_active());
    rec::attempt("execute", [&] { conn.execute(one); });
    rec::attempt("sp2.rollback", [&] { sp2.rollback(); });
    rec::attempt("execute", [&] { conn.execute(one); });
    outer.rollback();
  }

  rec::step("outer rolled back while a savepoint is open");
  {
    Connection conn = engine.connect();
    Transaction outer = conn.begin();
    Transaction sp = conn.begin_nested();
    outer.rollback();
    rec::show("sp.is_active", sp.is_active());
    rec::attempt("execute", [&] { conn.execute(one); });
    rec::attempt("sp.rollback", [&] { sp.rollback(); });
    rec::attempt("execute after sp.rollback", [&] { conn.execute(one); });
  }

  rec::step("rollback inside the with-block, then execute");
  {
    Connection conn = engine.connect();
    conn.begin([&](Transaction& trans) {
      conn.execute(ins);
      trans.rollback();
      rec::attempt("execute", [&] { conn.execute(ins); });
      rec::show("in_transaction", conn.in_transaction());
    });
    rec::attempt("execute after the block", [&] { conn.execute(one); });
  }

  rec::step("savepoint rollback inside its with-block, then execute");
  {
    Connection conn = engine.connect();
    conn.begin([&] {
      conn.begin_nested([&](Transaction& sp) {
        sp.rollback();
        rec::attempt("execute", [&] { conn.execute(ins); });
      });
      rec::attempt("execute after the savepoint block", [&] { conn.execute(ins); });
    });
  }
}
