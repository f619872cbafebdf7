// SPDX-License-Identifier: MIT
// Cells: members of C++ types written from values and read back, never with a loss.
#include "azoth/types/cpp_type.hpp"

#include "azoth/base/error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace {

using namespace azoth;

enum class Level : std::int16_t { low = 1, high = 9 };

template <class T>
T stored(const Value& value) {
  T member{};
  store_cell(CppType<T>::cell(), &member, value);
  return member;
}

template <class T>
Value loaded(const T& member) {
  Value scratch;
  return Value(load_cell(CppType<T>::cell(), &member, scratch));
}

template <class T>
std::string refusal(const Value& value) {
  try {
    stored<T>(value);
  } catch (const ArgumentError& error) {
    return error.what();
  }
  return "";
}

TEST(Cell, GoesThereAndBackInEveryStorage) {
  EXPECT_EQ(loaded(stored<bool>(true)), Value(true));
  EXPECT_EQ(loaded(stored<std::int8_t>(-128)), Value(-128));
  EXPECT_EQ(loaded(stored<std::uint32_t>(4294967295)), Value(4294967295));
  EXPECT_EQ(loaded(stored<float>(1.5)), Value(1.5));
  EXPECT_EQ(loaded(stored<std::string>("a")), Value("a"));
  EXPECT_EQ(loaded(stored<Bytes>(Bytes(3))), Value(Bytes(3)));
  EXPECT_EQ(loaded(stored<Decimal>(Decimal("1.50"))), Value(Decimal("1.50")));
  EXPECT_EQ(loaded(stored<Date>(Date{2010, 5, 1})), Value(Date{2010, 5, 1}));
  EXPECT_EQ(loaded(stored<Level>(9)), Value(9));
  EXPECT_EQ(loaded(stored<Value>("any")), Value("any"));
}

TEST(Cell, IntegersOutOfRangeAreRefusedAndNamed) {
  EXPECT_NE(refusal<std::int8_t>(128).find("std::int8_t"), std::string::npos);
  EXPECT_NE(refusal<std::uint16_t>(-1).find("-1"), std::string::npos);
  EXPECT_NE(refusal<bool>(2), "");
  EXPECT_NE(refusal<Level>(70'000), "");
  EXPECT_NE(refusal<int>("1"), "");
  EXPECT_NE(refusal<int>(1.0), "");
}

TEST(Cell, IntegersBecomeRealsOnlyExactly) {
  EXPECT_EQ(stored<double>(std::int64_t{1} << 53), 0x1p53);
  EXPECT_NE(refusal<double>((std::int64_t{1} << 53) + 1), "");
  EXPECT_NE(refusal<double>(std::numeric_limits<std::int64_t>::max()), "");
  EXPECT_EQ(stored<double>(std::numeric_limits<std::int64_t>::min()), -0x1p63);
  EXPECT_NE(refusal<float>((1 << 24) + 1), "");
  EXPECT_NE(refusal<float>(1e300), "");
  EXPECT_EQ(stored<Decimal>(5), Decimal(5));
  EXPECT_NE(refusal<Decimal>(0.1), "");
}

TEST(Cell, NullNeedsAnOptional) {
  EXPECT_NE(refusal<std::string>(null).find("std::optional<std::string>"), std::string::npos);
  EXPECT_EQ(stored<std::optional<int>>(null), std::nullopt);
  EXPECT_EQ(stored<std::optional<int>>(3), 3);
  EXPECT_EQ(stored<std::optional<Level>>(null), std::nullopt);
  EXPECT_EQ(stored<std::optional<Level>>(9), Level::high);
  EXPECT_TRUE(loaded(std::optional<std::string>()).is_null());
}

TEST(Cell, RefusedValueLeavesTheMember) {
  std::optional<std::int8_t> member = 5;
  EXPECT_THROW(store_cell(CppType<decltype(member)>::cell(), &member, 1000), ArgumentError);
  EXPECT_EQ(member, 5);
}

TEST(Cell, EqualityTreatsNanAsEqualSoThatItIsNoChange) {
  const double nan = std::nan("");
  const double other = 1;
  EXPECT_TRUE(equal_cells(CppType<double>::cell(), &nan, &nan));
  EXPECT_FALSE(equal_cells(CppType<double>::cell(), &nan, &other));
  const std::optional<int> none, zero = 0;
  EXPECT_FALSE(equal_cells(CppType<std::optional<int>>::cell(), &none, &zero));
  EXPECT_TRUE(equal_cells(CppType<std::optional<int>>::cell(), &none, &none));
}

TEST(Cell, ClearGivesTheEmptyValue) {
  std::string text = "x";
  clear_cell(CppType<std::string>::cell(), &text);
  EXPECT_EQ(text, "");
  std::optional<int> number = 1;
  clear_cell(CppType<std::optional<int>>::cell(), &number);
  EXPECT_EQ(number, std::nullopt);
}

}  // namespace
