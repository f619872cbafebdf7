// SPDX-License-Identifier: MIT
// The Query of 1.x.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;

struct User : Entity<User, "users"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
  Relationship<"addresses", List<Address>> addresses;

  std::string repr() const { return "User(" + *name + ")"; }
};

struct Address : Entity<Address, "addresses"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"users.id">> user_id;
  Column<"email", std::string, Nullable> email;
};

void basic(const Query<User>& q) {
  const auto id = col(&User::id);
  rec::step("basic");
  rec::show("all", q.order_by(id).all());
  rec::show("first", q.order_by(desc(id)).first());
  rec::show("first of none", q.filter(id == 9).first());
  rec::show("filter_by", q.filter_by({{"name", "b"}}).all());
  rec::show("filter_by after join", q.join(&User::addresses).filter_by({{"email", "a@x"}}).all());
  rec::show("slice", q.order_by(id)(1, 3));
  rec::show("index", q.order_by(id)[1]);
  rec::show("limit offset", q.order_by(id).limit(1).offset(2).all());
}

void columns(Session& s, const Query<User>& q) {
  const auto id = col(&User::id);
  rec::step("count and exists");
  rec::show("count", q.filter(id > 1).count());
  rec::show("count of a limit", q.limit(2).count());
  rec::show("exists", s.query(q.filter(id == 1).exists()).scalar());
  rec::show("func.count", s.query(func::count(&User::id)).scalar());
  rec::step("columns");
  rec::show("columns", s.query(id, col(&User::name).label("n")).order_by("n").all());
  rec::show("with_entities", q.with_entities(&User::name).order_by(id).all());
  rec::show("distinct", s.query(&User::name).distinct().order_by(&User::name).all());
  rec::show("add_columns", q.add_columns(id).order_by(id).all());
}

}  // namespace

AZOTH_SCENARIO("179", "The Query API: labels, slices, first, count, exists") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    Session s0(made);
    for (const std::string n : {"a", "b", "c"}) {
      s0.add(make<User>({.name = n, .addresses = {make<Address>({.email = n + "@x"})}}));
    }
    s0.commit();
    return made;
  });
  Session s(engine);
  const auto q = s.query<User>();
  const auto id = col(&User::id);
  basic(q);
  columns(s, q);
  rec::step("subquery");
  const auto user_id = col(&Address::user_id);
  const auto sub = s.query(user_id, func::count().label("n")).group_by(user_id).subquery();
  rec::show("rows",
            s.query(col(&User::name), sub.c<std::int64_t>("n"))
                .join(sub, sub.c<std::int64_t>("user_id") == id)
                .order_by(id)
                .all());
  rec::step("string of the query");
  rec::note(q.filter(col(&User::name) == "x").order_by(id).limit(3).str());
  rec::step("later criteria on limited query");
  rec::attempt("filter after limit", [&] { (void)q.limit(1).filter(id == 1); });
  rec::step("from an alias");
  const auto ua = aliased<User>();
  rec::show("rows", s.query(ua).filter(ua[&User::name] == "c").all());
  rec::step("delete and update");
  rec::show("update", s.query<Address>().filter(col(&Address::id) == 1).update({{"email", "new"}}));
  rec::show("delete", s.query<Address>().filter(col(&Address::id) > 1).delete_());
  s.rollback();
}
