// SPDX-License-Identifier: MIT
// Entities together with columns and expressions in one row.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
  Relationship<"addresses", List<Address>> addresses;

  std::string repr() const { return "User(" + *name + ")"; }
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;

  std::string repr() const { return "Address(" + std::to_string(*id) + ")"; }
};

void chosen_columns(Session& s) {
  rec::step("scalars(index), columns(), mappings()");
  const Select<> both = select(&User::id, &User::name).order_by(&User::id);
  rec::show("scalars(1)", s.execute(both).scalars(1).all());
  rec::show("scalars('name')", s.execute(both).scalars("name").all());
  rec::show("columns", s.execute(both).columns({"name", "id"}).all());
  std::vector<rec::Notation> mappings;
  auto result = s.execute(select(&User::id, entity<User>()).order_by(&User::id));
  for (const auto& [id, user] : result) {
    const auto keys = result.keys();
    mappings.push_back({"{" + rec::quoted(keys[0]) + ": " + rec::fmt(id) + ", " +
                        rec::quoted(keys[1]) + ": " + rec::fmt(user) + "}"});
  }
  rec::show("mappings", mappings);
}

}  // namespace

AZOTH_SCENARIO("169", "Selecting entities together with columns and expressions") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    Session s0(made);
    s0.add_all(
        {make<User>({.name = "ed", .addresses = {make<Address>({})}}), make<User>({.name = "jo"})});
    s0.commit();
    return made;
  });
  Session s(engine);
  const auto id = col(&User::id);
  const auto name = col(&User::name);
  rec::step("entity and column");
  rec::show("rows", s.execute(select(entity<User>(), name).order_by(id)).all());
  rec::step("outer join: missing entity is None");
  rec::show("rows",
            s.execute(select<User, Address>().outerjoin(&User::addresses).order_by(id)).all());
  rec::step("entity and its alias");
  const auto ua = aliased<User>();
  rec::show("rows", s.execute(select(entity<User>(), ua).where(id < ua[&User::id])).all());
  rec::step("expressions");
  const auto stmt = select(id,
                           literal(5).label("five"),
                           Any(sql::null()).label("nix"),
                           literal("x"),
                           func::length(name));
  rec::show("rows", s.execute(stmt.order_by(id)).all());
  rec::step("add_columns, with_only_columns");
  const auto base = select(id).where(name == "ed");
  rec::show("rows", s.execute(base.add_columns(Any(name.node()))).all());
  rec::show("rows", s.execute(base.with_only_columns(func::count())).all());
  chosen_columns(s);
  rec::step("column of the related table without join");
  (void)s.execute(select(name, &Address::id).where(id == col(&Address::user_id))).all();
  rec::step("column_descriptions");
  std::vector<std::optional<std::string>> names;
  for (const ColumnDescription& column :
       column_descriptions(select(entity<User>(), name, ua, func::count(id)))) {
    names.push_back(column.name);
  }
  rec::show("names", names);
}
