// SPDX-License-Identifier: MIT
// What the server is told of values, and that they arrive as they are.
#include "driver/libpq/fixture.hpp"

#include <cmath>
#include <limits>

namespace azoth {
namespace {

using Sent = std::pair<Value, std::string>;
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr double infinity = std::numeric_limits<double>::infinity();

TEST_F(Libpq, EachKindHasItsType) {
  EXPECT_EQ(echo(null), (Sent{Value(), "text"}));
  EXPECT_EQ(echo(true), (Sent{Value(true), "boolean"}));
  EXPECT_EQ(echo(7), (Sent{Value(7), "integer"}));
  EXPECT_EQ(echo(smallest), (Sent{Value(smallest), "bigint"}));
  EXPECT_EQ(echo(1.5), (Sent{Value(1.5), "double precision"}));
  EXPECT_EQ(echo("x"), (Sent{Value("x"), "text"}));
  EXPECT_EQ(echo(Bytes{std::byte{0}, std::byte{255}}),
            (Sent{Value(Bytes{std::byte{0}, std::byte{255}}), "bytea"}));
  EXPECT_EQ(echo(Decimal("1.50")), (Sent{Value(Decimal("1.50")), "numeric"}));
  EXPECT_EQ(echo(Date{2010, 5, 1}), (Sent{Value(Date{2010, 5, 1}), "date"}));
  EXPECT_EQ(echo(Time{1, 2, 3, 4}), (Sent{Value(Time{1, 2, 3, 4}), "time without time zone"}));
  const DateTime moment{{2010, 5, 1}, {12, 0, 0, 5}};
  EXPECT_EQ(echo(moment), (Sent{Value(moment), "timestamp without time zone"}));
  EXPECT_EQ(echo(moment, types::DateTime(true)), (Sent{Value(moment), "timestamp with time zone"}));
}

TEST_F(Libpq, SqlTypeGuidesNumbers) {
  EXPECT_EQ(echo(1, types::Float()).second, "double precision");
  EXPECT_EQ(echo(1, types::Numeric()).second, "numeric");
  EXPECT_EQ(echo(0.1, types::Numeric()), (Sent{Value(Decimal("0.1")), "numeric"}));
  EXPECT_EQ(echo(1, types::Boolean()), (Sent{Value(true), "boolean"}));
}

TEST_F(Libpq, StatementIsPreparedAnewForAValueThatItsTypeCannotHold) {
  auto cursor = db->prepare("SELECT pg_typeof($1)::text");
  const auto type_of = [&](const Literal& value) {
    cursor->reset();
    cursor->bind(0, value, types::null_type());
    cursor->step();
    return cursor->value(0, types::null_type()).get<std::string>();
  };
  EXPECT_EQ(type_of(1), "integer");
  EXPECT_EQ(type_of(std::int64_t{1} << 40), "bigint");
  EXPECT_EQ(type_of(2), "bigint");  // which holds it
  EXPECT_EQ(type_of("x"), "text");
  EXPECT_EQ(type_of(2.5), "double precision");
}

TEST_F(Libpq, TextIsWhatItsPlaceExpects) {
  EXPECT_EQ(send("SELECT ($1::uuid)", "12345678-1234-5678-1234-567812345678"),
            Value("12345678-1234-5678-1234-567812345678"));
  EXPECT_EQ(send("SELECT date '2010-05-03' - $1::date", "2010-05-01"), Value(2));
  run("CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TABLE moods (m mood, j jsonb)");
  EXPECT_EQ(send("INSERT INTO moods (m) VALUES ($1) RETURNING m", "happy"), Value("happy"));
  EXPECT_EQ(send("INSERT INTO moods (j) VALUES ($1) RETURNING j", "{\"a\": 1}"),
            Value("{\"a\": 1}"));
  EXPECT_EQ(send("SELECT count(*) FROM moods WHERE m = $1", "happy"), Value(1));
}

TEST_F(Libpq, TextWithoutContextIsText) {
  EXPECT_EQ(send("SELECT concat($1, '!')", "x"), Value("x!"));
  EXPECT_EQ(send("SELECT json_build_object('k', $1)", "x"), Value("{\"k\" : \"x\"}"));
  EXPECT_EQ(send("SELECT $1 IS NULL", null), Value(true));
}

TEST_F(Libpq, PlaceholdersInLiteralsNamesAndCommentsAreNone) {
  EXPECT_EQ(db->prepare("SELECT '$1', \"$2\", $$ $3 $$, $x$ $4 $x$ -- $5\n /* $6 /* $7 */ */ "
                        "FROM (SELECT 1 AS \"$2\") a")
                ->parameter_count(),
            0);
  EXPECT_EQ(db->prepare("SELECT 'it''s $1', E'\\'$2', $1::int, $2::int")->parameter_count(), 2);
}

TEST_F(Libpq, NulWithinTextIsRefused) {
  EXPECT_EQ(error_of<DataError>([&] { echo(std::string_view("a\0b", 3)); }).message(),
            "(libpq.DataError) A string literal cannot contain NUL (0x00) characters.");
}

TEST_F(Libpq, EmptyTextAndEmptyBytesAreNotNull) {
  EXPECT_EQ(echo(std::string_view()), (Sent{Value(""), "text"}));
  EXPECT_EQ(echo(Bytes{}), (Sent{Value(Bytes{}), "bytea"}));
}

TEST_F(Libpq, UnicodeSurvives) {
  const std::string text = "Z\xc3\xbcrich \xf0\x9f\x98\x80 \xd0\x96";
  EXPECT_EQ(echo(text).first, Value(text));
  EXPECT_EQ(send("SELECT length($1)", "\xf0\x9f\x98\x80"), Value(1));
}

TEST_F(Libpq, DecimalsOf38DigitsSurvive) {
  for (const char* text : {"0",
                           "-0.001",
                           "10000",
                           "99999999999999999999999999999999999999",
                           "-0.00000000000000000000000000000000000001",
                           "1234567890123456789012345678.0123456789",
                           "100.00"}) {
    EXPECT_EQ(echo(Decimal(text)).first, Value(Decimal(text)));
    EXPECT_EQ(send("SELECT ($1::numeric)::text", Decimal(text)), Value(text));
  }
}

TEST_F(Libpq, FloatsKnowInfinitiesAndNotANumber) {
  EXPECT_EQ(echo(infinity).first, Value(infinity));
  EXPECT_EQ(echo(-infinity).first, Value(-infinity));
  EXPECT_TRUE(std::isnan(echo(std::nan("")).first.get<double>()));
  EXPECT_EQ(echo(5e-324).first, Value(5e-324));
}

TEST_F(Libpq, FirstAndLastDaysSurvive) {
  EXPECT_EQ(echo(Date{1, 1, 1}).first, Value(Date{1, 1, 1}));
  EXPECT_EQ(echo(Date{9999, 12, 31}).first, Value(Date{9999, 12, 31}));
  const DateTime first{{1, 1, 1}, {}}, last{{9999, 12, 31}, {23, 59, 59, 999999}};
  EXPECT_EQ(echo(first).first, Value(first));
  EXPECT_EQ(echo(last).first, Value(last));
}

TEST_F(Libpq, TimestampOfATypeWithZoneIsOfUtcWhateverTheSessionsZone) {
  run("SET timezone = 'America/New_York'");
  const DateTime noon{{2010, 5, 1}, {12, 0, 0}};
  EXPECT_EQ(echo(noon, types::DateTime(true)).first, Value(noon));
  auto cursor = db->prepare("SELECT ($1 AT TIME ZONE 'UTC')::text");
  cursor->bind(0, noon, types::DateTime(true));
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(cursor->value(0, types::String()), Value("2010-05-01 12:00:00"));
}

TEST_F(Libpq, TimestampInADateColumnIsRefusedUnlessMidnight) {
  EXPECT_EQ(error_of<DataError>([&] {
              echo(DateTime{{2010, 5, 1}, {12, 0, 0}}, types::Date());
            }).message(),
            "(libpq.DataError) a DATE cannot hold the time of 2010-05-01 12:00:00; give its .date, "
            "or make "
            "the column a DateTime");
  EXPECT_EQ(echo(DateTime{{2010, 5, 1}, {}}, types::Date()),
            (Sent{Value(Date{2010, 5, 1}), "date"}));
}

TEST_F(Libpq, LogsShowPythonsForms) {
  std::string text;
  db->append_repr(text, Decimal("1.50"), types::Numeric());
  db->append_repr(text, Literal("it's"), types::String());
  EXPECT_EQ(text, "Decimal('1.50')\"it's\"");
}

}  // namespace
}  // namespace azoth
