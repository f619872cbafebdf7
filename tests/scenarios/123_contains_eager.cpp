// SPDX-License-Identifier: MIT
// contains_eager: relationships filled from joins of the statement itself.
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
  Relationship<"user", User, BackPopulates<"addresses">> user;
  Relationship<"dns", List<Dns>> dns;
};

struct Dns : Entity<Dns, "dns"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"address_id", std::optional<std::int64_t>, ForeignKey<"address.id">> address_id;
};

std::vector<std::string> emails(const ptr<User>& u) {
  std::vector<std::string> out;
  for (auto a : u->addresses) {
    out.push_back(*a->email);
  }
  return out;
}

}  // namespace

AZOTH_SCENARIO("123", "contains_eager: collections filled from an explicit join") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address, Dns>(made);
    Session s0(made);
    s0.add(make<User>({.id = 1,
                       .name = "ed",
                       .addresses = {make<Address>({.email = "a", .dns = {make<Dns>({})}}),
                                     make<Address>({.email = "b"})}}));
    s0.commit();
    return made;
  });
  const auto joined = select<User>().join(&User::addresses);
  const auto filled = joined.options(contains_eager(&User::addresses));
  const auto email = col(&Address::email);
  rec::step("filtered collection");
  {
    Session s(engine);
    auto u = s.scalars(filled.where(email == "a")).unique().one();
    rec::show("addresses", emails(u));
    s.expire(u);
    rec::show("after expire", emails(u));
  }
  rec::step("alias");
  {
    Session s(engine);
    const auto path = col(&User::addresses).of_type(aliased<Address>());
    auto u = s.scalars(select<User>().outerjoin(path).options(contains_eager(path))).unique().one();
    rec::show("addresses", emails(u));
  }
  rec::step("many-to-one");
  {
    Session s(engine);
    std::vector<std::string> names;
    for (const auto& a :
         s.scalars(select<Address>().join(&Address::user).options(contains_eager(&Address::user)))
             .all()) {
      names.push_back(*a->user->name);
    }
    rec::show("users", names);
  }
  rec::step("already loaded: only with populate_existing");
  {
    Session s(engine);
    auto u = s.get<User>(1);
    (void)u->addresses.size();
    const auto stmt = filled.where(email == "b");
    (void)s.scalars(stmt).unique().all();
    rec::show("addresses", emails(u));
    (void)s.scalars(stmt, {.populate_existing = true}).unique().all();
    rec::show("addresses", emails(u));
  }
  rec::step("chained");
  {
    Session s(engine);
    auto u = s.scalars(joined.join(&Address::dns)
                           .options(contains_eager(&User::addresses).contains_eager(&Address::dns)))
                 .unique()
                 .one();
    std::vector<std::int64_t> counts;
    for (auto a : u->addresses) {
      counts.push_back(static_cast<std::int64_t>(a->dns.size()));
    }
    rec::show("dns", counts);
  }
  rec::step("result without unique()");
  {
    Session s(engine);
    rec::attempt("all()", [&] { (void)s.scalars(filled).all(); });
  }
}
