// SPDX-License-Identifier: MIT
// Values on their way to a driver; the table of forms is in codec.hpp.
#include "drivers/odbc/codec.hpp"
#include "drivers/odbc/error.hpp"
#include <azoth/base/text.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace azoth::drivers::odbc {
namespace {

constexpr SQLSMALLINT microseconds = 6;

void describe_as(Parameter& p,
                 SQLSMALLINT c_type,
                 SQLSMALLINT sql_type,
                 SQLULEN size,
                 std::size_t bytes,
                 SQLSMALLINT digits = 0) {
  p.length = static_cast<SQLLEN>(bytes);
  p.binding = {c_type, sql_type, size, digits, &p.small, static_cast<SQLLEN>(bytes)};
}

// A column size that is the same for texts of about the same size: servers prepare a statement
// anew for each.
SQLULEN rounded_size(std::size_t size, std::size_t longest) {
  constexpr std::size_t smallest = 32;
  const std::size_t rounded = std::bit_ceil(std::max(size, smallest));
  return longest != 0 ? std::min(rounded, longest) : rounded;
}

void put_wide(Parameter& p, std::string_view text, const Backend& backend) {
  p.wide.clear();
  if (!append_wide(p.wide, text)) {
    p.wide = to_wide(text);  // throws
  }
  if (backend.refuses_nul && text.find('\0') != text.npos) {
    throw_driver_error(DBAPIErrorKind::data,
                       "a text with a NUL in it (" + base::python_repr(text.substr(0, 60)) +
                           ") would be cut off there; give bytes as Bytes");
  }
  const bool is_long = backend.longest_text != 0 && p.wide.size() > backend.longest_text;
  describe_as(p,
              SQL_C_WCHAR,
              is_long ? SQL_WLONGVARCHAR : SQL_WVARCHAR,
              is_long ? p.wide.size() : rounded_size(p.wide.size(), backend.longest_text),
              p.wide.size() * sizeof(char16_t));
  p.binding.data = p.wide.data();
}

void put_narrow(Parameter& p, std::string text, SQLSMALLINT sql_type, SQLULEN size, int digits) {
  p.narrow = std::move(text);
  describe_as(p, SQL_C_CHAR, sql_type, size, p.narrow.size(), static_cast<SQLSMALLINT>(digits));
  p.binding.data = p.narrow.data();
}

void put_blob(Parameter& p, std::span<const std::byte> bytes, const Backend& backend) {
  const bool is_long = backend.longest_binary != 0 && bytes.size() > backend.longest_binary;
  describe_as(p,
              SQL_C_BINARY,
              is_long ? SQL_LONGVARBINARY : SQL_VARBINARY,
              is_long ? bytes.size() : rounded_size(bytes.size(), backend.longest_binary),
              bytes.size());
  p.binding.data = bytes.empty() ? static_cast<const void*>("") : bytes.data();
}

void put_integer(Parameter& p, std::int64_t value) {
  const bool is_small = value >= std::numeric_limits<std::int32_t>::min() &&
                        value <= std::numeric_limits<std::int32_t>::max();
  p.small.integer = value;
  describe_as(p,
              SQL_C_SBIGINT,
              is_small ? SQL_INTEGER : SQL_BIGINT,
              is_small ? 10 : 19,
              sizeof p.small.integer);
}

void put_decimal(Parameter& p, const Decimal& value) {
  std::string text = value.to_string();
  const auto digits =
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  put_narrow(p, std::move(text), SQL_DECIMAL, static_cast<SQLULEN>(digits), value.scale());
}

void put_date(Parameter& p, const Date& date) {
  p.small.date = {date.year, date.month, date.day};
  describe_as(p, SQL_C_TYPE_DATE, SQL_TYPE_DATE, 10, sizeof p.small.date);
}

void put_moment(Parameter& p, const DateTime& moment) {
  constexpr SQLULEN size_of_text = 26;  // 2010-05-01 12:00:00.000005
  constexpr SQLUINTEGER nanoseconds = 1000;
  const auto& [date, time] = moment;
  p.small.moment = {date.year,
                    date.month,
                    date.day,
                    time.hour,
                    time.minute,
                    time.second,
                    time.microsecond * nanoseconds};
  describe_as(p,
              SQL_C_TYPE_TIMESTAMP,
              SQL_TYPE_TIMESTAMP,
              size_of_text,
              sizeof p.small.moment,
              microseconds);
}

void put_interval(Parameter& p, Interval interval) {
  constexpr std::uint64_t second = 1'000'000, day = 86'400 * second;
  const auto whole =
      static_cast<std::uint64_t>(interval.microseconds < 0 ? -(interval.microseconds + 1)
                                                           : interval.microseconds) +
      (interval.microseconds < 0 ? 1U : 0U);
  const std::uint64_t rest = whole % day;
  p.small.span = {};
  p.small.span.interval_type = SQL_IS_DAY_TO_SECOND;
  p.small.span.interval_sign = interval.microseconds < 0 ? SQL_TRUE : SQL_FALSE;
  p.small.span.intval.day_second = {static_cast<SQLUINTEGER>(whole / day),
                                    static_cast<SQLUINTEGER>(rest / (3600 * second)),
                                    static_cast<SQLUINTEGER>(rest / (60 * second) % 60),
                                    static_cast<SQLUINTEGER>(rest / second % 60),
                                    static_cast<SQLUINTEGER>(rest % second)};
  describe_as(p,
              SQL_C_INTERVAL_DAY_TO_SECOND,
              SQL_INTERVAL_DAY_TO_SECOND,
              9,
              sizeof p.small.span,
              microseconds);
}

void put_uuid(Parameter& p, const Uuid& uuid) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned int>(uuid.bytes[i]); };
  p.small.guid.Data1 = byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
  p.small.guid.Data2 = static_cast<unsigned short>(byte(4) << 8 | byte(5));
  p.small.guid.Data3 = static_cast<unsigned short>(byte(6) << 8 | byte(7));
  for (std::size_t i = 0; i < 8; ++i) {
    p.small.guid.Data4[i] = static_cast<unsigned char>(uuid.bytes[8 + i]);
  }
  describe_as(p, SQL_C_GUID, SQL_GUID, 36, sizeof p.small.guid);
}

void put_null(Parameter& p, TypePtr type) {
  const bool is_binary = type != nullptr && type->family() == TypeFamily::binary;
  describe_as(
      p, is_binary ? SQL_C_BINARY : SQL_C_CHAR, is_binary ? SQL_VARBINARY : SQL_VARCHAR, 1, 0);
  p.length = SQL_NULL_DATA;
}

// A database would cut the time off.
void check_midnight(const DateTime& moment, TypePtr type, std::string_view dialect) {
  const bool is_date = type != nullptr && type->in_dialect(dialect)->family() == TypeFamily::date;
  if (is_date && moment.time != Time{}) {
    throw_driver_error(DBAPIErrorKind::data,
                       "a DATE cannot hold the time of " + moment.to_string() +
                           "; give its .date, or make the column a DateTime");
  }
}

// What SQLite stores: a day compared with a timestamp is its midnight.
std::string storage_text(const Literal& value, TypePtr type) {
  const TypeFamily family =
      type != nullptr ? type->in_dialect("sqlite")->family() : TypeFamily::unknown;
  switch (value.kind()) {
    case ValueKind::date:
      return family == TypeFamily::datetime ? DateTime{value.date(), {}}.to_storage_string()
                                            : value.date().to_storage_string();
    case ValueKind::time:
      return value.time().to_storage_string();
    default:
      return family == TypeFamily::date ? value.datetime().date.to_storage_string()
                                        : value.datetime().to_storage_string();
  }
}

void put_temporal(Parameter& p, const Literal& value, TypePtr type, const Backend& backend) {
  if (value.kind() == ValueKind::datetime) {
    check_midnight(value.datetime(), type, backend.name);
  }
  if (backend.stores_moments_as_text) {
    std::string text = storage_text(value, type);
    const std::size_t size = text.size();
    return put_narrow(p, std::move(text), SQL_VARCHAR, size, 0);
  }
  switch (value.kind()) {
    case ValueKind::date:
      return put_date(p, value.date());
    case ValueKind::time: {
      constexpr SQLULEN size_of_text = 15;
      return put_narrow(p, value.time().to_string(), SQL_VARCHAR, size_of_text, 0);
    }
    default:
      return put_moment(p, value.datetime());
  }
}

}  // namespace

void encode(const Literal& value, TypePtr type, const ValueRules& rules, Parameter& p) {
  switch (value.kind()) {
    case ValueKind::null:
      return put_null(p, type);
    case ValueKind::boolean:
      if (!rules.has_booleans) {
        return put_integer(p, value.boolean() ? 1 : 0);
      }
      p.small.boolean = value.boolean() ? 1 : 0;
      return describe_as(p, SQL_C_BIT, SQL_BIT, 1, sizeof p.small.boolean);
    case ValueKind::integer:
      return put_integer(p, value.integer());
    case ValueKind::real:
      p.small.real = value.real();
      return describe_as(p, SQL_C_DOUBLE, SQL_DOUBLE, 15, sizeof p.small.real);
    case ValueKind::text:
      return put_wide(p, value.text(), *rules.backend);
    case ValueKind::blob:
      return put_blob(p, value.blob(), *rules.backend);
    case ValueKind::decimal:
      return put_decimal(p, value.decimal());
    case ValueKind::date:
    case ValueKind::time:
    case ValueKind::datetime:
      return put_temporal(p, value, type, *rules.backend);
    case ValueKind::uuid:
      return rules.has_uuids ? put_uuid(p, value.uuid())
                             : put_narrow(p, value.uuid().hex(), SQL_VARCHAR, 32, 0);
    case ValueKind::interval:
      return put_interval(p, value.interval());
    case ValueKind::list:
      throw_driver_error(DBAPIErrorKind::programming,
                         "a list can not be used with ODBC, which has no arrays; give its text");
  }
}

Value sent_value(const Literal& value, TypePtr type, const ValueRules& rules) {
  switch (value.kind()) {
    case ValueKind::date:
    case ValueKind::time:
    case ValueKind::datetime:
      return rules.backend->stores_moments_as_text ? Value(storage_text(value, type))
                                                   : Value(value);
    case ValueKind::uuid:
      return rules.has_uuids ? Value(value) : Value(value.uuid().hex());
    default:
      return Value(value);
  }
}

}  // namespace azoth::drivers::odbc
