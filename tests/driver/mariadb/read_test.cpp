// SPDX-License-Identifier: MIT
// What columns of each type are read as, and what is refused.
#include "driver/mariadb/fixture.hpp"

#include <limits>

namespace azoth {
namespace {

enum class Color : std::int16_t { red, green };

class MariadbRead : public Mariadb {};

TEST_F(MariadbRead, IntegersOfEachWidthHaveTheirExtremes) {
  EXPECT_EQ(read_column<std::int8_t>("TINYINT", "-128").first, -128);
  EXPECT_EQ(read_column<std::uint8_t>("TINYINT UNSIGNED", "255").first, 255);
  EXPECT_EQ(read_column<std::int16_t>("SMALLINT", "-32768").first, -32768);
  EXPECT_EQ(read_column<std::uint16_t>("SMALLINT UNSIGNED", "65535").first, 65535);
  EXPECT_EQ(read_column<std::int32_t>("MEDIUMINT", "-8388608").first, -8388608);
  EXPECT_EQ(read_column<std::int32_t>("MEDIUMINT UNSIGNED", "16777215").first, 16777215);
  EXPECT_EQ(read_column<std::int32_t>("INT", "-2147483648").first,
            std::numeric_limits<std::int32_t>::min());
  EXPECT_EQ(read_column<std::uint32_t>("INT UNSIGNED", "4294967295").first, 4294967295U);
  EXPECT_EQ(read_column<std::int64_t>("BIGINT", "-9223372036854775808").first,
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(read_column<std::uint64_t>("BIGINT UNSIGNED", "18446744073709551615").first,
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(read_column<std::int32_t>("YEAR", "2155").first, 2155);
}

TEST_F(MariadbRead, IntegerBeyondItsCppTypeIsRefused) {
  EXPECT_EQ(read_column<std::int32_t>("BIGINT", "2147483648").second,
            "(mariadb.DataError) column t.c holds 2147483648 (integer), which is no value of "
            "std::int32_t (SQL type Integer())");
  EXPECT_FALSE(read_column<std::uint8_t>("INT", "256").first);
  EXPECT_FALSE(read_column<std::uint32_t>("INT", "-1").first);
  EXPECT_FALSE(read_column<std::int64_t>("BIGINT UNSIGNED", "9223372036854775808").first);
}

TEST_F(MariadbRead, SumsOfIntegersAreIntegersToo) {
  EXPECT_EQ(read<std::int64_t>("SELECT SUM(x) FROM (SELECT 1 AS x UNION SELECT 2) AS t").first, 3);
  EXPECT_FALSE(read<std::int64_t>("SELECT 1.5").first);
  EXPECT_FALSE(read<std::int64_t>("SELECT '12'").first);
}

TEST_F(MariadbRead, BooleanIsZeroOrOne) {
  EXPECT_EQ(read_column<bool>("BOOL", "true").first, true);
  EXPECT_EQ(read_column<bool>("BIT(1)", "b'0'").first, false);
  EXPECT_FALSE(read_column<bool>("TINYINT", "2").first);
  EXPECT_EQ(ask("SELECT 1", types::Boolean()), Value(true));
}

TEST_F(MariadbRead, RealTakesEveryNumberThatADoubleHolds) {
  EXPECT_EQ(read_column<double>("DOUBLE", "-1.7976931348623157e308").first,
            -std::numeric_limits<double>::max());
  EXPECT_EQ(read_column<double>("FLOAT", "0.1").first, 0.1);
  EXPECT_EQ(read_column<float>("FLOAT", "0.1").first, 0.1F);
  EXPECT_EQ(read_column<double>("DECIMAL(10,2)", "2.25").first, 2.25);
  EXPECT_EQ(read<double>("SELECT 3").first, 3.0);
  EXPECT_FALSE(read<double>("SELECT 9007199254740993").first);
  EXPECT_FALSE(read<float>("SELECT 1e300").first);
}

TEST_F(MariadbRead, DecimalIsExact) {
  const auto text = [&](const char* column, const char* literal, TypePtr type) {
    return read_column<Decimal>(column, literal, type).first.value().to_string();
  };
  EXPECT_EQ(text("DECIMAL(10,2)", "-0.9", types::Numeric(10, 2)), "-0.90");
  EXPECT_EQ(text("DECIMAL(38,0)", "-99999999999999999999999999999999999999", types::Numeric(38, 0)),
            "-99999999999999999999999999999999999999");
  EXPECT_EQ(text("DOUBLE", "0.5", types::Numeric(10, 2)), "0.50");
  EXPECT_EQ(text("BIGINT UNSIGNED", "18446744073709551615", types::Numeric()),
            "18446744073709551615");
}

TEST_F(MariadbRead, DecimalOfMoreThanThirtyEightDigitsIsRefusedAndShown) {
  EXPECT_EQ(
      read_column<Decimal>("DECIMAL(40,0)", "1234567890123456789012345678901234567890").second,
      "(mariadb.DataError) column t.c holds 1234567890123456789012345678901234567890 "
      "(decimal), which is no value of azoth::Decimal (SQL type Numeric())");
}

TEST_F(MariadbRead, DatesAndTimesToTheMicrosecond) {
  EXPECT_EQ(read_column<Date>("DATE", "'9999-12-31'").first, (Date{9999, 12, 31}));
  EXPECT_EQ(read_column<Time>("TIME(6)", "'23:59:59.999999'").first, (Time{23, 59, 59, 999999}));
  EXPECT_EQ(read_column<Time>("TIME", "'00:00:00'").first, (Time{}));
  EXPECT_EQ(read_column<DateTime>("DATETIME(6)", "'1000-01-01 00:00:00.000001'").first,
            (DateTime{{1000, 1, 1}, {0, 0, 0, 1}}));
  EXPECT_EQ(read_column<DateTime>("DATETIME", "'2010-05-01 00:00:00'").first,
            (DateTime{{2010, 5, 1}, {}}));
  EXPECT_EQ(read_column<DateTime>("TIMESTAMP(3) NULL", "'2010-05-01 12:34:56.789'").first,
            (DateTime{{2010, 5, 1}, {12, 34, 56, 789000}}));
}

TEST_F(MariadbRead, TimeBeyondADayIsAText) {
  EXPECT_EQ(read_column<Time>("TIME", "'25:00:01'").second,
            "(mariadb.DataError) column t.c holds 25:00:01 (time), which is no value of "
            "azoth::Time (SQL type Time())");
  EXPECT_EQ(read_column<std::string>("TIME(6)", "'-838:59:58.5'").first, "-838:59:58.500000");
  EXPECT_EQ(read_column<std::string>("TIME", "'07:08:09'").first, "07:08:09");
  EXPECT_EQ(read_column<Value>("TIME", "'838:59:59'").first, Value("838:59:59"));
}

TEST_F(MariadbRead, ZeroDateIsRefused) {
  run("SET sql_mode = ''");
  EXPECT_EQ(read_column<Date>("DATE", "'0000-00-00'").second,
            "(mariadb.DataError) column t.c holds 0000-00-00 (date), which is no value of "
            "azoth::Date (SQL type Date())");
  EXPECT_FALSE(read_column<DateTime>("DATETIME", "'0000-00-00 00:00:00'").first);
}

TEST_F(MariadbRead, TextsAndBytesAreKeptApart) {
  const Bytes bytes{std::byte{0}, std::byte{255}};
  EXPECT_EQ(read_column<std::string>("CHAR(3)", "'a'").first, "a");
  EXPECT_EQ(read_column<std::string>("TINYTEXT", "'\xf0\x9f\x98\x80'").first, "\xf0\x9f\x98\x80");
  EXPECT_EQ(read_column<std::string>("VARCHAR(3) CHARACTER SET latin1", "'\xc3\xa4'").first,
            "\xc3\xa4");
  EXPECT_EQ(read_column<Bytes>("VARBINARY(3)", "x'00ff'").first, bytes);
  EXPECT_EQ(read_column<Bytes>("BLOB", "''").first, Bytes{});
  EXPECT_FALSE(read_column<std::string>("BLOB", "'a'").first);
  EXPECT_FALSE(read_column<Bytes>("TEXT", "'a'").first);
}

TEST_F(MariadbRead, BitsAreAnIntegerOrBytes) {
  EXPECT_EQ(read_column<std::uint64_t>("BIT(64)", "b'1'").first, 1U);
  EXPECT_EQ(read_column<std::int64_t>("BIT(12)", "b'101000000001'").first, 0xA01);
  EXPECT_EQ(read_column<Bytes>("BIT(12)", "b'101000000001'").first,
            (Bytes{std::byte{0x0A}, std::byte{0x01}}));
}

TEST_F(MariadbRead, NullNeedsAnOptional) {
  EXPECT_EQ(read<std::int64_t>("SELECT NULL").second,
            "(mariadb.DataError) column t.c is NULL, which std::int64_t cannot hold; read it into "
            "std::optional<std::int64_t>");
  EXPECT_EQ(read_column<std::optional<std::string>>("TEXT", "NULL").first,
            std::optional<std::optional<std::string>>(std::in_place));
  EXPECT_EQ(read<std::optional<std::string>>("SELECT 'x'").first, std::optional<std::string>("x"));
  EXPECT_EQ(read<Value>("SELECT NULL").first, Value());
  EXPECT_FALSE(read<Date>("SELECT NULL").first);
}

TEST_F(MariadbRead, NullsAmongManyColumnsAreToldByTheirBits) {
  auto cursor = db->prepare("SELECT NULL, 1, NULL, 'c', NULL, 5, 6, 7, NULL, 9, NULL, NULL, 12");
  ASSERT_TRUE(cursor->step());
  const std::vector<Value> expected{Value(),
                                    Value(1),
                                    Value(),
                                    Value("c"),
                                    Value(),
                                    Value(5),
                                    Value(6),
                                    Value(7),
                                    Value(),
                                    Value(9),
                                    Value(),
                                    Value(),
                                    Value(12)};
  for (int i = 0; i < 13; ++i) {
    EXPECT_EQ(cursor->value(i, types::null_type()), expected[static_cast<std::size_t>(i)]) << i;
  }
}

TEST_F(MariadbRead, EnumsGoThroughTheirCodec) {
  EXPECT_EQ(read<Color>("SELECT 1").first, Color::green);
  EXPECT_FALSE(read<Color>("SELECT 'green'").first);
  EXPECT_EQ(read<std::optional<Color>>("SELECT NULL").first,
            std::optional<std::optional<Color>>(std::in_place));
}

TEST_F(MariadbRead, ValuesAreGuidedByTheSqlType) {
  EXPECT_EQ(ask("SELECT 1", types::Float()), Value(1.0));
  EXPECT_EQ(ask("SELECT 1.50", types::Numeric(10, 2)), Value(Decimal("1.50")));
  EXPECT_EQ(ask("SELECT 1.50"), Value(Decimal("1.50")));
  EXPECT_EQ(ask("SELECT 18446744073709551615"), Value(Decimal("18446744073709551615")));
  EXPECT_EQ(ask("SELECT DATE'2010-05-01'"), Value(Date{2010, 5, 1}));
}

TEST_F(MariadbRead, LongValuesAreReadWhole) {
  const auto text = read<std::string>("SELECT REPEAT('ab', 400000)").first.value();
  EXPECT_EQ(text.size(), 800000U);
  EXPECT_EQ(text.substr(799996), "abab");
  EXPECT_EQ(read<std::string>("SELECT REPEAT('x', 251)").first, std::string(251, 'x'));
  EXPECT_EQ(read<std::string>("SELECT REPEAT('x', 65536)").first, std::string(65536, 'x'));
}

}  // namespace
}  // namespace azoth
