// SPDX-License-Identifier: MIT
// create_all and drop_all: what they ask and in which order they work. The statements are
// SQLAlchemy's for the same tables.
#include "unit/engine/fixture.hpp"

namespace azoth {
namespace {

class SchemaTest : public EngineTest {
 protected:
  SchemaTest() {
    const Table child("child",
                      family,
                      {Column("id", types::Integer(), {.primary_key = true}),
                       Column("parent_id",
                              types::Integer(),
                              {.index = true, .foreign_key = ForeignKey("parent.id")})});
    const Table parent("parent", family, {Column("id", types::Integer(), {.primary_key = true})});
  }

  /// First lines of the statements, without their parameters.
  Lines statements() {
    Lines kept;
    for (std::string line : log()) {
      if (line.starts_with("\n")) {
        line.erase(0, 1);
      }
      if (!line.starts_with("[")) {
        kept.push_back(line.substr(0, line.find('\n')));
      }
    }
    return kept;
  }

  MetaData family;
  Engine engine = make_engine({.echo = true});
};

TEST_F(SchemaTest, ReferencedTablesComeFirst) {
  create_all(family, engine);
  EXPECT_EQ(statements(),
            (Lines{"BEGIN (implicit)",
                   "PRAGMA main.table_info(\"child\")",
                   "PRAGMA temp.table_info(\"child\")",
                   "PRAGMA main.table_info(\"parent\")",
                   "PRAGMA temp.table_info(\"parent\")",
                   "CREATE TABLE parent (",
                   "CREATE TABLE child (",
                   "CREATE INDEX ix_child_parent_id ON child (parent_id)",
                   "COMMIT"}));
}

TEST_F(SchemaTest, TablesThatAreThereAreLeftAlone) {
  create_all(family, engine);
  log();
  create_all(family, engine);
  EXPECT_EQ(statements(),
            (Lines{"BEGIN (implicit)",
                   "PRAGMA main.table_info(\"child\")",
                   "PRAGMA main.table_info(\"parent\")",
                   "COMMIT"}));
}

TEST_F(SchemaTest, WithoutCheckATableThatIsThereIsAnError) {
  create_all(family, engine);
  EXPECT_THROW(create_all(family, engine, {.checkfirst = false}), OperationalError);
}

TEST_F(SchemaTest, ReferencingTablesAreDroppedFirst) {
  create_all(family, engine);
  log();
  drop_all(family, engine);
  EXPECT_EQ(statements(),
            (Lines{"BEGIN (implicit)",
                   "PRAGMA main.table_info(\"child\")",
                   "PRAGMA main.table_info(\"parent\")",
                   "DROP TABLE child",
                   "DROP TABLE parent",
                   "COMMIT"}));
  Connection c = engine.connect();
  EXPECT_FALSE(has_table(c, "child"));
  EXPECT_TRUE(has_table(c, "t"));
}

TEST_F(SchemaTest, OnAConnectionTheyAreWithinItsTransaction) {
  Connection c = engine.connect();
  create_all(family, c);
  EXPECT_TRUE(has_table(c, "child"));
  c.rollback();
  EXPECT_FALSE(has_table(c, "child"));
}

}  // namespace
}  // namespace azoth
