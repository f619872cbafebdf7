// SPDX-License-Identifier: MIT
// The ways to begin and end a session's transaction, with the SQL of each.
#include <azoth/orm.hpp>

#include <stdexcept>

using namespace azoth;

namespace {
struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
};
}  // namespace

AZOTH_SCENARIO("174", "Session and sessionmaker context managers") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A>(made);
    return made;
  });
  const SessionMaker maker(engine);
  const auto ids = select(&A::id).order_by(&A::id);

  rec::step("with Session, no commit");
  {
    Session s(engine);
    s.add(make<A>({.id = 1}));
    s.flush();
  }
  rec::step("with session.begin()");
  {
    Session s(engine);
    s.begin([&] { s.add(make<A>({.id = 2})); });
  }
  rec::step("sessionmaker.begin()");
  maker.begin([](Session& s) { s.add(make<A>({.id = 3})); });
  rec::step("exception in the block");
  rec::attempt("block", [&] {
    maker.begin([](Session& s) {
      s.add(make<A>({.id = 4}));
      s.flush();
      throw std::runtime_error("boom");
    });
  });
  rec::step("commit inside the block");
  rec::attempt("block", [&] {
    maker.begin([](Session& s) {
      s.add(make<A>({.id = 5}));
      s.commit();
      rec::note("committed inside");
      s.add(make<A>({.id = 6}));
    });
  });
  rec::step("rollback inside the block");
  rec::attempt("block", [&] {
    maker.begin([](Session& s) {
      s.add(make<A>({.id = 7}));
      s.flush();
      s.rollback();
      s.add(make<A>({.id = 8}));
    });
  });
  rec::step("begin as plain call");
  {
    Session s = maker();
    SessionTransaction t = s.begin();
    s.add(make<A>({.id = 9}));
    t.commit();
    rec::show("in_transaction", s.in_transaction());
    rec::attempt("commit twice", [&] { t.commit(); });
    rec::step("what is there");
    rec::show("ids", s.scalars(ids).all());
    s.close();
  }
  rec::step("autobegin=False");
  {
    Session s(engine, {.autobegin = false});
    rec::attempt("execute without begin", [&] { static_cast<void>(s.execute(ids)); });
    s.begin([&] { rec::show("ids", s.scalars(ids).all()); });
    s.close();
  }
  rec::step("close_resets_only=False");
  Session s(engine, {.close_resets_only = false});
  s.close();
  rec::attempt("use after close", [&] { static_cast<void>(s.execute(ids)); });
}
