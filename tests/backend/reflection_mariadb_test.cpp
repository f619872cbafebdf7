// SPDX-License-Identifier: MIT
// What the Inspector says of MariaDB's tables; what is expected is what SQLAlchemy's says of the
// same tables, or what the statements that made them say.
#include "backend/reflection.hpp"
#include <azoth/dialects/mysql.hpp>

namespace azoth {
namespace {

using azoth_test::Lines;

class MariadbReflection : public azoth_test::Reflecting {
 protected:
  void SetUp() override { use("mariadb"); }

  void TearDown() override {
    if (engine) {
      run({"DROP DATABASE " + schema(), "CREATE DATABASE " + schema()});
    }
  }

  std::string schema() const { return *engine->url().database(); }
};

TEST_F(MariadbReflection, ListsWhatThereIs) {
  run({"CREATE TABLE b (id integer PRIMARY KEY)",
       "CREATE TABLE a (id integer PRIMARY KEY)",
       "CREATE VIEW v AS SELECT id FROM a",
       "CREATE SEQUENCE s"});
  const Inspector inspector = inspect(*engine);
  EXPECT_EQ(inspector.get_table_names(), (Lines{"a", "b"}));
  EXPECT_EQ(inspector.get_table_names(schema()), (Lines{"a", "b"}));
  EXPECT_EQ(inspector.get_view_names(), Lines{"v"});
  EXPECT_EQ(inspector.get_sequence_names(), Lines{"s"});
  EXPECT_EQ(inspector.default_schema_name(), schema());
  EXPECT_TRUE(inspector.has_schema(schema()));
  EXPECT_TRUE(inspector.has_table("v"));
  EXPECT_FALSE(inspector.has_table("s"));
  EXPECT_FALSE(inspector.has_table("nope"));
  EXPECT_FALSE(inspector.has_table("a", "azoth_never"));
  EXPECT_NE(inspector.get_view_definition("v").find("VIEW `v` AS select `a`.`id` AS `id` from `a`"),
            std::string::npos);
  EXPECT_EQ(inspector.get_columns("v")[0].name, "id");
}

TEST_F(MariadbReflection, KnowsAllTypesByTheirNames) {
  const Lines texts = azoth_test::split(
      "TINYINT(4)|TINYINT(1)|TINYINT(3) UNSIGNED|SMALLINT(6)|MEDIUMINT(9)|INTEGER(11)|"
      "INTEGER(10) UNSIGNED|INTEGER(6) UNSIGNED ZEROFILL|BIGINT(20)|"
      "BIGINT(20) UNSIGNED|DECIMAL(10, 0)|DECIMAL(65, 30) UNSIGNED|FLOAT|FLOAT(7, 3)|"
      "FLOAT UNSIGNED|DOUBLE|DOUBLE(10, 2)|BIT(1)|BIT(64)|YEAR(4)|DATE|TIME|TIME(3)|"
      "DATETIME|DATETIME(6)|TIMESTAMP|TIMESTAMP(2)|CHAR(3)|VARCHAR(30)|"
      "VARCHAR(30) CHARACTER SET latin1 COLLATE latin1_swedish_ci|"
      "CHAR(4) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin|TINYTEXT|TEXT|MEDIUMTEXT|"
      "LONGTEXT|TEXT CHARACTER SET latin1 COLLATE latin1_german1_ci|BINARY(5)|"
      "VARBINARY(6)|TINYBLOB|BLOB|MEDIUMBLOB|LONGBLOB|ENUM('a','it''s','b,c')|"
      "SET('x','y)')|ENUM('a') CHARACTER SET latin1 COLLATE latin1_swedish_ci|UUID|"
      "INET4|INET6|GEOMETRY|POINT|LINESTRING|POLYGON|MULTIPOINT|GEOMETRYCOLLECTION");
  std::string columns;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    columns += (i == 0 ? "c" : ", c") + std::to_string(i) + " " + texts[i] +
               (texts[i].starts_with("TIMESTAMP") ? " NULL" : "");
  }
  run({"CREATE TABLE t (" + columns + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"});
  const auto reflected = inspect(*engine).get_columns("t");
  ASSERT_EQ(reflected.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(engine->dialect().type_name(reflected[i].type), texts[i]);
  }
}

TEST_F(MariadbReflection, ColumnsHaveDefaultsChecksAndComments) {
  run(
      {"CREATE TABLE t (id integer AUTO_INCREMENT PRIMARY KEY, plain integer, price decimal(8,2) "
       "NOT NULL DEFAULT 1.5 COMMENT 'in \"francs\"', word varchar(20) NOT NULL DEFAULT 'it''s: "
       "a', nothing varchar(5) DEFAULT NULL, null_word varchar(5) DEFAULT 'NULL', stamp timestamp "
       "NULL DEFAULT current_timestamp ON UPDATE current_timestamp, bits bit(3) DEFAULT b'101', "
       "twice integer AS (id * 2) VIRTUAL, thrice integer AS (plain * 3) STORED, j json, n integer "
       "CHECK (n > 0)) COMMENT 'the table'"});
  const Inspector inspector = inspect(*engine);
  const auto columns = inspector.get_columns("t");
  ASSERT_EQ(columns.size(), 12U);
  EXPECT_EQ(columns[0].autoincrement, true);
  EXPECT_FALSE(columns[0].nullable);
  EXPECT_EQ(columns[1].autoincrement, false);
  EXPECT_TRUE(columns[1].nullable);
  EXPECT_FALSE(columns[1].default_);
  EXPECT_EQ(columns[2].default_, "1.50");
  EXPECT_EQ(columns[2].comment, "in \"francs\"");
  EXPECT_EQ(columns[3].default_, "'it''s: a'");
  EXPECT_FALSE(columns[4].default_);
  EXPECT_EQ(columns[5].default_, "'NULL'");
  EXPECT_EQ(columns[6].default_, "current_timestamp() ON UPDATE current_timestamp()");
  EXPECT_EQ(columns[7].default_, "b'101'");
  EXPECT_EQ(columns[8].computed, (ReflectedComputed{"(`id` * 2)", false}));
  EXPECT_EQ(columns[9].computed, (ReflectedComputed{"(`plain` * 3)", true}));
  EXPECT_EQ(columns[10].checks, Lines{"json_valid(`j`)"});
  EXPECT_EQ(columns[11].checks, Lines{"`n` > 0"});
  EXPECT_EQ(inspector.get_table_comment("t"), "the table");
  EXPECT_EQ(find_option(inspector.get_table_options("t"), "mariadb_engine")->text(), "InnoDB");
}

TEST_F(MariadbReflection, KeysAndConstraintsTellTheirOptions) {
  run({"CREATE TABLE p (a integer, b integer, PRIMARY KEY (b, a))",
       "CREATE TABLE t (x integer, y integer, z integer, CONSTRAINT fk_p FOREIGN KEY (x, y) "
       "REFERENCES p (b, a) ON UPDATE CASCADE ON DELETE SET NULL, FOREIGN KEY (z) REFERENCES p (b) "
       "ON DELETE NO ACTION, CONSTRAINT uq UNIQUE (y, x), CONSTRAINT ck CHECK (z > 0 AND z < 5))"});
  const Inspector inspector = inspect(*engine);
  EXPECT_FALSE(inspector.get_pk_constraint("p").name);
  EXPECT_EQ(inspector.get_pk_constraint("p").constrained_columns, (Lines{"b", "a"}));
  const auto keys = inspector.get_foreign_keys("t");
  ASSERT_EQ(keys.size(), 2U);
  using Options = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(keys[0].name, "fk_p");
  EXPECT_EQ(keys[0].constrained_columns, (Lines{"x", "y"}));
  EXPECT_EQ(keys[0].referred_columns, (Lines{"b", "a"}));
  EXPECT_EQ(keys[0].options, (Options{{"onupdate", "CASCADE"}, {"ondelete", "SET NULL"}}));
  EXPECT_EQ(keys[0].referred_schema, "");
  EXPECT_EQ(keys[1].name, "t_ibfk_1");
  EXPECT_EQ(keys[1].options, Options{});
  EXPECT_EQ(inspector.get_foreign_keys("t", schema())[0].referred_schema, schema());
  const auto uniques = inspector.get_unique_constraints("t");
  ASSERT_EQ(uniques.size(), 1U);
  EXPECT_EQ(uniques[0].name, "uq");
  EXPECT_EQ(uniques[0].duplicates_index, "uq");
  EXPECT_EQ(uniques[0].column_names, (Lines{"y", "x"}));
  const auto checks = inspector.get_check_constraints("t");
  ASSERT_EQ(checks.size(), 1U);
  EXPECT_EQ(checks[0].name, "ck");
  EXPECT_EQ(checks[0].sqltext, "`z` > 0 and `z` < 5");
}

TEST_F(MariadbReflection, IndexesTellLengthsAndKinds) {
  run(
      {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(50), b text, g point NOT NULL, UNIQUE "
       "KEY "
       "uq (a), KEY ix_pre (b(10) DESC, a), FULLTEXT KEY ft (a, b), SPATIAL KEY sp (g))"});
  const auto indexes = inspect(*engine).get_indexes("t");
  ASSERT_EQ(indexes.size(), 4U);
  EXPECT_EQ(indexes[0].name, "uq");
  EXPECT_EQ(indexes[0].type, "UNIQUE");
  EXPECT_TRUE(indexes[0].unique);
  EXPECT_EQ(indexes[1].name, "ft");
  EXPECT_EQ(indexes[1].type, "FULLTEXT");
  EXPECT_EQ(find_option(indexes[1].dialect_options, "mariadb_prefix")->text(), "FULLTEXT");
  EXPECT_EQ(indexes[1].column_names, (Lines{"a", "b"}));
  EXPECT_EQ(indexes[2].name, "ix_pre");
  EXPECT_EQ(find_option(indexes[2].dialect_options, "mariadb_length")->find("b")->text(), "10");
  EXPECT_EQ(indexes[2].column_sorting.at("b"), Lines{"desc"});
  EXPECT_EQ(indexes[3].type, "SPATIAL");
  EXPECT_FALSE(find_option(indexes[3].dialect_options, "mariadb_length"));
}

TEST_F(MariadbReflection, ReflectedTablesAreCreatedAlike) {
  run(
      {"CREATE TABLE p (id integer AUTO_INCREMENT PRIMARY KEY, u bigint(20) unsigned zerofill, "
       "price decimal(8,2) NOT NULL DEFAULT 1.5 COMMENT 'it''s 100%', a varchar(20) CHARACTER SET "
       "latin1 DEFAULT 'x: y', stamp timestamp NULL DEFAULT current_timestamp ON UPDATE "
       "current_timestamp, twice integer AS (id * 2) VIRTUAL, j json, n integer CHECK (n > 0), e "
       "enum('a','it''s') DEFAULT 'a', CONSTRAINT ck CHECK (n < 100 AND a <> ':x')) COMMENT "
       "'the parent' ROW_FORMAT=DYNAMIC COLLATE utf8mb4_unicode_ci",
       "CREATE TABLE c (id integer, p_id integer NOT NULL, b text, PRIMARY KEY (p_id, id), FOREIGN "
       "KEY (id) REFERENCES p (id) ON DELETE CASCADE, CONSTRAINT fk2 FOREIGN KEY (p_id) REFERENCES "
       "p (id), UNIQUE KEY uq (b(20)), KEY ix_pre (b(10) DESC, id), FULLTEXT KEY ft (b)) "
       "ENGINE=InnoDB",
       "CREATE TABLE `select` (`from` integer PRIMARY KEY, `a b` year)"});
  const Lines ddl = reflected_ddl();
  EXPECT_NE(std::find(ddl.begin(), ddl.end(), "CREATE INDEX ix_pre ON c (b(10) DESC, id)"),
            ddl.end());
  EXPECT_NE(std::find(ddl.begin(), ddl.end(), "CREATE FULLTEXT INDEX ft ON c (b)"), ddl.end());
  expect_stable();
}

TEST_F(MariadbReflection, TemporaryTablesAreSeenOnTheirConnection) {
  Connection c = engine->connect();
  c.exec_driver_sql(
      "CREATE TEMPORARY TABLE tmp (id integer PRIMARY KEY, word varchar(5) NOT NULL DEFAULT 'x', n "
      "integer DEFAULT 5, KEY ix (word))");
  const Inspector inspector = inspect(c);
  EXPECT_EQ(inspector.get_table_names(), Lines{});
  EXPECT_TRUE(inspector.has_table("tmp"));
  const auto columns = inspector.get_columns("tmp");
  ASSERT_EQ(columns.size(), 3U);
  EXPECT_EQ(columns[1].type, mysql::VARCHAR(5));
  EXPECT_EQ(columns[1].default_, "'x'");
  EXPECT_EQ(columns[2].default_, "5");
  EXPECT_EQ(inspector.get_pk_constraint("tmp").constrained_columns, Lines{"id"});
  EXPECT_EQ(inspector.get_indexes("tmp")[0].name, "ix");
  MetaData loaded;
  EXPECT_EQ(autoload("tmp", loaded, c).columns().keys(), (Lines{"id", "word", "n"}));
}

TEST_F(MariadbReflection, MissingTablesAreNamed) {
  const Inspector inspector = inspect(*engine);
  const auto message = [](auto ask) {
    try {
      ask();
    } catch (const NoSuchTableError& error) {
      return error.message();
    }
    return std::string();
  };
  EXPECT_EQ(message([&] { inspector.get_columns("nope"); }), "nope");
  EXPECT_EQ(message([&] { inspector.get_foreign_keys("nope", "azoth_never"); }),
            "azoth_never.nope");
  EXPECT_EQ(message([&] { inspector.get_view_definition("nope"); }), "nope");
}

TEST_F(MariadbReflection, QueriesDoNotGrowWithTheTables) {
  EXPECT_EQ(queries_to_reflect(2, "integer"), queries_to_reflect(12, "integer"));
}

}  // namespace
}  // namespace azoth
