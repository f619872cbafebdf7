// SPDX-License-Identifier: MIT
// Numbers and texts are those of Python 3.11's datetime; storage texts are those of SQLAlchemy's
// SQLite types.
#include "azoth/types/temporal.hpp"

#include "azoth/base/error.hpp"
#include "azoth/types/chrono.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <type_traits>

namespace {

using azoth::ArgumentError;
using azoth::Date;
using azoth::DateTime;
using azoth::Time;

constexpr Date first{1, 1, 1};
constexpr Date last{9999, 12, 31};

TEST(Temporal, AreTrivialAggregatesThatCompare) {
  static_assert(std::is_trivially_copyable_v<DateTime> && std::is_aggregate_v<DateTime>);
  constexpr DateTime noon{{2010, 5, 1}, {12, 0, 0}};
  static_assert(noon < DateTime{{2010, 5, 1}, {12, 0, 0, 1}});
  static_assert(noon > DateTime{{2010, 4, 30}, {23, 59, 59}});
  EXPECT_EQ(noon, (DateTime{{2010, 5, 1}, {12}}));
}

TEST(Date, ValidKnowsMonthsAndLeapYears) {
  EXPECT_TRUE((Date{2000, 2, 29}).valid());
  EXPECT_TRUE((Date{2024, 2, 29}).valid());
  EXPECT_FALSE((Date{1900, 2, 29}).valid());
  EXPECT_FALSE((Date{2023, 2, 29}).valid());
  EXPECT_FALSE((Date{2023, 4, 31}).valid());
  EXPECT_FALSE((Date{2023, 13, 1}).valid());
  EXPECT_FALSE((Date{2023, 0, 1}).valid());
  EXPECT_FALSE((Date{2023, 1, 0}).valid());
  EXPECT_FALSE((Date{0, 1, 1}).valid());
  EXPECT_FALSE((Date{10000, 1, 1}).valid());
  EXPECT_TRUE(first.valid() && last.valid());
}

TEST(Date, ParsesIsoAndNothingElse) {
  EXPECT_EQ(Date::parse("2010-05-01"), (Date{2010, 5, 1}));
  for (const char* wrong : {"",
                            "2010-5-1",
                            "2010-05-01 ",
                            "20100501",
                            "2010/05/01",
                            "2010-02-30",
                            "0000-01-01",
                            "+010-05-01",
                            "2010-05-01 00:00:00",
                            "12010-05-01"}) {
    EXPECT_EQ(Date::parse(wrong), std::nullopt) << wrong;
  }
}

TEST(Date, PrintsIso) {
  EXPECT_EQ((Date{2010, 5, 1}).to_string(), "2010-05-01");
  EXPECT_EQ((Date{987, 12, 31}).to_storage_string(), "0987-12-31");
  EXPECT_EQ((Date{-5, 1, 1}).to_string(), "-0005-01-01");
}

// date.toordinal() - date(1970, 1, 1).toordinal()
TEST(Date, CountsDaysAsPythonDoes) {
  EXPECT_EQ((Date{2010, 5, 1}).days_since_epoch(), 14730);
  EXPECT_EQ((Date{1970, 1, 1}).days_since_epoch(), 0);
  EXPECT_EQ((Date{1969, 12, 31}).days_since_epoch(), -1);
  EXPECT_EQ((Date{2000, 2, 29}).days_since_epoch(), 11016);
  EXPECT_EQ((Date{1900, 3, 1}).days_since_epoch(), -25508);
  EXPECT_EQ(first.days_since_epoch(), -719162);
  EXPECT_EQ(last.days_since_epoch(), 2932896);
}

TEST(Date, EveryDayOfTheCalendarGoesThereAndBack) {
  Date before = Date::from_days(first.days_since_epoch());
  EXPECT_EQ(before, first);
  for (std::int32_t day = first.days_since_epoch() + 1; day <= last.days_since_epoch(); ++day) {
    const Date date = Date::from_days(day);
    ASSERT_TRUE(date.valid() && before < date && date.days_since_epoch() == day) << day;
    before = date;
  }
  EXPECT_EQ(before, last);
}

TEST(Date, AddsDays) {
  EXPECT_EQ((Date{2010, 5, 1}).add_days(365), (Date{2011, 5, 1}));
  EXPECT_EQ((Date{2000, 2, 28}).add_days(1), (Date{2000, 2, 29}));
  EXPECT_EQ((Date{2000, 3, 1}).add_days(-1), (Date{2000, 2, 29}));
}

TEST(Date, LeavingTheCalendarThrows) {
  EXPECT_THROW(last.add_days(1), ArgumentError);
  EXPECT_THROW(first.add_days(-1), ArgumentError);
  EXPECT_THROW(first.add_days(std::numeric_limits<std::int64_t>::max()), ArgumentError);
  EXPECT_THROW(last.add_days(std::numeric_limits<std::int64_t>::min()), ArgumentError);
  EXPECT_THROW(Date::from_days(std::numeric_limits<std::int64_t>::min()), ArgumentError);
}

TEST(Time, ParsesWithAndWithoutSecondsAndFraction) {
  EXPECT_EQ(Time::parse("12:34"), (Time{12, 34, 0}));
  EXPECT_EQ(Time::parse("12:34:56"), (Time{12, 34, 56}));
  EXPECT_EQ(Time::parse("12:34:56.5"), (Time{12, 34, 56, 500'000}));
  EXPECT_EQ(Time::parse("12:34:56.000007"), (Time{12, 34, 56, 7}));
  for (const char* wrong : {"",
                            "12",
                            "1:02:03",
                            "24:00:00",
                            "12:60",
                            "12:34:60",
                            "12:34:56.",
                            "12:34:56.1234567",
                            "12:34:56+00:00",
                            "12:34:56.5x",
                            "12:34:"}) {
    EXPECT_EQ(Time::parse(wrong), std::nullopt) << wrong;
  }
}

TEST(Time, PrintsMicrosecondsOnlyWhenThereAreSome) {
  EXPECT_EQ((Time{1, 2, 3}).to_string(), "01:02:03");
  EXPECT_EQ((Time{1, 2, 3, 45}).to_string(), "01:02:03.000045");
  EXPECT_EQ((Time{1, 2, 3}).to_storage_string(), "01:02:03.000000");
  EXPECT_FALSE((Time{24, 0, 0}).valid());
  EXPECT_FALSE((Time{0, 0, 0, 1'000'000}).valid());
  EXPECT_EQ((Time{1, 0, 0, 5}).microseconds(), 3'600'000'005);
}

// datetime.fromisoformat(text)
TEST(DateTime, ParsesWhatPythonReadsWithoutTimeZone) {
  const DateTime expected{{2010, 5, 1}, {12, 34, 56}};
  EXPECT_EQ(DateTime::parse("2010-05-01 12:34:56.000000"), expected);
  EXPECT_EQ(DateTime::parse("2010-05-01 12:34:56"), expected);
  EXPECT_EQ(DateTime::parse("2010-05-01T12:34:56.5"),
            (DateTime{{2010, 5, 1}, {12, 34, 56, 500'000}}));
  EXPECT_EQ(DateTime::parse("2010-05-01"), (DateTime{{2010, 5, 1}, {}}));
  EXPECT_EQ(DateTime::parse("2010-05-01 12:34"), (DateTime{{2010, 5, 1}, {12, 34, 0}}));
  for (const char* wrong : {"",
                            "2010-05-01 ",
                            "2010-05-01 12:34:56Z",
                            "2010-05-01 12:34:56+02:00",
                            "2010-05-01  12:34:56",
                            "2010-02-30 00:00:00",
                            "12:34:56"}) {
    EXPECT_EQ(DateTime::parse(wrong), std::nullopt) << wrong;
  }
}

TEST(DateTime, PrintsAsStrDoesAndStoresWithSixDigits) {
  EXPECT_EQ((DateTime{{2010, 5, 1}, {12, 0, 0}}).to_string(), "2010-05-01 12:00:00");
  EXPECT_EQ((DateTime{{2010, 5, 1}, {12, 0, 0, 5}}).to_string(), "2010-05-01 12:00:00.000005");
  EXPECT_EQ((DateTime{{2010, 5, 1}, {12, 0, 0}}).to_storage_string(), "2010-05-01 12:00:00.000000");
}

// (moment - datetime(1970, 1, 1)) // timedelta(microseconds=1)
TEST(DateTime, CountsMicrosecondsThereAndBack) {
  const std::pair<DateTime, std::int64_t> moments[] = {
      {{{2010, 5, 1}, {12, 34, 56, 789}}, 1272717296000789},
      {{{1969, 12, 31}, {23, 59, 59, 999'999}}, -1},
      {{first, {}}, -62135596800000000},
      {{last, {23, 59, 59, 999'999}}, 253402300799999999}};
  for (const auto& [moment, count] : moments) {
    EXPECT_EQ(moment.microseconds_since_epoch(), count);
    EXPECT_EQ(DateTime::from_microseconds(count), moment);
  }
  EXPECT_THROW(DateTime::from_microseconds(253402300800000000), ArgumentError);
  EXPECT_THROW(DateTime::from_microseconds(std::numeric_limits<std::int64_t>::min()),
               ArgumentError);
}

TEST(DateTime, NowIsValidAndNearUtc) {
  const DateTime local = DateTime::now(), utc = DateTime::utcnow();
  EXPECT_TRUE(local.valid() && utc.valid() && Date::today().valid());
  // Time zones reach from 12 hours behind to 14 hours ahead.
  const std::int64_t ahead = local.microseconds_since_epoch() - utc.microseconds_since_epoch();
  EXPECT_LE(ahead, 15 * 3'600'000'000);
  EXPECT_GE(ahead, -13 * 3'600'000'000);
}

TEST(Chrono, ConvertsThereAndBack) {
  using namespace std::chrono;
  const DateTime moment{{1969, 12, 31}, {23, 59, 59, 999'999}};
  EXPECT_EQ(azoth::to_datetime(azoth::to_sys_time(moment)), moment);
  EXPECT_EQ(azoth::to_datetime(azoth::to_local_time(moment)), moment);
  EXPECT_EQ(azoth::to_sys_time(moment).time_since_epoch().count(), -1);
  EXPECT_EQ(azoth::to_datetime(sys_time<nanoseconds>(nanoseconds(-1))), moment);
  const year_month_day day = 2000y / February / 29;
  EXPECT_EQ(azoth::to_date(day), (Date{2000, 2, 29}));
  EXPECT_EQ(azoth::to_year_month_day({2000, 2, 29}), day);
  EXPECT_EQ(azoth::to_sys_days({2000, 2, 29}), sys_days(day));
}

}  // namespace
