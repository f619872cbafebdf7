// SPDX-License-Identifier: MIT
// Creating and dropping tables in the order of their dependencies.
using namespace azoth;

namespace {

std::vector<std::string> names(const std::vector<Table>& tables) {
  std::vector<std::string> out;
  for (const Table& table : tables) {
    out.push_back(table.name());
  }
  return out;
}

Column key() {
  return Column("id", types::Integer(), {.primary_key = true});
}

}  // namespace

AZOTH_SCENARIO("200", "create_all and drop_all: order, checkfirst, DDL text") {
  MetaData m;
  const TypePtr number = types::Integer();
  Table("z_item",
        m,
        {key(),
         Column("order_id", number, {.foreign_key = "orders.id"}),
         Column("tag_id", number, {.foreign_key = "tag.id"})});
  Table orders("orders", m, {key(), Column("user_id", number, {.foreign_key = "user.id"})});
  Table user(
      "user", m, {key(), Column("name", types::String(50), {.nullable = false, .index = true})});
  Table tag("tag", m, {key()});
  Table alone("alone", m, {Column("x", number)});

  rec::show("sorted_tables", names(m.sorted_tables()));
  rec::show("tables", names(m.tables()));
  Engine engine = rec::engine();
  rec::step("create_all");
  create_all(m, engine);
  rec::step("create_all again");
  create_all(m, engine);
  rec::step("drop_all");
  drop_all(m, engine);
  rec::step("checkfirst=False, a subset");
  const SchemaOptions subset{.checkfirst = false, .tables = {user, orders}};
  create_all(m, engine, subset);
  drop_all(m, engine, subset);
  rec::step("one table");
  engine.begin([&](Connection& conn) {
    create(tag, conn);
    create(tag, conn, true);
    drop(tag, conn);
    rec::attempt("drop again", [&] { drop(tag, conn); });
    drop(tag, conn, true);
  });
}
