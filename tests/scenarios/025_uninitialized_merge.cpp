// SPDX-License-Identifier: MIT
// merge() copies what an object was given, not what was merely read of it.
#include <azoth/orm.hpp>

#include <algorithm>

using namespace azoth;

namespace {
struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"addresses", List<Address>, OrderBy<"id">> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
};

void merged(const Engine& engine, std::string_view label, const ptr<User>& u) {
  rec::step(label);
  Session s(engine);
  auto m = s.merge(u);
  const auto dirty = s.dirty();
  rec::show("dirty", std::find(dirty.begin(), dirty.end(), m) != dirty.end());
  s.commit();
  std::vector<std::int64_t> ids;
  for (auto a : m->addresses) {
    ids.push_back(*a->id);
  }
  rec::show("addresses", ids);
}
}  // namespace

AZOTH_SCENARIO("025",
               "merge() of an object whose collection was only read leaves the database "
               "collection alone") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    Session s(made);
    for (int i : {1, 2, 3, 4}) {
      s.add(make<User>(
          {.id = i,
           .addresses = {make<Address>({.id = i * 10}), make<Address>({.id = i * 10 + 1})}}));
    }
    s.commit();
    return made;
  });
  merged(engine, "u1: untouched", make<User>({.id = 1}));

  auto u2 = make<User>({.id = 2});
  static_cast<void>(u2->addresses.size());
  merged(engine, "u2: collection read", u2);

  auto u3 = make<User>({.id = 3});
  u3->addresses = {};
  merged(engine, "u3: collection assigned empty", u3);

  auto u4 = make<User>({.id = 4});
  u4->addresses.push_back(make<Address>({.id = 41}));
  merged(engine, "u4: one address kept", u4);

  rec::step("what is left");
  Session s(engine);
  rec::show("rows",
            s.execute(select(&Address::id, &Address::user_id).order_by(&Address::id)).all());
}
