// SPDX-License-Identifier: MIT
// The keys of many rows, and which text brings them.
#include "driver/libpq/fixture.hpp"
#include <azoth/base/log.hpp>
#include <azoth/dialects/postgresql.hpp>
#include <azoth/engine/schema.hpp>
#include <azoth/sql/dml.hpp>

namespace azoth {
namespace {

class LibpqKeys : public Libpq {
 protected:
  void SetUp() override {
    Libpq::SetUp();
    if (IsSkipped()) {
      return;
    }
    engine.emplace(create_engine(url));
    drop_all(metadata, *engine);
    create_all(metadata, *engine);
  }

  /// Values of `n` and `s` for `count` rows; each 7th text is NULL.
  struct Rows final : ParameterSets {
    explicit Rows(std::size_t rows) : count(rows) {
      for (std::size_t i = 0; i < rows; ++i) {
        texts.push_back("it's {\"" + std::to_string(i) + "\"} \\ \xc3\xbc");
      }
    }

    std::size_t size() const override { return count; }

    Literal value(std::size_t set, std::size_t key) const override {
      if (key == 0) {
        return Literal(static_cast<std::int64_t>(set));
      }
      return set % 7 == 0 ? Literal(std::nullopt) : Literal(texts[set]);
    }

    std::size_t count;
    std::vector<std::string> texts;
  };

  MetaData metadata;
  Table t{"keyed",
          metadata,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("n", types::Integer()),
           Column("s", types::String(60))}};
  std::optional<Engine> engine;
};

TEST_F(LibpqKeys, EachSetGetsTheKeyOfItsRow) {
  const Rows rows(20000);  // more than a batch
  Connection connection = engine->connect();
  std::vector<std::int64_t> keys(rows.count);
  connection.insert_many_values(
      insert(t).node(), {"n", "s"}, rows, "id", [&](std::size_t set, std::int64_t key) {
        keys[set] = key;
      });
  std::size_t seen = 0;
  for (const Row& row : connection.exec_driver_sql("SELECT id, n, s FROM keyed ORDER BY n")) {
    EXPECT_EQ(row[0], Value(keys[seen]));
    EXPECT_EQ(row[2], seen % 7 == 0 ? Value() : Value(rows.texts[seen]));
    ++seen;
  }
  EXPECT_EQ(seen, rows.count);
}

TEST_F(LibpqKeys, ManyRowsAreOneStatement) {
  const auto sink = std::make_shared<CapturingSink>();
  set_log_sink(sink);
  set_log_level("azoth.engine", LogLevel::info);
  Connection connection = engine->connect();
  connection.insert_many_values(
      insert(t).node(), {"n", "s"}, Rows(3), "id", [](std::size_t, std::int64_t) {});
  reset_log_level("azoth.engine");
  set_log_sink(nullptr);
  const auto messages = sink->messages();
  ASSERT_EQ(messages.size(), 3U);
  EXPECT_EQ(messages[1],
            "INSERT INTO keyed (n, s) SELECT p0, p1 FROM unnest($1::BIGINT[], $2::TEXT[]) WITH "
            "ORDINALITY AS imp_sen(p0, p1, sen_counter) ORDER BY sen_counter RETURNING id");
  EXPECT_NE(messages[2].find("(insertmanyvalues) 1/1 (ordered)] [(0, None), (1, "),
            std::string::npos)
      << messages[2];
}

TEST_F(LibpqKeys, TextThatIsTooLongIsRefusedNotCut) {
  Connection connection = engine->connect();
  const std::string text(61, 'x');
  EXPECT_THROW(
      connection.execute(insert(t), ParamsList{{{"n", 1}, {"s", text}}, {{"n", 2}, {"s", text}}}),
      DataError);
}

TEST_F(LibpqKeys, ExecutemanyWithoutKeysCountsItsRows) {
  Connection connection = engine->connect();
  EXPECT_EQ(
      connection
          .execute(
              insert(t),
              ParamsList{{{"n", 1}, {"s", "a"}}, {{"n", 2}, {"s", "b"}}, {{"n", 3}, {"s", null}}})
          .rowcount(),
      3);
  EXPECT_EQ(connection.exec_driver_sql("SELECT count(*) FROM keyed").scalar(), Value(3));
}

TEST_F(LibpqKeys, SingleInsertReturnsItsKey) {
  Connection connection = engine->connect();
  const auto result = connection.execute(insert(t), Params{{"n", 1}, {"s", "a"}});
  EXPECT_EQ(result.inserted_primary_key(), std::vector<Value>{Value(1)});
  const auto given = connection.execute(insert(t), Params{{"id", 77}, {"n", 1}});
  EXPECT_EQ(given.inserted_primary_key(), std::vector<Value>{Value(77)});
}

TEST_F(LibpqKeys, TypesWithoutArraysGoRowByRow) {
  MetaData own;
  const Table lists{"keyed_lists",
                    own,
                    {Column("id", types::Integer(), {.primary_key = true}),
                     Column("tags", types::ARRAY(types::Integer()))}};
  create_all(own, *engine);

  struct Tags final : ParameterSets {
    std::size_t size() const override { return 3; }

    Literal value(std::size_t set, std::size_t) const override {
      return Literal(set == 0 ? "{1,2}" : "{3}");
    }
  };

  Connection connection = engine->connect();
  std::vector<std::int64_t> keys;
  connection.insert_many_values(
      insert(lists).node(), {"tags"}, Tags(), "id", [&](std::size_t, std::int64_t key) {
        keys.push_back(key);
      });
  EXPECT_EQ(keys, (std::vector<std::int64_t>{1, 2, 3}));
}

TEST_F(LibpqKeys, AllTypesTravelInArrays) {
  MetaData own;
  const Table all{"keyed_types",
                  own,
                  {Column("id", types::Integer(), {.primary_key = true}),
                   Column("b", types::Boolean()),
                   Column("d", types::Numeric(38, 10)),
                   Column("f", types::Float()),
                   Column("y", types::LargeBinary()),
                   Column("day", types::Date()),
                   Column("at", types::Time()),
                   Column("moment", types::DateTime()),
                   Column("zoned", types::DateTime(true)),
                   Column("u", postgresql::UUID()),
                   Column("j", types::JSON()),
                   Column("e", types::Enum({"sad", "happy"}, {.name = "keyed_mood"}))}};
  drop_all(own, *engine);
  create_all(own, *engine);
  const DateTime noon{{2010, 5, 1}, {12, 0, 0, 5}};
  const std::vector<std::string> names{
      "b", "d", "f", "y", "day", "at", "moment", "zoned", "u", "j", "e"};
  const std::vector<Value> values{Value(true),
                                  Value(Decimal("1234567890123456789012345678.0000000001")),
                                  Value(-1.5),
                                  Value(Bytes{std::byte{7}}),
                                  Value(noon.date),
                                  Value(noon.time),
                                  Value(noon),
                                  Value(noon),
                                  Value("12345678-1234-5678-1234-567812345678"),
                                  Value("{\"a\": 1}"),
                                  Value("happy")};
  Params set;
  for (std::size_t i = 0; i < names.size(); ++i) {
    set.set(names[i], values[i]);
  }
  Connection connection = engine->connect();
  connection.execute(insert(all), ParamsList{set, set});
  int rows = 0;
  for (const Row& row : connection.exec_driver_sql(
           "SELECT b, d, f, y, day, at, moment, zoned, u, j, e FROM keyed_types")) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_EQ(row[i], values[i]) << names[i];
    }
    ++rows;
  }
  EXPECT_EQ(rows, 2);
}

}  // namespace
}  // namespace azoth
