// SPDX-License-Identifier: MIT
// Values and literals: what converts to them, what they hold, and their repr, which is
// Python 3.11's.
#include "azoth/types/value.hpp"

#include "azoth/base/error.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <type_traits>

namespace {

using namespace azoth;

Bytes bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

enum class Colour : std::uint8_t { red = 7 };

TEST(Literal, EachTypeHasItsKind) {
  static_assert(std::is_trivially_copyable_v<Literal>);
  EXPECT_EQ(Literal(null).kind(), ValueKind::null);
  EXPECT_EQ(Literal(true).kind(), ValueKind::boolean);
  EXPECT_EQ(Literal(7).integer(), 7);
  EXPECT_EQ(Literal(Colour::red).integer(), 7);
  EXPECT_EQ(Literal(1.5f).real(), 1.5);
  EXPECT_EQ(Literal("text").text(), "text");
  EXPECT_EQ(Literal(std::string("text")).kind(), ValueKind::text);
  const Bytes bytes = bytes_of("ab");
  EXPECT_EQ(Literal(bytes).blob().size(), 2u);
  EXPECT_EQ(Literal(Decimal("1.50")).decimal().to_string(), "1.50");
  EXPECT_EQ(Literal(DateTime{{2010, 5, 1}, {12}}).datetime().time.hour, 12);
}

TEST(Literal, PointersAreNoBooleans) {
  static_assert(!std::is_constructible_v<Literal, const int*>);
  static_assert(!std::is_constructible_v<Literal, std::nullptr_t>);
  EXPECT_EQ(Literal("x").kind(), ValueKind::text);
}

TEST(Literal, OptionalIsItsValueOrNull) {
  EXPECT_TRUE(Literal(std::optional<int>()).is_null());
  EXPECT_EQ(Literal(std::optional<int>(3)).integer(), 3);
}

TEST(Literal, UnsignedAboveInt64IsRefused) {
  EXPECT_EQ(Literal(std::uint64_t{1} << 62).integer(), std::int64_t{1} << 62);
  EXPECT_THROW((void)Literal(std::numeric_limits<std::uint64_t>::max()), ArgumentError);
}

TEST(Value, OwnsWhatTheLiteralViews) {
  Value value;
  {
    const std::string text = "longer than a small string's buffer";
    value = Value(text);
  }
  EXPECT_EQ(value.get<std::string>(), "longer than a small string's buffer");
  EXPECT_EQ(Literal(value).text(), value.get<std::string>());
}

TEST(Value, ComparesByKindAndContent) {
  EXPECT_EQ(Value(1), Value(std::int64_t{1}));
  EXPECT_NE(Value(1), Value(1.0));
  EXPECT_NE(Value(1), Value(true));
  EXPECT_EQ(Value(Decimal("1.5")), Value(Decimal("1.50")));
  EXPECT_EQ(Value(null), Value());
}

TEST(Value, WrongKindIsNamed) {
  try {
    static_cast<void>(Value("a").get<std::int64_t>());
    FAIL() << "a text was taken for an integer";
  } catch (const InvalidRequestError& error) {
    EXPECT_NE(std::string(error.what()).find("'a'"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("text"), std::string::npos);
  }
}

TEST(ValueRepr, IsPythonsForScalars) {
  EXPECT_EQ(repr(null), "None");
  EXPECT_EQ(repr(true), "True");
  EXPECT_EQ(repr(-5), "-5");
  EXPECT_EQ(repr(1e16), "1e+16");
  EXPECT_EQ(repr("it's"), "\"it's\"");
  EXPECT_EQ(repr(bytes_of(std::string_view("x\0", 2))), "b'x\\x00'");
}

TEST(ValueRepr, IsPythonsForDecimals) {
  for (const char* same : {"1.50", "0.000001", "0.0", "-0.5", "10.0000001"}) {
    EXPECT_EQ(repr(Decimal(same)), "Decimal('" + std::string(same) + "')");
  }
  EXPECT_EQ(repr(Decimal("0.0000001")), "Decimal('1E-7')");
  EXPECT_EQ(repr(Decimal("-0.00000012")), "Decimal('-1.2E-7')");
  EXPECT_EQ(repr(Decimal("0.0000000")), "Decimal('0E-7')");
}

TEST(ValueRepr, IsPythonsForDatesAndTimes) {
  EXPECT_EQ(repr(Date{2010, 5, 1}), "datetime.date(2010, 5, 1)");
  EXPECT_EQ(repr(Time{1, 2}), "datetime.time(1, 2)");
  EXPECT_EQ(repr(Time{1, 2, 3}), "datetime.time(1, 2, 3)");
  EXPECT_EQ(repr(Time{1, 2, 0, 4}), "datetime.time(1, 2, 0, 4)");
  EXPECT_EQ(repr(DateTime{{2010, 5, 1}, {12}}), "datetime.datetime(2010, 5, 1, 12, 0)");
  EXPECT_EQ(repr(DateTime{{2010, 5, 1}, {0, 0, 0, 5}}),
            "datetime.datetime(2010, 5, 1, 0, 0, 0, 5)");
}

}  // namespace
