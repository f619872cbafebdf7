// SPDX-License-Identifier: MIT
// What drivers share that read a row cell by cell: the functions between a cell and a C++ member.
// A driver gives its cursor type, with `using Cell` and `bool cell(column, Cell&)` (false for
// NULL), and overloads of `decode(cell, type, T&)` in the namespace of Cell that are false when the
// cell holds something else. Where those refuse NULL too, `any_cell(column)` saves the question.
#pragma once
#include <azoth/base/error.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/types/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace azoth::detail {

template <class Cursor, class T>
bool read_required(DriverCursor& cursor, const ColumnReader& reader, void* target) {
  auto& from = static_cast<Cursor&>(cursor);
  if constexpr (requires { from.any_cell(reader.column); }) {
    return decode(from.any_cell(reader.column), reader.type, *static_cast<T*>(target));
  } else {
    typename Cursor::Cell cell;
    return from.cell(reader.column, cell) && decode(cell, reader.type, *static_cast<T*>(target));
  }
}

template <class Cursor, class T>
bool read_optional(DriverCursor& cursor, const ColumnReader& reader, void* target) {
  auto& out = *static_cast<std::optional<T>*>(target);
  typename Cursor::Cell cell;
  if (!static_cast<Cursor&>(cursor).cell(reader.column, cell)) {
    out.reset();
    return true;
  }
  return decode(cell, reader.type, out ? *out : out.emplace());
}

/// Stores a value that has been read in a member; false when the member cannot hold it.
inline bool store_value(const CellType& cell, void* target, const Value& value) {
  if (value.is_null() && !cell.optional && cell.kind != CellKind::value) {
    return false;
  }
  try {
    store_cell(cell, target, value);
    return true;
  } catch (const ArgumentError&) {
    return false;
  } catch (const InvalidRequestError&) {  // a codec asked the value for another kind
    return false;
  }
}

// A Value holds NULL itself.
template <class Cursor>
bool read_value(DriverCursor& cursor, const ColumnReader& reader, void* target) {
  auto& out = *static_cast<Value*>(target);
  typename Cursor::Cell cell;
  if (!static_cast<Cursor&>(cursor).cell(reader.column, cell)) {
    out = {};
    return true;
  }
  return decode(cell, reader.type, out);
}

template <class Cursor>
bool read_custom(DriverCursor& cursor, const ColumnReader& reader, void* target) {
  Value value;
  return read_value<Cursor>(cursor, reader, &value) && store_value(reader.cell, target, value);
}

template <class Cursor, class T>
ColumnReader::Function reader_of(const CellType& cell) {
  return cell.optional ? &read_optional<Cursor, T> : &read_required<Cursor, T>;
}

/// Returns the function that reads cells of the type from a cursor of the driver's.
template <class Cursor>
ColumnReader::Function choose_cell_reader(const CellType& cell) {
  switch (cell.kind) {
    case CellKind::boolean:
      return reader_of<Cursor, bool>(cell);
    case CellKind::int8:
      return reader_of<Cursor, std::int8_t>(cell);
    case CellKind::int16:
      return reader_of<Cursor, std::int16_t>(cell);
    case CellKind::int32:
      return reader_of<Cursor, std::int32_t>(cell);
    case CellKind::int64:
      return reader_of<Cursor, std::int64_t>(cell);
    case CellKind::uint8:
      return reader_of<Cursor, std::uint8_t>(cell);
    case CellKind::uint16:
      return reader_of<Cursor, std::uint16_t>(cell);
    case CellKind::uint32:
      return reader_of<Cursor, std::uint32_t>(cell);
    case CellKind::uint64:
      return reader_of<Cursor, std::uint64_t>(cell);
    case CellKind::float32:
      return reader_of<Cursor, float>(cell);
    case CellKind::float64:
      return reader_of<Cursor, double>(cell);
    case CellKind::text:
      return reader_of<Cursor, std::string>(cell);
    case CellKind::blob:
      return reader_of<Cursor, Bytes>(cell);
    case CellKind::decimal:
      return reader_of<Cursor, Decimal>(cell);
    case CellKind::date:
      return reader_of<Cursor, Date>(cell);
    case CellKind::time:
      return reader_of<Cursor, Time>(cell);
    case CellKind::datetime:
      return reader_of<Cursor, DateTime>(cell);
    case CellKind::value:
      return cell.optional ? &read_optional<Cursor, Value> : &read_value<Cursor>;
    case CellKind::custom:
      return &read_custom<Cursor>;
  }
  return nullptr;
}

/// Says why a reader refused a cell. @param held what the cell holds, `'abc' (text)`; nothing for
/// NULL.
inline std::string refusal_text(const ColumnReader& reader,
                                std::string_view where,
                                const std::optional<std::string>& held) {
  const bool is_named = reader.cell.kind != CellKind::value;
  const std::string expected = is_named                 ? name_of(reader.cell)
                               : reader.type != nullptr ? repr(reader.type)
                                                        : "a value";
  std::string text(where);
  if (!held) {
    return text + " is NULL, which " + expected + " cannot hold; read it into std::optional<" +
           expected + ">";
  }
  text += " holds " + *held + ", which is no value of " + expected;
  if (is_named && reader.type != nullptr && reader.type->kind != TypeKind::null) {
    text += " (SQL type " + repr(reader.type) + ")";
  }
  return text;
}

}  // namespace azoth::detail
