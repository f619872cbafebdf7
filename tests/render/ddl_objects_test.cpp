// SPDX-License-Identifier: MIT
// Sequences, schemas, comments, options of tables, types, and texts of the program.
// All expected texts are what SQLAlchemy 1.4 gives for the same construct.
#include "render/ddl_rendering.hpp"

namespace azoth::render_test {

namespace {

sql::Ref commented() {
  return Table("t",
               MetaData(),
               {Column("a", types::Integer(), {.comment = "a's"})},
               {},
               {},
               TableOptions{.schema = "sc", .comment = "it's"})
      .node();
}

const DdlCase cases[] = {
    {"SequenceWithAllOptions",
     [] {
       return sql::create_sequence(Sequence("s",
                                            {.options = {.start = 5,
                                                         .increment = 2,
                                                         .minvalue = 1,
                                                         .maxvalue = 9,
                                                         .nominvalue = true,
                                                         .nomaxvalue = true,
                                                         .cycle = true,
                                                         .cache = 10},
                                             .schema = "sc"})
                                       .node());
     },
     {{"default",
       "CREATE SEQUENCE sc.s INCREMENT BY 2 START WITH 5 MINVALUE 1 MAXVALUE 9 NO MINVALUE NO "
       "MAXVALUE CACHE 10 CYCLE"},
      {"oracle",
       "CREATE SEQUENCE sc.s INCREMENT BY 2 START WITH 5 MINVALUE 1 MAXVALUE 9 NOMINVALUE "
       "NOMAXVALUE CACHE 10 CYCLE"},
      {"postgresql",
       "CREATE SEQUENCE sc.s INCREMENT BY 2 START WITH 5 MINVALUE 1 MAXVALUE 9 NO MINVALUE NO "
       "MAXVALUE CACHE 10 CYCLE"}}},
    {"SequenceOfAType",
     [] {
       return sql::create_sequence(
           Sequence("s", {.options = {.cycle = false}, .data_type = types::BigInteger()}).node());
     },
     {{"default", "CREATE SEQUENCE s START WITH 1 NO CYCLE"},
      {"oracle", "CREATE SEQUENCE s START WITH 1 NOCYCLE"},
      {"postgresql", "CREATE SEQUENCE s AS BIGINT START WITH 1 NO CYCLE"},
      {"mssql", "CREATE SEQUENCE s AS BIGINT START WITH 1 NO CYCLE"}}},
    {"DropSequence",
     [] { return sql::drop_sequence(Sequence("S", {.schema = "sc"}).node()); },
     {{"default", "DROP SEQUENCE sc.\"S\""}}},
    {"CreateSchema",
     [] { return sql::create_schema("a b"); },
     {{"default", "CREATE SCHEMA \"a b\""}, {"mysql", "CREATE SCHEMA `a b`"}}},
    {"DropSchemaCascade",
     [] { return sql::drop_schema("sc", true); },
     {{"default", "DROP SCHEMA sc CASCADE"}}},
    {"SetTableComment",
     [] { return sql::set_table_comment(commented()); },
     {{"default", "COMMENT ON TABLE sc.t IS 'it''s'"},
      {"mysql", "ALTER TABLE sc.t COMMENT 'it''s'"},
      {"oracle", "COMMENT ON TABLE sc.t IS 'it''s'"}}},
    {"DropTableComment",
     [] { return sql::drop_table_comment(commented()); },
     {{"default", "COMMENT ON TABLE sc.t IS NULL"},
      {"mysql", "ALTER TABLE sc.t COMMENT ''"},
      {"oracle", "COMMENT ON TABLE sc.t IS ''"},
      {"postgresql", "COMMENT ON TABLE sc.t IS NULL"}}},
    {"SetColumnComment",
     [] { return sql::set_column_comment(commented(), 0); },
     {{"default", "COMMENT ON COLUMN sc.t.a IS 'a''s'"},
      {"mysql", "ALTER TABLE sc.t CHANGE a a INTEGER COMMENT 'a''s'"},
      {"oracle", "COMMENT ON COLUMN sc.t.a IS 'a''s'"}}},
    {"DropColumnComment",
     [] { return sql::drop_column_comment(commented(), 0); },
     {{"default", "COMMENT ON COLUMN t.a IS NULL"},
      {"mysql", "COMMENT ON COLUMN t.a IS NULL"},
      {"oracle", "COMMENT ON COLUMN t.a IS NULL"}}},
    {"PostgresqlTableOptions",
     [] {
       return sql::create_table(
           table({Column("a", types::Integer())},
                 {},
                 {},
                 {.dialect_options = {{"postgresql_inherits", std::vector<OptionValue>{"x", "Y"}},
                                      {"postgresql_partition_by", "RANGE (a)"},
                                      {"postgresql_with_oids", false},
                                      {"postgresql_on_commit", "preserve_rows"},
                                      {"postgresql_tablespace", "sp"}}}));
     },
     {{"postgresql",
       "\nCREATE TABLE t (\n\ta INTEGER\n)\n INHERITS ( x, \"Y\" )\n PARTITION BY RANGE (a)\n "
       "WITHOUT OIDS\n ON COMMIT PRESERVE ROWS\n TABLESPACE sp\n\n"}}},
    {"MysqlTableOptions",
     [] {
       return sql::create_table(table({Column("a", types::Integer())},
                                      {},
                                      {},
                                      {.comment = "it's",
                                       .dialect_options = {{"mysql_collate", "c"},
                                                           {"mysql_default_charset", "utf8"},
                                                           {"mysql_partition_by", "HASH(a)"},
                                                           {"mysql_partitions", "2"}}}));
     },
     {{"mysql",
       "\nCREATE TABLE t (\n\ta INTEGER\n)COMMENT='it''s' DEFAULT CHARSET=utf8 COLLATE c PARTITION "
       "BY HASH(a) PARTITIONS 2\n\n"}}},
    {"OracleTableOptions",
     [] {
       return sql::create_table(table({Column("a", types::Integer())},
                                      {},
                                      {},
                                      {.dialect_options = {{"oracle_on_commit", "DELETE ROWS"},
                                                           {"oracle_compress", "OLTP"}}}));
     },
     {{"oracle",
       "\nCREATE TABLE t (\n\ta INTEGER\n)\n ON COMMIT DELETE ROWS\n COMPRESS FOR OLTP\n\n"}}},
    {"PrefixesAndComment",
     [] {
       return sql::create_table(table({Column("a", types::Integer(), {.comment = "x"})},
                                      {},
                                      {},
                                      {.prefixes = {"GLOBAL", "TEMPORARY"}, .comment = "c"}));
     },
     {{"default", "\nCREATE GLOBAL TEMPORARY TABLE t (\n\ta INTEGER\n)\n\n"},
      {"mysql", "\nCREATE GLOBAL TEMPORARY TABLE t (\n\ta INTEGER COMMENT 'x'\n)COMMENT='c'\n\n"}}},
    {"EnumType",
     [] {
       return sql::create_enum_type(types::Enum({"a", "b's"}, {.name = "Mood", .schema = "sc"}));
     },
     {{"postgresql", "CREATE TYPE sc.\"Mood\" AS ENUM ('a', 'b''s')"}}},
    {"DropEnumType",
     [] { return sql::drop_enum_type(types::Enum({"a"}, {.name = "mood"})); },
     {{"postgresql", "DROP TYPE mood"}}},
    {"TextOfTheProgram",
     [] {
       return sql::ddl("ALTER %(table)s IN %(schema)s OF %(fullname)s: 5%% %(x)s",
                       Table("T", MetaData(), {Column("a", types::Integer())}, {}, {}, "sc").node(),
                       {{"x", "y%"}});
     },
     {{"default", "ALTER \"T\" IN sc OF sc.\"T\": 5% y%"},
      {"mysql", "ALTER `T` IN sc OF sc.`T`: 5%% y%%"}}},
};

INSTANTIATE_TEST_SUITE_P(DdlObjects, DdlRendering, testing::ValuesIn(cases), name_of_ddl_case);

}  // namespace

}  // namespace azoth::render_test
