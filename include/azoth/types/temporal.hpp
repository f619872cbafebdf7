// SPDX-License-Identifier: MIT
// Date, Time and DateTime: plain calendar values without time zone, as DATE, TIME and TIMESTAMP
// columns hold them, and Interval, a span of time. No clock arithmetic beyond days;
// types/chrono.hpp converts to std::chrono for more.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace azoth {

/// Holds a day of the proleptic Gregorian calendar, years 1 to 9999. An aggregate: it holds what it
/// is given, see valid().
struct Date {
  std::int16_t year = 1;
  std::uint8_t month = 1;
  std::uint8_t day = 1;

  friend constexpr auto operator<=>(const Date&, const Date&) = default;

  /// Returns whether the day exists in the calendar.
  bool valid() const noexcept;
  /// Reads `2010-05-01`; nothing if the text is of another form or no day of the calendar.
  static std::optional<Date> parse(std::string_view text) noexcept;
  /// Returns `2010-05-01`.
  std::string to_string() const;

  /// Returns the form stored in databases without a date type; the same as to_string().
  std::string to_storage_string() const { return to_string(); }

  /// Returns the days since 1970-01-01, negative before it.
  std::int32_t days_since_epoch() const noexcept;
  /// Returns the day that many days after 1970-01-01. Throws ArgumentError outside the years 1 to
  /// 9999.
  static Date from_days(std::int64_t days);
  /// Returns the day that many days later. Throws ArgumentError outside the years 1 to 9999.
  Date add_days(std::int64_t days) const;
  /// Returns the current day of the local time zone.
  static Date today();
};

/// Holds a time of day to the microsecond.
struct Time {
  std::uint8_t hour = 0;
  std::uint8_t minute = 0;
  std::uint8_t second = 0;
  std::uint32_t microsecond = 0;

  friend constexpr auto operator<=>(const Time&, const Time&) = default;

  /// Returns whether the time is from 00:00:00 to 23:59:59.999999.
  bool valid() const noexcept;
  /// Reads `12:34`, `12:34:56` or `12:34:56.123456` (one to six digits); nothing for other forms.
  static std::optional<Time> parse(std::string_view text) noexcept;
  /// Returns `12:34:56`, with `.000005` when there are microseconds.
  std::string to_string() const;
  /// Returns the form stored in databases without a time type: always six fractional digits.
  std::string to_storage_string() const;
  /// Returns the microseconds since midnight.
  std::int64_t microseconds() const noexcept;
};

/// Holds a day and a time of day: `DateTime{{2010, 5, 1}, {12, 0, 0}}`.
struct DateTime {
  Date date;
  Time time;

  friend constexpr auto operator<=>(const DateTime&, const DateTime&) = default;

  bool valid() const noexcept { return date.valid() && time.valid(); }

  /// Reads a date, then a blank or `T`, then a time; a date alone is its midnight. Nothing for
  /// other forms, also those with a time zone, which a DateTime cannot keep.
  static std::optional<DateTime> parse(std::string_view text) noexcept;
  /// Returns `2010-05-01 12:34:56`, with `.000005` when there are microseconds.
  std::string to_string() const;
  /// Returns the form stored in databases without a timestamp type: always six fractional digits.
  std::string to_storage_string() const;

  /// Returns the microseconds since 1970-01-01 00:00, negative before it.
  std::int64_t microseconds_since_epoch() const noexcept;
  /// Returns that moment's DateTime. Throws ArgumentError outside the years 1 to 9999.
  static DateTime from_microseconds(std::int64_t since_epoch);

  /// Returns the same time that many days later. Throws ArgumentError outside the years 1 to 9999.
  DateTime add_days(std::int64_t days) const { return {date.add_days(days), time}; }

  /// Returns the current moment of the local time zone.
  static DateTime now();
  /// Returns the current moment of UTC.
  static DateTime utcnow();
};

/// Holds a span of time to the microsecond, of either sign; a day has 24 hours.
struct Interval {
  std::int64_t microseconds = 0;

  friend constexpr auto operator<=>(const Interval&, const Interval&) = default;

  /// Reads `1 day, 2:03:04.5`, `-2 days +02:03:04`, `02:03`: days and a time, each with its sign;
  /// nothing for other forms, also those with months or years, which have no fixed length.
  static std::optional<Interval> parse(std::string_view text) noexcept;
  /// Returns `1 day, 2:03:04.500000` as Python shows it: only the days can be negative.
  std::string to_string() const;
};

}  // namespace azoth
