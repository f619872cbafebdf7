// SPDX-License-Identifier: MIT
// Many rows: one prepared statement for each set, or many rows a statement with keys counted back
// from the last.
#include "unit/engine/fixture.hpp"

namespace azoth {
namespace {

struct Names final : ParameterSets {
  explicit Names(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      names.push_back("n" + std::to_string(i));
    }
  }

  std::size_t size() const override { return names.size(); }

  Literal value(std::size_t set, std::size_t) const override { return Literal(names[set]); }

  std::vector<std::string> names;
};

class ManyRows : public EngineTest {
 protected:
  const std::vector<std::string> keys{"name"};

  std::vector<std::int64_t> insert_all(const Names& sets) {
    std::vector<std::int64_t> generated(sets.size(), -1);
    c.insert_many_values(
        insert(t).node(), keys, sets, "id", [&](std::size_t set, std::int64_t key) {
          generated[set] = key;
        });
    return generated;
  }

  /// Checks that each name was stored under the key that was reported for it.
  void expect_stored(const Names& sets, const std::vector<std::int64_t>& generated) {
    for (std::size_t i = 0; i < sets.size(); ++i) {
      ASSERT_EQ(c.scalar(select(name).where(id == generated[i])), sets.names[i]) << i;
    }
  }

  Lines statements() {
    Lines kept;
    for (const std::string& line : log()) {
      kept.push_back(line.substr(0, 60));
    }
    return kept;
  }

  Engine engine = make_engine({.echo = true});
  Connection c = engine.connect();
};

TEST_F(ManyRows, FewRowsAreOneStatementLoggedAsInsertmanyvalues) {
  const Names sets(3);
  EXPECT_EQ(insert_all(sets), (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(log(),
            (Lines{"BEGIN (implicit)",
                   "INSERT INTO t (name) VALUES (?), (?), (?)",
                   "[generated in ...s (insertmanyvalues) 1/1 (unordered)] ('n0', 'n1', 'n2')"}));
  expect_stored(sets, {1, 2, 3});
}

TEST_F(ManyRows, LaterBatchesHaveTheirOwnTag) {
  insert_all(Names(70));
  const Lines lines = log();
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_TRUE(
      lines[2].starts_with("[generated in ...s (insertmanyvalues) 1/2 (unordered)] ('n0', 'n1', "))
      << lines[2];
  EXPECT_EQ(lines[4],
            "[insertmanyvalues 2/2 (unordered)] ('n64', 'n65', 'n66', 'n67', 'n68', 'n69')");
}

TEST_F(ManyRows, EveryCountReportsTheStoredKeys) {
  set_log_level("azoth", LogLevel::off);
  engine = make_engine();
  c = engine.connect();
  for (const std::size_t count : {1U, 2U, 63U, 64U, 65U, 200U, 1024U, 1025U, 2500U}) {
    const Names sets(count);
    expect_stored(sets, insert_all(sets));
  }
  reset_log_level("azoth");
}

TEST_F(ManyRows, OneRowIsThePlainStatement) {
  EXPECT_EQ(insert_all(Names(1)), std::vector<std::int64_t>{1});
  EXPECT_EQ(
      log(),
      (Lines{
          "BEGIN (implicit)", "INSERT INTO t (name) VALUES (?)", "[generated in ...s] ('n0',)"}));
}

TEST_F(ManyRows, WithoutContiguousKeysEachRowIsAStatement) {
  c.exec_driver_sql("CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END");
  log();
  EXPECT_EQ(insert_all(Names(2)), (std::vector<std::int64_t>{1, 2}));
  const Lines lines = log();
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0], "INSERT INTO t (name) VALUES (?)");
  EXPECT_EQ(lines[2], "INSERT INTO t (name) VALUES (?)");
}

TEST_F(ManyRows, FailureShowsTheStatementAndKeepsTheTransaction) {
  c.exec_driver_sql("CREATE UNIQUE INDEX u ON t (name)");
  Names sets(3);
  sets.names[2] = "n0";
  EXPECT_EQ(what_of<IntegrityError>([&] { insert_all(sets); }),
            "(sqlite3.IntegrityError) UNIQUE constraint failed: t.name\n[SQL: INSERT INTO t (name) "
            "VALUES (?), (?), (?)]\n"
            "[parameters: ('n0', 'n1', 'n0')]\n(Background on this error at: "
            "https://sqlalche.me/e/20/gkpj)");
  EXPECT_EQ(c.scalar(select(func::count(id))), 0);
}

TEST_F(ManyRows, NoSetsDoNothing) {
  EXPECT_EQ(insert_all(Names(0)), std::vector<std::int64_t>{});
  EXPECT_EQ(c.execute_many(insert(t).node(), keys, Names(0)), 0);
  EXPECT_EQ(log(), Lines{});
}

TEST_F(ManyRows, OtherStatementsAreRefused) {
  EXPECT_EQ(message_of<InvalidRequestError>([&] {
              c.insert_many_values(
                  delete_(t).node(), {}, Names(2), "id", [](std::size_t, std::int64_t) {});
            }),
            "insert_many_values() needs an INSERT of one row into a table");
  EXPECT_EQ(message_of<InvalidRequestError>([&] {
              c.insert_many_values(
                  insert(t).node(), keys, Names(2), "nope", [](std::size_t, std::int64_t) {});
            }),
            "Table 't' has no column 'nope'");
}

TEST_F(ManyRows, KeysThatAreGivenAreRefused) {
  EXPECT_EQ(message_of<InvalidRequestError>([&] {
              c.insert_many_values(
                  insert(t).node(), {"id"}, Names(2), "id", [](std::size_t, std::int64_t) {});
            }),
            "insert_many_values() reports keys that the database generates, but the statement "
            "gives column 'id'; use execute_many()");
}

TEST_F(ManyRows, ExecuteManyTellsOfEachSet) {
  std::vector<std::int64_t> generated;
  const std::int64_t affected =
      c.execute_many(insert(t).node(),
                     keys,
                     Names(3),
                     [&](std::size_t set, DriverCursor& cursor, DriverConnection& connection) {
                       EXPECT_EQ(set, generated.size());
                       EXPECT_EQ(cursor.affected_rows(), 1);
                       generated.push_back(connection.last_insert_id());
                     });
  EXPECT_EQ(affected, 3);
  EXPECT_EQ(generated, (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(log(),
            (Lines{"BEGIN (implicit)",
                   "INSERT INTO t (name) VALUES (?)",
                   "[generated in ...s] [('n0',), ('n1',), ('n2',)]"}));
}

// Nobody asks for keys: many rows go into one statement, which only the driver sees.
class RowsTogether : public ManyRows {
 protected:
  static ParamsList rows(int count) {
    ParamsList sets;
    for (int i = 0; i < count; ++i) {
      sets.push_back({{"id", i + 1}, {"name", "n" + std::to_string(i)}});
    }
    return sets;
  }

  std::int64_t count() { return c.scalar(select(func::count(id))).value(); }
};

TEST_F(RowsTogether, LookLikeOneExecutemany) {
  EXPECT_EQ(c.execute(insert(t), rows(100)).rowcount(), 100);
  const Lines lines = log();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1], "INSERT INTO t (id, name) VALUES (?, ?)");
  EXPECT_TRUE(lines[2].starts_with("[generated in ...s] [(1, 'n0'), (2, 'n1'), ")) << lines[2];
}

TEST_F(RowsTogether, AreAllStoredWhateverTheirNumber) {
  set_log_level("azoth", LogLevel::off);
  for (const int rows_given : {2, 7, 8, 9, 17, 64, 100, 1023, 1024, 1025, 2500}) {
    c.execute(delete_(t));
    EXPECT_EQ(c.execute(insert(t), rows(rows_given)).rowcount(), rows_given);
    EXPECT_EQ(count(), rows_given);
    for (const int i : {0, rows_given / 2, rows_given - 1}) {
      EXPECT_EQ(c.scalar(select(name).where(id == i + 1)), "n" + std::to_string(i));
    }
  }
  reset_log_level("azoth");
}

TEST_F(RowsTogether, BeforeARefusedOneStayInserted) {
  ParamsList sets = rows(50);
  sets.push_back({{"id", 20}, {"name", "again"}});
  for (int i = 0; i < 50; ++i) {
    sets.push_back({{"id", 100 + i}, {"name", "behind"}});
  }
  const std::string text = what_of<IntegrityError>([&] { c.execute(insert(t), sets); });
  EXPECT_TRUE(
      text.starts_with("(sqlite3.IntegrityError) UNIQUE constraint failed: t.id\n"
                       "[SQL: INSERT INTO t (id, name) VALUES (?, ?)]\n"
                       "[parameters: [(1, 'n0'), "))
      << text;
  EXPECT_EQ(count(), 50);
}

TEST_F(RowsTogether, AreNotInsertedTwiceWhenAStatementFailsHalfWay) {
  c.exec_driver_sql(
      "CREATE TRIGGER r BEFORE INSERT ON t WHEN new.id = 40 BEGIN SELECT RAISE(FAIL, 'no'); END");
  EXPECT_THROW(c.execute(insert(t), rows(64)), IntegrityError);
  EXPECT_EQ(count(), 39);
}

TEST_F(RowsTogether, SeeTheRowsBeforeThem) {
  const Table& other = t;
  const auto largest = select(func::coalesce(func::max(id), 0) + 1).scalar_subquery();
  ParamsList sets;
  for (int i = 0; i < 20; ++i) {
    sets.push_back({{"name", "n" + std::to_string(i)}});
  }
  c.execute(insert(other).values({{"id", largest}, {"name", bindparam("name")}}), sets);
  EXPECT_EQ(c.scalar(select(func::max(id))), 20);
}

}  // namespace
}  // namespace azoth
