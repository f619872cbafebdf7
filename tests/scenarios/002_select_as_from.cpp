// SPDX-License-Identifier: MIT
// A SELECT where a FROM element is expected. The typed doors refuse it when the program is compiled
// (tests/compile_fail/join_of_select.cpp, select_from_select.cpp); the erased ones, which are used
// here, when the statement is built.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("002",
               "A SELECT is not a FROM clause: ArgumentError, and .subquery() / .alias() as the "
               "way out") {
  MetaData m;
  Table users(
      "users",
      m,
      {Column("id", types::Integer(), {.primary_key = true}), Column("name", types::String())});
  Table addresses("addresses",
                  m,
                  {Column("id", types::Integer(), {.primary_key = true}),
                   Column("email", types::String()),
                   Column("user_id", types::Integer(), {.foreign_key = "users.id"})});
  auto stmt1 = select(users.c("id"), users.c("name"));
  using azoth::sql::Clause;

  rec::step("SELECT used where a FROM or column is expected");
  rec::attempt("join to a select", [&] { azoth::sql::join(addresses.node(), stmt1.node()); });
  rec::attempt("select(addresses, select)", [&] {
    static_cast<void>(erased::with(select(addresses), Clause::column, stmt1.node()));
  });
  rec::attempt("select_from(select)", [&] {
    static_cast<void>(erased::with(select(addresses), Clause::from, stmt1.node()));
  });

  const auto joined = [&](const From& from) {
    return select(addresses, from)
        .select_from(From(azoth::sql::join(addresses.node(), from.node())));
  };
  rec::step(".subquery()");
  From sq1 = stmt1.subquery();
  str("stmt2", joined(sq1));

  rec::step(".alias() is the same thing");
  From al1 = stmt1.alias();
  rec::show("same class", al1.node()->kind() == sq1.node()->kind());
  rec::show("class", rec::class_of(al1.node()));
  str("stmt2", joined(al1));

  rec::step("named");
  From named = stmt1.subquery("u");
  str("stmt2", joined(named));
  str("columns by name", select(named.c("name")).where(named.c("id") > 5));

  rec::step("a SELECT as a column: scalar_subquery, with a coercion message when it is missing");
  auto cnt = select(func::count(addresses.c("id"))).where(addresses.c("user_id") == users.c("id"));
  str("scalar_subquery", select(users.c("name"), cnt.scalar_subquery()));
  str("labelled", select(users.c("name"), cnt.scalar_subquery().label("n")));
  rec::attempt("select(col, select)", [&] {
    str("implicit", erased::with(select(users.c("name")), Clause::column, cnt.node()));
  });
  rec::attempt("col == select", [&] {
    Any id(azoth::sql::compare(azoth::sql::Op::eq,
                               azoth::sql::Ref(users.c("id").node()),
                               azoth::sql::Ref(select(addresses.c("user_id")).limit(1).node())));
    str("comparison", select(users.c("name")).where(id));
  });
}
