// SPDX-License-Identifier: MIT
// The ISO texts of dates and times, and the day numbers of the Gregorian calendar.
#include "azoth/types/temporal.hpp"

#include "azoth/base/error.hpp"

#include <chrono>
#include <ctime>
#include <limits>

namespace azoth {
namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;
constexpr std::int64_t first_day = -719'162;  // 0001-01-01
constexpr std::int64_t last_day = 2'932'896;  // 9999-12-31

constexpr bool leap(int year) noexcept {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// Takes exactly `digits` digits off the front of `text`; false if they are not there.
bool take_number(std::string_view& text, std::size_t digits, std::uint32_t& value) noexcept {
  if (text.size() < digits) {
    return false;
  }
  value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') {
      return false;
    }
    value = value * 10 + static_cast<std::uint32_t>(text[i] - '0');
  }
  text.remove_prefix(digits);
  return true;
}

bool take(std::string_view& text, char c) noexcept {
  if (text.empty() || text.front() != c) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

void append_number(std::string& out, std::uint32_t value, int digits) {
  std::uint32_t unit = 1;
  for (int i = 1; i < digits; ++i) {
    unit *= 10;
  }
  for (; unit != 0; unit /= 10) {
    out += static_cast<char>('0' + value / unit % 10);
  }
}

void append(std::string& out, const Date& date) {
  // Only years 1 to 9999 have this form; others show what they hold.
  if (date.year < 0) {
    out += '-';
  }
  const int year = date.year < 0 ? -date.year : date.year;
  append_number(out, static_cast<std::uint32_t>(year), year > 9999 ? 5 : 4);
  out += '-';
  append_number(out, date.month, 2);
  out += '-';
  append_number(out, date.day, 2);
}

void append(std::string& out, const Time& time, bool always_microseconds) {
  append_number(out, time.hour, 2);
  out += ':';
  append_number(out, time.minute, 2);
  out += ':';
  append_number(out, time.second, 2);
  if (!always_microseconds && time.microsecond == 0) {
    return;
  }
  out += '.';
  append_number(out, time.microsecond, 6);
}

std::optional<Date> take_date(std::string_view& text) noexcept {
  std::uint32_t year, month, day;
  if (!take_number(text, 4, year) || !take(text, '-') || !take_number(text, 2, month) ||
      !take(text, '-') || !take_number(text, 2, day)) {
    return std::nullopt;
  }
  const Date date{static_cast<std::int16_t>(year),
                  static_cast<std::uint8_t>(month),
                  static_cast<std::uint8_t>(day)};
  return date.valid() ? std::optional(date) : std::nullopt;
}

DateTime from_tm(const std::tm& parts, std::uint32_t microsecond) noexcept {
  return {{static_cast<std::int16_t>(parts.tm_year + 1900),
           static_cast<std::uint8_t>(parts.tm_mon + 1),
           static_cast<std::uint8_t>(parts.tm_mday)},
          // A leap second, where the system shows one, is not a value of ours.
          {static_cast<std::uint8_t>(parts.tm_hour),
           static_cast<std::uint8_t>(parts.tm_min),
           static_cast<std::uint8_t>(parts.tm_sec > 59 ? 59 : parts.tm_sec),
           microsecond}};
}

std::int64_t microseconds_now() noexcept {
  return std::chrono::floor<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

bool Date::valid() const noexcept {
  constexpr std::uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
    return false;
  }
  return day <= days[month - 1] + (month == 2 && leap(year) ? 1 : 0);
}

std::optional<Date> Date::parse(std::string_view text) noexcept {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::string Date::to_string() const {
  std::string out;
  append(out, *this);
  return out;
}

// Counts in years that begin in March, so that the leap day is the last of its year, and in eras of
// 400 years.
std::int32_t Date::days_since_epoch() const noexcept {
  const int y = year - (month <= 2 ? 1 : 0);
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719'468;
}

Date Date::from_days(std::int64_t days) {
  if (days < first_day || days > last_day) {
    throw ArgumentError("Date: " + std::to_string(days) +
                        " days from 1970-01-01 is outside the years 1 to 9999");
  }
  const int shifted = static_cast<int>(days) + 719'468;
  const int era = shifted / 146'097;  // not negative in our years
  const int day_of_era = shifted % 146'097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int march_month = (5 * day_of_year + 2) / 153;
  const int month = march_month + (march_month < 10 ? 3 : -9);
  return {static_cast<std::int16_t>(era * 400 + year_of_era + (month <= 2 ? 1 : 0)),
          static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(day_of_year - (153 * march_month + 2) / 5 + 1)};
}

Date Date::add_days(std::int64_t days) const {
  // Judged before it is added, so that no count overflows.
  if (days < first_day - last_day || days > last_day - first_day) {
    throw ArgumentError("Date: " + to_string() + " and " + std::to_string(days) +
                        " days is outside the years 1 to 9999");
  }
  return from_days(days_since_epoch() + days);
}

Date Date::today() {
  return DateTime::now().date;
}

bool Time::valid() const noexcept {
  return hour < 24 && minute < 60 && second < 60 && microsecond < 1'000'000;
}

std::optional<Time> Time::parse(std::string_view text) noexcept {
  std::uint32_t hour, minute, second = 0, microsecond = 0;
  if (!take_number(text, 2, hour) || !take(text, ':') || !take_number(text, 2, minute)) {
    return std::nullopt;
  }
  if (take(text, ':')) {
    if (!take_number(text, 2, second)) {
      return std::nullopt;
    }
    if (take(text, '.')) {
      const std::size_t digits = text.size();
      if (digits < 1 || digits > 6 || !take_number(text, digits, microsecond)) {
        return std::nullopt;
      }
      for (std::size_t i = digits; i < 6; ++i) {
        microsecond *= 10;
      }
    }
  }
  const Time time{static_cast<std::uint8_t>(hour),
                  static_cast<std::uint8_t>(minute),
                  static_cast<std::uint8_t>(second),
                  microsecond};
  return text.empty() && time.valid() ? std::optional(time) : std::nullopt;
}

std::string Time::to_string() const {
  std::string out;
  append(out, *this, false);
  return out;
}

std::string Time::to_storage_string() const {
  std::string out;
  append(out, *this, true);
  return out;
}

std::int64_t Time::microseconds() const noexcept {
  return ((hour * std::int64_t(60) + minute) * 60 + second) * 1'000'000 + microsecond;
}

std::optional<DateTime> DateTime::parse(std::string_view text) noexcept {
  const auto date = take_date(text);
  if (!date) {
    return std::nullopt;
  }
  if (text.empty()) {
    return DateTime{*date, {}};
  }
  if (!take(text, ' ') && !take(text, 'T')) {
    return std::nullopt;
  }
  const auto time = Time::parse(text);
  return time ? std::optional(DateTime{*date, *time}) : std::nullopt;
}

std::string DateTime::to_string() const {
  std::string out;
  append(out, date);
  out += ' ';
  append(out, time, false);
  return out;
}

std::string DateTime::to_storage_string() const {
  std::string out;
  append(out, date);
  out += ' ';
  append(out, time, true);
  return out;
}

std::int64_t DateTime::microseconds_since_epoch() const noexcept {
  return date.days_since_epoch() * microseconds_per_day + time.microseconds();
}

DateTime DateTime::from_microseconds(std::int64_t since_epoch) {
  std::int64_t days = since_epoch / microseconds_per_day;
  std::int64_t rest = since_epoch % microseconds_per_day;
  if (rest < 0) {
    rest += microseconds_per_day, --days;
  }
  const auto seconds = static_cast<std::uint32_t>(rest / 1'000'000);
  return {Date::from_days(days),
          {static_cast<std::uint8_t>(seconds / 3600),
           static_cast<std::uint8_t>(seconds / 60 % 60),
           static_cast<std::uint8_t>(seconds % 60),
           static_cast<std::uint32_t>(rest % 1'000'000)}};
}

DateTime DateTime::now() {
  const std::int64_t moment = microseconds_now();
  const std::time_t seconds = static_cast<std::time_t>(moment / 1'000'000);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return from_tm(parts, static_cast<std::uint32_t>(moment % 1'000'000));
}

DateTime DateTime::utcnow() {
  return from_microseconds(microseconds_now());
}

namespace {

// `+02:03:04.5`, its hours of any number of digits.
std::optional<std::int64_t> parse_clock(std::string_view text) {
  const bool is_negative = take(text, '-');
  if (!is_negative) {
    take(text, '+');
  }
  std::int64_t hours = 0;
  const std::size_t colon = text.find(':');
  if (colon == text.npos || colon == 0 || colon > 9) {
    return std::nullopt;
  }
  for (char c : text.substr(0, colon)) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    hours = hours * 10 + (c - '0');
  }
  const auto below_hour = Time::parse("00" + std::string(text.substr(colon)));
  if (!below_hour) {
    return std::nullopt;
  }
  const std::int64_t total = hours * (microseconds_per_day / 24) + below_hour->microseconds();
  return is_negative ? -total : total;
}

// `-2 days`; what follows it stays in `text`.
std::optional<std::int64_t> take_days(std::string_view& text) {
  std::string_view rest = text;
  const bool is_negative = take(rest, '-');
  std::int64_t days = 0;
  std::size_t digits = 0;
  for (; digits < 9 && !rest.empty() && rest.front() >= '0' && rest.front() <= '9'; ++digits) {
    days = days * 10 + (rest.front() - '0');
    rest.remove_prefix(1);
  }
  if (digits == 0 || rest.substr(0, 4) != " day") {
    return std::nullopt;
  }
  rest.remove_prefix(4);
  take(rest, 's');
  text = rest;
  return is_negative ? -days : days;
}

}  // namespace

std::optional<Interval> Interval::parse(std::string_view text) noexcept {
  constexpr std::int64_t most_days =
      std::numeric_limits<std::int64_t>::max() / microseconds_per_day;
  const std::optional<std::int64_t> days = take_days(text);
  Interval out;
  if (days) {
    if (*days >= most_days || *days <= -most_days) {
      return std::nullopt;
    }
    out.microseconds = *days * microseconds_per_day;
    if (text.empty()) {
      return out;
    }
    take(text, ',');
    if (!take(text, ' ')) {
      return std::nullopt;
    }
  }
  const std::optional<std::int64_t> clock = parse_clock(text);
  if (!clock || __builtin_add_overflow(out.microseconds, *clock, &out.microseconds)) {
    return std::nullopt;
  }
  return out;
}

std::string Interval::to_string() const {
  std::int64_t days = microseconds / microseconds_per_day;
  std::int64_t rest = microseconds % microseconds_per_day;
  if (rest < 0) {
    rest += microseconds_per_day;
    --days;
  }
  std::string out;
  if (days != 0) {
    out = std::to_string(days) + (days == 1 || days == -1 ? " day, " : " days, ");
  }
  std::string clock = DateTime::from_microseconds(rest).time.to_string();
  return out += clock.front() == '0' ? clock.substr(1) : clock;
}

}  // namespace azoth
