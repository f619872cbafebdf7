// SPDX-License-Identifier: MIT
// Indexes, of expressions and with what only one database knows.
// All expected texts are what SQLAlchemy 1.4 gives for the same construct.
#include "render/ddl_rendering.hpp"

namespace azoth::render_test {

namespace {

sql::Ref expressions() {
  Table t(
      "t",
      MetaData(),
      {Column("a", types::String(9)), Column("b", types::Integer()), Column("C", types::Integer())},
      {},
      {},
      "sc");
  t.append_index({"ix",
                  {sql::function("lower", {t.c("a").node()}),
                   (t.c("b") + 5).node(),
                   sql::unary_postfix(sql::Op::desc, sql::Ref(t.c("b").node())),
                   t.c("C").node()}});
  return t.node();
}

sql::Ref postgresql_index() {
  Table t("t",
          MetaData(),
          {Column("a", types::String(9), {.key = "ak"}), Column("b", types::Integer())});
  t.append_index(
      {"ix",
       {"ak", sql::label(sql::function("lower", {t.c("ak").node()}), "l")},
       true,
       {{"postgresql_using", "GIN"},
        {"postgresql_ops", std::vector<OptionValue::Pair>{{"ak", "text_ops"}, {"l", "x_ops"}}},
        {"postgresql_include", std::vector<OptionValue>{"b"}},
        {"postgresql_with",
         std::vector<OptionValue::Pair>{{"fillfactor", 50}, {"buffering", "off"}}},
        {"postgresql_concurrently", true},
        {"postgresql_tablespace", "T"},
        {"postgresql_where", (t.c("b") > 5).node()}}});
  return t.node();
}

const DdlCase cases[] = {
    {"LongIndexNameIsShortened",
     [] {
       return sql::create_index(table({Column("a", types::Integer())},
                                      {},
                                      {{conv("a_very_long_name_for_an_index_that_no_database_will_"
                                             "take_without_complaints_ever"),
                                        {"a"}}}),
                                0);
     },
     {{"postgresql",
       "CREATE INDEX a_very_long_name_for_an_index_that_no_database_will_tak_66cd ON t (a)"},
      {"mysql",
       "CREATE INDEX a_very_long_name_for_an_index_that_no_database_will_take_66cd ON t (a)"}}},
    {"IndexOfExpressions",
     [] { return sql::create_index(expressions(), 0); },
     {{"default", "CREATE INDEX ix ON sc.t (lower(a), b + 5, b DESC, \"C\")"},
      {"sqlite", "CREATE INDEX sc.ix ON t (lower(a), b + 5, b DESC, \"C\")"},
      {"postgresql", "CREATE INDEX ix ON sc.t (lower(a), (b + 5), b DESC, \"C\")"},
      {"mysql", "CREATE INDEX ix ON sc.t ((lower(a)), (b + 5), b DESC, `C`)"},
      {"oracle", "CREATE INDEX sc.ix ON sc.t (lower(a), b + 5, b DESC, \"C\")"},
      {"mssql", "CREATE INDEX ix ON sc.t (lower(a), b + 5, b DESC, [C])"}}},
    {"DropIndexOfATable",
     [] { return sql::drop_index(expressions(), 0); },
     {{"default", "\nDROP INDEX sc.ix"},
      {"sqlite", "\nDROP INDEX sc.ix"},
      {"postgresql", "\nDROP INDEX sc.ix"},
      {"mysql", "\nDROP INDEX ix ON sc.t"},
      {"oracle", "\nDROP INDEX sc.ix"},
      {"mssql", "\nDROP INDEX ix ON sc.t"}}},
    {"PostgresqlIndexWithEverything",
     [] { return sql::create_index(postgresql_index(), 0, true); },
     {{"postgresql",
       "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix ON t USING gin (a text_ops, lower(a) "
       "x_ops) INCLUDE (b) WITH (fillfactor = 50, buffering = off) TABLESPACE \"T\" WHERE b > 5"}}},
    {"PostgresqlDropIndexConcurrently",
     [] { return sql::drop_index(postgresql_index(), 0, true); },
     {{"postgresql", "\nDROP INDEX CONCURRENTLY IF EXISTS ix"}}},
    {"MysqlIndexWithEverything",
     [] {
       Table t("t", MetaData(), {Column("a", types::String(9)), Column("b", types::String(9))});
       t.append_index({"ix",
                       {"a", "b", sql::function("lower", {t.c("b").node()})},
                       false,
                       {{"mysql_length", std::vector<OptionValue::Pair>{{"a", 10}}},
                        {"mysql_prefix", "FULLTEXT"},
                        {"mysql_with_parser", "ngram"},
                        {"mysql_using", "btree"}}});
       return sql::create_index(t.node(), 0);
     },
     {{"mysql",
       "CREATE FULLTEXT INDEX ix ON t (a(10), b, (lower(b))) WITH PARSER ngram USING btree"}}},
    {"IndexWithOptionsOfOthers",
     [] {
       Table t("t", MetaData(), {Column("a", types::String(9)), Column("b", types::String(9))});
       const sql::Ref where = (t.c("b") != "x").node();
       t.append_index({"ix",
                       {"a"},
                       true,
                       {{"mssql_clustered", false},
                        {"mssql_include", std::vector<OptionValue>{"b"}},
                        {"mssql_where", where},
                        {"sqlite_where", where},
                        {"oracle_bitmap", true},
                        {"oracle_compress", 2}}});
       return sql::create_index(t.node(), 0);
     },
     {{"mssql", "CREATE UNIQUE NONCLUSTERED INDEX ix ON t (a) INCLUDE (b) WHERE b != 'x'"},
      {"sqlite", "CREATE UNIQUE INDEX ix ON t (a) WHERE b != 'x'"},
      {"oracle", "CREATE UNIQUE BITMAP INDEX ix ON t (a) COMPRESS 2"},
      {"default", "CREATE UNIQUE INDEX ix ON t (a)"}}},
};

INSTANTIATE_TEST_SUITE_P(DdlIndexes, DdlRendering, testing::ValuesIn(cases), name_of_ddl_case);

}  // namespace

}  // namespace azoth::render_test
