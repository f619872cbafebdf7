// SPDX-License-Identifier: MIT
// What the inspector reads from SQLite, constraints in the text of CREATE TABLE among it.
#include "unit/engine/fixture.hpp"
#include <azoth/engine/inspector.hpp>

namespace azoth {
namespace {

class InspectorTest : public EngineTest {
 protected:
  InspectorTest() {
    engine.begin([](Connection& c) {
      c.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
      c.exec_driver_sql(
          "CREATE TABLE \"the child\" (id INTEGER NOT NULL, \"p,id\" INTEGER NOT NULL, "
          "name VARCHAR(20) DEFAULT 'x, (y)' UNIQUE, price NUMERIC(8, 2), "
          "twice INTEGER AS (price * 2), "
          "CONSTRAINT pk_child PRIMARY KEY (id), "
          "CONSTRAINT fk_p FOREIGN KEY(\"p,id\") REFERENCES parent (id) ON DELETE CASCADE, "
          "CONSTRAINT uq UNIQUE (name, price), "
          "CONSTRAINT ck CHECK (price > 0 AND name != ')'))");
      c.exec_driver_sql("CREATE INDEX ix ON \"the child\" (name, price)");
      c.exec_driver_sql("CREATE VIEW v AS SELECT id FROM parent");
    });
  }

  static constexpr const char* child = "the child";
  Engine engine = create_engine("sqlite://");
  Inspector inspector{engine};
};

TEST_F(InspectorTest, TablesAndViewsAreListedByName) {
  EXPECT_EQ(inspector.get_table_names(), (Lines{"parent", child}));
  EXPECT_EQ(inspector.get_view_names(), Lines{"v"});
  EXPECT_TRUE(inspector.has_table("v"));
  EXPECT_FALSE(inspector.has_table("nope"));
  EXPECT_EQ(inspector.get_view_definition("v"), "CREATE VIEW v AS SELECT id FROM parent");
}

TEST_F(InspectorTest, ColumnsHaveTypesDefaultsAndKeys) {
  const std::vector<ReflectedColumn> columns = inspector.get_columns(child);
  ASSERT_EQ(columns.size(), 5U);
  EXPECT_EQ(columns[0].primary_key, 1);
  EXPECT_FALSE(columns[1].nullable);
  EXPECT_EQ(columns[1].name, "p,id");
  EXPECT_EQ(columns[2].type, types::VARCHAR(20));
  EXPECT_EQ(columns[2].default_, "'x, (y)'");
  EXPECT_EQ(columns[3].type, types::NUMERIC(8, 2));
  EXPECT_EQ(columns[4].computed, (ReflectedComputed{"price * 2", false}));
}

TEST_F(InspectorTest, ConstraintsHaveTheirNames) {
  EXPECT_EQ(inspector.get_pk_constraint(child).name, "pk_child");
  const auto keys = inspector.get_foreign_keys(child);
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].name, "fk_p");
  EXPECT_EQ(keys[0].constrained_columns, Lines{"p,id"});
  EXPECT_EQ(keys[0].referred_table, "parent");
  EXPECT_EQ(keys[0].options.front().second, "CASCADE");
  const auto uniques = inspector.get_unique_constraints(child);
  ASSERT_EQ(uniques.size(), 2U);
  EXPECT_FALSE(uniques[0].name);
  EXPECT_EQ(uniques[0].column_names, Lines{"name"});
  EXPECT_EQ(uniques[1].name, "uq");
  const auto checks = inspector.get_check_constraints(child);
  ASSERT_EQ(checks.size(), 1U);
  EXPECT_EQ(checks[0].sqltext, "price > 0 AND name != ')'");
  ASSERT_EQ(inspector.get_indexes(child).size(), 1U);
  EXPECT_EQ(inspector.get_indexes(child)[0].column_names, (Lines{"name", "price"}));
}

TEST_F(InspectorTest, MissingTablesAreNamed) {
  EXPECT_EQ(message_of<NoSuchTableError>([&] { inspector.get_columns("nope"); }), "nope");
  EXPECT_EQ(message_of<NoSuchTableError>([&] { inspector.get_indexes("nope"); }), "nope");
  EXPECT_EQ(message_of<InvalidRequestError>([&] { inspector.get_table_comment("parent"); }),
            "Tables have no comments on sqlite");
}

TEST_F(InspectorTest, AnswersAreKeptUntilTheyAreForgotten) {
  EXPECT_EQ(inspector.get_table_names().size(), 2U);
  engine.begin([](Connection& c) { c.exec_driver_sql("CREATE TABLE later (x)"); });
  EXPECT_EQ(inspector.get_table_names().size(), 2U);
  inspector.clear_cache();
  EXPECT_EQ(inspector.get_table_names().size(), 3U);
}

TEST_F(InspectorTest, ReferencedTablesAreSortedFirst) {
  EXPECT_EQ(inspector.get_sorted_table_names(), (Lines{"parent", child}));
}

TEST_F(InspectorTest, LoadedTableIsUsedLikeADeclaredOne) {
  MetaData loaded;
  const Table table = autoload(child, loaded, engine);
  EXPECT_TRUE(loaded.contains("parent")) << "what it refers to is loaded too";
  EXPECT_EQ(table.columns().keys(), (Lines{"id", "p,id", "name", "price", "twice"}));
  Connection c = engine.connect();
  c.execute(insert(loaded.table("parent")).values({{"id", 1}}));
  c.execute(insert(table).values({{"id", 1}, {"p,id", 1}, {"price", 2}}));
  EXPECT_EQ(c.execute(Select<>(select(table.c("name"), table.c("twice")))).one().values(),
            (std::vector<Value>{"x, (y)", 4}));
}

TEST_F(InspectorTest, ReflectLoadsAllTables) {
  MetaData loaded;
  reflect(loaded, engine);
  EXPECT_EQ(loaded.tables().size(), 2U);
}

}  // namespace
}  // namespace azoth
