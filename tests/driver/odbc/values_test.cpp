// SPDX-License-Identifier: MIT
// How values are sent, stored and read, by each of the ODBC drivers.
#include "driver/odbc/fixture.hpp"

#include <limits>

namespace azoth {
namespace {

constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

class OdbcValues : public Odbc {
 protected:
  std::string bytes_type() const {
    return is("postgresql") ? "bytea" : is("mariadb") ? "LONGBLOB" : "BLOB";
  }

  std::string text_type() const { return is("mariadb") ? "LONGTEXT" : "TEXT"; }

  std::string moment_type() const { return is("postgresql") ? "timestamp" : "DATETIME(6)"; }

  std::string double_type() const { return is("postgresql") ? "double precision" : "DOUBLE"; }

  static std::string unicode() { return "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\\'\"%?{}\r\n"; }
};

AZOTH_OVER_ODBC(OdbcValues);

TEST_P(OdbcValues, IntegersOfAllSizes) {
  for (const std::int64_t value : {std::int64_t{0},
                                   std::int64_t{-1},
                                   std::int64_t{2147483647},
                                   std::int64_t{2147483648},
                                   smallest,
                                   largest}) {
    EXPECT_EQ(store("BIGINT", value), Value(value));
  }
  EXPECT_EQ(store("SMALLINT", -7), Value(-7));
  EXPECT_EQ(read_column<std::int32_t>("BIGINT", "2147483648").second,
            "(odbc.DataError) column t.c holds 2147483648 (integer), which is no value of "
            "std::int32_t (SQL type Integer())");
  EXPECT_FALSE(read_column<std::uint32_t>("INT", "-1").first);
  EXPECT_EQ(read_column<std::uint8_t>("SMALLINT", "255").first, 255);
}

TEST_P(OdbcValues, UnsignedNumbersOfMariadb) {
  if (!is("mariadb")) {
    GTEST_SKIP() << "unsigned integers are MariaDB's";
  }
  EXPECT_EQ(read_column<std::uint64_t>("BIGINT UNSIGNED", "18446744073709551615").first,
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_FALSE(read_column<std::int64_t>("BIGINT UNSIGNED", "9223372036854775808").first);
  EXPECT_EQ(read_column<Value>("BIGINT UNSIGNED", "18446744073709551615").first,
            Value(Decimal("18446744073709551615")));
}

TEST_P(OdbcValues, Booleans) {
  EXPECT_EQ(store("BOOLEAN", true, types::Boolean()), Value(true));
  EXPECT_EQ(store("BOOLEAN", false, types::Boolean()), Value(false));
  EXPECT_EQ(read_column<bool>("BOOLEAN", is("sqlite") ? "1" : "true").first, true);
  if (!is("postgresql")) {
    EXPECT_FALSE(read_column<bool>("SMALLINT", "2").first);
  }
}

TEST_P(OdbcValues, DoublesKeepTheirDigits) {
  const double values[] = {0.0, 0.1, -1.5, 1.0 / 3, 1e300, -5e-300, 123456789.123456789};
  for (const double value : values) {
    if (is("sqlite") && (value == 1.0 / 3 || value == 123456789.123456789)) {
      continue;  // sqliteodbc moves 15 digits of a number
    }
    EXPECT_EQ(store(double_type(), value), Value(value)) << value;
  }
  EXPECT_EQ(read_column<double>(is("postgresql") ? "real" : "FLOAT", "0.1").first, 0.1);
  EXPECT_FALSE(read_column<double>("BIGINT", "9007199254740993").first);
}

TEST_P(OdbcValues, DecimalsAreExact) {
  const TypePtr type = types::Numeric(38, 10);
  if (is("sqlite")) {
    EXPECT_EQ(store("NUMERIC(10,2)", Decimal("-0.90"), types::Numeric(10, 2)),
              Value(Decimal("-0.90")));
    return;  // SQLite has no exact numbers
  }
  for (const char* text : {"0.0000000000",
                           "-1234567890123456789012345678.0123456789",
                           "0.9000000000",
                           "-0.0000000001"}) {
    EXPECT_EQ(store("DECIMAL(38,10)", Decimal(text), type), Value(Decimal(text)));
  }
  EXPECT_EQ(store("DECIMAL(38,0)", Decimal("99999999999999999999999999999999999999")),
            Value(Decimal("99999999999999999999999999999999999999")));
  EXPECT_EQ(
      read_column<Decimal>("DECIMAL(40,0)", "1234567890123456789012345678901234567890").second,
      "(odbc.DataError) column t.c holds 1234567890123456789012345678901234567890 (decimal), "
      "which is no value of azoth::Decimal (SQL type Numeric())");
  EXPECT_EQ(read_column<double>("DECIMAL(10,2)", "2.25").first, 2.25);
}

TEST_P(OdbcValues, TextsOfAnyContent) {
  EXPECT_EQ(store("VARCHAR(60)", unicode()), Value(unicode()));
  EXPECT_EQ(store(text_type(), unicode()), Value(unicode()));
  EXPECT_EQ(store("VARCHAR(10)", ""), Value(""));
  EXPECT_EQ(store("VARCHAR(10)", " a "), Value(" a "));
  EXPECT_EQ(read_column<std::string>("VARCHAR(10)", "'\xc3\xbc\xf0\x9f\x98\x80'").first,
            "\xc3\xbc\xf0\x9f\x98\x80")
      << "in the statement";
}

TEST_P(OdbcValues, TextsOfAnyLength) {
  for (const std::size_t size : {1U,
                                 31U,
                                 32U,
                                 33U,
                                 254U,
                                 255U,
                                 256U,
                                 257U,
                                 511U,
                                 512U,
                                 513U,
                                 4000U,
                                 4001U,
                                 8190U,
                                 8191U,
                                 65535U,
                                 65536U,
                                 1'000'000U}) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) {
      text += i % 7 == 0 ? "\xc3\xa4" : "x";
    }
    EXPECT_EQ(store(text_type(), text), Value(text)) << size;
  }
}

TEST_P(OdbcValues, BytesOfAnyContentAndLength) {
  for (const std::size_t size :
       {0U, 1U, 255U, 256U, 511U, 512U, 513U, 8000U, 8001U, 65536U, 1'000'000U}) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
      bytes[i] = static_cast<std::byte>(i * 31);
    }
    EXPECT_EQ(store(bytes_type(), bytes, types::LargeBinary()), Value(bytes)) << size;
  }
  EXPECT_FALSE(read<std::string>("SELECT c FROM stored").first);
}

TEST_P(OdbcValues, TextWithANulIsNotCutOff) {
  EXPECT_THROW(store("VARCHAR(10)", std::string("a\0b", 3)), DataError);
}

TEST_P(OdbcValues, DatesAndTimesToTheMicrosecond) {
  const Date day{2010, 5, 1};
  EXPECT_EQ(store("DATE", day, types::Date()), Value(day));
  EXPECT_EQ(store("DATE", Date{9999, 12, 31}, types::Date()), Value(Date{9999, 12, 31}));
  const std::string time_type = is("mariadb") ? "TIME(6)" : "TIME";
  for (const Time time : {Time{}, Time{1, 2, 3, 4}, Time{23, 59, 59, 999999}}) {
    EXPECT_EQ(store(time_type, time, types::Time()), Value(time));
  }
  for (const DateTime moment : {DateTime{day, {}},
                                DateTime{day, {12, 34, 56, 789}},
                                DateTime{{1000, 1, 1}, {0, 0, 0, 1}},
                                DateTime{{9999, 12, 31}, {23, 59, 59, 999999}}}) {
    EXPECT_EQ(store(moment_type(), moment, types::DateTime()), Value(moment));
  }
  EXPECT_EQ(read<DateTime>("SELECT c FROM stored").first,
            (DateTime{{9999, 12, 31}, {23, 59, 59, 999999}}));
}

TEST_P(OdbcValues, TimestampInADateColumnIsRefusedUnlessMidnight) {
  EXPECT_EQ(store("DATE", DateTime{{2010, 5, 1}, {}}, types::Date()), Value(Date{2010, 5, 1}));
  try {
    store("DATE", DateTime{{2010, 5, 1}, {12, 0, 0}}, types::Date());
    FAIL() << "the time was dropped";
  } catch (const DataError& error) {
    EXPECT_EQ(
        error.message(),
        "(odbc.DataError) a DATE cannot hold the time of 2010-05-01 12:00:00; give its .date, "
        "or make the column a DateTime");
  }
}

TEST_P(OdbcValues, UuidsAndIntervalsOfPostgresql) {
  if (!is("postgresql")) {
    GTEST_SKIP() << "both are texts and moments elsewhere";
  }
  const Uuid uuid = *Uuid::parse("12345678-9abc-def0-1234-56789abcdef0");
  EXPECT_EQ(store("uuid", uuid), Value(uuid));
  EXPECT_EQ(number("SELECT count(*) FROM stored WHERE c = '12345678-9abc-def0-1234-56789abcdef0'"),
            1);
  for (const Interval span :
       {Interval{0}, Interval{1'000'000}, Interval{90'061'000'001}, Interval{-90'061'500'000}}) {
    store("interval", span);
    EXPECT_EQ(Interval::parse(ask("SELECT c::text FROM stored").get<std::string>()), span);
    EXPECT_EQ(Interval::parse(ask("SELECT c FROM stored").get<std::string>()), span);
  }
}

TEST_P(OdbcValues, NullGoesIntoEveryTypeAndComesBack) {
  for (const std::string& type : {std::string("SMALLINT"),
                                  std::string("BIGINT"),
                                  double_type(),
                                  std::string("DECIMAL(10,2)"),
                                  std::string("VARCHAR(3)"),
                                  text_type(),
                                  std::string("DATE"),
                                  std::string("TIME"),
                                  moment_type(),
                                  std::string("BOOLEAN")}) {
    EXPECT_EQ(store(type, null), Value()) << type;
  }
  EXPECT_EQ(store(bytes_type(), null, types::LargeBinary()), Value());
  EXPECT_EQ(read<std::int64_t>("SELECT NULL").second,
            "(odbc.DataError) column t.c is NULL, which std::int64_t cannot hold; read it into "
            "std::optional<std::int64_t>");
  EXPECT_EQ(read<std::optional<std::string>>("SELECT NULL").first,
            std::optional<std::optional<std::string>>(std::in_place));
}

TEST_P(OdbcValues, KindsOfAParameterMayChangeFromOneExecutionToTheNext) {
  run("CREATE TEMPORARY TABLE kinds (c VARCHAR(40))");
  auto cursor = db->prepare("INSERT INTO kinds VALUES (" + mark() + ")");
  const auto send = [&](const Literal& value) {
    cursor->bind(0, value, types::null_type());
    cursor->step();
    cursor->reset();
    Value got = ask("SELECT c FROM kinds");
    run("DELETE FROM kinds");
    return got;
  };
  EXPECT_EQ(send("x"), Value("x"));
  EXPECT_EQ(send(null), Value());
  EXPECT_EQ(send("longer than before"), Value("longer than before"));
  EXPECT_EQ(send(3), Value("3"));
  EXPECT_EQ(send("y"), Value("y"));
  EXPECT_EQ(send(largest), Value(std::to_string(largest)));
}

TEST_P(OdbcValues, ListsAreRefused) {
  auto cursor = db->prepare("SELECT " + mark());
  EXPECT_THROW(cursor->bind(0, Literal(std::vector<Value>{1}), types::null_type()),
               ProgrammingError);
}

TEST_P(OdbcValues, LogsShowValuesAsTheyAreSent) {
  std::string text;
  db->append_repr(text, Decimal("1.50"), types::Numeric());
  db->append_repr(text, Date{2010, 5, 1}, types::Date());
  EXPECT_EQ(
      text,
      is("sqlite") ? "Decimal('1.50')'2010-05-01'" : "Decimal('1.50')datetime.date(2010, 5, 1)");
}

}  // namespace
}  // namespace azoth
