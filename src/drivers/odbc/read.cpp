// SPDX-License-Identifier: MIT
// Cells on their way to members of C++ objects and to Values.
#include "drivers/odbc/codec.hpp"
#include "drivers/odbc/cursor.hpp"
#include "engine/cell_readers.hpp"

#include <cmath>
#include <utility>

namespace azoth::drivers::odbc {

// Found by the readers through the namespace of Cell, so they stand in no unnamed one.
static bool decode(const Cell& cell, TypePtr, bool& out) {
  return decode_boolean(cell, out);
}

template <std::signed_integral T>
static bool decode(const Cell& cell, TypePtr, T& out) {
  std::int64_t number = 0;
  if (!decode_integer(cell, number)) {
    return false;
  }
  out = static_cast<T>(number);
  return std::in_range<T>(number);
}

template <std::unsigned_integral T>
static bool decode(const Cell& cell, TypePtr, T& out) {
  std::uint64_t number = 0;
  if (!decode_unsigned(cell, number)) {
    return false;
  }
  out = static_cast<T>(number);
  return std::in_range<T>(number);
}

static bool decode(const Cell& cell, TypePtr, double& out) {
  return decode_real(cell, out);
}

static bool decode(const Cell& cell, TypePtr, float& out) {
  if (cell.column->c_type == SQL_C_FLOAT) {
    out = cell.as<float>();
    return true;
  }
  double wide = 0;
  if (!decode_real(cell, wide)) {
    return false;
  }
  out = static_cast<float>(wide);
  return std::isfinite(out) || !std::isfinite(wide);
}

static bool decode(const Cell& cell, TypePtr, std::string& out) {
  return decode_text(cell, out);
}

static bool decode(const Cell& cell, TypePtr, Bytes& out) {
  return decode_bytes(cell, out);
}

static bool decode(const Cell& cell, TypePtr type, Decimal& out) {
  return decode_decimal(cell, type, out);
}

static bool decode(const Cell& cell, TypePtr, Date& out) {
  return decode_date(cell, out);
}

static bool decode(const Cell& cell, TypePtr, Time& out) {
  return decode_time(cell, out);
}

static bool decode(const Cell& cell, TypePtr, DateTime& out) {
  return decode_datetime(cell, out);
}

static bool decode(const Cell& cell, TypePtr, Uuid& out) {
  return decode_uuid(cell, out);
}

static bool decode(const Cell& cell, TypePtr type, Value& out) {
  return decode_value(cell, type, out);
}

namespace {

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
  switch (cell.column->kind) {
    case ValueKind::boolean:
      return read_as<bool>(cell, type, out);
    case ValueKind::integer:
      return read_as<std::int64_t>(cell, type, out) || read_as<Decimal>(cell, type, out);
    case ValueKind::real:
      return read_as<double>(cell, type, out);
    case ValueKind::decimal:
      return read_as<Decimal>(cell, type, out);
    case ValueKind::blob:
      return read_as<Bytes>(cell, type, out);
    case ValueKind::date:
      return read_as<Date>(cell, type, out);
    case ValueKind::time:
      return read_as<Time>(cell, type, out) || read_as<std::string>(cell, type, out);
    case ValueKind::datetime:
      return read_as<DateTime>(cell, type, out);
    case ValueKind::uuid:
      return read_as<Uuid>(cell, type, out);
    default:
      return read_as<std::string>(cell, type, out);
  }
}

// A database without types for them keeps dates and times as texts; the column's type tells.
bool stored_moment(const Cell& cell, TypePtr type, Value& out) {
  switch (type->family()) {
    case TypeFamily::date:
      return read_as<Date>(cell, type, out);
    case TypeFamily::time:
      return read_as<Time>(cell, type, out);
    case TypeFamily::datetime:
      return read_as<DateTime>(cell, type, out);
    default:
      return natural_value(cell, type, out);
  }
}

}  // namespace

bool decode_value(const Cell& cell, TypePtr type, Value& out) {
  switch (type != nullptr ? type->kind : TypeKind::null) {
    case TypeKind::null:
      return natural_value(cell, type, out);
    case TypeKind::boolean:
    case TypeKind::sql_boolean:
      return read_as<bool>(cell, type, out);
    case TypeKind::numeric:
    case TypeKind::sql_numeric:
    case TypeKind::sql_decimal:
      return read_as<Decimal>(cell, type, out);
    case TypeKind::float_:
    case TypeKind::double_:
      return read_as<double>(cell, type, out);
    case TypeKind::date:
      return cell.column->c_type == SQL_C_TYPE_TIMESTAMP ? read_as<Date>(cell, type, out)
                                                         : stored_moment(cell, type, out);
    default:
      return cell.column->may_be_moment ? stored_moment(cell, type, out)
                                        : natural_value(cell, type, out);
  }
}

std::string describe(const Cell& cell) {
  const std::string behind = " (" + std::string(name_of(cell.column->kind)) + ")";
  Value value;
  if (natural_value(cell, nullptr, value)) {
    return repr(Literal(value)) + behind;
  }
  if (cell.column->c_type == SQL_C_CHAR) {  // a number of more than 38 digits
    return std::string(cell.data, cell.size) + behind;
  }
  return "what has no form in C++" + behind;
}

ColumnReader::Function reader_of(const CellType& cell) {
  return azoth::detail::choose_cell_reader<OdbcCursor>(cell);
}

}  // namespace azoth::drivers::odbc
