// SPDX-License-Identifier: MIT
// Values on their way to PostgreSQL; the table of forms is in codec.hpp.
#include "drivers/libpq/arrays.hpp"
#include "drivers/libpq/codec.hpp"
#include "drivers/libpq/error.hpp"
#include "drivers/libpq/numeric.hpp"
#include "drivers/libpq/text_format.hpp"
#include "drivers/libpq/wire.hpp"
#include <azoth/base/text.hpp>

#include <bit>

namespace azoth::drivers::libpq {
namespace {

static_assert(max_numeric_size <= sizeof(Parameter::small));

const SqlType& resolved(TypePtr type) {
  return type != nullptr ? *type->in_dialect("postgresql") : *types::null_type();
}

Oid integer_type(std::int64_t value, const SqlType& type) {
  if (is_floating(type)) {
    return float8_oid;
  }
  if (is_exact(type)) {
    return numeric_oid;
  }
  if (type.family() == TypeFamily::boolean && (value == 0 || value == 1)) {
    return bool_oid;
  }
  return static_cast<std::int32_t>(value) == value ? int4_oid : int8_oid;
}

template <std::integral I>
bool put(Parameter& p, I value) {
  p.length = static_cast<int>(put_wire(p.small.data(), value) - p.small.data());
  return true;
}

bool put_decimal(Parameter& p, const Decimal& value) {
  p.length = static_cast<int>(put_numeric(p.small.data(), value));
  return true;
}

bool put_text(Parameter& p, std::string text) {
  p.large = std::move(text);
  p.data = p.large.c_str();
  p.length = static_cast<int>(p.large.size());
  p.format = 0;
  return true;
}

template <std::integral I>
bool put_narrow(Parameter& p, std::int64_t value) {
  return std::in_range<I>(value) && put(p, static_cast<I>(value));
}

bool encode_integer(Parameter& p, std::int64_t value, Oid oid) {
  switch (oid) {
    case int2_oid:
      return put_narrow<std::int16_t>(p, value);
    case int4_oid:
      return put_narrow<std::int32_t>(p, value);
    case int8_oid:
      return put(p, value);
    case oid_oid:
      return put_narrow<std::uint32_t>(p, value);
    case float8_oid:
      return put(p, std::bit_cast<std::int64_t>(static_cast<double>(value)));
    case numeric_oid:
      return put_decimal(p, Decimal(value));
    case bool_oid:
      return resolved(p.type).family() == TypeFamily::boolean && (value == 0 || value == 1) &&
             put(p, static_cast<std::int8_t>(value));
    default:
      return false;
  }
}

bool encode_real(Parameter& p, double value, Oid oid) {
  if (oid == float8_oid) {
    return put(p, std::bit_cast<std::int64_t>(value));
  }
  return oid == numeric_oid && put_text(p, base::python_repr(value));
}

// Texts of other types than text go in the text format, which ends at the first NUL.
bool encode_text(Parameter& p, std::string_view text, Oid oid) {
  refuse_nul(text);
  if (!is_characters(oid)) {
    return put_text(p, std::string(text));
  }
  p.data = text.data() != nullptr ? text.data() : "";
  p.length = static_cast<int>(text.size());
  return true;
}

bool encode_bytes(Parameter& p, std::span<const std::byte> bytes, Oid oid) {
  p.data = bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data());
  p.length = static_cast<int>(bytes.size());
  return oid == bytea_oid;
}

bool encode_date(Parameter& p, Date date, Oid oid) {
  const std::int64_t day = date.days_since_epoch() - epoch_days;
  if (oid == date_oid) {
    return put(p, static_cast<std::int32_t>(day));
  }
  return (oid == timestamp_oid || oid == timestamptz_oid) && put(p, day * day_microseconds);
}

bool encode_time(Parameter& p, Time time, Oid oid) {
  if (oid == timetz_oid) {
    put(p, time.microseconds());
    put_wire(p.small.data() + p.length, std::int32_t{0});
    p.length += 4;
    return true;
  }
  return oid == time_oid && put(p, time.microseconds());
}

bool encode_datetime(Parameter& p, const DateTime& moment, Oid oid) {
  if (oid == timestamp_oid || oid == timestamptz_oid) {
    return put(p, moment.microseconds_since_epoch() - epoch_microseconds);
  }
  return oid == date_oid && moment.time == Time{} && encode_date(p, moment.date, oid);
}

// Microseconds, days and months are counted apart; an Interval has only the first.
bool encode_interval(Parameter& p, Interval interval, Oid oid) {
  put(p, interval.microseconds);
  put_wire(p.small.data() + p.length, std::int64_t{0});
  p.length += 8;
  return oid == interval_oid;
}

bool encode_uuid(Parameter& p, const Uuid& uuid, Oid oid) {
  if (oid != uuid_oid) {
    return is_characters(oid) && put_text(p, uuid.to_string());
  }
  std::memcpy(p.small.data(), uuid.bytes.data(), uuid.bytes.size());
  p.length = static_cast<int>(uuid.bytes.size());
  return true;
}

// The server would cut the time off.
void check_midnight(const DateTime& moment, const SqlType& type) {
  if (type.family() == TypeFamily::date && moment.time != Time{}) {
    throw_driver_error(DBAPIErrorKind::data,
                       "a DATE cannot hold the time of " + moment.to_string() +
                           "; give its .date, or make the column a DateTime");
  }
}

}  // namespace

bool is_exact(const SqlType& type) {
  return type.kind == TypeKind::numeric || type.kind == TypeKind::sql_numeric ||
         type.kind == TypeKind::sql_decimal;
}

bool is_floating(const SqlType& type) {
  switch (type.kind) {
    case TypeKind::float_:
    case TypeKind::double_:
    case TypeKind::sql_float:
    case TypeKind::sql_real:
    case TypeKind::sql_double:
      return true;
    default:
      return false;
  }
}

Oid announced_type(const Parameter& p) {
  const SqlType& type = resolved(p.type);
  switch (p.value.kind()) {
    case ValueKind::null:
    case ValueKind::text:
      return p.is_untyped ? text_oid : 0;
    case ValueKind::boolean:
      return bool_oid;
    case ValueKind::integer:
      return integer_type(p.value.integer(), type);
    case ValueKind::real:
      return is_exact(type) ? numeric_oid : float8_oid;
    case ValueKind::blob:
      return bytea_oid;
    case ValueKind::decimal:
      return numeric_oid;
    case ValueKind::date:
      return date_oid;
    case ValueKind::time:
      return type.timezone ? timetz_oid : time_oid;
    case ValueKind::datetime:
      return type.timezone                       ? timestamptz_oid
             : type.family() == TypeFamily::date ? date_oid
                                                 : timestamp_oid;
    case ValueKind::interval:
      return interval_oid;
    case ValueKind::uuid:
      return uuid_oid;
    case ValueKind::list:
      return 0;
  }
  return 0;
}

bool encode(Parameter& p, Oid oid) {
  if (p.is_array) {
    return true;
  }
  p.data = p.small.data();
  p.format = 1;
  switch (p.value.kind()) {
    case ValueKind::null:
      p.data = nullptr;
      p.length = 0;
      return true;
    case ValueKind::boolean:
      return oid == bool_oid && put(p, static_cast<std::int8_t>(p.value.boolean() ? 1 : 0));
    case ValueKind::integer:
      return encode_integer(p, p.value.integer(), oid);
    case ValueKind::real:
      return encode_real(p, p.value.real(), oid);
    case ValueKind::text:
      return encode_text(p, p.value.text(), oid);
    case ValueKind::blob:
      return encode_bytes(p, p.value.blob(), oid);
    case ValueKind::decimal:
      return oid == numeric_oid && put_decimal(p, p.value.decimal());
    case ValueKind::date:
      return encode_date(p, p.value.date(), oid);
    case ValueKind::time:
      return encode_time(p, p.value.time(), oid);
    case ValueKind::datetime:
      check_midnight(p.value.datetime(), resolved(p.type));
      return encode_datetime(p, p.value.datetime(), oid);
    case ValueKind::interval:
      return encode_interval(p, p.value.interval(), oid);
    case ValueKind::uuid:
      return encode_uuid(p, p.value.uuid(), oid);
    case ValueKind::list:
      return put_text(p, array_text(p.value.list()));
  }
  return false;
}

}  // namespace azoth::drivers::libpq
