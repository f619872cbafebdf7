// SPDX-License-Identifier: MIT
// Users' own types as columns: through a codec of two functions, and enums, plain and optional.
#include "azoth/base/error.hpp"
#include "azoth/types/cpp_type.hpp"

#include <gtest/gtest.h>

#include <charconv>

namespace app {

struct Version {
  int major = 0, minor = 0;
  bool operator==(const Version&) const = default;
};

Version version_from(const azoth::Value& value) {
  const auto& text = value.get<std::string>();
  Version version;
  const auto [dot, error] = std::from_chars(text.data(), text.data() + text.size(), version.major);
  if (error != std::errc() || dot == text.data() + text.size()) {
    throw azoth::ArgumentError("no version: " + text);
  }
  std::from_chars(dot + 1, text.data() + text.size(), version.minor);
  return version;
}

azoth::Value value_of(const Version& version) {
  return azoth::Value(std::to_string(version.major) + "." + std::to_string(version.minor));
}

struct Opaque {  // cannot be compared
  std::int64_t number = 0;
};

enum class Color : std::uint8_t { red = 1, last = 255 };
enum class Wide : std::uint64_t { small = 1, too_large = UINT64_MAX };
enum class Flag : bool { off, on };

enum Plain { first, second };

}  // namespace app

template <>
struct azoth::CppType<app::Version> {
  static constexpr bool mapped = true;

  static constexpr CellType cell() {
    return {CellKind::custom, false, &codec_of<app::Version, app::version_from, app::value_of>};
  }

  static TypePtr type() { return types::String(20); }
};

template <>
struct azoth::CppType<app::Opaque> {
  static constexpr bool mapped = true;

  static app::Opaque from(const Value& value) { return {value.get<std::int64_t>()}; }

  static Value to(const app::Opaque& opaque) { return Value(opaque.number); }

  static constexpr CellType cell() {
    return {CellKind::custom, false, &codec_of<app::Opaque, from, to>};
  }

  static TypePtr type() { return types::Integer(); }
};

namespace azoth {
namespace {

template <class T>
Value round_trip(const Value& value) {
  T member{};
  store_cell(CppType<T>::cell(), &member, value);
  Value scratch;
  return Value(load_cell(CppType<T>::cell(), &member, scratch));
}

template <class T>
std::string refusal(const Value& value) {
  try {
    round_trip<T>(value);
  } catch (const ArgumentError& error) {
    return error.message();
  }
  return "";
}

TEST(UserType, TravelsThroughItsFunctions) {
  static_assert(ColumnType<app::Version> && ColumnType<std::optional<app::Version>>);
  app::Version version{9, 9};
  store_cell(CppType<app::Version>::cell(), &version, Value("3.11"));
  EXPECT_EQ(version, (app::Version{3, 11}));
  EXPECT_EQ(round_trip<app::Version>("3.11"), Value("3.11"));
  EXPECT_EQ(CppType<std::optional<app::Version>>::type(), types::String(20));
}

TEST(UserType, OptionalIsNullOrTheType) {
  EXPECT_EQ(round_trip<std::optional<app::Version>>("1.2"), Value("1.2"));
  EXPECT_EQ(round_trip<std::optional<app::Version>>(null), Value());
  EXPECT_EQ(refusal<app::Version>(null),
            "Cannot store NULL in a member of type app::Version; make it "
            "std::optional<app::Version> or give a value");
}

TEST(UserType, FailingFunctionLeavesTheMember) {
  app::Version version{1, 2};
  std::optional<app::Version> optional = version;
  EXPECT_THROW(store_cell(CppType<app::Version>::cell(), &version, "x"), ArgumentError);
  EXPECT_THROW(store_cell(CppType<decltype(optional)>::cell(), &optional, "x"), ArgumentError);
  EXPECT_THROW(store_cell(CppType<app::Version>::cell(), &version, 1), InvalidRequestError);
  EXPECT_EQ(version, (app::Version{1, 2}));
  EXPECT_EQ(optional, version);
}

TEST(UserType, ComparesByItsOperatorOrElseByItsValue) {
  const app::Version a{1, 2}, b{1, 2}, c{1, 3};
  EXPECT_TRUE(equal_cells(CppType<app::Version>::cell(), &a, &b));
  EXPECT_FALSE(equal_cells(CppType<app::Version>::cell(), &a, &c));
  const app::Opaque one{1}, also_one{1}, two{2};
  EXPECT_EQ(CppType<app::Opaque>::cell().codec->equal, nullptr);
  EXPECT_TRUE(equal_cells(CppType<app::Opaque>::cell(), &one, &also_one));
  EXPECT_FALSE(equal_cells(CppType<app::Opaque>::cell(), &one, &two));
  const std::optional<app::Opaque> some = one, none;
  EXPECT_FALSE(equal_cells(CppType<std::optional<app::Opaque>>::cell(), &some, &none));
  EXPECT_TRUE(equal_cells(CppType<std::optional<app::Opaque>>::cell(), &none, &none));
}

TEST(UserType, ClearGivesAFreshOne) {
  app::Version version{1, 2};
  clear_cell(CppType<app::Version>::cell(), &version);
  EXPECT_EQ(version, app::Version{});
  std::optional<app::Version> optional = app::Version{1, 2};
  clear_cell(CppType<decltype(optional)>::cell(), &optional);
  EXPECT_EQ(optional, std::nullopt);
}

TEST(UserType, CodecWithoutClearSaysSo) {
  static constexpr CellCodec bare{CppType<app::Version>::cell().codec->decode,
                                  CppType<app::Version>::cell().codec->encode};
  app::Version version{1, 2};
  EXPECT_THROW(clear_cell({CellKind::custom, false, &bare}, &version), InvalidRequestError);
}

TEST(EnumType, TravelsAsItsInteger) {
  EXPECT_EQ(round_trip<app::Color>(255), Value(255));
  EXPECT_EQ(round_trip<app::Wide>(1), Value(1));
  EXPECT_EQ(round_trip<app::Flag>(1), Value(1));
  EXPECT_EQ(round_trip<app::Plain>(1), Value(1));
  EXPECT_EQ(round_trip<std::optional<app::Color>>(null), Value());
  EXPECT_EQ(round_trip<std::optional<app::Color>>(1), Value(1));
}

TEST(EnumType, IntegerOutsideTheTypeIsRefusedByName) {
  EXPECT_EQ(refusal<app::Color>(256),
            "Cannot store 256 in a member of type app::Color: its integers are 0 to 255");
  EXPECT_EQ(refusal<std::optional<app::Color>>(-1),
            "Cannot store -1 in a member of type app::Color: its integers are 0 to 255");
  EXPECT_EQ(
      refusal<app::Wide>(-1),
      "Cannot store -1 in a member of type app::Wide: its integers are 0 to 9223372036854775807");
  EXPECT_EQ(refusal<app::Flag>(2),
            "Cannot store 2 in a member of type app::Flag: its integers are 0 to 1");
  EXPECT_EQ(
      refusal<app::Color>("red"),
      "Cannot store 'red' (text) in a member of type app::Color, which travels as an integer");
}

TEST(EnumType, ValueAboveSignedIntegersIsRefusedWhenRead) {
  const auto member = app::Wide::too_large;
  Value scratch;
  EXPECT_THROW(load_cell(CppType<app::Wide>::cell(), &member, scratch), ArgumentError);
}

TEST(CellName, NamesTheStorageAndTheUsersTypes) {
  EXPECT_EQ(name_of(CppType<std::int64_t>::cell()), "std::int64_t");
  EXPECT_EQ(name_of(CppType<std::optional<std::string>>::cell()), "std::optional<std::string>");
  EXPECT_EQ(name_of(CppType<Decimal>::cell()), "azoth::Decimal");
  EXPECT_EQ(name_of(CppType<app::Version>::cell()), "app::Version");
  EXPECT_EQ(name_of(CppType<std::optional<app::Color>>::cell()), "std::optional<app::Color>");
}

TEST(CellLoad, OptionalsAndValuesAreViewsWithoutScratch) {
  const std::optional<std::string> text = "text";
  Value scratch;
  const Literal literal = load_cell(CppType<std::optional<std::string>>::cell(), &text, scratch);
  EXPECT_EQ(literal.text().data(), text->data()) << "a view of the member, not a copy";
  EXPECT_TRUE(scratch.is_null());
  const std::optional<Value> none;
  EXPECT_TRUE(load_cell(CppType<std::optional<Value>>::cell(), &none, scratch).is_null());
}

}  // namespace
}  // namespace azoth
