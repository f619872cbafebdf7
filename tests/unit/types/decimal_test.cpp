// SPDX-License-Identifier: MIT
// Results are those of Python 3.11's decimal with its default context, formatted with 'f' where
// str() shows an exponent.
#include "azoth/types/decimal.hpp"

#include "azoth/base/error.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <type_traits>
#include <unordered_set>

namespace {

using azoth::ArgumentError;
using azoth::Decimal;
using azoth::Int128;

const std::string nines(38, '9');

std::string text(const char* number) {
  return Decimal(number).to_string();
}

std::string message_of(const char* number) {
  try {
    Decimal{number};
  } catch (const ArgumentError& error) {
    return error.what();
  }
  return "";
}

std::string divided(const char* left, const char* right) {
  return (Decimal(left) / Decimal(right)).to_string();
}

std::string rounded(const char* number, int places) {
  return Decimal(number).round(places).to_string();
}

TEST(Decimal, IsSmallAndTrivial) {
  static_assert(std::is_trivially_copyable_v<Decimal>);
  static_assert(sizeof(Decimal) == 24);
  static_assert(!std::is_convertible_v<bool, Decimal>);
  static_assert(!std::is_convertible_v<double, Decimal>);
  static_assert(!std::is_convertible_v<const char*, Decimal>);
  EXPECT_TRUE(Decimal().is_zero());
}

TEST(Decimal, IntegersConvertImplicitly) {
  const Decimal least = std::numeric_limits<std::int64_t>::min();
  const Decimal most = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(least.to_string(), "-9223372036854775808");
  EXPECT_EQ(most.to_string(), "18446744073709551615");
  EXPECT_EQ(least.sign(), -1);
  EXPECT_EQ(most.sign(), 1);
  EXPECT_EQ(Decimal(-1).coefficient(), Int128(-1));
}

TEST(Decimal, TextKeepsItsScale) {
  EXPECT_EQ(text("1.50"), "1.50");
  EXPECT_EQ(Decimal("1.50").scale(), 2);
  EXPECT_EQ(Decimal("1.50").coefficient(), Int128(150));
  EXPECT_EQ(text("+1.5"), "1.5");
  EXPECT_EQ(text(".5"), "0.5");
  EXPECT_EQ(text("5."), "5");
  EXPECT_EQ(text("007"), "7");
  EXPECT_EQ(text(" 1\n"), "1");
  EXPECT_EQ(text("-0.05"), "-0.05");
  EXPECT_EQ(text("0.00"), "0.00");
}

TEST(Decimal, TextMayHaveAnExponent) {
  EXPECT_EQ(text("1e-3"), "0.001");
  EXPECT_EQ(text("1E3"), "1000");
  EXPECT_EQ(text("12.5e+1"), "125");
  EXPECT_EQ(text("0e999999999"), "0");
}

TEST(Decimal, HoldsExactly38Digits) {
  EXPECT_EQ(text(nines.c_str()), nines);
  EXPECT_EQ(text(("-" + nines).c_str()), "-" + nines);
  EXPECT_EQ(text(("0." + nines).c_str()), "0." + nines);
  EXPECT_THROW(Decimal("1" + nines), ArgumentError);
  EXPECT_THROW(Decimal("1e38"), ArgumentError);
  EXPECT_THROW(Decimal(nines + "." + nines), ArgumentError);
}

TEST(Decimal, TextThatIsNoNumberIsNamed) {
  for (const char* wrong : {"",
                            " ",
                            ".",
                            "-",
                            "1e",
                            "1.2.3",
                            "0x10",
                            "1_000",
                            "NaN",
                            "Infinity",
                            "1 2",
                            "--1",
                            "1,5"}) {
    EXPECT_NE(message_of(wrong).find("is not a decimal number"), std::string::npos) << wrong;
  }
  EXPECT_EQ(message_of("abc"),
            "Decimal: 'abc' is not a decimal number; expected text such as '-12.50'");
  EXPECT_EQ(message_of("1e99"),
            "Decimal: '1e99' needs more than 38 digits, which is what a Decimal holds");
  EXPECT_NE(message_of("1e-99999999999999").find("16383"), std::string::npos);
}

TEST(Decimal, PartsAreJudged) {
  EXPECT_EQ(Decimal::from_parts(-150, 2).to_string(), "-1.50");
  EXPECT_THROW(Decimal::from_parts(1, -1), ArgumentError);
  EXPECT_THROW(Decimal::from_parts(1, 20'000), ArgumentError);
  const Int128 lowest = static_cast<Int128>(1) << 126;
  EXPECT_THROW(Decimal::from_parts(-lowest - lowest, 0), ArgumentError);
}

// "%.*f" % (scale, value)
TEST(Decimal, DoublesAreRoundedFromTheirExactValue) {
  EXPECT_EQ(Decimal::from_double(0.125, 2).to_string(), "0.12");
  EXPECT_EQ(Decimal::from_double(0.375, 2).to_string(), "0.38");
  EXPECT_EQ(Decimal::from_double(2.675, 2).to_string(), "2.67");
  EXPECT_EQ(Decimal::from_double(1.005, 2).to_string(), "1.00");
  EXPECT_EQ(Decimal::from_double(1e22, 0).to_string(), "10000000000000000000000");
  EXPECT_EQ(Decimal::from_double(0.1, 20).to_string(), "0.10000000000000000555");
  EXPECT_EQ(Decimal::from_double(1.0 / 3, 10).to_string(), "0.3333333333");
  EXPECT_EQ(Decimal::from_double(-2.5, 0).to_string(), "-2");
}

TEST(Decimal, DoublesThatDoNotFitAreRefused) {
  EXPECT_EQ(Decimal::from_double(1e30, 10), Decimal("1000000000000000019884624838656"));
  EXPECT_THROW(Decimal::from_double(1e40, 0), ArgumentError);
  EXPECT_THROW(Decimal::from_double(0.1, 60), ArgumentError);
  EXPECT_THROW(Decimal::from_double(std::numeric_limits<double>::quiet_NaN(), 2), ArgumentError);
  EXPECT_THROW(Decimal::from_double(std::numeric_limits<double>::infinity(), 2), ArgumentError);
  EXPECT_THROW(Decimal::from_double(1.0, -1), ArgumentError);
}

TEST(Decimal, ToDoubleIsTheNearest) {
  EXPECT_EQ(Decimal("0.1").to_double(), 0.1);
  EXPECT_EQ(Decimal("-2.675").to_double(), -2.675);
  EXPECT_EQ(Decimal(nines).to_double(), 1e38);
  EXPECT_EQ(Decimal("1e-400").to_double(), 0.0);
  EXPECT_EQ(Decimal().to_double(), 0.0);
  EXPECT_EQ(Decimal("-" + nines + "e-16383").to_double(), 0.0);
}

TEST(Decimal, SumsAndProductsAreExactAndKeepScales) {
  const Decimal a("1.50"), b("2.25");
  EXPECT_EQ((a + b).to_string(), "3.75");
  EXPECT_EQ((a - b).to_string(), "-0.75");
  EXPECT_EQ((a * b).to_string(), "3.3750");
  EXPECT_EQ((Decimal("0.1") + Decimal("0.2")).to_string(), "0.3");
  EXPECT_EQ((Decimal(-1) + Decimal("0.999")).to_string(), "-0.001");
  EXPECT_EQ((a + 1).to_string(), "2.50");
  EXPECT_EQ((2 * a).to_string(), "3.00");
  EXPECT_EQ((-a).to_string(), "-1.50");
  EXPECT_EQ((-a).abs().to_string(), "1.50");
  Decimal sum;
  for (int i = 0; i < 10; ++i) {
    sum += Decimal("0.1");
  }
  EXPECT_EQ(sum, Decimal(1));
}

TEST(Decimal, OverflowThrowsInsteadOfRounding) {
  EXPECT_THROW(Decimal(nines) + 1, ArgumentError);
  EXPECT_THROW(-Decimal(nines) - 1, ArgumentError);
  EXPECT_THROW(Decimal("1e20") * Decimal("1e20"), ArgumentError);
  EXPECT_THROW(Decimal("1e30") + Decimal("1e-10"), ArgumentError);
}

TEST(Decimal, SumsThatFitNeedNoRoomForTheirTermsAtOneScale) {
  EXPECT_EQ((1 - Decimal("5e-38")).to_string(), "0." + std::string(37, '9') + "5");
  EXPECT_EQ((Decimal("5e-38") - 1).to_string(), "-0." + std::string(37, '9') + "5");
  EXPECT_EQ((Decimal("-1") + Decimal("1.00")).to_string(), "0.00");
}

TEST(Decimal, ZerosOfTheScaleDoNotOverflow) {
  EXPECT_EQ((Decimal("1e30") + Decimal("0.0000000000")), Decimal("1e30"));
  EXPECT_EQ(Decimal("1.00000000000000000000") * Decimal("2.00000000000000000000"), Decimal(2));
}

TEST(Decimal, DivisionHas28SignificantDigits) {
  EXPECT_EQ(divided("1", "3"), "0.3333333333333333333333333333");
  EXPECT_EQ(divided("2", "3"), "0.6666666666666666666666666667");
  EXPECT_EQ(divided("-1", "3"), "-0.3333333333333333333333333333");
  EXPECT_EQ(divided("1", "7"), "0.1428571428571428571428571429");
  EXPECT_EQ(divided("100", "3"), "33.33333333333333333333333333");
  EXPECT_EQ(divided("0.001", "3"), "0.0003333333333333333333333333333");
  EXPECT_EQ(divided("12345678901234567890123456789", "2"), "6172839450617283945061728394");
  EXPECT_EQ(divided("99999999999999999999999999995", "10"), "10000000000000000000000000000");
  EXPECT_EQ(divided(nines.c_str(), "7"), "14285714285714285714285714290000000000");
  EXPECT_EQ(divided("1", nines.c_str()),
            "0.00000000000000000000000000000000000001000000000000000000000000000");
}

TEST(Decimal, ExactDivisionKeepsTheIdealScale) {
  EXPECT_EQ(divided("1", "4"), "0.25");
  EXPECT_EQ(divided("6", "2"), "3");
  EXPECT_EQ(divided("1.00", "2"), "0.50");
  EXPECT_EQ(divided("10", "0.5"), "20");
  EXPECT_EQ(divided("1.5", "0.3"), "5");
  EXPECT_EQ(divided("1", "-8"), "-0.125");
  EXPECT_EQ(divided("0", "3"), "0");
}

TEST(Decimal, DivisionByZeroAndOverflowAreRefused) {
  EXPECT_THROW(Decimal(1) / Decimal("0.00"), ArgumentError);
  EXPECT_THROW(Decimal(nines) / Decimal("0.1"), ArgumentError);
}

// round(Decimal(number), places)
TEST(Decimal, RoundsHalfToEven) {
  EXPECT_EQ(rounded("1.25", 1), "1.2");
  EXPECT_EQ(rounded("1.35", 1), "1.4");
  EXPECT_EQ(rounded("-1.25", 1), "-1.2");
  EXPECT_EQ(rounded("1.5", 0), "2");
  EXPECT_EQ(rounded("2.5", 0), "2");
  EXPECT_EQ(rounded("0.5", 0), "0");
  EXPECT_EQ(rounded("0.51", 0), "1");
  EXPECT_EQ(rounded("1.5", 3), "1.500");
  EXPECT_EQ(rounded("150", -2), "200");
  EXPECT_EQ(rounded("250", -2), "200");
  EXPECT_EQ(rounded("1251", -2), "1300");
  EXPECT_EQ(rounded(nines.c_str(), -1000), "0");
  EXPECT_EQ(Decimal("1.239").quantize(Decimal("0.01")).to_string(), "1.24");
  EXPECT_THROW(Decimal(nines).round(1), ArgumentError);
  EXPECT_THROW(Decimal(nines).round(-38), ArgumentError);
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(Decimal("1.5"), Decimal("1.50"));
  EXPECT_EQ(Decimal("0.00"), Decimal(0));
  EXPECT_LT(Decimal("-2"), Decimal("-1.99"));
  EXPECT_LT(Decimal("-1"), Decimal("0.5"));
  EXPECT_GT(Decimal("1.51"), Decimal("1.5"));
  EXPECT_EQ(Decimal(3), 3);
}

TEST(Decimal, ComparesWhatHasNoCommonScaleIn38Digits) {
  EXPECT_LT(Decimal("1e-1000"), Decimal(nines));
  EXPECT_GT(Decimal("-1e-1000"), Decimal("-" + nines));
  EXPECT_GT(Decimal("1e-1000"), Decimal(0));
  EXPECT_LT(Decimal("0." + nines), Decimal(1));
}

TEST(Decimal, EqualNumbersHaveOneHash) {
  EXPECT_EQ(Decimal("1.5").hash(), Decimal("1.500").hash());
  EXPECT_EQ(Decimal("0.00").hash(), Decimal(0).hash());
  const std::unordered_set<Decimal> set{Decimal("1.0"), Decimal(1), Decimal("1.1")};
  EXPECT_EQ(set.size(), 2u);
}

}  // namespace
