// SPDX-License-Identifier: MIT
// The text of CREATE TABLE and CREATE INDEX, by database.
using namespace azoth;
using rec::str;

AZOTH_SCENARIO("201", "CREATE TABLE text: column options, constraints, quoting, per dialect") {
  using azoth::sql::Ref;
  MetaData m;
  const TypePtr number = types::Integer();
  Table("parent",
        m,
        {Column("id", number, {.primary_key = true}), Column("a", number), Column("b", number)});
  Table t1(
      "types",
      m,
      {Column("id", number, {.primary_key = true}),
       Column("big", types::BigInteger(), {.nullable = false}),
       Column("small", types::SmallInteger()),
       Column("s", types::String(30)),
       Column("s0", types::String(10), {.server_default = "it's"}),
       Column("txt", types::Text()),
       Column("n", types::Numeric(10, 2), {.server_default_expression = azoth::sql::text("0")}),
       Column("f", types::Float()),
       Column("d",
              types::Date(),
              {.server_default_expression = azoth::sql::function("current_date", {})}),
       Column("dt", types::DateTime()),
       Column("tm", types::Time()),
       Column("bo", types::Boolean()),
       Column("bin", types::LargeBinary())});
  ForeignKeyOptions cascade;
  cascade.ondelete = "CASCADE";
  cascade.onupdate = "SET NULL";
  cascade.name = "fk_p";
  ForeignKey deferred;
  deferred.deferrable = true;
  deferred.initially = "DEFERRED";
  Table t2("cons",
           m,
           {Column("x", number, {.nullable = false}),
            Column("y", number),
            Column("p_id", number, {.foreign_key = ForeignKey("parent.id", cascade)}),
            Column("u", number, {.unique = true}),
            Column("c", number, {.constraints = {CheckConstraint("c > 0")}}),
            Column("pa", number),
            Column("pb", number)},
           {PrimaryKeyConstraint({"x", "y"}, "pk_cons"),
            UniqueConstraint({"pa", "pb"}, "uq_pab"),
            CheckConstraint("x < y", "ck_xy"),
            ForeignKeyConstraint({"pa", "pb"}, {"parent.a", "parent.b"}, deferred)});
  Table t3("Mixed Case",
           m,
           {Column("select", number, {.primary_key = true}),
            Column("Name", types::String(5)),
            Column("a-b", number)});
  Table t4(
      "comp",
      m,
      {Column("id", number, {.primary_key = true, .identity = Identity{.options = {.start = 5}}}),
       Column("w", number),
       Column("sq", number, {.computed = Computed("w * w")})});
  Table t5("auto2",
           m,
           {Column("a", number, {.primary_key = true, .autoincrement = AutoIncrement::always}),
            Column("b", number, {.primary_key = true})});
  TableOptions commented;
  commented.comment = "the table";
  Table t6("commented",
           m,
           {Column("id", number, {.primary_key = true, .comment = "the key"})},
           {},
           {},
           commented);
  const Any s = t1.c("s"), small = t1.c("small");
  t1.append_index({"ix_simple", {"s"}});
  t1.append_index({"ix_multi", {"s", desc(t1.c("n")).node()}, true});
  t1.append_index({"ix_fn", {func::lower(s).node()}});
  t1.append_index(
      {"ix_part",
       {"small"},
       false,
       {{"sqlite_where", (small > 5).node()}, {"postgresql_where", (small > 5).node()}}});

  namespace ddl = azoth::sql;
  for (const char* d : {"sqlite", "postgresql", "mysql", "oracle", "mssql"}) {
    rec::step(d);
    const rec::Text on{.on = d};
    for (const Table* t : {&t1, &t2, &t3, &t4, &t5, &t6}) {
      str(t->name(), ddl::create_table(t->node()), on);
    }
    const char* names[] = {"ix_simple", "ix_multi", "ix_fn", "ix_part"};
    for (std::size_t i = 0; i < 4; ++i) {
      str(names[i], ddl::create_index(t1.node(), i), on);
    }
    str("drop", ddl::drop_table(t3.node()), on);
    str("if exists", ddl::drop_table(t2.node(), true), on);
    str("if not exists", ddl::create_table(t6.node(), true), on);
    str("drop index", ddl::drop_index(t1.node(), 0), on);
  }
}
