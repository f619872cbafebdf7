// SPDX-License-Identifier: MIT
// Reading is strict: what a C++ type cannot hold without loss is refused, and the refusal is
// explained.
#include "driver/sqlite3/fixture.hpp"
#include <azoth/base/error.hpp>

namespace azoth {
namespace {

enum class Color : std::int16_t { red, green };

class Sqlite3Read : public Sqlite3 {};

TEST_F(Sqlite3Read, IntegersOfEachWidthAreChecked) {
  EXPECT_EQ(read<std::int64_t>("SELECT 9223372036854775807").first, 9223372036854775807);
  EXPECT_EQ(read<std::int32_t>("SELECT -2147483648").first, -2147483648);
  EXPECT_EQ(read<std::int32_t>("SELECT 2147483648").second,
            "(sqlite3.DataError) column t.c holds 2147483648 (integer), which is no value of "
            "std::int32_t (SQL type Integer())");
  EXPECT_FALSE(read<std::uint8_t>("SELECT 256").first);
  EXPECT_FALSE(read<std::uint32_t>("SELECT -1").first);
}

TEST_F(Sqlite3Read, TextInAnIntegerColumnIsRefusedAndNamed) {
  EXPECT_EQ(read<std::int64_t>("SELECT 'abc'").second,
            "(sqlite3.DataError) column t.c holds 'abc' (text), which is no value of std::int64_t "
            "(SQL type Integer())");
  EXPECT_FALSE(read<std::int64_t>("SELECT '12'").first);
  EXPECT_FALSE(read<std::int64_t>("SELECT 1.0").first);
  EXPECT_FALSE(read<std::string>("SELECT 1").first);
}

TEST_F(Sqlite3Read, NullNeedsAnOptional) {
  EXPECT_EQ(read<std::int64_t>("SELECT NULL").second,
            "(sqlite3.DataError) column t.c is NULL, which std::int64_t cannot hold; read it into "
            "std::optional<std::int64_t>");
  EXPECT_EQ(read<std::optional<std::string>>("SELECT NULL").first,
            std::optional<std::optional<std::string>>(std::in_place));
  EXPECT_EQ(read<std::optional<std::string>>("SELECT 'x'").first, std::optional<std::string>("x"));
  EXPECT_FALSE(read<bool>("SELECT NULL").first);
  EXPECT_FALSE(read<Bytes>("SELECT NULL").first);
  EXPECT_FALSE(read<Decimal>("SELECT NULL").first);
  EXPECT_FALSE(read<Date>("SELECT NULL").first);
}

TEST_F(Sqlite3Read, BooleanIsZeroOrOne) {
  EXPECT_EQ(read<bool>("SELECT 1").first, true);
  EXPECT_EQ(read<bool>("SELECT 0").first, false);
  EXPECT_FALSE(read<bool>("SELECT 2").first);
  EXPECT_FALSE(read<bool>("SELECT 'true'").first);
}

TEST_F(Sqlite3Read, RealTakesIntegersThatADoubleHoldsExactly) {
  EXPECT_EQ(read<double>("SELECT 1.5").first, 1.5);
  EXPECT_EQ(read<double>("SELECT 3").first, 3.0);
  EXPECT_FALSE(read<double>("SELECT 9007199254740993").first);
  EXPECT_EQ(read<float>("SELECT 0.5").first, 0.5F);
  EXPECT_FALSE(read<float>("SELECT 1e300").first);
}

TEST_F(Sqlite3Read, DecimalHasTheScaleOfItsType) {
  const auto text = [&](const char* sql, TypePtr type) {
    return read<Decimal>(sql, type).first.value().to_string();
  };
  EXPECT_EQ(text("SELECT 0.99", types::Numeric(10, 2)), "0.99");
  EXPECT_EQ(text("SELECT 5", types::Numeric(10, 2)), "5.00");
  EXPECT_EQ(text("SELECT 5.25", types::Numeric()), "5.2500000000");
  EXPECT_EQ(text("SELECT '12345678901234567890.12'", types::Numeric(30, 2)),
            "12345678901234567890.12");
  EXPECT_FALSE(read<Decimal>("SELECT 'five'").first);
  EXPECT_FALSE(read<Decimal>("SELECT 1e300", types::Numeric(10, 2)).first);
}

TEST_F(Sqlite3Read, DatesComeFromIsoText) {
  EXPECT_EQ(read<Date>("SELECT '2010-05-01'").first, (Date{2010, 5, 1}));
  EXPECT_EQ(read<Time>("SELECT '01:02:03.000004'").first, (Time{1, 2, 3, 4}));
  EXPECT_EQ(read<DateTime>("SELECT '2010-05-01 12:00:00'").first,
            (DateTime{{2010, 5, 1}, {12, 0, 0}}));
  EXPECT_EQ(read<Date>("SELECT '2010-02-30'").second,
            "(sqlite3.DataError) column t.c holds '2010-02-30' (text), which is no value of "
            "azoth::Date (SQL type Date())");
  EXPECT_FALSE(read<DateTime>("SELECT 1272715200").first);
}

TEST_F(Sqlite3Read, BytesAreNotText) {
  EXPECT_EQ(read<Bytes>("SELECT x'00ff'").first, (Bytes{std::byte{0}, std::byte{255}}));
  EXPECT_FALSE(read<Bytes>("SELECT 'text'").first);
  EXPECT_EQ(read<Bytes>("SELECT x''").first, Bytes{});
}

TEST_F(Sqlite3Read, EnumsGoThroughTheirCodec) {
  EXPECT_EQ(read<Color>("SELECT 1").first, Color::green);
  EXPECT_FALSE(read<Color>("SELECT 'green'").first);
  EXPECT_EQ(read<std::optional<Color>>("SELECT NULL").first,
            std::optional<std::optional<Color>>(std::in_place));
}

TEST_F(Sqlite3Read, ValuesAreGuidedByTheSqlType) {
  EXPECT_EQ(ask("SELECT 1", types::Boolean()), Value(true));
  EXPECT_EQ(ask("SELECT 1", types::Float()), Value(1.0));
  EXPECT_EQ(ask("SELECT 1.5", types::Numeric(10, 2)), Value(Decimal("1.50")));
  EXPECT_EQ(ask("SELECT '2010-05-01'", types::Date()), Value(Date{2010, 5, 1}));
  EXPECT_EQ(ask("SELECT '2010-05-01'"), Value("2010-05-01"));
  EXPECT_EQ(ask("SELECT NULL", types::Date()), Value());
}

TEST_F(Sqlite3Read, ValueOfAnotherTypeThanItsColumnIsADataError) {
  run("CREATE TABLE t (d DATE)");
  run("INSERT INTO t VALUES ('soon')");
  try {
    ask("SELECT d FROM t", types::Date());
    FAIL() << "read as a date";
  } catch (const DataError& error) {
    EXPECT_EQ(error.message(),
              "(sqlite3.DataError) column d holds 'soon' (text), which is no value of Date()");
  }
}

TEST_F(Sqlite3Read, Utf16DatabaseGivesUtf8) {
  run("PRAGMA encoding = 'UTF-16'");
  run("CREATE TABLE t (x TEXT)");
  run("INSERT INTO t VALUES ('\xc3\xa4\xe2\x82\xac')");
  EXPECT_EQ(read<std::string>("SELECT x FROM t").first, "\xc3\xa4\xe2\x82\xac");
}

}  // namespace
}  // namespace azoth
