// SPDX-License-Identifier: MIT
// A failed flush leaves the session refusing work until it is rolled back.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"data", std::string> data;
};
}  // namespace

AZOTH_SCENARIO("041", "A session whose flush failed must be rolled back before it is used again") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A>(made);
    Session s(made);
    s.add(make<A>({.id = 1, .data = "x"}));
    s.commit();
    return made;
  });
  const auto all = select(&A::data);
  const auto execute = [](Session& s, const char* sql) { s.execute(text(sql)); };
  {
    rec::step("flush fails");
    Session s(engine);
    auto a1 = s.get<A>(1);
    s.add(make<A>({.id = 2}));
    rec::attempt("flush", [&] { s.flush(); });
    rec::show("is_active", s.is_active());
    rec::show("in_transaction", s.in_transaction());
    rec::attempt("execute", [&] { execute(s, "select 1"); });
    rec::attempt("commit", [&] { s.commit(); });
    rec::attempt("attribute refresh", [&] {
      s.expire(a1);
      static_cast<void>(*a1->data);
    });
    rec::attempt("flush again", [&] { s.flush(); });
    rec::attempt("begin_nested", [&] { static_cast<void>(s.begin_nested()); });
    s.rollback();
    rec::show("is_active", s.is_active());
    rec::show("works again", s.scalars(all).all());
    s.close();
  }
  {
    rec::step("failing in a savepoint");
    Session s(engine);
    execute(s, "select 1");
    SessionTransaction sp = s.begin_nested();
    s.add(make<A>({.id = 3}));
    rec::attempt("flush", [&] { s.flush(); });
    rec::show("sp.is_active", sp.is_active());
    rec::attempt("execute", [&] { execute(s, "select 1"); });
    sp.rollback();
    rec::show("works again", s.scalars(all).all());
    s.close();
  }
  {
    rec::step("with session.begin(): the error passes through, rolled back at the end");
    Session s(engine);
    rec::attempt("block", [&] { s.begin([&] { s.add(make<A>({.id = 4})); }); });
    rec::show("in_transaction", s.in_transaction());
    rec::show("works again", s.scalars(all).all());
    s.close();
  }
  rec::step("a failing SELECT does not invalidate the session");
  Session s(engine);
  rec::attempt("execute", [&] { execute(s, "select nothere from a"); });
  rec::show("is_active", s.is_active());
  rec::show("works", s.scalars(all).all());
  s.close();
}
