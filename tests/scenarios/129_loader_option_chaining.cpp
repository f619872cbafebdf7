// SPDX-License-Identifier: MIT
// Paths of loader options.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;
struct Dns;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Column<"email", std::string, Nullable> email;
  Column<"note", std::optional<std::string>> note;
  Relationship<"user", User, BackPopulates<"addresses">> user;
  Relationship<"dns", List<Dns>> dns;
};

struct Dns : Entity<Dns, "dns"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"address_id", std::optional<std::int64_t>, ForeignKey<"address.id">> address_id;
};

void run(
    const char* label,
    const Engine& engine,
    const Select<User>& stmt,
    void (*touch)(const ptr<User>&) = [](const ptr<User>&) {}) {
  rec::step(label);
  Session s(engine);
  rec::attempt(
      label,
      [&] {
        auto objects = s.scalars(stmt).unique().all();
        rec::step("   then");
        touch(objects[0]);
      },
      false);
}

}  // namespace

AZOTH_SCENARIO("129", "Loader options: chaining, defaultload, Load(), wildcards, wrong paths") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address, Dns>(made);
    Session s0(made);
    s0.add(make<User>({.id = 1,
                       .name = "ed",
                       .addresses = {make<Address>({.email = "a", .dns = {make<Dns>({})}})}}));
    s0.commit();
    return made;
  });
  run("joinedload + load_only below",
      engine,
      select<User>().options(joinedload(&User::addresses).load_only(&Address::email)));
  run("defaultload: lazy stays lazy, dns joined on its load",
      engine,
      select<User>().options(defaultload(&User::addresses).joinedload(&Address::dns)),
      [](const ptr<User>& u) {
        for (auto a : u->addresses) {
          (void)a->dns.size();
        }
      });
  run("options()",
      engine,
      select<User>().options(selectinload(&User::addresses)
                                 .options(load_only(&Address::email), joinedload(&Address::dns))));
  run("Load(User)",
      engine,
      select<User>().options(Load<User>().load_only(&User::name).joinedload(&User::addresses)));
  const auto ua = aliased<User>();
  run("alias", engine, select(ua).options(joinedload(ua[&User::addresses])));
  run("wildcard under a path",
      engine,
      select<User>().options(joinedload(&User::addresses).lazyload("*")));
  rec::step("two entities, one option");
  {
    Session s(engine);
    (void)s
        .execute(select<User, Address>().join(&User::addresses).options(joinedload(&Address::dns)))
        .unique()
        .all();
  }
  rec::step("wrong paths");
  run("option of another entity", engine, select<User>().options(joinedload(&Address::dns)));
}
