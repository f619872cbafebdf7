// SPDX-License-Identifier: MIT
// Conversions between Date, Time, DateTime and std::chrono. Apart from types/temporal.hpp, because
// <chrono> is dear to include.
#pragma once

#include "azoth/types/temporal.hpp"

#include <chrono>

namespace azoth {

/// Converts a calendar day. Throws ArgumentError outside the years 1 to 9999.
inline Date to_date(std::chrono::sys_days day) {
  return Date::from_days(day.time_since_epoch().count());
}

inline Date to_date(std::chrono::year_month_day day) {
  return to_date(std::chrono::sys_days(day));
}

/// Converts a moment, read as UTC, dropping what is finer than a microsecond towards the past.
/// Throws ArgumentError outside the years 1 to 9999.
template <class Duration>
DateTime to_datetime(std::chrono::sys_time<Duration> moment) {
  return DateTime::from_microseconds(
      std::chrono::floor<std::chrono::microseconds>(moment).time_since_epoch().count());
}

/// Converts a moment of no particular time zone, as above.
template <class Duration>
DateTime to_datetime(std::chrono::local_time<Duration> moment) {
  return to_datetime(std::chrono::sys_time<Duration>(moment.time_since_epoch()));
}

inline std::chrono::year_month_day to_year_month_day(Date date) {
  return std::chrono::year(date.year) / date.month / date.day;
}

inline std::chrono::sys_days to_sys_days(Date date) {
  return std::chrono::sys_days(std::chrono::days(date.days_since_epoch()));
}

/// Reads the value as UTC.
inline std::chrono::sys_time<std::chrono::microseconds> to_sys_time(DateTime value) {
  return std::chrono::sys_time<std::chrono::microseconds>(
      std::chrono::microseconds(value.microseconds_since_epoch()));
}

/// Reads the value as of no particular time zone.
inline std::chrono::local_time<std::chrono::microseconds> to_local_time(DateTime value) {
  return std::chrono::local_time<std::chrono::microseconds>(
      std::chrono::microseconds(value.microseconds_since_epoch()));
}

}  // namespace azoth
