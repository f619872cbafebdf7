// SPDX-License-Identifier: MIT
// Values at module borders: how they are owned, viewed and shown. No conversion between kinds
// happens here.
#include "azoth/types/value.hpp"

#include "azoth/base/assert.hpp"
#include "azoth/base/error.hpp"
#include "azoth/base/text.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>

namespace azoth {
namespace {

// Python's decimal changes to an exponent when more than six zeros would stand between the point
// and the first digit.
std::string python_decimal(const Decimal& value) {
  constexpr int most_leading_zeros = 6;
  std::string plain = value.to_string();
  const auto point = plain.find('.');
  if (point == std::string::npos) {
    return plain;
  }
  std::string digits = plain.substr(point + 1);
  const bool below_one = plain[point - 1] == '0' && (point == 1 || plain[point - 2] == '-');
  const auto first = digits.find_first_not_of('0');
  // Of zero, Python counts the last digit as its first.
  const auto leading = first == std::string::npos ? digits.size() - 1 : first;
  if (!below_one || leading < most_leading_zeros) {
    return plain;
  }
  digits.erase(0, leading);
  const auto exponent = leading + 1;
  if (digits.size() > 1) {
    digits.insert(1, ".");
  }
  return fmt::format("{}{}E-{}", value.sign() < 0 ? "-" : "", digits, exponent);
}

void append_time(std::string& out, const Time& time) {
  fmt::format_to(std::back_inserter(out), "{}, {}", time.hour, time.minute);
  if (time.second != 0 || time.microsecond != 0) {
    fmt::format_to(std::back_inserter(out), ", {}", time.second);
  }
  if (time.microsecond != 0) {
    fmt::format_to(std::back_inserter(out), ", {}", time.microsecond);
  }
}

std::string python_date(std::string_view name, const Date& date) {
  return fmt::format("datetime.{}({}, {}, {}", name, date.year, date.month, date.day);
}

std::string python_timedelta(Interval interval) {
  constexpr std::int64_t second = 1'000'000;
  constexpr std::int64_t day = 86'400 * second;
  std::int64_t days = interval.microseconds / day;
  std::int64_t rest = interval.microseconds % day;
  if (rest < 0) {
    rest += day;
    --days;
  }
  std::string out;
  const auto part = [&](std::string_view name, std::int64_t count) {
    if (count != 0) {
      fmt::format_to(std::back_inserter(out), "{}{}={}", out.empty() ? "" : ", ", name, count);
    }
  };
  part("days", days);
  part("seconds", rest / second);
  part("microseconds", rest % second);
  return "datetime.timedelta(" + (out.empty() ? "0" : out) + ")";
}

}  // namespace

std::int64_t Literal::checked(std::uint64_t v) {
  constexpr auto largest = std::numeric_limits<std::int64_t>::max();
  if (v > static_cast<std::uint64_t>(largest)) {
    throw ArgumentError(
        fmt::format("Integer {} is above {}, the largest one that a SQL integer value holds; pass "
                    "it as azoth::Decimal",
                    v,
                    largest));
  }
  return static_cast<std::int64_t>(v);
}

// What `held` needs: the content fits, and what owns nothing is copied as bytes.
template <class T, class... A>
void Value::make(A&&... arguments) {
  static_assert(sizeof(T) <= size && alignof(T) <= alignof(Value));
  static_assert(std::is_trivially_copyable_v<T> || std::is_same_v<T, std::string> ||
                std::is_same_v<T, Bytes> || std::is_same_v<T, std::vector<Value>>);
  ::new (static_cast<void*>(bytes_)) T(std::forward<A>(arguments)...);
  kind_ = kind_of<T>();
}

Value::Value(const Value& other) {
  switch (other.kind_) {
    case ValueKind::text:
      make<std::string>(other.held<std::string>());
      break;
    case ValueKind::blob:
      make<Bytes>(other.held<Bytes>());
      break;
    case ValueKind::list:
      make<std::vector<Value>>(other.held<std::vector<Value>>());
      break;
    default:
      std::memcpy(bytes_, other.bytes_, size);
      kind_ = other.kind_;
  }
}

Value& Value::operator=(const Value& other) {
  if (kind_ == ValueKind::text && other.kind_ == ValueKind::text) {
    held<std::string>() = other.held<std::string>();  // which may keep its memory
    return *this;
  }
  return *this = Value(other);
}

void Value::take_owned(Value& other) noexcept {
  switch (other.kind_) {
    case ValueKind::text:
      make<std::string>(std::move(other.held<std::string>()));
      break;
    case ValueKind::blob:
      make<Bytes>(std::move(other.held<Bytes>()));
      break;
    default:
      make<std::vector<Value>>(std::move(other.held<std::vector<Value>>()));
  }
  other.clear();
}

void Value::destroy() noexcept {
  switch (kind_) {
    case ValueKind::text:
      return std::destroy_at(&held<std::string>());
    case ValueKind::blob:
      return std::destroy_at(&held<Bytes>());
    default:
      std::destroy_at(&held<std::vector<Value>>());
  }
}

bool Value::operator==(const Value& other) const {
  if (kind_ != other.kind_) {
    return false;
  }
  const auto are_same = [&]<class T>(std::type_identity<T>) {
    return held<T>() == other.held<T>();
  };
  switch (kind_) {
    case ValueKind::null:
      return true;
    case ValueKind::boolean:
      return are_same(std::type_identity<bool>());
    case ValueKind::integer:
      return are_same(std::type_identity<std::int64_t>());
    case ValueKind::real:
      return are_same(std::type_identity<double>());
    case ValueKind::text:
      return are_same(std::type_identity<std::string>());
    case ValueKind::blob:
      return are_same(std::type_identity<Bytes>());
    case ValueKind::decimal:
      return are_same(std::type_identity<Decimal>());
    case ValueKind::date:
      return are_same(std::type_identity<Date>());
    case ValueKind::time:
      return are_same(std::type_identity<Time>());
    case ValueKind::datetime:
      return are_same(std::type_identity<DateTime>());
    case ValueKind::interval:
      return are_same(std::type_identity<Interval>());
    case ValueKind::uuid:
      return are_same(std::type_identity<Uuid>());
    case ValueKind::list:
      return are_same(std::type_identity<std::vector<Value>>());
  }
  return false;
}

bool Value::is_same(const Literal& literal) const {
  if (kind_ != literal.kind()) {
    return false;
  }
  switch (kind_) {
    case ValueKind::integer:
      return held<std::int64_t>() == literal.integer();
    case ValueKind::text:
      return held<std::string>() == literal.text();
    default:
      return *this == Value(literal);
  }
}

Literal Literal::view_of(const Value& v) {
  switch (v.kind()) {
    case ValueKind::null:
      break;
    case ValueKind::boolean:
      return *v.get_if<bool>();
    case ValueKind::integer:
      return *v.get_if<std::int64_t>();
    case ValueKind::real:
      return *v.get_if<double>();
    case ValueKind::text:
      return *v.get_if<std::string>();
    case ValueKind::blob:
      return *v.get_if<Bytes>();
    case ValueKind::decimal:
      return *v.get_if<Decimal>();
    case ValueKind::date:
      return *v.get_if<Date>();
    case ValueKind::time:
      return *v.get_if<Time>();
    case ValueKind::datetime:
      return *v.get_if<DateTime>();
    case ValueKind::interval:
      return *v.get_if<Interval>();
    case ValueKind::uuid:
      return *v.get_if<Uuid>();
    case ValueKind::list:
      return *v.get_if<std::vector<Value>>();
  }
  return std::nullopt;
}

Value::Value(const Literal& literal) {
  switch (literal.kind()) {
    case ValueKind::null:
      break;
    case ValueKind::boolean:
      make<bool>(literal.boolean());
      break;
    case ValueKind::integer:
      make<std::int64_t>(literal.integer());
      break;
    case ValueKind::real:
      make<double>(literal.real());
      break;
    case ValueKind::text:
      make<std::string>(literal.text());
      break;
    case ValueKind::blob:
      make<Bytes>(literal.blob().begin(), literal.blob().end());
      break;
    case ValueKind::decimal:
      make<Decimal>(literal.decimal());
      break;
    case ValueKind::date:
      make<Date>(literal.date());
      break;
    case ValueKind::time:
      make<Time>(literal.time());
      break;
    case ValueKind::datetime:
      make<DateTime>(literal.datetime());
      break;
    case ValueKind::interval:
      make<Interval>(literal.interval());
      break;
    case ValueKind::uuid:
      make<Uuid>(literal.uuid());
      break;
    case ValueKind::list:
      make<std::vector<Value>>(literal.list().begin(), literal.list().end());
      break;
  }
}

void Value::wrong_kind(ValueKind expected) const {
  throw InvalidRequestError(fmt::format(
      "Value {} is of kind {}, not {} as was asked for; test kind() or use get_if() first",
      repr(*this),
      name_of(kind()),
      name_of(expected)));
}

std::string_view name_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::null:
      return "null";
    case ValueKind::boolean:
      return "boolean";
    case ValueKind::integer:
      return "integer";
    case ValueKind::real:
      return "real";
    case ValueKind::text:
      return "text";
    case ValueKind::blob:
      return "binary";
    case ValueKind::decimal:
      return "decimal";
    case ValueKind::date:
      return "date";
    case ValueKind::time:
      return "time";
    case ValueKind::datetime:
      return "datetime";
    case ValueKind::interval:
      return "interval";
    case ValueKind::uuid:
      return "uuid";
    case ValueKind::list:
      return "list";
  }
  AZOTH_ASSERT(!"a kind of value without a name");
  return "unknown";
}

std::string repr(const Literal& value) {
  switch (value.kind()) {
    case ValueKind::null:
      break;
    case ValueKind::boolean:
      return base::python_repr(value.boolean());
    case ValueKind::integer:
      return base::python_repr(value.integer());
    case ValueKind::real:
      return base::python_repr(value.real());
    case ValueKind::text:
      return base::python_repr(value.text());
    case ValueKind::blob:
      return base::python_bytes_repr(value.blob());
    case ValueKind::decimal:
      return "Decimal('" + python_decimal(value.decimal()) + "')";
    case ValueKind::date:
      return python_date("date", value.date()) + ")";
    case ValueKind::time: {
      std::string out = "datetime.time(";
      append_time(out, value.time());
      return out + ")";
    }
    case ValueKind::datetime: {
      std::string out = python_date("datetime", value.datetime().date) + ", ";
      append_time(out, value.datetime().time);
      return out + ")";
    }
    case ValueKind::interval:
      return python_timedelta(value.interval());
    case ValueKind::uuid:
      return "UUID('" + value.uuid().to_string() + "')";
    case ValueKind::list: {
      std::string out = "[";
      for (const Value& item : value.list()) {
        out += (out.size() == 1 ? "" : ", ") + repr(Literal(item));
      }
      return out + "]";
    }
  }
  return "None";
}

}  // namespace azoth
