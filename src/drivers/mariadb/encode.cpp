// SPDX-License-Identifier: MIT
// Values on their way to the server; the table of forms is in codec.hpp.
#include "drivers/mariadb/codec.hpp"
#include "drivers/mariadb/error.hpp"
#include <azoth/base/text.hpp>

#include <cmath>

namespace azoth::drivers::mariadb {
namespace {

bool point_to(MYSQL_BIND& bind, enum_field_types type, const void* data) {
  void* const buffer = const_cast<void*>(data);  // the connector only reads
  const bool is_new = bind.buffer_type != type || bind.buffer != buffer;
  bind.buffer_type = type;
  bind.buffer = buffer;
  return is_new;
}

bool point_to(
    MYSQL_BIND& bind, Parameter& p, enum_field_types type, const void* data, std::size_t size) {
  p.length = static_cast<unsigned long>(size);
  bind.length = &p.length;
  return point_to(bind, type, size != 0 ? data : "");
}

void put_date(MYSQL_TIME& out, const Date& date) {
  out.year = static_cast<unsigned int>(date.year);
  out.month = date.month;
  out.day = date.day;
}

void put_time(MYSQL_TIME& out, const Time& time) {
  out.hour = time.hour;
  out.minute = time.minute;
  out.second = time.second;
  out.second_part = time.microsecond;
}

bool encode_real(double value, Parameter& p, MYSQL_BIND& bind) {
  if (!std::isfinite(value)) {
    throw_driver_error(DBAPIErrorKind::programming,
                       base::python_repr(value) + " can not be used with MySQL");
  }
  p.small.real = value;
  return point_to(bind, MYSQL_TYPE_DOUBLE, &p.small);
}

// The server would cut the time off.
void check_midnight(const DateTime& moment, TypePtr type) {
  const bool is_date = type != nullptr && type->in_dialect("mysql")->family() == TypeFamily::date;
  if (is_date && moment.time != Time{}) {
    throw_driver_error(DBAPIErrorKind::data,
                       "a DATE cannot hold the time of " + moment.to_string() +
                           "; give its .date, or make the column a DateTime");
  }
}

bool encode_temporal(const Literal& value, TypePtr type, Parameter& p, MYSQL_BIND& bind) {
  p.small.time = {};
  switch (value.kind()) {
    case ValueKind::date:
      put_date(p.small.time, value.date());
      p.small.time.time_type = MYSQL_TIMESTAMP_DATE;
      return point_to(bind, MYSQL_TYPE_DATE, &p.small);
    case ValueKind::time:
      put_time(p.small.time, value.time());
      p.small.time.time_type = MYSQL_TIMESTAMP_TIME;
      return point_to(bind, MYSQL_TYPE_TIME, &p.small);
    default:
      check_midnight(value.datetime(), type);
      put_date(p.small.time, value.datetime().date);
      put_time(p.small.time, value.datetime().time);
      p.small.time.time_type = MYSQL_TIMESTAMP_DATETIME;
      return point_to(bind, MYSQL_TYPE_DATETIME, &p.small);
  }
}

}  // namespace

bool encode(const Literal& value, TypePtr type, Parameter& p, MYSQL_BIND& bind) {
  switch (value.kind()) {
    case ValueKind::null:
      return point_to(bind, MYSQL_TYPE_NULL, nullptr);
    case ValueKind::boolean:
      p.small.boolean = value.boolean() ? 1 : 0;
      return point_to(bind, MYSQL_TYPE_TINY, &p.small);
    case ValueKind::integer:
      p.small.integer = value.integer();
      return point_to(bind, MYSQL_TYPE_LONGLONG, &p.small);
    case ValueKind::real:
      return encode_real(value.real(), p, bind);
    case ValueKind::text:
      return point_to(bind, p, MYSQL_TYPE_STRING, value.text().data(), value.text().size());
    case ValueKind::blob:
      return point_to(bind, p, MYSQL_TYPE_BLOB, value.blob().data(), value.blob().size());
    case ValueKind::decimal:
      p.text = value.decimal().to_string();
      return point_to(bind, p, MYSQL_TYPE_NEWDECIMAL, p.text.data(), p.text.size());
    case ValueKind::date:
    case ValueKind::time:
    case ValueKind::datetime:
      return encode_temporal(value, type, p, bind);
    case ValueKind::uuid:
      p.text = value.uuid().hex();
      return point_to(bind, p, MYSQL_TYPE_STRING, p.text.data(), p.text.size());
    case ValueKind::interval:
    case ValueKind::list:
      throw_driver_error(DBAPIErrorKind::programming,
                         std::string(name_of(value.kind())) + " can not be used with MySQL");
  }
  return false;
}

}  // namespace azoth::drivers::mariadb
