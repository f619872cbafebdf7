// SPDX-License-Identifier: MIT
// Values of types that not every database has, the same on every database.
#include "backend/fixture.hpp"
#include <azoth/engine/events.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/types/processors.hpp>

namespace azoth {
namespace {

enum class Colour { red, green };

}  // namespace

template <>
struct EnumMembers<Colour> {
  static constexpr std::string_view name = "backend_colour";
  static constexpr std::pair<Colour, std::string_view> members[] = {{Colour::red, "red"},
                                                                    {Colour::green, "green"}};
};

namespace {

class Values : public azoth_test::Backend {
 protected:
  void TearDown() override {
    if (engine) {
      drop_all(metadata, *engine);
    }
    Backend::TearDown();
  }

  // What is read of each value stored in a column of the type, and found when compared with.
  void expect_round_trip(TypePtr type, const std::vector<Value>& values) {
    Table t(
        "backend_v",
        metadata,
        {Column(
             "id", types::Integer(), {.primary_key = true, .autoincrement = AutoIncrement::never}),
         Column("v", type)});
    create_all(metadata, *engine);
    Connection c = engine->connect();
    ParamsList sets;
    for (std::size_t i = 0; i < values.size(); ++i) {
      sets.push_back({{"id", i}, {"v", values[i]}});
    }
    c.execute(insert(t), sets);
    c.commit();
    EXPECT_EQ(c.execute(select(t.c("v")).order_by(t.c("id"))).scalars().all(), values);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values[i].is_null()) {
        auto found = c.execute(select(t.c("id")).where(t.c("v") == values[i]));
        EXPECT_EQ(found.scalars().all(), std::vector<Value>{Value(i)}) << repr(values[i]);
      }
    }
  }

  MetaData metadata;
};

TEST_P(Values, Uuids) {
  expect_round_trip(types::Uuid(),
                    {Uuid{},
                     *Uuid::parse("12345678-1234-5678-1234-567812345678"),
                     null,
                     *Uuid::parse("ffffffff-ffff-ffff-ffff-ffffffffffff")});
}

TEST_P(Values, UuidsAsText) {
  expect_round_trip(types::Uuid(false), {"12345678-1234-5678-1234-567812345678", null});
}

TEST_P(Values, Intervals) {
  expect_round_trip(types::Interval(true, 6),
                    {Interval{}, Interval{1'000'000}, Interval{90'061'000'000}, null});
}

TEST_P(Values, NamedEnumerations) {
  expect_round_trip(types::Enum<Colour>(), {Colour::green, null, Colour::red});
}

TEST_P(Values, Decorated) {
  const auto shifted = [](std::int64_t by) {
    return [by](const Value& value, std::string_view) -> Value {
      return value.is_null() ? value : Value(value.get<std::int64_t>() + by);
    };
  };
  expect_round_trip(types::TypeDecorator(types::Integer(),
                                         {.process_bind_param = shifted(1000),
                                          .process_result_value = shifted(-1000)}),
                    {0, -5, null, 7});
}

TEST_P(Values, Arrays) {
  if (!is("postgresql") || is_odbc()) {
    GTEST_SKIP() << "arrays are PostgreSQL's, and cannot go through ODBC";
  }
  using List = std::vector<Value>;
  expect_round_trip(types::ARRAY(types::Integer()),
                    {Value(List{}),
                     Value(List{1, null, -3}),
                     null,
                     Value(List{Value(List{1, 2}), Value(List{3, 4})})});
}

TEST_P(Values, ArraysOfTexts) {
  if (!is("postgresql") || is_odbc()) {
    GTEST_SKIP() << "arrays are PostgreSQL's, and cannot go through ODBC";
  }
  using List = std::vector<Value>;
  expect_round_trip(
      types::ARRAY(types::String()),
      {Value(List{"", "NULL", "a,b", "{c}", "d\"e\\f", " g ", "\xc3\xbc"}), Value(List{null})});
}

TEST_P(Values, ArraysOfOtherTypes) {
  if (!is("postgresql") || is_odbc()) {
    GTEST_SKIP() << "arrays are PostgreSQL's, and cannot go through ODBC";
  }
  using List = std::vector<Value>;
  expect_round_trip(types::ARRAY(types::Numeric()), {Value(List{Decimal("1.50"), Decimal("-2")})});
  drop_all(metadata, *engine);
  metadata = MetaData();
  expect_round_trip(types::ARRAY(types::Date()), {Value(List{Date{2020, 2, 29}, null})});
  drop_all(metadata, *engine);
  metadata = MetaData();
  expect_round_trip(types::ARRAY(types::Boolean()), {Value(List{true, false})});
  drop_all(metadata, *engine);
  metadata = MetaData();
  expect_round_trip(types::ARRAY(types::DateTime()),
                    {Value(List{DateTime{{2020, 2, 29}, {1, 2, 3, 4}}})});
  drop_all(metadata, *engine);
  metadata = MetaData();
  expect_round_trip(types::ARRAY(types::Float()), {Value(List{1.5, -0.25})});
}

TEST_P(Values, ArraysOfBytes) {
  if (!is("postgresql") || is_odbc()) {
    GTEST_SKIP() << "arrays are PostgreSQL's, and cannot go through ODBC";
  }
  using List = std::vector<Value>;
  expect_round_trip(types::ARRAY(types::LargeBinary()),
                    {Value(List{Bytes{std::byte{0}, std::byte{0xFF}}, Bytes{}, null})});
}

TEST_P(Values, MomentsInArraysAreThoseOfUtc) {
  if (!is("postgresql") || is_odbc()) {
    GTEST_SKIP() << "arrays are PostgreSQL's, and cannot go through ODBC";
  }
  using List = std::vector<Value>;
  event::listen(*engine, event::begin, [](Connection& c) {
    c.exec_driver_sql("SET LOCAL TIME ZONE 'Asia/Kolkata'");
  });
  expect_round_trip(types::ARRAY(types::DateTime(true)),
                    {Value(List{DateTime{{2020, 2, 29}, {1, 2, 3, 4}}, null})});
}

AZOTH_ON_ALL_BACKENDS(Values);

}  // namespace
}  // namespace azoth
