// SPDX-License-Identifier: MIT
// How values are stored.
#include "driver/sqlite3/fixture.hpp"
#include <azoth/base/error.hpp>

#include <limits>

namespace azoth {
namespace {

using Stored = std::pair<Value, std::string>;

class Sqlite3Bind : public Sqlite3 {
 protected:
  std::string shown(const Literal& value, TypePtr type = types::null_type()) {
    std::string text;
    db->append_repr(text, value, type);
    return text;
  }
};

TEST_F(Sqlite3Bind, EachKindHasItsStorageClass) {
  EXPECT_EQ(echo(null), (Stored{Value(), "null"}));
  EXPECT_EQ(echo(true), (Stored{Value(1), "integer"}));
  EXPECT_EQ(echo(std::numeric_limits<std::int64_t>::min()),
            (Stored{Value(std::numeric_limits<std::int64_t>::min()), "integer"}));
  EXPECT_EQ(echo(1.5), (Stored{Value(1.5), "real"}));
  EXPECT_EQ(echo("x"), (Stored{Value("x"), "text"}));
  EXPECT_EQ(echo(Bytes{std::byte{0}, std::byte{255}}),
            (Stored{Value(Bytes{std::byte{0}, std::byte{255}}), "blob"}));
}

TEST_F(Sqlite3Bind, NulWithinTextSurvives) {
  const std::string text("a\0b", 3);
  auto cursor = db->prepare("SELECT ?1");
  cursor->bind(0, Literal(text), types::String());
  ASSERT_TRUE(cursor->step());
  EXPECT_EQ(cursor->value(0, types::String()), Value(text));
}

TEST_F(Sqlite3Bind, EmptyTextAndEmptyBytesAreNotNull) {
  EXPECT_EQ(echo(std::string_view()), (Stored{Value(""), "text"}));
  EXPECT_EQ(echo(Bytes{}), (Stored{Value(Bytes{}), "blob"}));
}

TEST_F(Sqlite3Bind, DecimalIsRealWhenThatReadsBackEqualAndTextWhenNot) {
  EXPECT_EQ(echo(Decimal("0.99")), (Stored{Value(0.99), "real"}));
  EXPECT_EQ(echo(Decimal("12345678901234567890.12")),
            (Stored{Value("12345678901234567890.12"), "text"}));
}

TEST_F(Sqlite3Bind, DatesAndTimesAreIsoTextWithSixDigitsOfFraction) {
  EXPECT_EQ(echo(Date{2010, 5, 1}), (Stored{Value("2010-05-01"), "text"}));
  EXPECT_EQ(echo(Time{1, 2, 3, 4}), (Stored{Value("01:02:03.000004"), "text"}));
  EXPECT_EQ(echo(DateTime{{2010, 5, 1}, {12, 0, 0}}),
            (Stored{Value("2010-05-01 12:00:00.000000"), "text"}));
}

TEST_F(Sqlite3Bind, DateInATimestampColumnIsItsMidnight) {
  EXPECT_EQ(echo(Date{2010, 5, 1}, types::DateTime()).first, Value("2010-05-01 00:00:00.000000"));
  EXPECT_EQ(echo(DateTime{{2010, 5, 1}, {}}, types::Date()).first, Value("2010-05-01"));
}

TEST_F(Sqlite3Bind, TimestampInADateColumnIsRefusedUnlessMidnight) {
  try {
    echo(DateTime{{2010, 5, 1}, {12, 0, 0}}, types::Date());
    FAIL() << "the time was dropped";
  } catch (const DataError& error) {
    EXPECT_EQ(error.message(),
              "(sqlite3.DataError) a DATE cannot hold the time of 2010-05-01 12:00:00; give its "
              ".date, or make the column a DateTime");
  }
}

TEST_F(Sqlite3Bind, NotANumberIsRefusedInsteadOfStoredAsNull) {
  EXPECT_THROW(echo(std::numeric_limits<double>::quiet_NaN()), DataError);
  EXPECT_EQ(echo(std::numeric_limits<double>::infinity()).second, "real");
}

TEST_F(Sqlite3Bind, LogsShowWhatIsSent) {
  EXPECT_EQ(shown(true), "1");
  EXPECT_EQ(shown(Decimal("1.50")), "1.5");
  EXPECT_EQ(shown(Decimal("12345678901234567890.12")), "'12345678901234567890.12'");
  EXPECT_EQ(shown(Date{2010, 5, 1}), "'2010-05-01'");
  EXPECT_EQ(shown(DateTime{{2010, 5, 1}, {12, 0, 0}}), "'2010-05-01 12:00:00.000000'");
  EXPECT_EQ(shown(null), "None");
  EXPECT_EQ(shown("it's"), "\"it's\"");
}

}  // namespace
}  // namespace azoth
