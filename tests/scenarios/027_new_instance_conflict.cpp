// SPDX-License-Identifier: MIT
// Two objects with one key: the session warns, the database refuses.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct Product : Entity<Product, "product"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
};
}  // namespace

AZOTH_SCENARIO("027",
               "A new object with the identity of a present one: a warning, then the database's "
               "IntegrityError") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Product>(made);
    return made;
  });
  rec::step("both in one session");
  {
    Session s(engine);
    auto p1 = make<Product>({.id = 1});
    s.add(p1);
    s.flush();
    auto p2 = make<Product>({.id = 1, .name = "second"});
    s.add(p2);
    rec::attempt("commit", [&] { s.commit(); });
    rec::step("after the failure");
    rec::attempt("use without rollback", [&] { static_cast<void>(s.get<Product>(5)); });
    s.rollback();
    rec::show("p1 in session", s.contains(p1));
    rec::show("p2 in session", s.contains(p2));
  }
  rec::step("identity not present in the session: IntegrityError only");
  {
    const rec::Quiet silence;
    Session s(engine);
    s.add(make<Product>({.id = 1}));
    s.commit();
  }
  {
    Session s(engine);
    s.add(make<Product>({.id = 1}));
    rec::attempt("commit", [&] { s.commit(); });
  }
  rec::step("two new ones with one key in a single flush");
  {
    Session s(engine);
    s.add_all({make<Product>({.id = 7, .name = "a"}), make<Product>({.id = 7, .name = "b"})});
    rec::attempt("flush", [&] { s.flush(); });
  }
  rec::step("warning turned into an error");
  Session s(engine);
  auto p = s.get<Product>(1);
  s.add(make<Product>({.id = 1}));
  const WarningFilter filter(WarningAction::error, WarningCategory::sa_warning);
  rec::attempt("flush", [&] { s.flush(); });
}
