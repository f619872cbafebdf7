// SPDX-License-Identifier: MIT
// UNION of SELECTs that do not fit together. Where the compiler knows the types of the rows it
// refuses them itself; `Select<>` says that they are not known.
#include "scenarios/erased.hpp"
#include <azoth/orm.hpp>

using namespace azoth;
using rec::str;

namespace {

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
};

// The text or the error of compiling it.
void compile(const Select<>& statement) {
  static_cast<void>(to_string(statement.node(), printing_dialect()));
}

}  // namespace

AZOTH_SCENARIO("001",
               "UNION of SELECTs with different column counts fails at compile time, not at "
               "construction") {
  From t1 = erased::table("t1", {"a", "b"});
  From t2 = erased::table("t2", {"x", "y", "z"});
  using Make = Select<> (*)(const Select<>&, const Select<>&);

  rec::step("construction never raises");
  std::vector<std::pair<std::string, Select<>>> made;
  for (const auto& [name, make] :
       std::vector<std::pair<std::string, Make>>{{"union", &union_<>},
                                                 {"union_all", &union_all<>},
                                                 {"except_", &except_<>},
                                                 {"intersect", &intersect<>}}) {
    rec::attempt("construct " + name,
                 [&, make = make] { made.emplace_back(name, make(select(t1), select(t2))); });
  }
  std::optional<Select<>> method;
  rec::attempt("construct select.union", [&] {
    method = union_(Select<>(select(t1.c("a"))), Select<>(select(t2.c("x"), t2.c("y"))));
  });

  rec::step("compile raises");
  for (const auto& [name, statement] : made) {
    rec::attempt("compile " + name, [&, &statement = statement] { compile(statement); });
  }
  rec::attempt("compile select.union", [&] { compile(*method); });

  rec::step("third element is the odd one");
  Select<> three =
      union_({select(t1.c("a")), select(t1.c("b")), Select<>(select(t2.c("x"), t2.c("y")))});
  rec::attempt("compile three", [&] { compile(three); });

  rec::step("nested in a subquery: still only at compile");
  std::optional<Select<>> outer;
  rec::attempt("subquery of it", [&] {
    From sub = made[0].second.subquery();
    outer = select(sub.c("a"));
  });
  rec::attempt("compile outer", [&] { compile(*outer); });

  rec::step("execute: nothing reaches the database");
  Engine engine = rec::engine();
  {
    Connection conn = engine.connect();
    rec::attempt("execute", [&] { conn.execute(made[0].second); });
  }

  rec::step("ORM");
  std::optional<Select<>> u;
  rec::attempt("construct ORM union",
               [&] { u = union_(Select<>(select<User>()), Select<>(select(&User::id))); });
  {
    Session s(engine);
    rec::attempt("Session.execute", [&] { static_cast<void>(s.execute(*u)); });
  }

  rec::step("matching counts are fine");
  str("union", union_(select(t1.c("a"), t1.c("b")), select(t2.c("x"), t2.c("y"))));
}
