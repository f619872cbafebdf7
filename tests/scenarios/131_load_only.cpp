// SPDX-License-Identifier: MIT
// Which columns are loaded, and attributes that are SQL expressions.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
};

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"first", std::optional<std::string>> first;
  Column<"last", std::optional<std::string>> last;
  Column<"bio", std::optional<std::string>, DeferredGroup<"long">> bio;
  Column<"photo", std::optional<std::string>, DeferredGroup<"long">> photo;
  Column<"other", std::optional<std::string>, Deferred> other;
  ColumnProperty<"fullname",
                 std::optional<std::string>,
                 [](auto self) { return self[&User::first] + " " + self[&User::last]; }>
      fullname;
  ColumnProperty<"naddr",
                 std::int64_t,
                 [](auto self) {
                   return select(func::count(&Address::id))
                       .where(col(&Address::user_id) == self[&User::id])
                       .scalar_subquery();
                 }>
      naddr;
  QueryExpression<"expr", std::optional<std::int64_t>> expr;
};

void deferred(const Engine& engine) {
  rec::step("plain");
  {
    Session s(engine);
    const auto u = s.scalars(select<User>()).one();
    rec::show("fullname, naddr, expr", std::tuple(*u->fullname, *u->naddr, *u->expr));
    rec::step("deferred group");
    rec::show("bio", u->bio);
    rec::show("photo", u->photo);
    rec::show("other", u->other);
  }
  rec::step("load_only");
  {
    Session s(engine);
    const auto u = s.scalars(select<User>().options(load_only(&User::first))).one();
    rec::show("unloaded", inspect(u).unloaded());
    rec::show("last", u->last);
    rec::show("fullname", u->fullname);
  }
  rec::step("load_only with raiseload");
  {
    Session s(engine);
    const auto u =
        s.scalars(select<User>().options(load_only({.raiseload = true}, &User::first))).one();
    rec::attempt("last", [&] { static_cast<void>(*u->last); });
  }
  rec::step("defer");
  {
    Session s(engine);
    static_cast<void>(
        s.scalars(select<User>().options(
                      defer(&User::fullname), defer(&User::naddr), defer(&User::last)))
            .one());
  }
  rec::step("undefer group and one");
  {
    Session s(engine);
    const auto u =
        s.scalars(select<User>().options(undefer_group("long"), undefer(&User::other))).one();
    rec::show("values", std::tuple(*u->bio, *u->photo, *u->other));
  }
}

}  // namespace

AZOTH_SCENARIO("131", "load_only, defer, deferred groups, column_property, query_expression") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Address, User>(made);
    Session s0(made);
    s0.add(make<User>(
        {.id = 1, .first = "ed", .last = "jones", .bio = "b", .photo = "p", .other = "o"}));
    s0.add(make<Address>({.user_id = 1}));
    s0.commit();
    return made;
  });
  deferred(engine);
  rec::step("with_expression");
  {
    Session s(engine);
    const auto u = s.scalars(select<User>().options(with_expression(
                                 &User::expr, col(&User::id) + literal(std::int64_t{10}))))
                       .one();
    rec::show("expr", u->expr);
  }
  rec::step("column properties in criteria and as columns");
  {
    Session s(engine);
    rec::show(
        "rows",
        s.execute(select(&User::fullname).where(col(&User::naddr) > 0).order_by(&User::fullname))
            .all());
  }
  rec::step("after a flush of changes column_property values are expired and read again");
  {
    Session s(engine);
    const auto u = s.get<User>(1);
    u->first = "xx";
    s.flush();
    rec::show("fullname", u->fullname);
    s.expire(u, {"fullname"});
    rec::show("fullname", u->fullname);
  }
}
