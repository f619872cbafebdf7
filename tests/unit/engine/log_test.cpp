// SPDX-License-Identifier: MIT
// What engines log. The expected lines are SQLAlchemy's for the same program, but for the logger's
// name.
#include "unit/engine/fixture.hpp"

namespace azoth {
namespace {

class EngineLog : public EngineTest {
 protected:
  const std::string select_text = "SELECT t.id, t.name \nFROM t \nWHERE t.id = ?";
  const std::string insert_text = "INSERT INTO t (id, name) VALUES (?, ?)";

  auto by_id(std::int64_t key) { return select(id, name).where(id == key); }
};

TEST_F(EngineLog, StatementsWithTheirTags) {
  const Engine engine = make_engine({.echo = true});
  Connection c = engine.connect();
  c.execute(insert(t), {{{"id", 1}, {"name", "a"}}, {{"id", 2}, {"name", "b"}}});
  c.execute(by_id(1)).all();
  c.execute(by_id(2)).all();
  c.execute(text("select :x"), {{"x", "y"}}).all();
  c.exec_driver_sql("select 1").all();
  c.exec_driver_sql("select ?", {5}).all();
  EXPECT_EQ(log(),
            (Lines{"BEGIN (implicit)",
                   insert_text,
                   "[generated in ...s] [(1, 'a'), (2, 'b')]",
                   select_text,
                   "[generated in ...s] (1,)",
                   select_text,
                   "[cached since ...s ago] (2,)",
                   "select ?",
                   "[generated in ...s] ('y',)",
                   "select 1",
                   "[raw sql] ()",
                   "select ?",
                   "[raw sql] (5,)"}));
}

TEST_F(EngineLog, ManySetsAndLongValuesAreShortened) {
  const Engine engine = make_engine({.echo = true});
  Connection c = engine.connect();
  ParamsList sets;
  for (int i = 100; i < 130; ++i) {
    sets.push_back({{"id", i}, {"name", "n"}});
  }
  c.execute(insert(t), sets);
  c.execute(insert(t), {{"id", 50}, {"name", std::string(500, 'x')}});
  const Lines lines = log();
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[2],
            "[generated in ...s] [(100, 'n'), (101, 'n'), (102, 'n'), (103, 'n'), (104, 'n'), "
            "(105, 'n'), (106, 'n'), (107, 'n')  ... "
            "displaying 10 of 30 total bound parameter sets ...  (128, 'n'), (129, 'n')]");
  EXPECT_EQ(lines[4],
            "[generated in ...s] (50, '" + std::string(149, 'x') +
                " ... (202 characters truncated) ... " + std::string(149, 'x') + "')");
}

TEST_F(EngineLog, ParametersAreShownAsTheDriverSendsThem) {
  const Engine engine = make_engine({.echo = true});
  Connection c = engine.connect();
  c.execute(text("select :a, :b, :c, :d, :e"),
            {{"a", null},
             {"b", Bytes{std::byte{'x'}}},
             {"c", 1.5},
             {"d", true},
             {"e", DateTime{{2010, 5, 1}, {12, 0, 0, 5}}}});
  EXPECT_EQ(log().back(), "[generated in ...s] (None, b'x', 1.5, 1, '2010-05-01 12:00:00.000005')");
}

TEST_F(EngineLog, ParametersCanBeHidden) {
  const Engine engine = make_engine({.echo = true, .hide_parameters = true});
  Connection c = engine.connect();
  c.execute(insert(t), {{"id", 1}, {"name", "secret"}});
  EXPECT_EQ(log().back(),
            "[generated in ...s] [SQL parameters hidden due to hide_parameters=True]");
  EXPECT_EQ(what_of<IntegrityError>([&] { c.execute(insert(t), {{"id", 1}, {"name", "secret"}}); }),
            "(sqlite3.IntegrityError) UNIQUE constraint failed: t.id\n[SQL: " + insert_text +
                "]\n[SQL parameters hidden due to hide_parameters=True]\n"
                "(Background on this error at: https://sqlalche.me/e/20/gkpj)");
}

TEST_F(EngineLog, LoggerNameHasTheLoggingName) {
  const Engine engine = make_engine({.echo = true, .logging_name = "mine"});
  engine.connect().exec_driver_sql("select 1");
  EXPECT_EQ(sink->lines()[1], "INFO azoth.engine.Engine.mine select 1");
}

TEST_F(EngineLog, DebugShowsRows) {
  const Engine engine = make_engine({.echo = "debug"});
  Connection c = engine.connect();
  c.execute(insert(t), {{"id", 1}, {"name", "row"}});
  log();
  c.execute(select(id, name)).all();
  EXPECT_EQ(log(),
            (Lines{"SELECT t.id, t.name \nFROM t",
                   "[generated in ...s] ()",
                   "Col ('id', 'name')",
                   "Row (1, 'row')"}));
}

TEST_F(EngineLog, SilentUnlessAsked) {
  const Engine engine = make_engine();
  engine.connect().exec_driver_sql("select 1");
  EXPECT_EQ(log(), Lines{});
}

TEST_F(EngineLog, LevelOfTheLoggersNameCountsWithoutEcho) {
  set_log_level("azoth.engine", LogLevel::info);
  const Engine engine = make_engine();
  engine.connect().exec_driver_sql("select 1");
  reset_log_level("azoth.engine");
  EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "select 1", "[raw sql] ()", "ROLLBACK"}));
}

TEST_F(EngineLog, FailedStatementIsLoggedBeforeItFails) {
  const Engine engine = make_engine({.echo = true});
  Connection c = engine.connect();
  EXPECT_THROW(c.execute(text("select * from nothere")), OperationalError);
  EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "select * from nothere", "[generated in ...s] ()"}));
}

}  // namespace
}  // namespace azoth
