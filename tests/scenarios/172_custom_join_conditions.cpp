// SPDX-License-Identifier: MIT
// Relationships whose conditions the classes state themselves, and what is wrong with some.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"city", std::optional<std::string>> city;
  Relationship<"addresses", List<Address>, BackPopulates<"user">> addresses;
  Relationship<"boston", List<Address>, ViewOnly> boston;
  Relationship<"neighbours", List<User>, ViewOnly> neighbours;

  static void configure(Mapping<User>& mapping);
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Column<"city", std::optional<std::string>> city;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

void User::configure(Mapping<User>& mapping) {
  mapping.relationship(&User::boston)
      .primaryjoin(col(&User::id) == col(&Address::user_id) && col(&Address::city) == "Boston")
      .order_by(desc(&Address::id));
  mapping.relationship(&User::neighbours).primaryjoin(foreign(&User::city) == remote(&User::city));
}

struct Item;

struct Order : Entity<Order, "orders"> {
  Column<"a", std::int64_t, PrimaryKey> a;
  Column<"b", std::int64_t, PrimaryKey> b;
  Relationship<"items", List<Item>, OrderBy<"Item.id">> items;
};

struct Item : Entity<Item, "item"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"order_a", std::optional<std::int64_t>> order_a;
  Column<"order_b", std::optional<std::int64_t>> order_b;
  Relationship<"users", List<User>, Secondary<"address">, ViewOnly> users;

  static TableArgs table_args() {
    return {
        .constraints = {ForeignKeyConstraint({"order_a", "order_b"}, {"orders.a", "orders.b"})}};
  }

  static void configure(Mapping<Item>& mapping) {
    mapping.relationship(&Item::users)
        .primaryjoin(col(&Item::id) == foreign(&Address::id))
        .secondaryjoin(col(&User::id) == foreign(&Address::user_id));
  }
};

// Each pair of wrong classes has tables of its own.
template <int Pair>
MetaData& apart() {
  static auto& metadata = *new MetaData;
  return metadata;
}

namespace no_key {
struct C;

struct P : Entity<P, "p", InMetaData<&apart<1>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"cs", List<C>> cs;
};

struct C : Entity<C, "c", InMetaData<&apart<1>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
};
}  // namespace no_key

namespace two_keys {
struct C;

struct P : Entity<P, "p", InMetaData<&apart<2>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"cs", List<C>> cs;
};

struct C : Entity<C, "c", InMetaData<&apart<2>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"a", std::int64_t, ForeignKey<"p.id">> a;
  Column<"b", std::int64_t, ForeignKey<"p.id">> b;
};
}  // namespace two_keys

namespace no_other_side {
struct C;

struct P : Entity<P, "p", InMetaData<&apart<3>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"cs", List<C>, BackPopulates<"nope">> cs;
};

struct C : Entity<C, "c", InMetaData<&apart<3>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"p_id", std::int64_t, ForeignKey<"p.id">> p_id;
};
}  // namespace no_other_side

namespace two_sides {
struct C;

struct P : Entity<P, "p", InMetaData<&apart<4>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"cs", List<C>> cs;
};

struct C : Entity<C, "c", InMetaData<&apart<4>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"p_id", std::int64_t, ForeignKey<"p.id">> p_id;
  Relationship<"p", P> p;
};
}  // namespace two_sides

namespace no_equality {
struct C;

struct P : Entity<P, "p", InMetaData<&apart<5>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"cs", List<C>> cs;

  static void configure(Mapping<P>& mapping);
};

struct C : Entity<C, "c", InMetaData<&apart<5>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"p_id", std::int64_t, ForeignKey<"p.id">> p_id;
};

void P::configure(Mapping<P>& mapping) {
  mapping.relationship(&P::cs).primaryjoin(col(&P::id) > col(&C::p_id));
}
}  // namespace no_equality

template <class P>
void broken(std::string_view label) {
  rec::attempt(label, [] { static_cast<void>(inspect<P>()); });
}

template <class T>
std::vector<std::int64_t> ids(const T& objects) {
  std::vector<std::int64_t> out;
  for (const auto& object : objects) {
    out.push_back(*object->id);
  }
  return out;
}

void load(Session& s) {
  auto u = s.get<User>(1);
  rec::step("filtered");
  rec::show("boston", ids(u->boston));
  static_cast<void>(s.execute(select(&User::id).join(&User::boston)).all());
  s.expunge_all();
  static_cast<void>(s.scalars(select<User>().options(joinedload(&User::boston))).unique().all());
  rec::step("not foreign key based");
  u = s.get<User>(1);
  auto neighbours = ids(u->neighbours);
  std::sort(neighbours.begin(), neighbours.end());
  rec::show("neighbours", neighbours);
  rec::step("composite");
  auto o = s.get<Order>(1, 2);
  rec::show("items", ids(o->items));
  o->items.erase(o->items[1]);
  s.flush();
  static_cast<void>(s.execute(select(&Order::a).join(&Order::items)).all());
  rec::step("a mapped table as secondary");
  rec::show("users", ids(s.get<Item>(1)->users));
  s.rollback();
}

}  // namespace

AZOTH_SCENARIO("172",
               "Custom primaryjoin, foreign_keys, viewonly, composite keys, order_by, secondary "
               "joins") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address, Order, Item>(made);
    Session s0(made);
    s0.add(make<User>({.id = 1,
                       .city = "B",
                       .addresses = {make<Address>({.id = 1, .city = "Boston"}),
                                     make<Address>({.id = 2, .city = "Rome"}),
                                     make<Address>({.id = 3, .city = "Boston"})}}));
    s0.add(make<User>({.id = 2, .city = "B"}));
    s0.add(make<Order>({.a = 1, .b = 2, .items = {make<Item>({.id = 1}), make<Item>({.id = 2})}}));
    s0.commit();
    return made;
  });
  Session s(engine);
  load(s);
  s.close();
  rec::step("configuration errors");
  broken<no_key::P>("no foreign key");
  broken<two_keys::P>("two foreign keys");
  broken<no_other_side::P>("back_populates to nothing");
  broken<two_sides::P>("both sides without back_populates");
  broken<no_equality::P>("no equality");
}
