// SPDX-License-Identifier: MIT
// selectinload: which second SELECT is emitted, and when none.
#include <azoth/engine/events.hpp>
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;
struct Group;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">, OrderBy<"email">> addresses;
  Relationship<"groups", List<Group>, Secondary<"user_group">, OrderBy<"name">> groups;
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

using Shown = std::vector<std::tuple<std::string, std::vector<std::string>>>;

template <class L, class F>
std::vector<std::string> each(const L& list, F name) {
  std::vector<std::string> names;
  for (auto item : list) {
    names.push_back(name(item));
  }
  return names;
}

Shown addresses(const std::vector<ptr<User>>& users) {
  Shown shown;
  for (const auto& u : users) {
    shown.emplace_back(*u->name, each(u->addresses, [](auto& a) { return *a->email; }));
  }
  return shown;
}

void add_rows(Engine& engine) {
  Session s0(engine);
  auto g1 = make<Group>({.name = "g1"}), g2 = make<Group>({.name = "g2"});
  s0.add_all(
      {make<User>({.id = 1,
                   .name = "ed",
                   .addresses = {make<Address>({.email = "b"}), make<Address>({.email = "a"})},
                   .groups = {g1, g2}}),
       make<User>({.id = 2, .name = "wendy", .groups = {g1}})});
  s0.add(make<Address>({.email = "orphan"}));
  s0.add(make<User>({.id = 3, .name = "fred", .addresses = {make<Address>({.email = "f"})}}));
  s0.commit();
}

void chunks(Engine& engine) {
  rec::step("chunks of 500");
  rec::quiet([&] {
    Session s(engine);
    for (int i = 0; i < 600; ++i) {
      s.add(make<User>({.name = "n"}));
    }
    s.commit();
  });
  Session s(engine);
  std::vector<std::int64_t> counts;
  event::listen(
      engine, event::before_cursor_execute, [&](Connection&, const CursorExecution& execution) {
        counts.push_back(static_cast<std::int64_t>(
            execution.parameters.empty() ? 0 : execution.parameters.front().size()));
      });
  rec::quiet(
      [&] { (void)s.scalars(select<User>().options(selectinload(&User::addresses))).all(); });
  rec::show("parameters per statement", counts);
}

}  // namespace

AZOTH_SCENARIO("121", "selectinload: a second SELECT .. IN") {
  const Table user_group(
      "user_group",
      default_metadata(),
      {Column("user_id", types::Integer(), {.foreign_key = ForeignKey("user.id")}),
       Column("group_id", types::Integer(), {.foreign_key = ForeignKey("grp.id")})});
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address, Group>(made);
    add_rows(made);
    return made;
  });
  const auto with_addresses = select<User>().options(selectinload(&User::addresses));
  const auto with_user =
      select<Address>().options(selectinload(&Address::user)).order_by(&Address::id);
  rec::step("one-to-many");
  {
    Session s(engine);
    rec::show("result", addresses(s.scalars(with_addresses.order_by(&User::id)).all()));
  }
  rec::step("many-to-many");
  {
    Session s(engine);
    auto stmt = select<User>().options(selectinload(&User::groups)).order_by(&User::id);
    Shown shown;
    for (const auto& u : s.scalars(stmt).all()) {
      shown.emplace_back(*u->name, each(u->groups, [](auto& g) { return *g->name; }));
    }
    rec::show("result", shown);
  }
  rec::step("many-to-one");
  {
    Session s(engine);
    std::vector<std::tuple<std::string, std::optional<std::string>>> shown;
    for (const auto& a : s.scalars(with_user).all()) {
      shown.emplace_back(*a->email, a->user ? std::optional(*a->user->name) : std::nullopt);
    }
    rec::show("result", shown);
  }
  rec::step("many-to-one, one target already in the session");
  {
    Session s(engine);
    auto ed = s.get<User>(1);
    (void)s.scalars(with_user).all();
  }
  rec::step("no parents: no second SELECT");
  {
    Session s(engine);
    (void)s.scalars(with_addresses.where(col(&User::id) == 77)).all();
  }
  rec::step("collection already loaded on one parent");
  {
    Session s(engine);
    auto ed = s.get<User>(1);
    (void)ed->addresses.size();
    (void)s.scalars(with_addresses.where(col(&User::id).in({1, 2}))).all();
  }
  rec::step("with LIMIT");
  {
    Session s(engine);
    rec::show("result",
              addresses(s.scalars(with_addresses.order_by(desc(&User::id)).limit(2)).all()));
  }
  chunks(engine);
}
