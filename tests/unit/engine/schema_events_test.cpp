// SPDX-License-Identifier: MIT
// Creating and dropping tables: events, single tables, DDL listeners, sequences.
#include "unit/engine/fixture.hpp"
#include <azoth/dialects/dialects.hpp>

namespace azoth {
namespace {

class SchemaEventsTest : public EngineTest {
 protected:
  SchemaEventsTest() {
    watch(tables, "all");
    watch(a, "a");
    watch(b, "b");
  }

  template <class Target>
  void watch(const Target& target, const std::string& name) {
    for (const auto* happens :
         {&event::before_create, &event::after_create, &event::before_drop, &event::after_drop}) {
      event::listen(target, *happens, [this, happens, name](const SchemaTarget&, DdlConnection&) {
        told.push_back(std::string(happens->name) + " " + name);
      });
    }
  }

  Lines take() { return std::exchange(told, {}); }

  MetaData tables;
  Table a{"a", tables, {Column("id", types::Integer(), {.primary_key = true})}};
  Table b{"b",
          tables,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("a_id", types::Integer(), {.index = true, .foreign_key = "a.id"})}};
  Engine engine = make_engine();
  Lines told;
};

TEST_F(SchemaEventsTest, TablesAreToldWithinTheirMetaData) {
  create_all(tables, engine);
  EXPECT_EQ(take(),
            (Lines{"before_create all",
                   "before_create a",
                   "after_create a",
                   "before_create b",
                   "after_create b",
                   "after_create all"}));
  create_all(tables, engine);
  EXPECT_EQ(take(), (Lines{"before_create all", "after_create all"})) << "they are there";
  drop_all(tables, engine);
  EXPECT_EQ(take(),
            (Lines{"before_drop all",
                   "before_drop b",
                   "after_drop b",
                   "before_drop a",
                   "after_drop a",
                   "after_drop all"}));
}

TEST_F(SchemaEventsTest, OneTableIsCreatedAndDroppedByItself) {
  engine.begin([&](Connection& c) {
    create(a, c);
    create(a, c, true);
    EXPECT_THROW(create(a, c), OperationalError);
    drop(a, c);
    drop(a, c, true);
  });
  EXPECT_EQ(take(),
            (Lines{"before_create a",
                   "after_create a",
                   "before_create a",
                   "before_drop a",
                   "after_drop a"}));
}

TEST_F(SchemaEventsTest, OnlyTheTablesThatAreNamedAreCreated) {
  create_all(tables, engine, {.tables = {a}});
  Connection c = engine.connect();
  EXPECT_TRUE(has_table(c, "a"));
  EXPECT_FALSE(has_table(c, "b"));
}

TEST_F(SchemaEventsTest, DdlIsExecutedForItsDatabaseWithTheTablesName) {
  event::listen(
      a,
      event::after_create,
      DDL("CREATE VIEW %(word)s AS SELECT * FROM %(table)s", {{"word", "v"}}).execute_if("sqlite"));
  event::listen(a, event::after_create, DDL("NONSENSE").execute_if("postgresql"));
  event::listen(a,
                event::after_create,
                DDL("NONSENSE").execute_if([](const SchemaTarget& target, DdlConnection&) {
                  return target.table->name() != "a";
                }));
  create_all(tables, engine);
  EXPECT_EQ(engine.connect().execute(text("SELECT count(*) FROM v")).scalar(), Value(0));
}

TEST_F(SchemaEventsTest, MockConnectionTakesTheStatementsOfAnyDatabase) {
  Lines statements;
  const auto keep = [&](const sql::Ref& ddl) {
    statements.push_back(to_string(ddl, dialect("postgresql")));
  };
  MockConnection mock(dialect("postgresql"), keep);
  create_all(tables, mock);
  ASSERT_EQ(statements.size(), 3U);
  EXPECT_NE(statements[0].find("id SERIAL NOT NULL"), std::string::npos);
  EXPECT_EQ(statements[2], "CREATE INDEX ix_b_a_id ON b (a_id)");
  EXPECT_EQ(take().size(), 6U);
}

TEST_F(SchemaEventsTest, SequencesAreMadeBeforeTheirTablesWhereTheDatabaseHasThem) {
  MetaData numbered;
  Sequence own("own_seq"), loose("loose_seq", numbered);
  Table n("n", numbered, {Column("id", types::Integer(), {.primary_key = true, .sequence = own})});
  const auto kinds = [&](const char* name) {
    Lines words;
    const auto keep = [&](const sql::Ref& ddl) {
      const std::string text = to_string(ddl, dialect(name));
      const std::size_t start = text.find_first_not_of('\n');
      words.push_back(text.substr(start, text.find_first_of(" \n", start + 12) - start));
    };
    MockConnection mock(dialect(name), keep);
    create_all(numbered, mock);
    drop_all(numbered, mock);
    return words;
  };
  EXPECT_EQ(kinds("postgresql"),
            (Lines{"CREATE SEQUENCE",
                   "CREATE SEQUENCE",
                   "CREATE TABLE",
                   "DROP TABLE n",
                   "DROP SEQUENCE",
                   "DROP SEQUENCE"}));
  EXPECT_EQ(kinds("sqlite"), (Lines{"CREATE TABLE", "DROP TABLE n"}));
}

TEST_F(SchemaEventsTest, RemovedTablesAreNotCreated) {
  tables.remove(b);
  create_all(tables, engine);
  Connection c = engine.connect();
  EXPECT_FALSE(has_table(c, "b"));
  tables.clear();
  EXPECT_TRUE(tables.tables().empty());
}

}  // namespace
}  // namespace azoth
