// SPDX-License-Identifier: MIT
// What happens around creating and dropping tables. A DDL element of the program's own is a
// function of the dialect here; columns are plain values, so nothing is told of their joining a
// table.
using namespace azoth;
using rec::str;

namespace {

using azoth::sql::Ref;

Ref create_view(std::string_view name, const Select<>& select, const Dialect& dialect) {
  const bool replaces = dialect.name() == "postgresql";
  return azoth::sql::ddl((replaces ? "CREATE OR REPLACE VIEW " : "CREATE VIEW ") +
                         std::string(name) + " AS " +
                         to_string(select.node(), dialect, {.literal_binds = true}));
}

}  // namespace

AZOTH_SCENARIO("239", "DDL elements and DDL events") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("x", types::Integer()),
           Column("s", types::String())});
  Table u("u",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("t_id", types::Integer(), {.foreign_key = "t.id"})});
  const auto watch = [](const auto& target, const std::string& name) {
    for (const auto* happens :
         {&event::before_create, &event::after_create, &event::before_drop, &event::after_drop}) {
      event::listen(target, *happens, [=](const SchemaTarget&, DdlConnection&) {
        rec::evt(std::string(happens->name) + " " + name);
      });
    }
  };
  watch(m, "metadata");
  watch(t, "t");
  watch(u, "u");
  event::listen(t,
                event::after_create,
                DDL("CREATE TRIGGER trg AFTER INSERT ON %(table)s BEGIN UPDATE t SET s='%(word)s' "
                    "WHERE id=new.id; END",
                    {{"word", "trig"}})
                    .execute_if("sqlite"));
  event::listen(
      t, event::after_create, DDL("ALTER TABLE %(fullname)s SOMETHING").execute_if("postgresql"));
  event::listen(t,
                event::after_create,
                DDL("-- by callable").execute_if([](const SchemaTarget&, DdlConnection& bind) {
                  return bind.dialect().name() == "sqlite";
                }));
  rec::step("sqlite");
  {
    const rec::QuietTx silence;
    Engine engine = rec::engine();
    create_all(m, engine);
    engine.begin([&](Connection& conn) {
      conn.execute(insert(t).values({{"id", 1}}));
      rec::show("trigger worked", conn.execute(select(t)).one());
    });
    drop_all(m, engine);
  }
  rec::step("postgresql");
  const Dialect& postgresql = dialect("postgresql");
  const auto show = [&](const Ref& ddl) { rec::ddl(ddl, postgresql); };
  MockConnection mock(postgresql, show);
  create_all(m, mock);
  rec::step("elements");
  t.append_constraint(CheckConstraint("x > 5", "ck_x", {.is_inline = false}));
  using azoth::sql::add_constraint, azoth::sql::drop_constraint;
  const rec::Text on{.on = "postgresql"};
  str("add constraint", add_constraint(t.node(), ConstraintKind::check), on);
  str("create table no longer has it", azoth::sql::create_table(t.node()), on);
  str("drop constraint", drop_constraint(t.node(), ConstraintKind::check, 0, true), on);
  str("create schema", azoth::sql::create_schema("sch"), on);
  str("drop schema", azoth::sql::drop_schema("sch", true), on);
  str("create column", azoth::sql::create_column(t.node(), 2), on);
  rec::step("custom element");
  const Select<> large = select(t).where(t.c("x") > 5);
  str("default", create_view("v", large, printing_dialect()));
  str("postgresql", create_view("v", large, postgresql), on);
}
