// SPDX-License-Identifier: MIT
// Cells on their way to members of C++ objects, and the words for those that are refused.
#include "drivers/libpq/arrays.hpp"
#include "drivers/libpq/codec.hpp"
#include "drivers/libpq/cursor.hpp"
#include "drivers/libpq/numeric.hpp"
#include "engine/cell_readers.hpp"

#include <cmath>
#include <utility>

namespace azoth::drivers::libpq {

// Found by the readers through the namespace of Cell, so they stand in no unnamed one.
static bool decode(const Cell& cell, TypePtr, bool& out) {
  return decode_boolean(cell, out);
}

template <std::integral T>
static bool decode(const Cell& cell, TypePtr, T& out) {
  std::int64_t number = 0;
  if (!decode_integer(cell, number)) {
    return false;
  }
  out = static_cast<T>(number);
  return std::in_range<T>(number);
}

static bool decode(const Cell& cell, TypePtr, double& out) {
  return decode_real(cell, out);
}

static bool decode(const Cell& cell, TypePtr, float& out) {
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

}  // namespace

bool decode_value(const Cell& cell, TypePtr type, Value& out) {
  switch (type != nullptr ? type->kind : TypeKind::null) {
    case TypeKind::boolean:
      return read_as<bool>(cell, type, out);
    case TypeKind::array: {
      std::vector<Value> items;
      if (!cell.is_text || !parse_array(cell.view(), type->elements.front(), items)) {
        return natural_value(cell, type, out);
      }
      out = Value(items);
      return true;
    }
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

ColumnReader::Function reader_of(const CellType& cell) {
  return azoth::detail::choose_cell_reader<LibpqCursor>(cell);
}

}  // namespace azoth::drivers::libpq
