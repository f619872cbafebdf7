// SPDX-License-Identifier: MIT
// Which cells each C++ type reads, and why others are refused. The rows of a statement with an
// array come as text, so that the same laws are asked with one beside them.
#include "driver/libpq/fixture.hpp"

#include <cmath>
#include <limits>

namespace azoth {
namespace {

class LibpqRead : public Libpq, public ::testing::WithParamInterface<const char*> {
 protected:
  /// Reads an expression in the binary or in the text format.
  template <class T>
  std::pair<std::optional<T>, std::string> read_expr(const std::string& expr,
                                                     TypePtr type = CppType<T>::type()) {
    return read<T>("SELECT " + expr + GetParam(), type);
  }

  Value natural(const std::string& expr) { return ask("SELECT " + expr + GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(Formats,
                         LibpqRead,
                         ::testing::Values("", ", '{1}'::int[]"),
                         [](const auto& format) { return *format.param ? "Text" : "Binary"; });

TEST_P(LibpqRead, IntegersOfAllWidths) {
  EXPECT_EQ(read_expr<std::int64_t>("'-9223372036854775808'::int8").first,
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(read_expr<std::int64_t>("7::int2").first, 7);
  EXPECT_EQ(read_expr<std::int16_t>("(-7)::int4").first, -7);
  EXPECT_EQ(read_expr<std::uint64_t>("4294967295::oid").first, 4294967295U);
}

TEST_P(LibpqRead, IntegerOutsideOfItsTypeIsRefused) {
  EXPECT_EQ(read_expr<std::int16_t>("40000").second,
            "(libpq.DataError) column t.c holds 40000 (integer), which is no value of std::int16_t "
            "(SQL type SmallInteger())");
}

TEST_P(LibpqRead, NullNeedsAnOptional) {
  EXPECT_EQ(read_expr<std::int64_t>("NULL::int8").second,
            "(libpq.DataError) column t.c is NULL, which std::int64_t cannot hold; read it into "
            "std::optional<std::int64_t>");
  EXPECT_EQ(read_expr<std::optional<std::int64_t>>("NULL::int8").first.value(), std::nullopt);
  EXPECT_EQ(read_expr<std::optional<std::string>>("''").first.value(), "");
  EXPECT_EQ(natural("NULL::int8"), Value());
}

TEST_P(LibpqRead, Booleans) {
  EXPECT_EQ(read_expr<bool>("true").first, true);
  EXPECT_EQ(read_expr<bool>("false").first, false);
  EXPECT_EQ(read_expr<bool>("1").first, true);
  EXPECT_FALSE(read_expr<bool>("2").first);
}

TEST_P(LibpqRead, Reals) {
  EXPECT_EQ(read_expr<double>("1.5::float8").first, 1.5);
  EXPECT_EQ(read_expr<float>("1.5::float4").first, 1.5F);
  EXPECT_EQ(read_expr<double>("1.25::numeric").first, 1.25);
  EXPECT_EQ(read_expr<double>("'-Infinity'::float8").first,
            -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(*read_expr<double>("'NaN'::numeric").first));
  EXPECT_EQ(read_expr<double>("3").first, 3.0);
  EXPECT_FALSE(read_expr<double>("9007199254740993").first);
}

TEST_P(LibpqRead, Decimals) {
  EXPECT_EQ(read_expr<Decimal>("1.50").first->to_string(), "1.50");
  EXPECT_EQ(read_expr<Decimal>("-12345678901234567890123456789012345678").first->to_string(),
            "-12345678901234567890123456789012345678");
  EXPECT_EQ(read_expr<Decimal>("0.00012345::numeric").first->to_string(), "0.00012345");
  EXPECT_EQ(read_expr<Decimal>("1e20::numeric").first->to_string(), "100000000000000000000");
  EXPECT_EQ(read_expr<Decimal>("0.1::float8", types::Numeric(10, 2)).first->to_string(), "0.10");
  EXPECT_EQ(read_expr<Decimal>("7").first->to_string(), "7");
  EXPECT_FALSE(read_expr<Decimal>("1e38::numeric").first);
}

TEST_P(LibpqRead, NumberThatIsNoneIsNamed) {
  EXPECT_EQ(read_expr<Decimal>("'NaN'::numeric").second,
            "(libpq.DataError) column t.c holds NaN (decimal), which is no value of azoth::Decimal "
            "(SQL type Numeric())");
}

TEST_P(LibpqRead, TextsOfAllTypes) {
  EXPECT_EQ(read_expr<std::string>("'x'::varchar(3)").first, "x");
  EXPECT_EQ(read_expr<std::string>("'x'::char(3)").first, "x  ");
  EXPECT_EQ(read_expr<std::string>("'{\"a\": 1}'::jsonb").first, "{\"a\": 1}");
  EXPECT_EQ(read_expr<std::string>("'12345678-1234-5678-1234-567812345678'::uuid").first,
            "12345678-1234-5678-1234-567812345678");
  EXPECT_EQ(read_expr<std::string>("'1 day 02:00:00'::interval").first, "1 day 02:00:00");
  EXPECT_EQ(read_expr<std::string>("'10.0.0.0/8'::inet").first, "10.0.0.0/8");
  EXPECT_EQ(read_expr<std::string>("'{1,NULL,3}'::int[]").first, "{1,NULL,3}");
  EXPECT_EQ(read_expr<std::string>("'12:00:00+02'::timetz").first, "12:00:00+02");
  EXPECT_FALSE(read_expr<std::string>("1").first);
}

TEST_P(LibpqRead, Bytes) {
  EXPECT_EQ(read_expr<Bytes>("'\\x00ff'::bytea").first, (Bytes{std::byte{0}, std::byte{255}}));
  EXPECT_EQ(read_expr<Bytes>("''::bytea").first, Bytes());
}

TEST_P(LibpqRead, DatesAndTimes) {
  EXPECT_EQ(read_expr<Date>("'0001-01-01'::date").first, (Date{1, 1, 1}));
  EXPECT_EQ(read_expr<Time>("'23:59:59.999999'::time").first, (Time{23, 59, 59, 999999}));
  EXPECT_EQ(read_expr<DateTime>("'1999-12-31 23:59:59.000001'::timestamp").first,
            (DateTime{{1999, 12, 31}, {23, 59, 59, 1}}));
  EXPECT_EQ(read_expr<DateTime>("'2010-05-01 12:00:00-05:30'::timestamptz").first,
            (DateTime{{2010, 5, 1}, {17, 30, 0}}));
  EXPECT_EQ(natural("'2010-05-01'::date"), Value(Date{2010, 5, 1}));
}

TEST_P(LibpqRead, TextFormatOfAnotherZoneIsTheTimeOfUtc) {
  run("SET timezone = 'Asia/Kolkata'");
  EXPECT_EQ(read_expr<DateTime>("'2010-05-01 12:00:00+00'::timestamptz").first,
            (DateTime{{2010, 5, 1}, {12, 0, 0}}));
}

TEST_P(LibpqRead, DaysWithoutCppValueAreRefused) {
  EXPECT_FALSE(read_expr<Date>("'infinity'::date").first);
  EXPECT_FALSE(read_expr<DateTime>("'-infinity'::timestamp").first);
  EXPECT_FALSE(read_expr<Date>("'0044-03-15 BC'::date").first);
  EXPECT_FALSE(read_expr<DateTime>("'10000-01-01'::timestamp").first);
  EXPECT_FALSE(read_expr<Time>("'24:00:00'::time").first);
  EXPECT_THROW(natural("'infinity'::date"), DataError);
}

TEST_P(LibpqRead, NaturalValues) {
  EXPECT_EQ(natural("1::int2"), Value(1));
  EXPECT_EQ(natural("true"), Value(true));
  EXPECT_EQ(natural("1.50"), Value(Decimal("1.50")));
  EXPECT_EQ(natural("1.5::float4"), Value(1.5));
  EXPECT_EQ(natural("'x'::text"), Value("x"));
  EXPECT_EQ(natural("'12:00'::time"), Value(Time{12, 0, 0}));
}

TEST_F(Libpq, SqlTypeGuidesDynamicValues) {
  EXPECT_EQ(ask("SELECT 1", types::Boolean()), Value(true));
  EXPECT_EQ(ask("SELECT 1.5::float8", types::Numeric(10, 2)), Value(Decimal("1.50")));
  EXPECT_EQ(ask("SELECT 1.5", types::Float()), Value(1.5));
}

TEST_F(Libpq, SumOfBigIntegersIsAnInteger) {
  EXPECT_EQ(read<std::int64_t>("SELECT sum(x) FROM generate_series(1, 3::int8) x").first, 6);
  EXPECT_FALSE(read<std::int64_t>("SELECT 1.5").first);
}

}  // namespace
}  // namespace azoth
