// SPDX-License-Identifier: MIT
// Ways to map a class: to a Table that the program declares, with mixins, and on its own.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

namespace imperative {

MetaData& meta() {
  static auto& metadata = *new MetaData;
  return metadata;
}

const Table& user_t() {
  static const Table table("user",
                           meta(),
                           {Column("id", types::Integer(), {.primary_key = true}),
                            Column("user_name", types::String())});
  return table;
}

const Table& addr_t() {
  static const Table table("address",
                           meta(),
                           {Column("id", types::Integer(), {.primary_key = true}),
                            Column("user_id", types::Integer(), {.foreign_key = "user.id"})});
  return table;
}

struct Address;

struct User : Entity<User, "user", InMetaData<&meta>, MapsTable<&user_t>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>, ColumnName<"user_name">> name;
  Relationship<"addresses", List<Address>> addresses;
};

struct Address : Entity<Address, "address", InMetaData<&meta>, MapsTable<&addr_t>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>> user_id;
};

}  // namespace imperative

namespace mixins {

MetaData& meta() {
  static auto& metadata = *new MetaData;
  return metadata;
}

struct Owner;

template <class D>
struct Timestamp {
  MixinColumn<D, "created", std::optional<std::string>> created;
  MixinColumn<D, "owner_id", std::optional<std::int64_t>, Words::ForeignKey<"owner.id">> owner_id;
  MixinRelationship<D, "owner", Owner> owner;
};

template <class D, orm::Name Table>
struct WithId : Entity<D, Table, InMetaData<&meta>> {
  AbstractColumn<D, "id", std::int64_t, Words::PrimaryKey> id;
};

struct Owner : WithId<Owner, "owner"> {};

struct Doc : WithId<Doc, "doc">, Timestamp<Doc> {
  Column<"title", std::string> title;
  Column<"part", std::optional<std::int64_t>> part;

  static TableArgs table_args() {
    return {.constraints = {UniqueConstraint({"title", "part"})},
            .indexes = {Index{"ix_doc_part", {"part"}}},
            .options = {.dialect_options = {{"sqlite_autoincrement", false}}}};
  }
};

}  // namespace mixins

struct Pet;

struct Person : Entity<Person, "person"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Length<50>> name;
  Column<"nick", std::optional<std::string>, Length<50>> nick;
  Column<"born", Date> born;
  Column<"rate", Decimal> rate;
  Column<"score", double> score;
  Column<"data", std::vector<std::byte>> data;
  Column<"active", bool, Default<true>> active;
  Relationship<"pets", List<Pet>, BackPopulates<"person">> pets;
};

struct Pet : Entity<Pet, "pet"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"person_id", std::optional<std::int64_t>, ForeignKey<"person.id">> person_id;
  Relationship<"person", Person, BackPopulates<"pets">> person;
};

struct Car : Entity<Car, "car"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"model", std::string> model;
  Column<"doors", std::int64_t, Default<4>> doors;

  std::string repr() const {
    return "Car(model='" + *model + "', doors=" + std::to_string(*doors) + ")";
  }
};

}  // namespace

AZOTH_SCENARIO("182", "Mapping styles: imperative, mixins, abstract bases, 2.0 annotated") {
  Engine engine = rec::engine();
  rec::step("imperative");
  {
    const rec::QuietTx silence;
    static_cast<void>(imperative::user_t());
    static_cast<void>(imperative::addr_t());
    create_all(imperative::meta(), engine);
    Session s(engine);
    const auto u = make<imperative::User>({.name = "ed"});
    u->addresses.push_back(make<imperative::Address>({}));
    s.add(u);
    s.flush();
    rec::show("name", s.scalars(select<imperative::User>()).one()->name);
  }
  rec::step("mixin and abstract base");
  {
    const rec::QuietTx silence;
    create_all<mixins::Owner, mixins::Doc>(engine);
    Session s(engine);
    static_cast<void>(s.execute(select<mixins::Doc>().join(&mixins::Doc::owner)).all());
  }
  rec::step("2.0 annotated");
  {
    const rec::QuietTx silence;
    create_all<Person, Pet>(engine);
  }
  rec::step("dataclass");
  rec::note(make<Car>({.model = "m"})->repr());
  const rec::QuietTx silence;
  create_all<Car>(engine);
  Session s(engine);
  s.add(make<Car>({.model = "m", .doors = 2}));
  s.flush();
}
