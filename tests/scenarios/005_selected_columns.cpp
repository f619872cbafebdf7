// SPDX-License-Identifier: MIT
// The columns of the columns clause, used in the statement itself.
#include <azoth/orm.hpp>

using namespace azoth;
using rec::str;

namespace {

struct Item : Entity<Item, "item"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"title_col", std::optional<std::string>> title;
};

}  // namespace

AZOTH_SCENARIO("005", "selected_columns refers to the columns in the columns clause") {
  MetaData m;
  Table users("users",
              m,
              {azoth::Column("id", types::Integer(), {.primary_key = true}),
               azoth::Column("name", types::String())});

  auto stmt = select(users);
  rec::step("the seed's example");
  str("plain WHERE", stmt.where(stmt.selected_columns()["name"] == "foo"), {.params = true});
  rec::show("same objects as the table's",
            stmt.selected_columns()["name"].node() == users.c("name").node());

  rec::step("collection");
  rec::show("keys", stmt.selected_columns().keys());
  rec::show("len", stmt.selected_columns().size());
  rec::show("'name' in", stmt.selected_columns().contains("name"));
  rec::show("[0] is id", stmt.selected_columns()[0].node() == users.c("id").node());
  rec::attempt("missing key", [&] { static_cast<void>(stmt.selected_columns()["nothere"]); });

  rec::step("labels");
  auto lab = select(users.c("id").label("ident"), func::lower(users.c("name")).label("lname"));
  rec::show("keys", lab.selected_columns().keys());
  str("label in WHERE", lab.where(lab.selected_columns()["lname"] == "x"));
  str("label in ORDER BY", lab.order_by(desc(lab.selected_columns()["lname"])));

  rec::step("union: those of the first SELECT");
  auto u = union_(select(users.c("id")), select(users.c("name")));
  rec::show("keys", u.selected_columns().keys());

  rec::step("ORM");
  auto o = select<Item>();
  rec::show("keys", o.selected_columns().keys());
  str("where", o.where(o.selected_columns()[1] == "t"));
}
