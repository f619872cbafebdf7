// SPDX-License-Identifier: MIT
// Statements that are built once and called with values.
#include "unit/engine/fixture.hpp"
#include <azoth/engine/events.hpp>
#include <azoth/engine/prepare.hpp>

namespace azoth {
namespace {

using Ids = std::vector<std::tuple<std::int64_t>>;

class Prepare : public EngineTest {
 protected:
  Prepare() {
    for (const char* word : {"a", "b", "a word that is longer than a string holds in place"}) {
      connection.execute(insert(t), {{"name", word}});
    }
    connection.commit();
    log();
  }

  Engine engine = make_engine({.echo = true});
  Connection connection = engine.connect();
};

TEST_F(Prepare, AStatementIsBuiltOnceAndCalledWithValues) {
  int built = 0;
  const auto by_name = prepare([&](Param<std::string> word) {
    ++built;
    return select(id).where(name == word);
  });
  EXPECT_EQ(by_name(connection, "a").all(), (Ids{{1}}));
  EXPECT_EQ(by_name(connection, "b").all(), (Ids{{2}}));
  EXPECT_EQ(by_name(connection, "c").all(), Ids());
  EXPECT_EQ(built, 1);
  EXPECT_EQ(log(),
            (Lines{"BEGIN (implicit)",
                   "SELECT t.id \nFROM t \nWHERE t.name = ?",
                   "[generated in ...s] ('a',)",
                   "SELECT t.id \nFROM t \nWHERE t.name = ?",
                   "[cached since ...s ago] ('b',)",
                   "SELECT t.id \nFROM t \nWHERE t.name = ?",
                   "[cached since ...s ago] ('c',)"}));
}

TEST_F(Prepare, TextsOfACallLiveAsLongAsItsRows) {
  const auto by_name = prepare([&](Param<std::string> word) {
    return select(id, word.label("word")).where(name != word).order_by(id);
  });
  auto rows = by_name(connection, std::string(50, 'x'));
  EXPECT_EQ(rows.fetchone(), (std::tuple<std::int64_t, std::string>(1, std::string(50, 'x'))));
  EXPECT_EQ(by_name(connection, "a").all().size(), 2U);
  EXPECT_EQ(rows.fetchone(), (std::tuple<std::int64_t, std::string>(2, std::string(50, 'x'))));
}

TEST_F(Prepare, OwnValuesOfTheStatementStay) {
  const auto between = prepare([&](Param<std::int64_t> low, Param<std::int64_t> high) {
    return select(id)
        .where(id >= low && id <= high && id.in({1, 2, 3}) && name != "b")
        .order_by(id)
        .limit(5);
  });
  EXPECT_EQ(between(connection, 1, 2).all(), (Ids{{1}}));
  EXPECT_EQ(between(connection, 1, 3).all(), (Ids{{1}, {3}}));
  EXPECT_EQ(between(connection, 3, 3).all(), (Ids{{3}}));
}

TEST_F(Prepare, AStatementMayHaveNoParameters) {
  const auto all = prepare([&] { return select(id).where(id > 1).order_by(id); });
  EXPECT_EQ(all(connection).all(), (Ids{{2}, {3}}));
}

TEST_F(Prepare, WritesTakeNullWhereItMayBe) {
  const auto rename = prepare([&](Param<std::optional<std::string>> to, Param<std::int64_t> of) {
    return update(t).values({{"name", to}}).where(id == of);
  });
  EXPECT_EQ(rename(connection, "z", 1).rowcount(), 1);
  EXPECT_EQ(rename(connection, std::nullopt, 2).rowcount(), 1);
  const auto is_called = prepare([&](Param<std::optional<std::string>> word) {
    return select(id).where(t.c("name").is_not_distinct_from(word)).order_by(id);
  });
  EXPECT_EQ(is_called(connection, "z").all(), (Ids{{1}}));
  EXPECT_EQ(is_called(connection, std::nullopt).all(), (Ids{{2}}));
}

TEST_F(Prepare, ListenersSeeTheValues) {
  std::vector<std::string> seen;
  listen(engine,
         event::before_execute,
         [&](Connection&, const sql::Ref&, std::span<const Params> sets) {
           for (const auto& [key, value] : sets.front()) {
             seen.push_back(key + "=" + repr(Literal(value)));
           }
         });
  const auto by_name =
      prepare([&](Param<std::string> word) { return select(id).where(name == word); });
  by_name(connection, "a").all();
  EXPECT_EQ(seen, (Lines{"prepared_1='a'"}));
}

TEST_F(Prepare, AParameterThatNobodyGivesIsRefused) {
  EXPECT_EQ(message_of<ArgumentError>([&] {
              prepare([&](Param<std::int64_t> key) {
                return select(id).where(id == key && name == bindparam<std::string>("word"));
              });
            }),
            "The statement given to prepare() has the parameter 'word', whose value nothing "
            "gives; let the function take it as Param<T>");
}

}  // namespace
}  // namespace azoth
