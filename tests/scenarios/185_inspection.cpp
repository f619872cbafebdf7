// SPDX-License-Identifier: MIT
// What classes and objects tell about themselves.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>, ColumnName<"user_name">> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

template <class Columns>
std::vector<std::string> column_names(const Columns& columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) {
    if constexpr (requires { column.second; }) {
      names.push_back(column_name(Any(column.second)));
    } else {
      names.push_back(column_name(column));
    }
  }
  return names;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

void show_mapper() {
  const MapperInspection m = inspect<User>();
  rec::step("mapper");
  rec::show("class", rec::Notation{"class(" + m.class_name() + ")"});
  rec::show("table", m.local_table().name());
  rec::show("columns", column_names(m.columns()));
  rec::show("column attribute keys", sorted(m.column_attrs()));
  rec::show("primary key", column_names(m.primary_key()));
  std::vector<std::string> relationships;
  for (const RelationshipProperty& r : m.relationships()) {
    relationships.push_back(r.key());
  }
  rec::show("relationships", relationships);
  const RelationshipProperty r = m.relationship("addresses");
  rec::show("direction", std::string(direction_name(r.direction())));
  rec::show("uselist", r.uselist());
  rec::show("local columns", sorted(column_names(r.local_columns())));
  rec::show("remote side", sorted(column_names(r.remote_side())));
  rec::show("target", rec::Notation{"class(" + r.mapper().class_name() + ")"});
  rec::show("back",
            std::string(direction_name(inspect<Address>().relationship("user").direction())));
  const Table table = inspect<User>().local_table();
  rec::show("attribute of a column", m.get_property_by_column(table.c("name")));
  rec::show("column name of an attribute", column_name(Any(col(&User::name).node())));
  rec::str("attribute as SQL", col(&User::name) == "x");
}

}  // namespace

AZOTH_SCENARIO("185", "inspect() of mappers and instances") {
  show_mapper();
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    return made;
  });
  rec::step("instance");
  const auto u = make<User>({.id = 1, .name = "ed"});
  const InstanceState i = inspect(u);
  const auto identity = [&] {
    return i.identity().empty() ? rec::Notation{"null"}
                                : rec::Notation{rec::fmt(rec::Values{i.identity()})};
  };
  rec::show("identity before", identity());
  rec::show("value, loaded_value of name",
            std::pair(*u->name, i.loaded_value(&User::name).value()));
  rec::show("addresses loaded_value", i.is_loaded("addresses") ? "loaded" : "NO_VALUE");
  {
    Session s(engine);
    s.add(u);
    s.flush();
    rec::show("identity", identity());
    rec::show("session", i.session() == &s);
    rec::show("object_session", object_session(u) == &s);
    rec::show("unloaded", i.unloaded());
  }
  rec::show("session after close", rec::Notation{i.session() ? "open" : "null"});
}
