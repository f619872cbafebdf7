// SPDX-License-Identifier: MIT
// Uuid, Interval, lists and named enumerations as values.
#include "azoth/base/error.hpp"
#include "azoth/types/cpp_type.hpp"
#include "azoth/types/types.hpp"

#include <gtest/gtest.h>

namespace app {

enum class Size { small, large };

}  // namespace app

template <>
struct azoth::EnumMembers<app::Size> {
  static constexpr std::string_view name = "size";
  static constexpr std::pair<app::Size, std::string_view> members[] = {{app::Size::small, "small"},
                                                                       {app::Size::large, "large"}};
};

namespace {

using namespace azoth;

TEST(Uuid, ReadsBothTextsAndWritesThem) {
  const auto uuid = Uuid::parse("12345678-9abc-DEF0-1234-567812345678");
  ASSERT_TRUE(uuid);
  EXPECT_EQ(uuid->to_string(), "12345678-9abc-def0-1234-567812345678");
  EXPECT_EQ(uuid->hex(), "123456789abcdef01234567812345678");
  EXPECT_EQ(Uuid::parse(uuid->hex()), uuid);
  EXPECT_EQ(uuid->bytes[0], std::byte{0x12});
  EXPECT_EQ(uuid->bytes[15], std::byte{0x78});
}

TEST(Uuid, OtherTextsAreNone) {
  for (const char* text : {"",
                           "12345678",
                           "12345678-9abc-def0-1234-56781234567",
                           "12345678x9abc-def0-1234-567812345678",
                           "1234567g9abcdef01234567812345678",
                           "{2345678-9abc-def0-1234-56781234567}"}) {
    EXPECT_FALSE(Uuid::parse(text)) << text;
  }
}

// The texts are those of Python's str(timedelta), the reprs its repr().
TEST(Interval, TextAndReprArePythons) {
  constexpr std::int64_t second = 1'000'000, day = 86'400 * second;

  const struct {
    std::int64_t microseconds;
    const char *text, *repr;
  } cases[] = {
      {0, "0:00:00", "datetime.timedelta(0)"},
      {day + 3 * second, "1 day, 0:00:03", "datetime.timedelta(days=1, seconds=3)"},
      {-1,
       "-1 day, 23:59:59.999999",
       "datetime.timedelta(days=-1, seconds=86399, microseconds=999999)"},
      {-2 * day, "-2 days, 0:00:00", "datetime.timedelta(days=-2)"},
      {45'296 * second + 500'000,
       "12:34:56.500000",
       "datetime.timedelta(seconds=45296, microseconds=500000)"},
  };

  for (const auto& c : cases) {
    EXPECT_EQ(Interval{c.microseconds}.to_string(), c.text);
    EXPECT_EQ(repr(Literal(Interval{c.microseconds})), c.repr);
    EXPECT_EQ(Interval::parse(c.text), Interval{c.microseconds});
  }
}

TEST(Interval, ReadsWhatPostgresqlWrites) {
  constexpr std::int64_t second = 1'000'000, day = 86'400 * second;
  EXPECT_EQ(Interval::parse("1 day 02:00:00"), Interval{day + 7'200 * second});
  EXPECT_EQ(Interval::parse("-2 days +02:03:04"), Interval{-2 * day + 7'384 * second});
  EXPECT_EQ(Interval::parse("-00:00:01.5"), Interval{-1'500'000});
  EXPECT_EQ(Interval::parse("100:00:00"), Interval{360'000 * second});
  EXPECT_EQ(Interval::parse("3 days"), Interval{3 * day});
  for (const char* text :
       {"", "1 mon", "1 year 2 days", "x", "1 day,", "1:2:3:4", "999999999 days 1:00"}) {
    EXPECT_FALSE(Interval::parse(text)) << text;
  }
}

TEST(List, HoldsValuesInOrder) {
  const std::vector<Value> inner{1, null};
  const Value list(std::vector<Value>{Value("a"), Value(inner)});
  EXPECT_EQ(list.kind(), ValueKind::list);
  EXPECT_EQ(repr(Literal(list)), "['a', [1, None]]");
  const Value copy = list;
  EXPECT_EQ(copy, list);
  EXPECT_EQ(copy.get<std::vector<Value>>()[1].get<std::vector<Value>>().size(), 2u);
}

TEST(NamedEnum, TravelsAsTheNameOfTheMember) {
  EXPECT_EQ(Literal(app::Size::large).text(), "large");
  EXPECT_THROW((void)Literal(static_cast<app::Size>(7)), ArgumentError);
  const CellType cell = CppType<app::Size>::cell();
  app::Size size = app::Size::small;
  store_cell(cell, &size, Value("large"));
  EXPECT_EQ(size, app::Size::large);
  EXPECT_THROW(store_cell(cell, &size, Value("huge")), ArgumentError);
  EXPECT_THROW(store_cell(cell, &size, Value(1)), ArgumentError);
  EXPECT_EQ(size, app::Size::large);
  const TypePtr type = CppType<app::Size>::type();
  EXPECT_EQ(type->kind, TypeKind::enum_);
  EXPECT_EQ(type->values, (std::vector<std::string>{"small", "large"}));
  EXPECT_EQ(type->name, "size");
  EXPECT_EQ(type, types::Enum<app::Size>());
}

}  // namespace
