// SPDX-License-Identifier: MIT
// How values are sent and stored.
#include "driver/mariadb/fixture.hpp"

#include <limits>

namespace azoth {
namespace {

constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

class MariadbBind : public Mariadb {
 protected:
  std::string shown(const Literal& value) {
    std::string text;
    db->append_repr(text, value, types::null_type());
    return text;
  }
};

TEST_F(MariadbBind, EachKindComesBackAsItself) {
  const Bytes bytes{std::byte{0}, std::byte{0x27}, std::byte{255}};
  EXPECT_EQ(echo(null), Value());
  EXPECT_EQ(echo(true), Value(1));
  EXPECT_EQ(echo(smallest), Value(smallest));
  EXPECT_EQ(echo(largest), Value(largest));
  EXPECT_EQ(echo(-1.5), Value(-1.5));
  EXPECT_EQ(echo("it's"), Value("it's"));
  EXPECT_EQ(echo(bytes), Value(bytes));
  EXPECT_EQ(echo(Decimal("-12.50")), Value(Decimal("-12.50")));
  EXPECT_EQ(echo(Date{2010, 5, 1}), Value(Date{2010, 5, 1}));
  EXPECT_EQ(echo(Time{1, 2, 3, 4}), Value(Time{1, 2, 3, 4}));
  EXPECT_EQ(echo(DateTime{{2010, 5, 1}, {12, 0, 0, 5}}),
            Value(DateTime{{2010, 5, 1}, {12, 0, 0, 5}}));
}

TEST_F(MariadbBind, EveryUnicodeTextSurvives) {
  const std::string text("a\0\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\\'\"%?", 15);
  EXPECT_EQ(echo(text), Value(text));
  EXPECT_EQ(store("VARCHAR(30) CHARACTER SET utf8mb4", Literal(text)), Value(text));
}

TEST_F(MariadbBind, EmptyTextAndEmptyBytesAreNotNull) {
  EXPECT_EQ(store("VARCHAR(10)", std::string_view()), Value(""));
  EXPECT_EQ(store("VARBINARY(10)", Literal(Bytes{})), Value(Bytes{}));
}

TEST_F(MariadbBind, NullGoesIntoEveryType) {
  for (const char* type : {"TINYINT",
                           "BIGINT UNSIGNED",
                           "DOUBLE",
                           "DECIMAL(10,2)",
                           "VARCHAR(3)",
                           "LONGBLOB",
                           "DATE",
                           "TIME",
                           "DATETIME(6)",
                           "YEAR",
                           "JSON",
                           "BIT(8)",
                           "ENUM('a')",
                           "SET('a')",
                           "UUID"}) {
    EXPECT_EQ(store(type, null), Value()) << type;
  }
}

TEST_F(MariadbBind, DecimalOfThirtyEightDigitsIsExact) {
  const Decimal value("-1234567890123456789012345678.0123456789");
  EXPECT_EQ(store("DECIMAL(38,10)", value), Value(value));
  EXPECT_EQ(store("DECIMAL(38,0)", Decimal("99999999999999999999999999999999999999")),
            Value(Decimal("99999999999999999999999999999999999999")));
}

TEST_F(MariadbBind, TextIsTakenWhereTheColumnHasATypeWithoutACppType) {
  const std::string uuid = "123e4567-e89b-12d3-a456-426655440000";
  EXPECT_EQ(store("UUID", Literal(uuid)), Value(uuid));
  EXPECT_EQ(store("INET6", "2001:db8::ff00:42:8329"), Value("2001:db8::ff00:42:8329"));
  EXPECT_EQ(store("ENUM('red','gr\xc3\xbcn')", "gr\xc3\xbcn"), Value("gr\xc3\xbcn"));
  EXPECT_EQ(store("SET('a','b','c')", "c,a"), Value("a,c"));
  EXPECT_EQ(store("JSON", R"({"a": [1, 2]})"), Value(R"({"a": [1, 2]})"));
  EXPECT_EQ(store("TIME", "-838:59:59"), Value("-838:59:59"));
}

TEST_F(MariadbBind, LargeValuesAreSentWhole) {
  const std::string text(3'000'000, 'x');
  EXPECT_EQ(store("LONGTEXT", Literal(text)), Value(text));
  Bytes bytes(300'000);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::byte>(i * 31);
  }
  EXPECT_EQ(store("MEDIUMBLOB", Literal(bytes)), Value(bytes));
}

TEST_F(MariadbBind, TimestampInADateColumnIsRefusedUnlessMidnight) {
  EXPECT_EQ(store("DATE", DateTime{{2010, 5, 1}, {}}, types::Date()), Value(Date{2010, 5, 1}));
  try {
    store("DATE", DateTime{{2010, 5, 1}, {12, 0, 0}}, types::Date());
    FAIL() << "the time was dropped";
  } catch (const DataError& error) {
    EXPECT_EQ(error.message(),
              "(mariadb.DataError) a DATE cannot hold the time of 2010-05-01 12:00:00; give its "
              ".date, or make the column a DateTime");
  }
}

TEST_F(MariadbBind, WhatIsNoNumberIsRefused) {
  try {
    echo(std::numeric_limits<double>::quiet_NaN());
    FAIL() << "NaN was sent";
  } catch (const ProgrammingError& error) {
    EXPECT_EQ(error.message(), "(mariadb.ProgrammingError) nan can not be used with MySQL");
  }
  EXPECT_THROW(echo(std::numeric_limits<double>::infinity()), ProgrammingError);
}

TEST_F(MariadbBind, KindsOfAParameterMayChangeFromOneExecutionToTheNext) {
  auto cursor = db->prepare("SELECT ?");
  const auto send = [&](const Literal& value) {
    cursor->bind(0, value, types::null_type());
    EXPECT_TRUE(cursor->step());
    Value got = cursor->value(0, types::null_type());
    cursor->reset();
    return got;
  };
  EXPECT_EQ(send(1), Value(1));
  EXPECT_EQ(send("x"), Value("x"));
  EXPECT_EQ(send(null), Value());
  EXPECT_EQ(send("longer than before"), Value("longer than before"));
  EXPECT_EQ(send(2.5), Value(2.5));
  EXPECT_EQ(send(3), Value(3));
}

TEST_F(MariadbBind, LogsShowValuesAsPythonDoes) {
  EXPECT_EQ(shown(true), "True");
  EXPECT_EQ(shown(Decimal("1.50")), "Decimal('1.50')");
  EXPECT_EQ(shown(null), "None");
  EXPECT_EQ(shown("it's"), "\"it's\"");
}

}  // namespace
}  // namespace azoth
