// SPDX-License-Identifier: MIT
// Values on their way from SQLite to members of C++ objects; the table of forms is in codec.hpp.
// The readers take the column as an sqlite3_value: on a connection without mutex, that belongs to
// one thread, this is safe and saves SQLite's checks at each access.
#include "drivers/sqlite3/codec.hpp"
#include "drivers/sqlite3/cursor.hpp"
#include "drivers/sqlite3/error.hpp"
#include "engine/cell_readers.hpp"

#include <cmath>
#include <limits>
#include <new>

namespace azoth::drivers::sqlite {
namespace {

constexpr int default_decimal_scale = 10;  // as SQLAlchemy's for NUMERIC without scale

std::string_view text_of(sqlite3_value* value) {
  const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (data == nullptr) {
    throw std::bad_alloc();
  }
  return {data, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

std::span<const std::byte> blob_of(sqlite3_value* value) {
  const auto* data = static_cast<const std::byte*>(sqlite3_value_blob(value));
  return {data, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

bool decode(sqlite3_value* value, TypePtr, bool& out) {
  if (sqlite3_value_type(value) != SQLITE_INTEGER) {
    return false;
  }
  const std::int64_t number = sqlite3_value_int64(value);
  out = number == 1;
  return number == 0 || number == 1;
}

template <std::integral T>
bool decode(sqlite3_value* value, TypePtr, T& out) {
  if (sqlite3_value_type(value) != SQLITE_INTEGER) {
    return false;
  }
  const std::int64_t number = sqlite3_value_int64(value);
  out = static_cast<T>(number);
  return std::in_range<T>(number);
}

bool decode(sqlite3_value* value, TypePtr, double& out) {
  const int type = sqlite3_value_type(value);
  if (type == SQLITE_FLOAT) {
    out = sqlite3_value_double(value);
    return true;
  }
  if (type != SQLITE_INTEGER) {
    return false;
  }
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  const std::int64_t number = sqlite3_value_int64(value);
  out = static_cast<double>(number);
  return number >= -exact && number <= exact;
}

bool decode(sqlite3_value* value, TypePtr type, float& out) {
  double wide = 0;
  if (!decode(value, type, wide)) {
    return false;
  }
  out = static_cast<float>(wide);
  return std::isfinite(out) || !std::isfinite(wide);
}

bool decode(sqlite3_value* value, TypePtr, std::string& out) {
  if (sqlite3_value_type(value) != SQLITE_TEXT) {
    return false;
  }
  out.assign(text_of(value));
  return true;
}

bool decode(sqlite3_value* value, TypePtr, Bytes& out) {
  if (sqlite3_value_type(value) != SQLITE_BLOB) {
    return false;
  }
  const auto bytes = blob_of(value);
  out.assign(bytes.begin(), bytes.end());
  return true;
}

bool decode(sqlite3_value* value, TypePtr type, Decimal& out) {
  const int scale = type != nullptr && type->scale >= 0 ? type->scale : default_decimal_scale;
  try {
    switch (sqlite3_value_type(value)) {
      case SQLITE_INTEGER:
        out = Decimal(static_cast<std::int64_t>(sqlite3_value_int64(value))).round(scale);
        return true;
      case SQLITE_FLOAT:
        out = Decimal::from_double(sqlite3_value_double(value), scale);
        return true;
      case SQLITE_TEXT:
        out = Decimal(text_of(value));
        return true;
      default:
        return false;
    }
  } catch (const ArgumentError&) {
    return false;
  }
}

template <class T>
  requires requires(std::string_view s) { T::parse(s); }
bool decode(sqlite3_value* value, TypePtr, T& out) {
  if (sqlite3_value_type(value) != SQLITE_TEXT) {
    return false;
  }
  const std::optional<T> parsed = T::parse(text_of(value));
  out = parsed.value_or(T{});
  return parsed.has_value();
}

Value stored_value(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return Value(static_cast<std::int64_t>(sqlite3_value_int64(value)));
    case SQLITE_FLOAT:
      return Value(sqlite3_value_double(value));
    case SQLITE_TEXT:
      return Value(text_of(value));
    case SQLITE_BLOB:
      return Value(Literal(blob_of(value)));
    default:
      return {};
  }
}

template <class T>
bool read_as(sqlite3_value* value, TypePtr type, Value& out) {
  T target{};
  if (!decode(value, type, target)) {
    return false;
  }
  out = Value(target);
  return true;
}

// What a column of the SQL type holds for a program that does not name a C++ type; false when it
// holds something else.
bool guided_value(sqlite3_value* value, TypePtr type, Value& out) {
  if (sqlite3_value_type(value) == SQLITE_NULL) {
    out = {};
    return true;
  }
  switch (type != nullptr ? type->kind : TypeKind::null) {
    case TypeKind::boolean:
      return read_as<bool>(value, type, out);
    case TypeKind::numeric:
      if (type->as_decimal == false) {
        out = stored_value(value);
        return true;
      }
      return read_as<Decimal>(value, type, out);
    case TypeKind::float_:
    case TypeKind::double_:
      return read_as<double>(value, type, out);
    case TypeKind::date:
      return read_as<Date>(value, type, out);
    case TypeKind::time:
      return read_as<Time>(value, type, out);
    case TypeKind::datetime:
      return read_as<DateTime>(value, type, out);
    default:
      out = stored_value(value);
      return true;
  }
}

bool decode(sqlite3_value* value, TypePtr type, Value& out) {
  return guided_value(value, type, out);
}

}  // namespace

// What the shared readers call, through the namespace of Cell.
template <class T>
static bool decode(const Cell& cell, TypePtr type, T& out) {
  return decode(cell.value, type, out);
}

ColumnReader::Function reader_of(const CellType& cell, TypePtr) {
  return azoth::detail::choose_cell_reader<Sqlite3Cursor>(cell);
}

Value read_value(sqlite3_stmt* statement, int column, TypePtr type) {
  Value out;
  if (!guided_value(sqlite3_column_value(statement, column), type, out)) {
    ColumnReader reader;
    reader.column = static_cast<std::uint32_t>(column);
    reader.type = type;
    explain_refusal(
        statement, reader, std::string("column ") + sqlite3_column_name(statement, column));
  }
  return out;
}

void explain_refusal(sqlite3_stmt* statement, const ColumnReader& reader, std::string_view where) {
  const Value stored =
      stored_value(sqlite3_column_value(statement, static_cast<int>(reader.column)));
  std::optional<std::string> held;
  if (!stored.is_null()) {
    held = repr(Literal(stored)) + " (" + std::string(name_of(stored.kind())) + ")";
  }
  throw_driver_error(DBAPIErrorKind::data, azoth::detail::refusal_text(reader, where, held));
}

}  // namespace azoth::drivers::sqlite
