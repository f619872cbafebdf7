// SPDX-License-Identifier: MIT
// joinedload of a list under LIMIT, DISTINCT and GROUP BY.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">, OrderBy<"id">> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

template <class E>
void run(const char* label, const Engine& engine, const Select<E>& stmt) {
  rec::step(label);
  Session s(engine);
  std::vector<std::tuple<std::string, std::int64_t>> shown;
  for (const auto& object : s.scalars(stmt).unique().all()) {
    shown.emplace_back(E::mapper().class_name, *object->id);
  }
  rec::show("result", shown);
}

}  // namespace

AZOTH_SCENARIO("126", "joinedload with LIMIT: the query is wrapped in a subquery") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    Session s0(made);
    for (int i : {1, 2, 3}) {
      s0.add(make<User>({.id = i,
                         .name = "u" + std::to_string(9 - i),
                         .addresses = {make<Address>({}), make<Address>({})}}));
    }
    s0.commit();
    return made;
  });
  const auto eager = select<User>().options(joinedload(&User::addresses));
  const auto name = col(&User::name);
  run("limit", engine, eager.limit(2));
  run("limit with order by", engine, eager.order_by(name).limit(2));
  run("order by an expression",
      engine,
      eager.order_by(desc(name), col(&User::id) + 1).limit(2).offset(1));
  run("where", engine, eager.where(name != "u8").limit(1));
  run("distinct", engine, eager.distinct());
  run("many-to-one: not wrapped",
      engine,
      select<Address>().options(joinedload(&Address::user)).order_by(&Address::id).limit(2));
  run("joined to another table and limit",
      engine,
      eager.join(&User::addresses).where(col(&Address::id) > 1).order_by(&User::id).limit(2));
  rec::step("group by is wrapped too");
  {
    Session s(engine);
    (void)s.scalars(eager.group_by(&User::id)).unique().all();
  }
  rec::step("extra column");
  {
    Session s(engine);
    auto stmt = select(entity<User>(), col(&User::name).label("n"))
                    .options(joinedload(&User::addresses))
                    .order_by("n")
                    .limit(1);
    std::vector<std::tuple<std::int64_t, std::string>> shown;
    for (const auto& [u, n] : s.execute(stmt).unique().all()) {
      shown.emplace_back(*u->id, n);
    }
    rec::show("row", shown);
  }
}
