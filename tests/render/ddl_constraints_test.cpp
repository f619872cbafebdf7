// SPDX-License-Identifier: MIT
// Constraints and their names.
// All expected texts are what SQLAlchemy 1.4 gives for the same construct.
#include "render/ddl_rendering.hpp"

namespace azoth::render_test {

namespace {

constexpr const char* long_name =
    "a_very_long_name_for_an_index_that_no_database_will_take_without_complaints_ever";

// The same table each time: its MetaData knows the convention.
sql::Ref conventional() {
  static const MetaData metadata(
      MetaDataOptions{.naming_convention = {{"ix", "ix_%(column_0_label)s"},
                                            {"uq", "uq_%(table_name)s_%(column_0N_name)s"},
                                            {"ck", "ck_%(table_name)s_%(constraint_name)s"},
                                            {"fk",
                                             "fk_%(table_name)s_%(column_0_N_key)s_%(referred_"
                                             "table_name)s_%(referred_column_0_name)s"},
                                            {"pk", "pk_%(table_name)s%%"}}});
  static const Table o("o", metadata, {Column("x", types::Integer(), {.key = "k"})});
  static const Table t("t",
                       metadata,
                       {Column("a", types::Integer(), {.primary_key = true}),
                        Column("b", types::Integer(), {.unique = true, .key = "bb"}),
                        Column("c", types::Integer(), {.index = true}),
                        Column("e", types::Boolean(true, "e"))},
                       {ForeignKeyConstraint({"a", "bb"}, {"o.k", "o.k"}),
                        UniqueConstraint({"a", "bb"}),
                        UniqueConstraint({"a"}, "own"),
                        CheckConstraint("a > 1", "one"),
                        CheckConstraint("a > 2", conv("two"))});
  return t.node();
}

sql::Ref checked() {
  return table(
      {Column("a", types::Integer())},
      {UniqueConstraint({"a"}, "u"),
       CheckConstraint("a > 1", "c", {.dialect_options = {{"postgresql_not_valid", true}}})});
}

const DdlCase cases[] = {
    {"ForeignKeyWithEverything",
     [] {
       static const MetaData metadata;
       static const Table o(
           "o",
           metadata,
           {Column("x", types::Integer()), Column("y", types::Integer(), {.key = "ykey"})});
       return sql::create_table(
           Table("t",
                 metadata,
                 {Column("a", types::Integer()), Column("b", types::Integer())},
                 {ForeignKeyConstraint({"a", "b"},
                                       {"o.x", "o.ykey"},
                                       ForeignKey("",
                                                  {.ondelete = "SET NULL",
                                                   .onupdate = "cascade",
                                                   .name = "fk",
                                                   .deferrable = true,
                                                   .initially = "DEFERRED",
                                                   .match = "FULL"}))})
               .node());
     },
     {{"default",
       "\nCREATE TABLE t (\n\ta INTEGER, \n\tb INTEGER, \n\tCONSTRAINT fk FOREIGN KEY(a, b) "
       "REFERENCES o (x, y) MATCH FULL ON DELETE SET NULL ON UPDATE cascade DEFERRABLE INITIALLY "
       "DEFERRED\n)\n\n"},
      {"oracle",
       "\nCREATE TABLE t (\n\ta INTEGER, \n\tb INTEGER, \n\tCONSTRAINT fk FOREIGN KEY(a, b) "
       "REFERENCES o (x, y) MATCH FULL ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED\n)\n\n"},
      {"mysql",
       "!CompileError: MySQL ignores the 'MATCH' keyword while at the same time causes ON "
       "UPDATE/ON DELETE clauses to be ignored."}}},
    {"DeferrableKeys",
     [] {
       return sql::create_table(
           table({Column("a", types::Integer()), Column("b", types::Integer())},
                 {PrimaryKeyConstraint({"a"}, "pk", {.deferrable = true}),
                  UniqueConstraint({"b"}, {}, {.deferrable = false, .initially = "IMMEDIATE"}),
                  CheckConstraint("a > b", {}, {.deferrable = true, .initially = "deferred"})}));
     },
     {{"default",
       "\nCREATE TABLE t (\n\ta INTEGER NOT NULL, \n\tb INTEGER, \n\tCONSTRAINT pk PRIMARY KEY (a) "
       "DEFERRABLE, \n\tUNIQUE (b) NOT DEFERRABLE INITIALLY IMMEDIATE, \n\tCHECK (a > b) "
       "DEFERRABLE INITIALLY deferred\n)\n\n"}}},
    {"ForeignKeyByName",
     [] {
       static const MetaData metadata;
       static const Table o("o", metadata, {Column("x", types::Integer(), {.key = "k"})});
       return sql::create_table(
           Table("t",
                 metadata,
                 {Column("a", types::Integer())},
                 {ForeignKeyConstraint({"a"}, {"o.x"}, ForeignKey("", {.link_to_name = true}))})
               .node());
     },
     {{"default", "\nCREATE TABLE t (\n\ta INTEGER, \n\tFOREIGN KEY(a) REFERENCES o (x)\n)\n\n"}}},
    {"TypesWithConstraints",
     [] {
       return sql::create_table(table(
           {Column("a", types::Boolean(true, "ck_a")),
            Column("b", types::Enum({"x", "y's"}, {.name = "ck_b", .create_constraint = true})),
            Column(
                "c",
                types::Enum({"x", "y"},
                            {.name = "ck_c", .native_enum = false, .create_constraint = true}))}));
     },
     {{"default",
       "\nCREATE TABLE t (\n\ta BOOLEAN, \n\tb VARCHAR(3), \n\tc VARCHAR(1), \n\tCONSTRAINT ck_a "
       "CHECK (a IN (0, 1)), \n\tCONSTRAINT ck_b CHECK (b IN ('x', 'y''s')), \n\tCONSTRAINT ck_c "
       "CHECK (c IN ('x', 'y'))\n)\n\n"},
      {"sqlite",
       "\nCREATE TABLE t (\n\ta BOOLEAN, \n\tb VARCHAR(3), \n\tc VARCHAR(1), \n\tCONSTRAINT ck_a "
       "CHECK (a IN (0, 1)), \n\tCONSTRAINT ck_b CHECK (b IN ('x', 'y''s')), \n\tCONSTRAINT ck_c "
       "CHECK (c IN ('x', 'y'))\n)\n\n"},
      {"postgresql",
       "\nCREATE TABLE t (\n\ta BOOLEAN, \n\tb ck_b, \n\tc VARCHAR(1), \n\tCONSTRAINT ck_c CHECK "
       "(c IN ('x', 'y'))\n)\n\n"},
      {"mysql",
       "\nCREATE TABLE t (\n\ta BOOL, \n\tb ENUM('x','y''s'), \n\tc VARCHAR(1), \n\tCONSTRAINT "
       "ck_a CHECK (a IN (0, 1)), \n\tCONSTRAINT ck_c CHECK (c IN ('x', 'y'))\n)\n\n"},
      {"oracle",
       "\nCREATE TABLE t (\n\ta SMALLINT, \n\tb VARCHAR(3 CHAR), \n\tc VARCHAR(1 CHAR), "
       "\n\tCONSTRAINT ck_a CHECK (a IN (0, 1)), \n\tCONSTRAINT ck_b CHECK (b IN ('x', 'y''s')), "
       "\n\tCONSTRAINT ck_c CHECK (c IN ('x', 'y'))\n)\n\n"},
      {"mssql",
       "\nCREATE TABLE t (\n\ta BIT NULL, \n\tb VARCHAR(3) NULL, \n\tc VARCHAR(1) NULL, "
       "\n\tCONSTRAINT ck_b CHECK (b IN ('x', 'y''s')), \n\tCONSTRAINT ck_c CHECK (c IN ('x', "
       "'y'))\n)\n\n"}}},
    {"NamesByConvention",
     [] { return sql::create_table(conventional()); },
     {{"default",
       "\nCREATE TABLE t (\n\ta INTEGER NOT NULL, \n\tb INTEGER, \n\tc INTEGER, \n\te BOOLEAN, "
       "\n\tCONSTRAINT \"pk_t%\" PRIMARY KEY (a), \n\tCONSTRAINT fk_t_a_bb_o_x FOREIGN KEY(a, b) "
       "REFERENCES o (x, x), \n\tCONSTRAINT uq_t_ab UNIQUE (a, b), \n\tCONSTRAINT own UNIQUE (a), "
       "\n\tCONSTRAINT ck_t_one CHECK (a > 1), \n\tCONSTRAINT two CHECK (a > 2), \n\tCONSTRAINT "
       "uq_t_b UNIQUE (b), \n\tCONSTRAINT ck_t_e CHECK (e IN (0, 1))\n)\n\n"}}},
    {"IndexByConvention",
     [] { return sql::create_index(conventional(), 0); },
     {{"default", "CREATE INDEX ix_t_c ON t (c)"}}},
    {"LongNamesAreShortened",
     [] {
       static const MetaData metadata(MetaDataOptions{
           .naming_convention = {{"uq", "uq_" + std::string(long_name) + "_%(column_0_name)s"}}});
       static const Table t("t", metadata, {Column("a", types::Integer(), {.unique = true})});
       return sql::create_table(t.node());
     },
     {{"default",
       "\nCREATE TABLE t (\n\ta INTEGER, \n\tCONSTRAINT "
       "uq_a_very_long_name_for_an_index_that_no_database_will_take_without_complaints_ever_a "
       "UNIQUE (a)\n)\n\n"},
      {"postgresql",
       "\nCREATE TABLE t (\n\ta INTEGER, \n\tCONSTRAINT "
       "uq_a_very_long_name_for_an_index_that_no_database_will__48ab UNIQUE (a)\n)\n\n"},
      {"mysql",
       "\nCREATE TABLE t (\n\ta INTEGER, \n\tCONSTRAINT "
       "uq_a_very_long_name_for_an_index_that_no_database_will_t_48ab UNIQUE (a)\n)\n\n"}}},
    {"LongNamesOfTheProgramAreRefused",
     [] {
       return sql::create_table(
           table({Column("a", types::Integer())}, {UniqueConstraint({"a"}, long_name)}));
     },
     {{"postgresql",
       "!IdentifierError: Identifier "
       "'a_very_long_name_for_an_index_that_no_database_will_take_without_complaints_ever' exceeds "
       "maximum length of 63 characters"}}},
    {"SqliteConflicts",
     [] {
       return sql::create_table(table(
           {Column("a", types::Integer()), Column("b", types::Integer())},
           {PrimaryKeyConstraint({"a"}, {}, {.dialect_options = {{"sqlite_on_conflict", "FAIL"}}}),
            UniqueConstraint({"b"}, {}, {.dialect_options = {{"sqlite_on_conflict", "ABORT"}}}),
            CheckConstraint(
                "a > 1", {}, {.dialect_options = {{"sqlite_on_conflict", "IGNORE"}}})}));
     },
     {{"sqlite",
       "\nCREATE TABLE t (\n\ta INTEGER NOT NULL, \n\tb INTEGER, \n\tPRIMARY KEY (a) ON CONFLICT "
       "FAIL, \n\tUNIQUE (b) ON CONFLICT ABORT, \n\tCHECK (a > 1) ON CONFLICT IGNORE\n)\n\n"}}},
    {"MssqlClustering",
     [] {
       return sql::create_table(table(
           {Column("a", types::Integer()), Column("b", types::Integer())},
           {PrimaryKeyConstraint({"a"}, {}, {.dialect_options = {{"mssql_clustered", false}}}),
            UniqueConstraint({"b"}, "u", {.dialect_options = {{"mssql_clustered", true}}})}));
     },
     {{"mssql",
       "\nCREATE TABLE t (\n\ta INTEGER NOT NULL IDENTITY, \n\tb INTEGER NULL, \n\tPRIMARY KEY "
       "NONCLUSTERED (a), \n\tCONSTRAINT u UNIQUE CLUSTERED (b)\n)\n\n"}}},
    {"AddExcludeConstraint",
     [] {
       Table t("t", MetaData(), {Column("room", types::Integer()), Column("d", types::Integer())});
       t.append_constraint(ExcludeConstraint({{t.c("room").node(), "=", "oc"}, {"d", "&&"}},
                                             {.name = "ex",
                                              .using_ = "GiST",
                                              .where = (t.c("room") > 5).node(),
                                              .deferrable = true}));
       return sql::add_constraint(t.node(), ConstraintKind::exclude, 0);
     },
     {{"postgresql",
       "ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING gist (room oc WITH =, d WITH &&) WHERE "
       "(t.room > 5) DEFERRABLE"}}},
    {"DropUnique",
     [] { return sql::drop_constraint(checked(), ConstraintKind::unique, 0, true); },
     {{"default", "ALTER TABLE t DROP CONSTRAINT u CASCADE"},
      {"mysql", "ALTER TABLE t DROP INDEX u"},
      {"mariadb", "ALTER TABLE t DROP INDEX u"}}},
    {"DropCheck",
     [] { return sql::drop_constraint(checked(), ConstraintKind::check, 1); },
     {{"default", "ALTER TABLE t DROP CONSTRAINT c"},
      {"mysql", "ALTER TABLE t DROP CHECK c"},
      {"mariadb", "ALTER TABLE t DROP CONSTRAINT c"}}},
    {"AddCheck",
     [] { return sql::add_constraint(checked(), ConstraintKind::check, 1); },
     {{"default", "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1)"},
      {"postgresql", "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1) NOT VALID"}}},
};

INSTANTIATE_TEST_SUITE_P(DdlConstraints, DdlRendering, testing::ValuesIn(cases), name_of_ddl_case);

}  // namespace

}  // namespace azoth::render_test
