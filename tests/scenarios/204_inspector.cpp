// SPDX-License-Identifier: MIT
// What a database says of its tables.
#include <azoth/engine/inspector.hpp>

using namespace azoth;

namespace {

rec::Notation dict_of(const std::vector<std::pair<std::string, std::string>>& options) {
  rec::Dict dict;
  for (const auto& [name, value] : options) {
    dict.emplace_back(name, Value(value));
  }
  return {rec::fmt(dict)};
}

}  // namespace

AZOTH_SCENARIO("204", "Inspector") {
  MetaData m;
  const TypePtr number = types::Integer();
  Table("parent", m, {Column("id", number, {.primary_key = true})});
  Table t(
      "child",
      m,
      {Column("id", number, {.primary_key = true}),
       Column("parent_id",
              number,
              {.nullable = false,
               .foreign_key = ForeignKey(
                   "parent.id", ForeignKeyOptions{.ondelete = "CASCADE", .name = "fk_parent"})}),
       Column("name", types::String(20), {.server_default = "x"}),
       Column("price", types::Numeric(8, 2)),
       Column("code", number)},
      {UniqueConstraint({"code"}, "uq_code"), CheckConstraint("price > 0", "ck_price")},
      std::vector<Index>{{"ix_name", {"name"}}});
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    made.begin([](Connection& conn) {
      conn.execute(text("CREATE VIEW v AS SELECT id, name FROM child"));
      conn.execute(text("CREATE UNIQUE INDEX ix_expr ON child (lower(name))"));
    });
    return made;
  });
  Inspector insp = inspect(engine);
  const auto q = [](auto ask) { return rec::quiet(ask); };

  rec::show("table names", q([&] { return insp.get_table_names(); }));
  rec::show("view names", q([&] { return insp.get_view_names(); }));
  std::vector<Value> found;
  for (const char* name : {"child", "nope", "v"}) {
    found.emplace_back(q([&] { return insp.has_table(name); }));
  }
  rec::show("has_table", found);
  rec::show("sorted", q([&] { return insp.get_sorted_table_names()[0]; }));
  for (const ReflectedColumn& c : q([&] { return insp.get_columns("child"); })) {
    rec::show(
        "column",
        std::tuple(
            c.name, printing_dialect().type_name(c.type), c.nullable, c.default_, c.primary_key));
  }
  rec::show("pk", q([&] { return insp.get_pk_constraint("child").constrained_columns; }));
  for (const ReflectedForeignKey& fk : q([&] { return insp.get_foreign_keys("child"); })) {
    rec::show("fk",
              std::tuple(fk.name,
                         fk.constrained_columns,
                         fk.referred_table,
                         fk.referred_columns,
                         dict_of(fk.options)));
  }
  for (const ReflectedIndex& ix : q([&] { return insp.get_indexes("child"); })) {
    rec::show("index", std::tuple(ix.name, ix.column_names, ix.unique));
  }
  std::vector<std::tuple<std::optional<std::string>, std::vector<std::string>>> uniques;
  for (const auto& unique : q([&] { return insp.get_unique_constraints("child"); })) {
    uniques.emplace_back(unique.name, unique.column_names);
  }
  rec::show("unique", uniques);
  std::vector<std::tuple<std::optional<std::string>, std::string>> checks;
  for (const auto& check : q([&] { return insp.get_check_constraints("child"); })) {
    checks.emplace_back(check.name, check.sqltext);
  }
  rec::show("check", checks);
  rec::show("view definition", q([&] { return insp.get_view_definition("v"); }));
  std::vector<std::string> columns;
  for (const ReflectedColumn& c : q([&] { return insp.get_columns("v"); })) {
    columns.push_back(c.name);
  }
  rec::show("view columns", columns);
  rec::attempt("unknown table", [&] {
    const rec::Quiet silence;
    insp.get_columns("nope");
  });
  rec::attempt("comment", [&] {
    const rec::Quiet silence;
    insp.get_table_comment("child");
  });
  rec::step("cache");
  rec::quiet([&] {
    engine.begin([](Connection& conn) { conn.execute(text("CREATE TABLE later (id integer)")); });
  });
  rec::show("cached names", q([&] { return insp.get_table_names(); }));
  insp.clear_cache();
  rec::show("after clear_cache", q([&] { return insp.get_table_names(); }));
  rec::step("statements of get_columns");
  const rec::QuietTx silence;
  inspect(engine).get_columns("parent");
}
