// SPDX-License-Identifier: MIT
// Values of every type of MariaDB, there and back.
#include "backend/round_trip.hpp"
#include <azoth/dialects/mysql.hpp>

#include <limits>

namespace azoth {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
const char* const unicode = "Z\xc3\xbcrich \xf0\x9f\x98\x80 \xe6\xbc\xa2 it's \\ 100% :x \"q\" ?";

class MariadbTypes : public azoth_test::RoundTrip {
 protected:
  void SetUp() override { use("mariadb"); }
};

TEST_F(MariadbTypes, Numbers) {
  expect_trips(mysql::TINYINT(), {Value(-128), Value(127)});
  expect_trips(mysql::TINYINT({.unsigned_ = true}), {Value(0), Value(255)});
  expect_trips(types::SmallInteger(), {Value(-32768), Value(32767)});
  expect_trips(mysql::MEDIUMINT(), {Value(-8388608), Value(8388607)});
  expect_trips(types::Integer(), {Value(-2147483648LL), Value(2147483647)});
  expect_trips(mysql::INTEGER({.display_width = 6, .zerofill = true}),
               {Value(7), Value(4294967295LL)});
  expect_trips(types::BigInteger(), {Value(least), Value(most)});
  expect_trips(mysql::BIGINT({.unsigned_ = true}), {Value(0), Value(most)});
  const Decimal large("99999999999999999999999999999999999999");
  expect_trips(types::Numeric(38, 0), {Value(large), Value(-large)});
  expect_trips(types::Numeric(38, 37), {Value(Decimal("0.0000000000000000000000000000000000001"))});
  expect_trips(mysql::DECIMAL({10, 2, true}), {{Value(1.5), Value(Decimal("1.50"))}});
  expect_trips(types::DOUBLE(),
               {Value(std::numeric_limits<double>::max()), Value(0.1), Value(-2.5e-300)});
  expect_trips(mysql::FLOAT(), {Value(-2.5)});
  expect_trips(mysql::YEAR(), {Value(1901), Value(2155)});
}

TEST_F(MariadbTypes, Texts) {
  for (TypePtr type : {types::String(80),
                       types::Text(),
                       types::Unicode(60),
                       mysql::LONGTEXT(),
                       mysql::TINYTEXT()}) {
    expect_trips(type, {Value(""), Value(unicode), Value("a\nb\tc\x01")});
  }
  expect_trips(mysql::MEDIUMTEXT(), {Value(std::string(100000, 'x'))});
  expect_trips(types::CHAR(3), {Value("a"), Value("\xe6\xbc\xa2\xe6\xbc\xa2x")});
  expect_trips(mysql::VARCHAR(20, {.charset = "latin1"}), {Value("Z\xc3\xbcrich")});
  expect_trips(mysql::ENUM({"sad", "it's ok"}), {Value("sad"), Value("it's ok")});
  expect_trips(mysql::SET({"a", "b", "c"}), {Value("a,c"), Value("")});
}

TEST_F(MariadbTypes, BytesAndBooleans) {
  Bytes all;
  for (int i = 0; i < 256; ++i) {
    all.push_back(static_cast<std::byte>(i));
  }
  for (TypePtr type :
       {types::LargeBinary(), mysql::MEDIUMBLOB(), mysql::LONGBLOB(), types::VARBINARY(300)}) {
    expect_trips(type, {Value(Bytes{}), Value(all)});
  }
  expect_trips(types::BINARY(2),
               {{Value(Bytes{std::byte{7}}), Value(Bytes{std::byte{7}, std::byte{0}})}},
               false);
  expect_trips(types::Boolean(), {Value(true), Value(false)});
}

TEST_F(MariadbTypes, DatesAndTimes) {
  expect_trips(types::Date(), {Value(Date{1, 1, 1}), Value(Date{9999, 12, 31})});
  expect_trips(mysql::TIME(6), {Value(Time{}), Value(Time{23, 59, 59, 999999})});
  expect_trips(
      mysql::DATETIME(6),
      {Value(DateTime{{1, 1, 1}, {}}), Value(DateTime{{9999, 12, 31}, {23, 59, 59, 999999}})});
  expect_trips(mysql::DATETIME(), {Value(DateTime{{2010, 5, 1}, {1, 2, 3}})});
  expect_trips(mysql::TIMESTAMP(3), {Value(DateTime{{2010, 5, 1}, {1, 2, 3, 123000}})});
}

TEST_F(MariadbTypes, Others) {
  expect_trips(mysql::JSON(), {Value("{\"a\": [1, null, \"\xc3\xa4 it's\"]}"), Value("null")});
  expect_trips(types::vendor_type("mysql", "UUID"),
               {Value("12345678-1234-5678-1234-56781234abcd")});
  expect_trips(types::vendor_type("mysql", "INET4"), {Value("10.0.0.1")});
  expect_trips(types::vendor_type("mysql", "INET6"), {Value("2001:db8::1")});
  expect_trips(mysql::BIT(1), {Value(1), Value(0)});
  expect_trips(mysql::BIT(64), {Value(5), Value(most)});
}

}  // namespace
}  // namespace azoth
