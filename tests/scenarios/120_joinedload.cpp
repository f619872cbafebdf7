// SPDX-License-Identifier: MIT
// joinedload: the LEFT OUTER JOIN and what it fills.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;
struct Group;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">, OrderBy<"email">> addresses;
  Relationship<"groups", List<Group>, Secondary<"user_group">, OrderBy<"name desc">> groups;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Column<"email", std::string, Nullable> email;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

struct Group : Entity<Group, "grp"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
};

using Names = std::vector<std::string>;

Names emails(const ptr<User>& u) {
  Names names;
  for (auto a : u->addresses) {
    names.push_back(*a->email);
  }
  return names;
}

Names groups(const ptr<User>& u) {
  Names names;
  for (auto g : u->groups) {
    names.push_back(*g->name);
  }
  return names;
}

template <class... F>
auto shown(const std::vector<ptr<User>>& users, F... lists) {
  std::vector<decltype(std::tuple(std::string(), lists(users[0])...))> out;
  for (const auto& u : users) {
    out.emplace_back(*u->name, lists(u)...);
  }
  return out;
}

}  // namespace

AZOTH_SCENARIO("120", "joinedload: the LEFT OUTER JOIN and its result") {
  const Table user_group(
      "user_group",
      default_metadata(),
      {Column("user_id", types::Integer(), {.foreign_key = ForeignKey("user.id")}),
       Column("group_id", types::Integer(), {.foreign_key = ForeignKey("grp.id")})});
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address, Group>(made);
    Session s0(made);
    auto g1 = make<Group>({.name = "g1"}), g2 = make<Group>({.name = "g2"});
    s0.add_all(
        {make<User>({.id = 1,
                     .name = "ed",
                     .addresses = {make<Address>({.email = "b"}), make<Address>({.email = "a"})},
                     .groups = {g1, g2}}),
         make<User>({.id = 2, .name = "wendy", .groups = {g1}})});
    s0.commit();
    return made;
  });
  rec::step("one-to-many");
  {
    Session s(engine);
    auto users = s.scalars(select<User>().options(joinedload(&User::addresses)).order_by(&User::id))
                     .unique()
                     .all();
    rec::show("result", shown(users, emails));
    rec::show("many-to-one side comes from the identity map",
              users[0]->addresses[0]->user == users[0]);
  }
  rec::step("many-to-one");
  {
    Session s(engine);
    std::vector<std::tuple<std::string, std::string>> out;
    for (const auto& a :
         s.scalars(select<Address>().options(joinedload(&Address::user)).order_by(&Address::id))
             .all()) {
      out.emplace_back(*a->email, *a->user->name);
    }
    rec::show("result", out);
  }
  rec::step("many-to-many");
  {
    Session s(engine);
    rec::show("result",
              shown(s.scalars(select<User>().options(joinedload(&User::groups)).order_by(&User::id))
                        .unique()
                        .all(),
                    groups));
  }
  rec::step("two collections");
  {
    Session s(engine);
    rec::show("result",
              shown(s.scalars(select<User>()
                                  .options(joinedload(&User::groups), joinedload(&User::addresses))
                                  .order_by(&User::id))
                        .unique()
                        .all(),
                    groups,
                    emails));
  }
  rec::step("criteria and explicit join do not touch the eager alias");
  {
    Session s(engine);
    auto stmt = select<User>()
                    .join(&User::addresses)
                    .where(col(&Address::email) == "a")
                    .options(joinedload(&User::addresses));
    rec::show("all addresses are there", emails(s.scalars(stmt).unique().one()));
  }
  rec::step("legacy Query needs no unique()");
  {
    Session s(engine);
    rec::show(
        "result",
        shown(s.query<User>().options(joinedload(&User::addresses)).order_by(&User::name).all(),
              emails));
  }
}
