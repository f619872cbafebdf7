// SPDX-License-Identifier: MIT
// What PostgreSQL's dialect says beside statements: the INSERT of arrays, and queries for types.
#include <azoth/dialects/postgresql.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/func.hpp>
#include <azoth/sql/table.hpp>

#include <gtest/gtest.h>

namespace azoth {
namespace {

std::unique_ptr<Dialect> numbered() {
  Capabilities can = postgresql_dialect().capabilities();
  can.paramstyle = ParamStyle::numeric_dollar;
  return postgresql::make_dialect(can);
}

std::string from_arrays(const Table& table, std::vector<std::string> keys, std::string_view key) {
  const auto dialect = numbered();
  CompileOptions options;
  options.column_keys = std::move(keys);
  options.for_executemany = true;
  return dialect->insert_from_arrays(dialect->compile(insert(table).node(), options), key);
}

TEST(PostgresqlArrays, TakeTheWidestTypeOfTheFamily) {
  const MetaData metadata;
  const Table t("t",
                metadata,
                {Column("id", types::Integer(), {.primary_key = true}),
                 Column("small", types::SmallInteger()),
                 Column("name", types::String(3)),
                 Column("price", types::Numeric(10, 2)),
                 Column("at", types::DateTime(true)),
                 Column("key", postgresql::UUID())});
  EXPECT_EQ(
      from_arrays(t, {"small", "name", "price", "at", "key"}, "id"),
      "INSERT INTO t (small, name, price, at, key) SELECT p0, p1, p2, p3, p4 FROM "
      "unnest($1::BIGINT[], "
      "$2::TEXT[], $3::NUMERIC[], $4::TIMESTAMP WITH TIME ZONE[], $5::UUID[]) WITH ORDINALITY AS "
      "imp_sen(p0, p1, p2, p3, p4, sen_counter) ORDER BY sen_counter RETURNING id");
}

TEST(PostgresqlArrays, NameTheKeyOnlyWhenItIsAskedFor) {
  const MetaData metadata;
  const Table t(
      "t",
      metadata,
      {Column("Id", types::Integer(), {.primary_key = true}), Column("n", types::Integer())});
  EXPECT_TRUE(from_arrays(t, {"n"}, "").ends_with("ORDER BY sen_counter"));
  EXPECT_TRUE(from_arrays(t, {"n"}, "Id").ends_with(" RETURNING \"Id\""));
}

TEST(PostgresqlArrays, KeepExpressionsAndLiteralsOfTheRow) {
  const MetaData metadata;
  const Table t("t", metadata, {Column("a", types::String()), Column("b", types::String())});
  const auto dialect = numbered();
  const auto statement = insert(t).values({{"a", func::lower(bindparam<std::string>("x"))},
                                           {"b", literal_column<std::string>("'$1'")}});
  EXPECT_EQ(
      dialect->insert_from_arrays(dialect->compile(statement.node()), ""),
      "INSERT INTO t (a, b) SELECT lower(p0), '$1' FROM unnest($1::TEXT[]) WITH ORDINALITY AS "
      "imp_sen(p0, sen_counter) ORDER BY sen_counter");
}

TEST(PostgresqlArrays, AreNotMadeOfArraysOrForNamedParameters) {
  const MetaData metadata;
  const Table t("t", metadata, {Column("tags", types::ARRAY(types::Integer()))});
  EXPECT_EQ(from_arrays(t, {"tags"}, ""), "");
  const Table u("u", metadata, {Column("n", types::Integer())});
  EXPECT_EQ(postgresql_dialect().insert_from_arrays(
                postgresql_dialect().compile(insert(u).values({{"n", 1}}).node()), ""),
            "");
}

TEST(PostgresqlTypes, AreAskedForInTheirSchemaOrTheSearchPath) {
  EXPECT_EQ(postgresql_dialect().has_type_query("mo'od", "s"),
            "SELECT 1 FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = "
            "t.typnamespace WHERE t.typname = 'mo''od' AND n.nspname = 's'");
  EXPECT_TRUE(postgresql_dialect()
                  .has_type_query("mood", "")
                  .ends_with(" WHERE t.typname = 'mood' AND pg_catalog.pg_type_is_visible(t.oid)"));
}

}  // namespace
}  // namespace azoth
