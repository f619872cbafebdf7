// SPDX-License-Identifier: MIT
// INSERT of many rows of mapped classes by a session: sets by names of attributes, and what comes
// back.
#include <azoth/orm.hpp>

#include <fmt/format.h>

using namespace azoth;

namespace {

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>, ColumnName<"user_name">> name;
  Column<"nick", std::optional<std::string>, Default<"none">> nick;

  std::string repr() const { return "User(" + std::to_string(*id) + ", " + **name + ")"; }
};

struct Employee
    : Entity<Employee, "employee", PolymorphicOn<"type">, PolymorphicIdentity<"employee">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Column<"type", std::optional<std::string>> type;
};

struct Manager : Entity<Manager, "manager", Inherits<Employee>, PolymorphicIdentity<"manager">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"employee.id">> id;
  Column<"budget", std::optional<std::int64_t>> budget;
};

void insert_rows(Session& s, const ParamsList& rows) {
  rec::step("plain");
  rec::attempt("insert", [&] {
    s.execute(insert<User>(), rows);
    rec::show("rows in the session", s.identity_map().size());
  });
  rec::step("one dict");
  rec::attempt("insert", [&] { s.execute(insert<User>(), ParamsList{{{"name", "single"}}}); });
  rec::step("values()");
  rec::attempt("insert", [&] {
    const auto result = s.execute(insert<User>().values({{&User::name, "v"}}));
    rec::show("inserted_primary_key", rec::Values{result.inserted_primary_key()});
  });
  rec::step("heterogeneous keys");
  rec::attempt("insert", [&] {
    s.execute(insert<User>(),
              ParamsList{{{"name", "x"}},
                         {{"name", "y"}, {"nick", "yy"}},
                         {{"name", "z"}, {"nick", std::nullopt}},
                         {{"name", "w"}}});
  });
  rec::show("nicks",
            s.execute(select(&User::name, &User::nick).order_by(desc(&User::id)).limit(4)).all());
  rec::step("unknown key");
  rec::attempt("insert", [&] { s.execute(insert<User>(), ParamsList{{{"nope", 1}}}); });
  rec::step("empty list");
  rec::attempt("insert", [&] { s.execute(insert<User>(), ParamsList{}); });
}

void insert_returning(Session& s, const ParamsList& rows) {
  rec::step("returning(User)");
  const auto objects = s.scalars(insert<User>().returning<User>(), rows).all();
  rec::show("objects", objects);
  rec::show("in session", s.contains(objects[0]));
  rec::step("returning columns, sorted");
  rec::show("rows",
            s.execute(insert<User>().returning(&User::id, &User::name),
                      rows,
                      {.sort_by_parameter_order = true})
                .all());
  const ParamsList nulls{{{"name", "n1"}, {"nick", std::nullopt}},
                         {{"name", std::nullopt}, {"nick", "q"}}};
  rec::step("render_nulls");
  s.execute(insert<User>(), nulls, {.render_nulls = true});
  rec::step("without render_nulls");
  s.execute(insert<User>(), nulls);
  rec::step("dml_strategy raw");
  s.execute(insert<User>(), ParamsList{{{"user_name", "raw"}}}, {.is_raw = true});
}

}  // namespace

AZOTH_SCENARIO("144", "ORM bulk insert: session.execute(insert(User), [..])") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Employee, Manager>(made);
    return made;
  });
  Session s(engine);
  const ParamsList rows{{{"name", "a"}}, {{"name", "b"}}, {{"name", "c"}}};
  insert_rows(s, rows);
  insert_returning(s, rows);
  rec::step("joined inheritance");
  s.execute(insert<Manager>(),
            ParamsList{{{"name", "m1"}, {"budget", 1}}, {{"name", "m2"}, {"budget", 2}}});
  const auto managers =
      s.scalars(insert<Manager>().returning<Manager>(), ParamsList{{{"name", "m3"}, {"budget", 3}}})
          .all();
  rec::show(
      "manager",
      std::tuple(managers[0]->name.get(), managers[0]->budget.get(), managers[0]->type.get()));
}
