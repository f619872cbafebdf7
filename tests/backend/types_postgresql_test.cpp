// SPDX-License-Identifier: MIT
// Values of every type of PostgreSQL, there and back.
#include "backend/round_trip.hpp"
#include <azoth/dialects/postgresql.hpp>

#include <limits>

namespace azoth {
namespace {

using azoth_test::Trip;

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
const char* const unicode = "Z\xc3\xbcrich \xf0\x9f\x98\x80 \xe6\xbc\xa2 it's \\ 100% :x \"q\" $1";

class PostgresqlTypes : public azoth_test::RoundTrip {
 protected:
  void SetUp() override { use("postgresql"); }
};

TEST_F(PostgresqlTypes, Numbers) {
  expect_trips(types::SmallInteger(), {Value(-32768), Value(0), Value(32767)});
  expect_trips(types::Integer(), {Value(-2147483648LL), Value(2147483647)});
  expect_trips(types::BigInteger(), {Value(least), Value(-1), Value(most)});
  const Decimal large("99999999999999999999999999999999999999");
  expect_trips(types::Numeric(38, 0), {Value(large), Value(-large), Value(Decimal("0"))});
  expect_trips(types::Numeric(38, 37),
               {Value(Decimal("-9.9999999999999999999999999999999999999")),
                Value(Decimal("0.0000000000000000000000000000000000001"))});
  expect_trips(types::NUMERIC(10, 2),
               {{Value(1.5), Value(Decimal("1.50"))}, Value(Decimal("-0.01"))});
  expect_trips(types::DOUBLE(),
               {Value(std::numeric_limits<double>::max()),
                Value(std::numeric_limits<double>::denorm_min()),
                Value(0.1),
                Value(std::numeric_limits<double>::infinity()),
                Value(-std::numeric_limits<double>::infinity())});
  expect_trips(types::Float(), {Value(-2.5), {Value(3), Value(3.0)}});
  expect_trips(types::REAL(), {Value(-2.5), Value(1e30F)});
  expect_trips(postgresql::OID(), {Value(0), Value(4294967295LL)});
  expect_trips(postgresql::MONEY(), {{Value("12.34"), Value("$12.34")}});
}

TEST_F(PostgresqlTypes, Texts) {
  for (TypePtr type : {types::String(), types::Text(), types::VARCHAR(80), types::Unicode(60)}) {
    expect_trips(type, {Value(""), Value(unicode), Value("a\nb\tc\x01")});
  }
  expect_trips(types::Text(), {Value(std::string(100000, 'x'))});
  expect_trips(types::CHAR(3), {{Value("a"), Value("a  ")}, Value("\xe6\xbc\xa2\xe6\xbc\xa2x")});
  expect_trips(types::Enum({"sad", "it's ok"}, {.name = "trip_mood"}),
               {Value("sad"), Value("it's ok")});
}

TEST_F(PostgresqlTypes, BytesAndBooleans) {
  Bytes all;
  for (int i = 0; i < 256; ++i) {
    all.push_back(static_cast<std::byte>(i));
  }
  expect_trips(types::LargeBinary(), {Value(Bytes{}), Value(all)});
  expect_trips(postgresql::BYTEA(), {Value(all)});
  expect_trips(types::Boolean(), {Value(true), Value(false)});
}

TEST_F(PostgresqlTypes, DatesAndTimes) {
  expect_trips(types::Date(),
               {Value(Date{1, 1, 1}), Value(Date{2000, 2, 29}), Value(Date{9999, 12, 31})});
  expect_trips(types::Time(), {Value(Time{}), Value(Time{23, 59, 59, 999999})});
  const DateTime last{{9999, 12, 31}, {23, 59, 59, 999999}}, first{{1, 1, 1}, {}};
  expect_trips(types::DateTime(),
               {Value(first), Value(last), Value(DateTime{{1969, 12, 31}, {23, 0, 0, 1}})});
  expect_trips(types::DateTime(true), {Value(last), Value(DateTime{{2010, 5, 1}, {12, 30, 0}})});
  expect_trips(postgresql::TIMESTAMP(false, 3),
               {{Value(DateTime{{2010, 5, 1}, {1, 2, 3, 123456}}),
                 Value(DateTime{{2010, 5, 1}, {1, 2, 3, 123000}})}},
               false);
  expect_trips(types::Time(true), {{Value(Time{12, 0, 0}), Value("12:00:00+00")}});
  expect_trips(postgresql::INTERVAL(),
               {Value("1 year 2 mons 3 days 04:05:06.789"), Value("-00:00:00.000001")});
}

TEST_F(PostgresqlTypes, MomentsOfAZoneAreThoseOfUtcWhateverTheSession) {
  settings = {"SET timezone = 'America/St_Johns'"};
  expect_trips(types::DateTime(true), {Value(DateTime{{2010, 5, 1}, {12, 30, 0}})});
}

TEST_F(PostgresqlTypes, Documents) {
  const char* json = "{\"a\": [1, null, \"\xc3\xa4 it's\"], \"b:c\": {\"d\": 1.5}}";
  expect_trips(postgresql::JSON(), {Value(json), Value("null"), Value("[]")}, false);
  expect_trips(postgresql::JSONB(), {Value(json), Value("null"), Value("\"x\"")});
  expect_trips(types::JSON(), {Value("{}")}, false);
  expect_trips(types::vendor_type("postgresql", "XML"), {Value("<a b=\"1\">x</a>")}, false);
}

TEST_F(PostgresqlTypes, Identifiers) {
  expect_trips(postgresql::UUID(),
               {Value("00000000-0000-0000-0000-000000000000"),
                {Value("12345678-1234-5678-1234-56781234ABCD"),
                 Value("12345678-1234-5678-1234-56781234abcd")}});
  expect_trips(postgresql::INET(), {Value("10.0.0.1"), Value("10.0.0.0/8"), Value("::1")});
  expect_trips(postgresql::CIDR(), {Value("10.0.0.0/8"), Value("2001:db8::/32")});
  expect_trips(postgresql::MACADDR(), {Value("08:00:2b:01:02:03")});
  expect_trips(postgresql::MACADDR8(), {Value("08:00:2b:ff:fe:01:02:03")});
  expect_trips(postgresql::BIT(4), {Value("1010")});
  expect_trips(postgresql::BIT(8, true), {Value("101"), Value("")});
  expect_trips(postgresql::REGCLASS(), {Value("pg_class")}, false);
  expect_trips(types::vendor_type("postgresql", "PG_LSN"), {Value("16/B374D848")});
}

TEST_F(PostgresqlTypes, RangesAndMultiranges) {
  expect_trips(postgresql::INT4RANGE(),
               {Value("[1,5)"), Value("empty"), {Value("(,5]"), Value("(,6)")}});
  expect_trips(postgresql::INT8RANGE(), {Value("[-9223372036854775808,9223372036854775807)")});
  expect_trips(postgresql::NUMRANGE(), {Value("[1.5,2.50]")});
  expect_trips(postgresql::DATERANGE(), {Value("[2010-05-01,2010-06-01)")});
  expect_trips(postgresql::TSRANGE(), {Value("[\"2010-05-01 00:00:00\",)")});
  expect_trips(postgresql::TSTZRANGE(),
               {Value("[\"2010-05-01 00:00:00+00\",\"2010-05-02 00:00:00+00\"]")});
  expect_trips(types::vendor_type("postgresql", "INT4MULTIRANGE"),
               {Value("{[1,2),[5,9)}"), Value("{}")});
}

TEST_F(PostgresqlTypes, ShapesAndSearch) {
  expect_trips(types::vendor_type("postgresql", "POINT"), {Value("(1.5,-2)")}, false);
  expect_trips(types::vendor_type("postgresql", "BOX"), {Value("(3,4),(1,2)")}, false);
  expect_trips(types::vendor_type("postgresql", "CIRCLE"), {Value("<(1,2),3>")});
  expect_trips(types::vendor_type("postgresql", "POLYGON"), {Value("((0,0),(1,1),(1,0))")}, false);
  expect_trips(postgresql::TSVECTOR(), {Value("'a':1 'b'")});
  expect_trips(types::vendor_type("postgresql", "TSQUERY"), {Value("'a' & 'b'")});
}

TEST_F(PostgresqlTypes, ArraysAsLists) {
  using List = std::vector<Value>;
  expect_trips(postgresql::ARRAY(types::Integer()),
               {Value(List{1, null, -3}), Value(List{}), Value(List{List{1, 2}, List{3, 4}})});
  expect_trips(postgresql::ARRAY(types::Text()),
               {Value(List{"a", "b c", "d\"e", null, "NULL", ""})});
  expect_trips(postgresql::ARRAY(postgresql::UUID()),
               {Value(List{"12345678-1234-5678-1234-567812345678"})});
}

TEST_F(PostgresqlTypes, Hstore) {
  Connection c = engine->connect();
  if (c.exec_driver_sql("SELECT 1 FROM pg_available_extensions WHERE name = 'hstore'")
          .all()
          .empty()) {
    GTEST_SKIP() << "the server has no hstore";
  }
  c.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS hstore");
  c.commit();
  expect_trips(postgresql::HSTORE(), {Value(""), Value("\"n\"=>NULL, \"a b\"=>\"it's\"")});
}

}  // namespace
}  // namespace azoth
