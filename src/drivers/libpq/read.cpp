// SPDX-License-Identifier: MIT
// Cells on their way to members of C++ objects, and the words for those that are refused.
#include "drivers/libpq/codec.hpp"
#include "drivers/libpq/cursor.hpp"
#include "drivers/libpq/error.hpp"
#include "drivers/libpq/numeric.hpp"
#include <azoth/base/error.hpp>

#include <cmath>

namespace azoth::drivers::libpq {
namespace {

bool decode(const Cell& cell, TypePtr, bool& out) {
  return decode_boolean(cell, out);
}

template <std::integral T>
bool decode(const Cell& cell, TypePtr, T& out) {
  std::int64_t number = 0;
  if (!decode_integer(cell, number)) {
    return false;
  }
  out = static_cast<T>(number);
  return std::in_range<T>(number);
}

bool decode(const Cell& cell, TypePtr, double& out) {
  return decode_real(cell, out);
}

bool decode(const Cell& cell, TypePtr, float& out) {
  double wide = 0;
  if (!decode_real(cell, wide)) {
    return false;
  }
  out = static_cast<float>(wide);
  return std::isfinite(out) || !std::isfinite(wide);
}

bool decode(const Cell& cell, TypePtr, std::string& out) {
  return decode_text(cell, out);
}

bool decode(const Cell& cell, TypePtr, Bytes& out) {
  return decode_bytes(cell, out);
}

bool decode(const Cell& cell, TypePtr type, Decimal& out) {
  return decode_decimal(cell, type, out);
}

bool decode(const Cell& cell, TypePtr, Date& out) {
  return decode_date(cell, out);
}

bool decode(const Cell& cell, TypePtr, Time& out) {
  return decode_time(cell, out);
}

bool decode(const Cell& cell, TypePtr, DateTime& out) {
  return decode_datetime(cell, out);
}

bool decode(const Cell& cell, TypePtr type, Value& out) {
  return decode_value(cell, type, out);
}

template <class T>
bool read_as(const Cell& cell, TypePtr type, Value& out) {
  T target{};
  if (!decode(cell, type, target)) {
    return false;
  }
  out = Value(target);
  return true;
}

bool natural_value(const Cell& cell, TypePtr type, Value& out) {
  switch (natural_kind(cell.oid)) {
    case ValueKind::boolean:
      return read_as<bool>(cell, type, out);
    case ValueKind::integer:
      return read_as<std::int64_t>(cell, type, out);
    case ValueKind::real:
      return read_as<double>(cell, type, out);
    case ValueKind::decimal:
      return read_as<Decimal>(cell, type, out);
    case ValueKind::blob:
      return read_as<Bytes>(cell, type, out);
    case ValueKind::date:
      return read_as<Date>(cell, type, out);
    case ValueKind::time:
      return read_as<Time>(cell, type, out);
    case ValueKind::datetime:
      return read_as<DateTime>(cell, type, out);
    default:
      return read_as<std::string>(cell, type, out);
  }
}

template <class T>
bool read_required(DriverCursor& cursor, const ColumnReader& reader, void* target) {
  Cell cell;
  return static_cast<LibpqCursor&>(cursor).cell(reader.column, cell) &&
         decode(cell, reader.type, *static_cast<T*>(target));
}

template <class T>
bool read_optional(DriverCursor& cursor, const ColumnReader& reader, void* target) {
  auto& out = *static_cast<std::optional<T>*>(target);
  Cell cell;
  if (!static_cast<LibpqCursor&>(cursor).cell(reader.column, cell)) {
    out.reset();
    return true;
  }
  return decode(cell, reader.type, out ? *out : out.emplace());
}

// A Value holds NULL itself.
bool read_value(DriverCursor& cursor, const ColumnReader& reader, void* target) {
  auto& out = *static_cast<Value*>(target);
  Cell cell;
  if (!static_cast<LibpqCursor&>(cursor).cell(reader.column, cell)) {
    out = {};
    return true;
  }
  return decode_value(cell, reader.type, out);
}

bool read_custom(DriverCursor& cursor, const ColumnReader& reader, void* target) {
  Value value;
  if (!read_value(cursor, reader, &value) || (value.is_null() && !reader.cell.optional)) {
    return false;
  }
  try {
    store_cell(reader.cell, target, value);
    return true;
  } catch (const ArgumentError&) {
    return false;
  } catch (const InvalidRequestError&) {  // the codec asked the value for another kind
    return false;
  }
}

template <class T>
ColumnReader::Function reader_of(const CellType& cell) {
  return cell.optional ? &read_optional<T> : &read_required<T>;
}

}  // namespace

bool decode_value(const Cell& cell, TypePtr type, Value& out) {
  switch (type != nullptr ? type->kind : TypeKind::null) {
    case TypeKind::boolean:
      return read_as<bool>(cell, type, out);
    case TypeKind::numeric:
    case TypeKind::sql_numeric:
    case TypeKind::sql_decimal:
      return read_as<Decimal>(cell, type, out);
    case TypeKind::float_:
    case TypeKind::double_:
      return read_as<double>(cell, type, out);
    default:
      return natural_value(cell, type, out);
  }
}

std::string describe(const Cell& cell) {
  Value value;
  if (natural_value(cell, nullptr, value)) {
    return repr(Literal(value)) + " (" + std::string(name_of(value.kind())) + ")";
  }
  const std::string kind(name_of(natural_kind(cell.oid)));
  if (cell.is_text) {
    return std::string(cell.view()) + " (" + kind + ")";
  }
  if (const auto word = special_numeric(cell.view()); cell.oid == numeric_oid && !word.empty()) {
    return std::string(word) + " (" + kind + ")";
  }
  return "a " + kind + " that no C++ value is equal to";
}

ColumnReader::Function choose_reader(const CellType& cell) {
  switch (cell.kind) {
    case CellKind::boolean:
      return reader_of<bool>(cell);
    case CellKind::int8:
      return reader_of<std::int8_t>(cell);
    case CellKind::int16:
      return reader_of<std::int16_t>(cell);
    case CellKind::int32:
      return reader_of<std::int32_t>(cell);
    case CellKind::int64:
      return reader_of<std::int64_t>(cell);
    case CellKind::uint8:
      return reader_of<std::uint8_t>(cell);
    case CellKind::uint16:
      return reader_of<std::uint16_t>(cell);
    case CellKind::uint32:
      return reader_of<std::uint32_t>(cell);
    case CellKind::uint64:
      return reader_of<std::uint64_t>(cell);
    case CellKind::float32:
      return reader_of<float>(cell);
    case CellKind::float64:
      return reader_of<double>(cell);
    case CellKind::text:
      return reader_of<std::string>(cell);
    case CellKind::blob:
      return reader_of<Bytes>(cell);
    case CellKind::decimal:
      return reader_of<Decimal>(cell);
    case CellKind::date:
      return reader_of<Date>(cell);
    case CellKind::time:
      return reader_of<Time>(cell);
    case CellKind::datetime:
      return reader_of<DateTime>(cell);
    case CellKind::value:
      return cell.optional ? &read_optional<Value> : &read_value;
    case CellKind::custom:
      return &read_custom;
  }
  return nullptr;
}

}  // namespace azoth::drivers::libpq
