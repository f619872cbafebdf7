// SPDX-License-Identifier: MIT
// Values on their way to SQLite; the table of forms is in codec.hpp.
#include "drivers/sqlite3/codec.hpp"
#include "drivers/sqlite3/error.hpp"
#include <azoth/base/text.hpp>

#include <cmath>

namespace azoth::drivers::sqlite {
namespace {

int bind_text(sqlite3_stmt* statement,
              int index,
              std::string_view text,
              sqlite3_destructor_type keep) {
  const char* data = text.data() != nullptr ? text.data() : "";  // a null pointer would bind NULL
  return sqlite3_bind_text64(statement, index, data, text.size(), keep, SQLITE_UTF8);
}

int bind_blob(sqlite3_stmt* statement, int index, std::span<const std::byte> bytes) {
  if (bytes.empty()) {
    return sqlite3_bind_zeroblob(statement, index, 0);
  }
  return sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
}

bool is_kind(TypePtr type, TypeKind kind) {
  return type != nullptr && type->kind == kind;
}

// The text that a date or time is stored as. A day compared with a timestamp column is its
// midnight; a timestamp in a DATE column must be a midnight.
std::string storage_text(const Literal& value, TypePtr type) {
  switch (value.kind()) {
    case ValueKind::date:
      return is_kind(type, TypeKind::datetime) ? DateTime{value.date(), {}}.to_storage_string()
                                               : value.date().to_storage_string();
    case ValueKind::time:
      return value.time().to_storage_string();
    default:
      break;
  }
  const DateTime& moment = value.datetime();
  if (!is_kind(type, TypeKind::date)) {
    return moment.to_storage_string();
  }
  if (moment.time != Time{}) {
    throw_driver_error(DBAPIErrorKind::data,
                       "a DATE cannot hold the time of " + moment.to_string() +
                           "; give its .date, or make the column a DateTime");
  }
  return moment.date.to_storage_string();
}

}  // namespace

bool survives_as_real(const Decimal& value) {
  try {
    return Decimal::from_double(value.to_double(), value.scale()) == value;
  } catch (const ArgumentError&) {
    return false;
  }
}

int bind_literal(sqlite3_stmt* statement, int index, const Literal& value, TypePtr type) {
  switch (value.kind()) {
    case ValueKind::null:
      return sqlite3_bind_null(statement, index);
    case ValueKind::boolean:
      return sqlite3_bind_int(statement, index, value.boolean() ? 1 : 0);
    case ValueKind::integer:
      return sqlite3_bind_int64(statement, index, value.integer());
    case ValueKind::real:
      if (std::isnan(value.real())) {
        throw_driver_error(DBAPIErrorKind::data,
                           "SQLite cannot hold NaN: it would store NULL; give null or a number");
      }
      return sqlite3_bind_double(statement, index, value.real());
    case ValueKind::text:
      return bind_text(statement, index, value.text(), SQLITE_STATIC);
    case ValueKind::blob:
      return bind_blob(statement, index, value.blob());
    case ValueKind::decimal:
      if (survives_as_real(value.decimal())) {
        return sqlite3_bind_double(statement, index, value.decimal().to_double());
      }
      return bind_text(statement, index, value.decimal().to_string(), SQLITE_TRANSIENT);
    case ValueKind::date:
    case ValueKind::time:
    case ValueKind::datetime:
      return bind_text(statement, index, storage_text(value, type), SQLITE_TRANSIENT);
    case ValueKind::uuid:
      return bind_text(statement, index, value.uuid().hex(), SQLITE_TRANSIENT);
    case ValueKind::interval:
    case ValueKind::list:
      throw_driver_error(DBAPIErrorKind::interface,
                         "Error binding parameter " + std::to_string(index) + ": type '" +
                             std::string(name_of(value.kind())) + "' is not supported");
  }
  return SQLITE_MISUSE;
}

Value sent_value(const Literal& value, TypePtr type) {
  switch (value.kind()) {
    case ValueKind::boolean:
      return Value(std::int64_t{value.boolean()});
    case ValueKind::decimal:
      return survives_as_real(value.decimal()) ? Value(value.decimal().to_double())
                                               : Value(value.decimal().to_string());
    case ValueKind::date:
    case ValueKind::time:
    case ValueKind::datetime:
      return Value(storage_text(value, type));
    case ValueKind::uuid:
      return Value(value.uuid().hex());
    default:
      return Value(value);
  }
}

void append_bound_repr(std::string& out, const Literal& value, TypePtr type) {
  out += repr(Literal(sent_value(value, type)));
}

}  // namespace azoth::drivers::sqlite
